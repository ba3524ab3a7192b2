package lockstep.oracle;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import lockstep.opaque.OpaqueSuite;
import lockstep.opaque.server.ServerSetup;
import lockstep.secret.SecretBytes;
import lockstep.spec.Implements;
import lockstep.vault.VaultIdentity;
import lockstep.vault.machine.AttemptPolicy;
import lockstep.vault.machine.VaultDamagedException;

/** The sessions of one oracle, by the names that requests give them. */
@Implements("ORC-6")
final class VaultSessions {

  private static final String UNNAMED = "default";
  private static final int MOST_SESSIONS = 10_000;
  private static final long LATEST = Long.MAX_VALUE / 4;
  private static final long DEFAULT_NOW = 1_634_169_600_000L;
  private static final long MILLIS = 1000;

  private final SecureRandom random;
  private final Map<String, VaultSession> sessions = new HashMap<>();

  VaultSessions(SecureRandom random) {
    this.random = random;
  }

  Map<String, Operation> table() {
    Map<String, Operation> table = new HashMap<>();
    table.put("vault.new", this::open);
    table.put("vault.close", this::close);
    table.put("vault.exchange", this::exchange);
    table.put("vault.restart", this::restart);
    table.put("token.issue", this::issueToken);
    table.put("advance", this::advance);
    MachineOperations.table()
        .forEach(
            (name, operation) ->
                table.put(name, input -> operation.apply(input, session(input).accounts())));
    return table;
  }

  private ObjectNode open(Fields input) {
    String name = input.text("session", UNNAMED);
    if (sessions.size() >= MOST_SESSIONS && !sessions.containsKey(name)) {
      throw Unanswerable.failed("more than " + MOST_SESSIONS + " sessions: close some");
    }
    AttemptPolicy policy =
        input
            .optionalObject("policy")
            .map(fields -> LimiterOperations.policy(fields, RejectedAs.REFUSED))
            .orElse(AttemptPolicy.STANDARD);
    MachineAccounts accounts =
        new MachineAccounts(policy, input.number("now", 0, LATEST, DEFAULT_NOW));
    VaultSession session =
        new VaultSession(
            accounts, random, identity(input), setup(input), seed(input, "messengerSeed"));
    Optional.ofNullable(sessions.put(name, session)).ifPresent(VaultSession::close);
    ObjectNode result = Fields.empty().put("session", name).put("now", accounts.now());
    result.set("policy", LimiterOperations.json(policy));
    return result
        .put("vaultPublicKey", Hex.of(session.publicKey().toArray()))
        .put("vaultId", Hex.of(session.id().value().toArray()))
        .put("messengerPublicKey", Hex.of(session.messengerPublicKey().toArray()));
  }

  private ObjectNode close(Fields input) {
    session(input).close();
    sessions.remove(input.text("session", UNNAMED));
    return Fields.empty();
  }

  /** As if the process had been killed and started again. */
  private ObjectNode restart(Fields input) {
    session(input).restart();
    return Fields.empty();
  }

  private ObjectNode exchange(Fields input) throws IOException {
    byte[] request = input.bytes("request");
    try {
      return Fields.empty().put("reply", Hex.of(session(input).exchange(request)));
    } catch (VaultDamagedException mixed) {
      throw Unanswerable.failed("the account was registered without messages");
    }
  }

  private ObjectNode issueToken(Fields input) {
    byte[] token = session(input).token(input.account("account"));
    return Fields.empty().put("token", Hex.of(token));
  }

  /** Turns the clock by some seconds or milliseconds, or to a time; backwards, too. */
  private ObjectNode advance(Fields input) {
    MachineAccounts accounts = session(input).accounts();
    long time;
    if (input.has("to")) {
      time = input.number("to", 0, LATEST);
    } else if (input.has("millis")) {
      time = accounts.now() + input.number("millis", -LATEST, LATEST);
    } else {
      time = accounts.now() + input.number("seconds", -LATEST / MILLIS, LATEST / MILLIS) * MILLIS;
    }
    if (time < 0 || time > LATEST) {
      throw Unanswerable.malformed();
    }
    accounts.turnTo(time);
    return Fields.empty().put("now", time);
  }

  private VaultSession session(Fields input) {
    VaultSession session = sessions.get(input.text("session", UNNAMED));
    if (session == null) {
      throw Unanswerable.failed("no such session: vault.new makes one");
    }
    return session;
  }

  private VaultIdentity identity(Fields input) {
    try (SecretBytes seed = seed(input, "vaultSeed")) {
      return VaultIdentity.fromSeed(seed);
    }
  }

  private SecretBytes seed(Fields input, String name) {
    return input.has(name)
        ? input.secret(name, VaultIdentity.SEED_BYTES)
        : SecretBytes.random(random, VaultIdentity.SEED_BYTES);
  }

  private ServerSetup setup(Fields input) {
    if (!input.has("oprfSeed")) {
      return ServerSetup.generate(random);
    }
    byte[] seed = input.bytes("oprfSeed", OpaqueSuite.HASH_BYTES);
    byte[] key = input.bytes("serverPrivateKey", OpaqueSuite.SCALAR_BYTES);
    byte[] joined = Arrays.copyOf(seed, ServerSetup.LENGTH_BYTES);
    System.arraycopy(key, 0, joined, seed.length, key.length);
    try (SecretBytes encoded = SecretBytes.absorb(joined)) {
      return ServerSetup.parse(encoded).orElseThrow(Unanswerable::malformed);
    }
  }
}
