package lockstep.opaque;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import lockstep.secret.SecretBytes;
import lockstep.spec.Verifies;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** No vault talks a client into a cheap stretching, nor into one that exhausts it. */
class Argon2BoundsProperties {

  private static final Argon2Bounds CHEAP =
      new Argon2Bounds(new Argon2Parameters(32, 1, 1), new Argon2Parameters(64, 20, 4));

  @Property
  @Verifies("OPQ-5~2")
  void whatIsBetweenFloorAndCeilingIsAccepted(
      @ForAll @IntRange(min = 65_536, max = 196_608) int memoryKib,
      @ForAll @IntRange(min = 3, max = 20) int passes,
      @ForAll @IntRange(min = 1, max = 16) int lanes) {
    Argon2Parameters parameters = new Argon2Parameters(memoryKib, passes, lanes);
    assertThat(Argon2Bounds.STANDARD.accepts(parameters)).isTrue();
    assertThat(Argon2Bounds.STANDARD.stretching(parameters)).isPresent();
  }

  @Property
  @Verifies("OPQ-5~2")
  void whateverIsBelowOrAboveIsRefused(
      @ForAll int memoryKib, @ForAll int passes, @ForAll int lanes) {
    boolean inside =
        memoryKib >= 65_536
            && memoryKib <= 196_608
            && passes >= 3
            && passes <= 20
            && lanes >= 1
            && lanes <= 16;
    Argon2Parameters parameters = new Argon2Parameters(memoryKib, passes, lanes);
    assertThat(Argon2Bounds.STANDARD.stretching(parameters).isPresent()).isEqualTo(inside);
  }

  @Example
  @Verifies("OPQ-5~2")
  void eachEdgeIsWhereTheClausePutsIt() {
    assertThat(accepts(65_536, 3, 1)).isTrue();
    assertThat(accepts(65_535, 3, 1)).isFalse();
    assertThat(accepts(65_536, 2, 1)).isFalse();
    assertThat(accepts(65_536, 3, 0)).isFalse();
    assertThat(accepts(196_608, 20, 16)).isTrue();
    assertThat(accepts(196_609, 20, 16)).isFalse();
    assertThat(accepts(196_608, 21, 16)).isFalse();
    assertThat(accepts(196_608, 20, 17)).isFalse();
    assertThat(Argon2Bounds.STANDARD.accepts(Argon2Parameters.STANDARD)).isTrue();
  }

  @Example
  @Verifies("OPQ-5~2")
  void boundsThatArgon2ItselfForbidsCannotBeMade() {
    Argon2Parameters ceiling = new Argon2Parameters(64, 3, 4);
    for (Argon2Parameters floor :
        new Argon2Parameters[] {
          new Argon2Parameters(31, 1, 1),
          new Argon2Parameters(32, 0, 1),
          new Argon2Parameters(32, 1, 0)
        }) {
      assertThatThrownBy(() -> new Argon2Bounds(floor, ceiling))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Property(tries = 50)
  @Verifies("OPQ-4")
  void everyParameterAndEveryInputCounts(
      @ForAll @IntRange(min = 32, max = 63) int memoryKib,
      @ForAll @IntRange(min = 1, max = 19) int passes,
      @ForAll @IntRange(min = 1, max = 3) int lanes,
      @ForAll @Size(32) byte[] input) {
    byte[] other = input.clone();
    other[31] ^= 1;
    byte[] tag = stretch(memoryKib, passes, lanes, input);
    assertThat(tag).hasSize(32).isEqualTo(stretch(memoryKib, passes, lanes, input));
    assertThat(tag)
        .isNotEqualTo(stretch(memoryKib + 1, passes, lanes, input))
        .isNotEqualTo(stretch(memoryKib, passes + 1, lanes, input))
        .isNotEqualTo(stretch(memoryKib, passes, lanes + 1, input))
        .isNotEqualTo(stretch(memoryKib, passes, lanes, other));
  }

  private static boolean accepts(int memoryKib, int passes, int lanes) {
    return Argon2Bounds.STANDARD.accepts(new Argon2Parameters(memoryKib, passes, lanes));
  }

  private static byte[] stretch(int memoryKib, int passes, int lanes, byte[] input) {
    Argon2Parameters parameters = new Argon2Parameters(memoryKib, passes, lanes);
    try (SecretBytes output = SecretBytes.copyOf(input);
        SecretBytes stretched = CHEAP.stretching(parameters).orElseThrow().stretch(output)) {
      return stretched.expose(byte[]::clone);
    }
  }
}
