package lockstep.oracle;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import lockstep.kernel.PaddingArithmetic;
import lockstep.keys.RecoveryKey;
import lockstep.keys.RootKey;
import lockstep.opaque.Argon2Bounds;
import lockstep.opaque.Argon2Parameters;
import lockstep.opaque.KeyStretching;
import lockstep.secret.Hkdf;
import lockstep.secret.KeyLabel;
import lockstep.secret.Password;
import lockstep.secret.SecretBytes;

/** Key derivation, padding, the 64-digit key and passwords. */
final class PrimitiveOperations {

  private static final int HASH_BYTES = 32;
  private static final int MOST_OKM_BYTES = 255 * HASH_BYTES;

  // RFC 9106 asks for 8 KiB a lane; the ceiling is OPQ-5's.
  private static final Argon2Bounds ANY =
      new Argon2Bounds(new Argon2Parameters(128, 1, 1), Argon2Bounds.STANDARD.ceiling());

  private PrimitiveOperations() {}

  static Map<String, Operation> table() {
    return Map.of(
        "hkdf", PrimitiveOperations::hkdf,
        "keys.derive", PrimitiveOperations::derive,
        "padme", PrimitiveOperations::padme,
        "recoverykey.parse", PrimitiveOperations::parseRecoveryKey,
        "recoverykey.format", PrimitiveOperations::formatRecoveryKey,
        "password.prepare", PrimitiveOperations::preparePassword,
        "argon2id", PrimitiveOperations::argon2id);
  }

  private static ObjectNode hkdf(Fields input) {
    byte[] ikm = input.bytes("ikm");
    byte[] salt = input.bytes("salt");
    byte[] info = input.bytes("info");
    int length = (int) input.number("length", 1, MOST_OKM_BYTES);
    try (SecretBytes key = SecretBytes.absorb(ikm);
        SecretBytes prk = Hkdf.extractSha256(salt, key);
        SecretBytes okm = Hkdf.expandSha256(prk, info, length)) {
      return Fields.empty().put("okm", hex(okm));
    }
  }

  private static ObjectNode derive(Fields input) {
    String text = input.text("label");
    Optional<KeyLabel> label =
        Arrays.stream(KeyLabel.values()).filter(one -> one.text().equals(text)).findFirst();
    try (SecretBytes parent = input.secret("parent", HASH_BYTES);
        SecretBytes key = Hkdf.derive(parent, label.orElseThrow(Unanswerable::malformed))) {
      return Fields.empty().put("key", hex(key));
    }
  }

  private static ObjectNode padme(Fields input) {
    long padded =
        PaddingArithmetic.paddedLength(input.number("length", Long.MIN_VALUE, Long.MAX_VALUE));
    if (padded < 0) {
      throw Unanswerable.malformed();
    }
    return Fields.empty().put("paddedLength", padded);
  }

  private static ObjectNode parseRecoveryKey(Fields input) {
    return RecoveryKey.parse(input.text("text").toCharArray())
        .match(
            rootKey -> {
              try (rootKey) {
                return Fields.empty().put("rootKey", rootKey.expose(Hex::of));
              }
            },
            position -> {
              throw Unanswerable.rejected(
                  RejectedAs.BAD_CHARACTER, Fields.empty().put("position", position));
            },
            digits -> {
              throw Unanswerable.rejected(
                  RejectedAs.WRONG_LENGTH, Fields.empty().put("digits", digits));
            });
  }

  private static ObjectNode formatRecoveryKey(Fields input) {
    try (RootKey key = rootKey(input)) {
      return Fields.empty().put("text", RecoveryKey.<String>show(key, String::new));
    }
  }

  private static ObjectNode preparePassword(Fields input) {
    try (Password prepared = password(input)) {
      return Fields.empty().put("prepared", prepared.expose(Hex::of));
    }
  }

  private static ObjectNode argon2id(Fields input) {
    KeyStretching stretching = stretching(input.object("stretching"));
    try (SecretBytes output = input.secret("oprfOutput", HASH_BYTES);
        SecretBytes tag = stretching.stretch(output)) {
      return Fields.empty().put("tag", hex(tag));
    }
  }

  /**
   * Argon2id with the parameters of a request, which OPQ-5's floor holds for unless told not to.
   */
  static KeyStretching stretching(Fields parameters) {
    Argon2Parameters wanted =
        new Argon2Parameters(
            parameters.u32("memoryKib"), parameters.u32("passes"), parameters.u32("lanes"));
    boolean floor = parameters.flag("floor", true);
    return (floor ? Argon2Bounds.STANDARD : ANY)
        .stretching(wanted)
        .orElseThrow(() -> Unanswerable.rejected(RejectedAs.VAULT_NOT_TRUSTED));
  }

  static RootKey rootKey(Fields input) {
    byte[] bytes = input.bytes("rootKey", RootKey.LENGTH_BYTES);
    try {
      return RootKey.copyOf(bytes);
    } finally {
      SecretBytes.wipe(bytes);
    }
  }

  /** The password in UTF-8, prepared (PWD-1, PWD-2). */
  static Password password(Fields input) {
    return Password.prepare(characters(input.bytes("password")))
        .match(
            prepared -> prepared,
            () -> {
              throw Unanswerable.rejected(RejectedAs.TOO_SHORT);
            },
            () -> {
              throw Unanswerable.rejected(RejectedAs.TOO_LONG);
            },
            () -> {
              throw Unanswerable.rejected(RejectedAs.NOT_ALLOWED);
            });
  }

  static String hex(SecretBytes secret) {
    return secret.expose(Hex::of);
  }

  private static char[] characters(byte[] utf8) {
    try {
      CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8));
      char[] characters = new char[text.remaining()];
      text.get(characters);
      return characters;
    } catch (CharacterCodingException notText) {
      throw Unanswerable.rejected(RejectedAs.NOT_ALLOWED);
    }
  }
}
