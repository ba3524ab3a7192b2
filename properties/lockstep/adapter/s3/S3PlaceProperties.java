package lockstep.adapter.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import lockstep.spec.Verifies;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;

/** A place in an object store as it is typed, completed and noted. */
final class S3PlaceProperties {

  @Property
  @Verifies("PRV-14~2")
  void whatIsNotedIsThePlaceAgain(
      @ForAll @AlphaChars @Chars({'/', '.', ' ', '&', '=', '%', 'é'}) @StringLength(max = 20)
          String prefix,
      @ForAll boolean endpoint,
      @ForAll boolean region,
      @ForAll Optional<Boolean> style) {
    Optional<S3Place> typed = S3Place.parse("s3://some.bucket/" + prefix);
    boolean folders =
        List.of(prefix.replaceAll("/$", "").split("/", -1)).stream()
            .noneMatch(folder -> folder.isEmpty() || folder.equals(".") || folder.equals(".."));
    assertThat(typed.isPresent()).isEqualTo(prefix.replaceAll("/$", "").isEmpty() || folders);
    if (typed.isEmpty()) {
      return;
    }
    S3Place place = typed.get();
    assertThat(place.prefix()).matches("|.*[^/]/");
    if (endpoint) {
      place = place.withEndpoint("https://store.example:9000/").orElseThrow();
      assertThat(place.endpoint()).hasValue(URI.create("https://store.example:9000"));
    }
    if (region) {
      place = place.withRegion("eu-central-1").orElseThrow();
    }
    if (style.isPresent()) {
      place = place.withPathStyle(style.get().toString()).orElseThrow();
    }
    assertThat(S3Place.parse(place.toString())).hasValue(place);
    assertThat(place.isPathStyle()).isEqualTo(style.orElse(true));
  }

  @Example
  @Verifies("PRV-14~2")
  void whatIsNoPlaceIsNone() {
    for (String text :
        List.of(
            "s3:/bucket",
            "s3://",
            "s3://a",
            "s3:///prefix",
            "s3://buc ket",
            "s3://bucket/a//b",
            "s3://bucket/../b",
            "s3://bucket/a\nb",
            "s3://bucket/a?other=b",
            "s3://bucket/?endpoint=ftp://x",
            "s3://bucket/" + "a".repeat(600))) {
      assertThat(S3Place.parse(text)).as(text).isEmpty();
    }
    S3Place place = S3Place.parse("s3://bucket").orElseThrow();
    assertThat(place.isPathStyle()).isFalse();
    for (String address :
        List.of(
            "store.example:9000",
            "https://user:word@store.example",
            "https://store.example/path",
            "https://store.example?a",
            "https://",
            "ftp://store.example")) {
      assertThat(place.withEndpoint(address)).as(address).isEmpty();
    }
    assertThat(place.withRegion("EU Central")).isEmpty();
    assertThat(place.withPathStyle("yes")).isEmpty();
  }
}
