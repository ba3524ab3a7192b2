package lockstep.oracle;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.SecureRandom;
import java.util.Map;
import lockstep.opaque.Element;
import lockstep.opaque.OpaqueSuite;
import lockstep.opaque.Oprf;
import lockstep.opaque.Scalar;
import lockstep.secret.SecretBytes;

/** The OPRF (RFC 9497, P256-SHA256, mode OPRF). */
final class OprfOperations {

  private static final int MOST_INPUT_BYTES = 0xffff;

  private OprfOperations() {}

  static Map<String, Operation> table(SecureRandom random) {
    return Map.of(
        "oprf.blind", input -> blind(input, random),
        "oprf.evaluate", OprfOperations::evaluate,
        "oprf.finalize", OprfOperations::finish,
        "oprf.deriveKey", OprfOperations::deriveKey);
  }

  private static ObjectNode blind(Fields input, SecureRandom random) {
    byte[] text = oprfInput(input);
    boolean named = input.has("blind");
    try (Scalar blind = named ? scalar(input, "blind") : Scalar.random(random)) {
      ObjectNode result =
          Fields.empty().put("blindedElement", Hex.of(Oprf.blind(text, blind).encode()));
      return named ? result : result.put("blind", hex(blind));
    }
  }

  private static ObjectNode evaluate(Fields input) {
    Element blinded = input.parsed("blindedElement", Element::parse);
    try (Scalar key = scalar(input, "privateKey")) {
      return Fields.empty().put("evaluatedElement", Hex.of(Oprf.evaluate(key, blinded).encode()));
    }
  }

  private static ObjectNode finish(Fields input) {
    byte[] text = oprfInput(input);
    Element evaluated = input.parsed("evaluatedElement", Element::parse);
    try (Scalar blind = scalar(input, "blind");
        SecretBytes output = Oprf.finish(text, blind, evaluated)) {
      return Fields.empty().put("output", PrimitiveOperations.hex(output));
    }
  }

  private static ObjectNode deriveKey(Fields input) {
    String info = input.text("info");
    try (SecretBytes seed = input.secret("seed", OpaqueSuite.SEED_BYTES);
        Scalar key = Oprf.deriveKey(seed, info)) {
      return Fields.empty()
          .put("privateKey", hex(key))
          .put("publicKey", Hex.of(key.publicKey().encode()));
    }
  }

  /** A scalar of 32 bytes from 1 to n−1. */
  static Scalar scalar(Fields input, String name) {
    try (SecretBytes encoded = SecretBytes.absorb(input.bytes(name))) {
      return Scalar.parse(encoded).orElseThrow(Unanswerable::malformed);
    }
  }

  static String hex(Scalar scalar) {
    try (SecretBytes encoded = scalar.encode()) {
      return PrimitiveOperations.hex(encoded);
    }
  }

  private static byte[] oprfInput(Fields input) {
    byte[] text = input.bytes("input");
    if (text.length > MOST_INPUT_BYTES) {
      throw Unanswerable.malformed();
    }
    return text;
  }
}
