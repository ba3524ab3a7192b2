package lockstep.opaque;

import lockstep.secret.SecretBytes;
import lockstep.spec.Decides;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;

/** Argon2id version 0x13 (RFC 9106), salt of 16 zero bytes, tag of 32 bytes. */
@Decides("OPQ-4")
final class Argon2idStretching implements KeyStretching {

  private static final int SALT_BYTES = 16;
  private static final int TAG_BYTES = 32;

  private final Argon2Parameters parameters;

  Argon2idStretching(Argon2Parameters parameters) {
    this.parameters = parameters;
  }

  @Override
  public SecretBytes stretch(SecretBytes oprfOutput) {
    Argon2BytesGenerator argon2 = new Argon2BytesGenerator();
    argon2.init(
        new org.bouncycastle.crypto.params.Argon2Parameters.Builder(
                org.bouncycastle.crypto.params.Argon2Parameters.ARGON2_id)
            .withVersion(org.bouncycastle.crypto.params.Argon2Parameters.ARGON2_VERSION_13)
            .withSalt(new byte[SALT_BYTES])
            .withMemoryAsKB(parameters.memoryKib())
            .withIterations(parameters.passes())
            .withParallelism(parameters.lanes())
            .build());
    byte[] tag = new byte[TAG_BYTES];
    oprfOutput.expose(bytes -> argon2.generateBytes(bytes, tag));
    return SecretBytes.absorb(tag);
  }
}
