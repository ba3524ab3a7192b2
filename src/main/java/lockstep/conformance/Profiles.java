package lockstep.conformance;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lockstep.spec.Implements;

/**
 * The parts of the system that somebody may implement, each with the operations that examine it. A
 * case belongs to every profile that has all its operations.
 */
@Implements("CNF-10")
final class Profiles {

  static final String PRIMITIVES = "primitives";
  static final String FORMAT_READER = "format-reader";
  static final String FORMAT_WRITER = "format-writer";
  static final String DEVICE = "device";
  static final String LIMITER = "limiter";
  static final String VAULT_MACHINE = "vault-machine";
  static final String VAULT_MESSAGES = "vault-messages";

  private static final Set<String> KEYS = Set.of("hkdf", "keys.derive");

  private static final Set<String> PRIMITIVE_OPS =
      joined(
          KEYS,
          "padme",
          "recoverykey.format",
          "recoverykey.parse",
          "chunked.open",
          "chunked.seal",
          "oprf.blind",
          "oprf.deriveKey",
          "oprf.evaluate",
          "oprf.finalize",
          "opaque.registrationRequest",
          "opaque.registrationRecord",
          "opaque.registrationResponse",
          "opaque.serverPublicKey",
          "opaque.ke1",
          "opaque.ke2",
          "opaque.ke3",
          "opaque.finish");

  private static final Set<String> READER_OPS =
      joined(
          KEYS,
          "recoverykey.parse",
          "backup.names",
          "chunked.open",
          "object.open",
          "manifest.decode",
          "manifest.open",
          "head.open",
          "restore.verify",
          "restore.run");

  private static final Set<String> WRITER_OPS =
      joined(
          KEYS,
          "padme",
          "recoverykey.format",
          "backup.names",
          "chunked.seal",
          "object.seal",
          "manifest.encode",
          "manifest.seal",
          "head.seal");

  private static final Set<String> DEVICE_OPS =
      joined(
          KEYS,
          "recoverykey.format",
          "recoverykey.parse",
          "password.prepare",
          "argon2id",
          "oprf.blind",
          "oprf.finalize",
          "opaque.registrationRequest",
          "opaque.registrationRecord",
          "opaque.ke1",
          "opaque.ke3",
          "rootkey.wrap",
          "rootkey.unwrap",
          "wire.encode",
          "wire.decode",
          "vault.id",
          "ed25519.publicKey",
          "authority.command",
          "authority.keyProof",
          "authority.stage",
          "authority.session",
          "reply.verify",
          "receipt.decode",
          "receipt.verify",
          "receipt.follow",
          "token.decode",
          "release.open");

  private static final Set<String> LIMITER_OPS =
      joined(
          Set.of(),
          "limiter.charge",
          "limiter.succeed",
          "limiter.giveBack",
          "limiter.destroy",
          "vault.new",
          "vault.close",
          "advance",
          "register",
          "attempt",
          "finish",
          "abandon",
          "observe");

  private static final Set<String> MACHINE_OPS =
      joined(
          LIMITER_OPS,
          "stage.reserve",
          "stage.record",
          "stage.confirm",
          "stage.activate",
          "mark",
          "disable",
          "restart",
          "completeRestart",
          "oprf.deriveKey",
          "oprf.evaluate",
          "opaque.serverPublicKey",
          "opaque.registrationResponse",
          "opaque.ke2",
          "opaque.finish",
          "wire.encode",
          "wire.decode",
          "vault.id",
          "reply.sign",
          "receipt.sign",
          "receipt.encode",
          "receipt.decode",
          "token.encode",
          "token.decode",
          "token.sign",
          "token.verify");

  /** A vault in messages; beside these {@code advance} and {@code vault.restart} are asked. */
  private static final Set<String> MESSAGE_OPS =
      Set.of("vault.new", "vault.close", "vault.exchange", "token.issue");

  private static final Map<String, Set<String>> OPS = table();

  private Profiles() {}

  private static Map<String, Set<String>> table() {
    Map<String, Set<String>> table = new LinkedHashMap<>();
    table.put(PRIMITIVES, PRIMITIVE_OPS);
    table.put(FORMAT_READER, READER_OPS);
    table.put(FORMAT_WRITER, WRITER_OPS);
    table.put(DEVICE, DEVICE_OPS);
    table.put(LIMITER, LIMITER_OPS);
    table.put(VAULT_MACHINE, MACHINE_OPS);
    table.put(VAULT_MESSAGES, MESSAGE_OPS);
    return table;
  }

  /** Every profile there is, in the order of reports. */
  static List<String> all() {
    return List.copyOf(OPS.keySet());
  }

  /** The operations that a testee of a profile needs; sorted. */
  static Set<String> ops(String profile) {
    return new TreeSet<>(OPS.getOrDefault(profile, Set.of()));
  }

  /** The profiles that have all these operations. */
  static List<String> having(Set<String> ops) {
    return OPS.entrySet().stream()
        .filter(profile -> profile.getValue().containsAll(ops))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** The same without the profiles that stand before {@code home}, which expect less. */
  static List<String> having(String home, Set<String> ops) {
    List<String> having = having(ops);
    int at = having.indexOf(home);
    return at < 0 ? List.of() : having.subList(at, having.size());
  }

  private static Set<String> joined(Set<String> some, String... more) {
    return Stream.concat(some.stream(), Stream.of(more)).collect(Collectors.toUnmodifiableSet());
  }
}
