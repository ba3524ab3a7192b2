package lockstep.oracle;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.SecureRandom;
import lockstep.opaque.OpaqueSuite;
import lockstep.opaque.Scalar;
import lockstep.opaque.client.ClientRandomness;
import lockstep.opaque.server.ServerRandomness;
import lockstep.secret.SecretBytes;
import lockstep.spec.Decides;
import org.jspecify.annotations.Nullable;

/**
 * OPAQUE's random values by the names that RFC 9807 gives them: what a request names, else drawn,
 * and then told in the result, so that a later operation can be given them again.
 */
@Decides("ORC-5")
final class NamedValues implements ClientRandomness, ServerRandomness, AutoCloseable {

  private final Fields input;
  private final ObjectNode result;
  private final @Nullable SecureRandom random;

  private NamedValues(Fields input, ObjectNode result, @Nullable SecureRandom random) {
    this.input = input;
    this.result = result;
    this.random = random;
  }

  /** Draws what {@code input} does not name and tells it in {@code result}. */
  static NamedValues of(Fields input, ObjectNode result, SecureRandom random) {
    return new NamedValues(input, result, random);
  }

  /** Draws nothing: a second step takes the first one's values. */
  static NamedValues given(Fields input, String... names) {
    return new NamedValues(input, Fields.empty(), null).requiring(names);
  }

  /** Fails now where a name is missing. */
  NamedValues requiring(String... names) {
    for (String name : names) {
      input.text(name);
    }
    return this;
  }

  @Override
  public Scalar blind() {
    if (input.has("blind") || random == null) {
      return OprfOperations.scalar(input, "blind");
    }
    Scalar drawn = Scalar.random(random);
    result.put("blind", OprfOperations.hex(drawn));
    return drawn;
  }

  @Override
  public byte[] envelopeNonce() {
    return value("envelopeNonce", OpaqueSuite.NONCE_BYTES);
  }

  @Override
  public byte[] clientNonce() {
    return value("clientNonce", OpaqueSuite.NONCE_BYTES);
  }

  @Override
  public SecretBytes clientKeyshareSeed() {
    return SecretBytes.absorb(value("clientKeyshareSeed", OpaqueSuite.SEED_BYTES));
  }

  @Override
  public byte[] maskingNonce() {
    return value("maskingNonce", OpaqueSuite.NONCE_BYTES);
  }

  @Override
  public byte[] serverNonce() {
    return value("serverNonce", OpaqueSuite.NONCE_BYTES);
  }

  @Override
  public SecretBytes serverKeyshareSeed() {
    return SecretBytes.absorb(value("serverKeyshareSeed", OpaqueSuite.SEED_BYTES));
  }

  /** Nothing is held; the scope says how long the values are in use. */
  @Override
  public void close() {}

  private byte[] value(String name, int length) {
    if (input.has(name) || random == null) {
      return input.bytes(name, length);
    }
    byte[] drawn = new byte[length];
    random.nextBytes(drawn);
    result.put(name, Hex.of(drawn));
    return drawn;
  }
}
