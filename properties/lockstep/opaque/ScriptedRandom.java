package lockstep.opaque;

import java.security.SecureRandom;

/** Hands out the given blocks in turn. */
final class ScriptedRandom extends SecureRandom {

  private static final long serialVersionUID = 1L;

  private final byte[][] blocks;
  private int next;

  ScriptedRandom(byte[]... blocks) {
    this.blocks = blocks;
  }

  int draws() {
    return next;
  }

  @Override
  public void nextBytes(byte[] bytes) {
    System.arraycopy(blocks[next++], 0, bytes, 0, bytes.length);
  }
}
