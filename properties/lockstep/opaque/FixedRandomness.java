package lockstep.opaque;

import com.fasterxml.jackson.databind.JsonNode;
import lockstep.opaque.client.ClientRandomness;
import lockstep.opaque.server.ServerRandomness;
import lockstep.secret.SecretBytes;

/** The random values that a published vector names, for one of its two steps. */
record FixedRandomness(JsonNode inputs, String step) implements ClientRandomness, ServerRandomness {

  @Override
  public Scalar blind() {
    return VectorFile.scalar(inputs, "blind_" + step);
  }

  @Override
  public byte[] envelopeNonce() {
    return VectorFile.bytes(inputs, "envelope_nonce");
  }

  @Override
  public byte[] clientNonce() {
    return VectorFile.bytes(inputs, "client_nonce");
  }

  @Override
  public byte[] maskingNonce() {
    return VectorFile.bytes(inputs, "masking_nonce");
  }

  @Override
  public byte[] serverNonce() {
    return VectorFile.bytes(inputs, "server_nonce");
  }

  @Override
  public SecretBytes clientKeyshareSeed() {
    return VectorFile.secret(inputs, "client_keyshare_seed");
  }

  @Override
  public SecretBytes serverKeyshareSeed() {
    return VectorFile.secret(inputs, "server_keyshare_seed");
  }
}
