package lockstep.adapter.filetree;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import lockstep.spec.Verifies;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;

/** Patterns as people write them. */
final class PathPatternsProperties {

  @Property
  @Verifies("RST-31")
  void aPathFromTheTopIsItselfAndWhatLiesBelowAndNothingElse(
      @ForAll @CharRange(from = 'a', to = 'e') @StringLength(min = 1, max = 4) String folder,
      @ForAll @CharRange(from = 'a', to = 'e') @StringLength(min = 1, max = 4) String name) {
    PathPatterns one = PathPatterns.fromTop(List.of(folder + "/" + name));
    assertThat(one.match(folder + "/" + name, false)).isTrue();
    assertThat(one.match(folder + "/" + name + "/below/it", false)).isTrue();
    assertThat(one.match("x/" + folder + "/" + name, false)).isFalse();
    assertThat(one.match(folder + "/" + name + "x", false)).isFalse();
    assertThat(one.match(folder, true)).isFalse();
    assertThat(PathPatterns.fromTop(List.of("./" + folder + "/")).match(folder, true)).isTrue();
    assertThat(PathPatterns.fromTop(List.of("**/" + name)).match("q/r/" + name, false)).isTrue();
  }

  @Property
  @Verifies("BAK-40")
  void theLastPatternThatMatchesDecides(
      @ForAll @CharRange(from = 'a', to = 'e') @StringLength(min = 1, max = 4) String name) {
    String file = name + ".log";
    assertThat(PathPatterns.of(List.of("*.log")).match("d/" + file, false)).isTrue();
    assertThat(PathPatterns.of(List.of("*.log", "!" + file)).match("d/" + file, false)).isFalse();
    assertThat(PathPatterns.of(List.of("!" + file, "*.log")).match("d/" + file, false)).isTrue();
    assertThat(PathPatterns.of(List.of("/*.log")).match("d/" + file, false)).isFalse();
    assertThat(PathPatterns.of(List.of(name + "/")).match(name, false)).isFalse();
    assertThat(PathPatterns.of(List.of(name + "/")).match(name, true)).isTrue();
    assertThat(PathPatterns.of(List.of("# " + file, "")).match(file, false)).isFalse();
  }

  @Example
  @Verifies("BAK-40")
  void aBackslashInANameSeparatesNothing() {
    PathPatterns build = PathPatterns.of(List.of("build"));
    assertThat(build.match("build\\notes", false)).isFalse();
    assertThat(build.match("build", true)).isTrue();
  }
}
