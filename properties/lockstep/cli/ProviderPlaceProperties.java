package lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Optional;
import lockstep.spec.Verifies;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import picocli.CommandLine.TypeConversionException;

/** A provider as it is typed, noted and shown. */
final class ProviderPlaceProperties {

  private static final ProviderPlace.Converter CONVERTER = new ProviderPlace.Converter();

  @Property
  @Verifies("PRV-14~2")
  void whatIsTypedIsAFolderOrARemoteAndIsNotedAsThat(
      @ForAll @AlphaChars @Chars({':', '/', '.', ',', '='}) @StringLength(min = 1, max = 30)
          String typed) {
    ProviderPlace folder = CONVERTER.convert("./" + typed);
    assertThat(folder.folder())
        .hasValue(
            Path.of(typed.startsWith("/") ? "." + typed : typed).toAbsolutePath().normalize());
    if (typed.indexOf(':') < 0) {
      assertThatThrownBy(() -> CONVERTER.convert("rclone:" + typed))
          .isInstanceOf(TypeConversionException.class);
      return;
    }
    ProviderPlace remote = CONVERTER.convert("rclone:" + typed);
    assertThat(remote.remote()).hasValue(typed);
    assertThat(remote.folder()).isEmpty();
    for (ProviderPlace place : new ProviderPlace[] {folder, remote}) {
      Places places = new Places(place, Optional.empty());
      assertThat(Places.decode(places.encode())).hasValue(places);
    }
  }

  @Property
  @Verifies("PRV-14~2")
  void aRemotesParametersAreShownNowhere(
      @ForAll @AlphaChars @StringLength(min = 1, max = 10) String name,
      @ForAll @AlphaChars @StringLength(min = 12, max = 20) String secret) {
    ProviderPlace place = CONVERTER.convert("rclone:" + name + ",pass=" + secret + ":path");
    assertThat(place.toString()).contains(name).doesNotContain(secret);
    assertThat(place.shown()).contains(name).doesNotContain(secret);
    assertThat(ProviderAnswers.unavailable(place, "why").sentence()).doesNotContain(secret);
  }
}
