package lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import lockstep.spec.Verifies;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.StringLength;

/** Sizes, lines and progress as people read them. */
final class PlainWordsProperties {

  private Instant now = Instant.parse("2026-01-01T00:00:00Z");

  @Property(tries = 500)
  @Verifies("CLI-18")
  void aSizeIsTheLargestUnitThatItReachesRoundedDown(@ForAll @LongRange(min = 0) long bytes) {
    String[] words = ByteText.of(bytes).split(" ");
    int unit = List.of("bytes", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB").indexOf(words[1]);
    if (bytes < 1024) {
      assertThat(words).containsExactly(Long.toString(bytes), bytes == 1 ? "byte" : "bytes");
      return;
    }
    double exact = bytes / Math.pow(1024, unit);
    double told = Double.parseDouble(words[0]);
    assertThat(exact).isBetween(1.0, 1024.0);
    assertThat(told).isLessThanOrEqualTo(exact);
    assertThat(exact - told).isLessThan(exact < 10 ? 0.100000001 : 1.000000001);
    assertThat(words[0].contains(".")).isEqualTo(told < 10);
  }

  @Example
  @Verifies("CLI-18")
  void sizesAtTheEdgeOfAUnit() {
    assertThat(ByteText.of(1)).isEqualTo("1 byte");
    assertThat(ByteText.of(1023)).isEqualTo("1023 bytes");
    assertThat(ByteText.of(1024)).isEqualTo("1.0 KiB");
    assertThat(ByteText.of(1024 * 1024 - 1)).isEqualTo("1023 KiB");
    assertThat(ByteText.of(751_120_977)).isEqualTo("716 MiB");
    assertThat(ByteText.of((1 << 20) + 104_910)).isEqualTo("1.1 MiB");
    assertThat(ByteText.of(Long.MAX_VALUE)).isEqualTo("7.9 EiB");
  }

  @Property(tries = 500)
  @Verifies("CLI-18")
  void linesFitAndTogetherSayTheSame(
      @ForAll @CharRange(from = 'a', to = 'd') @StringLength(max = 30) String letters,
      @ForAll @IntRange(min = 1, max = 60) int columns,
      @ForAll @IntRange(min = 1, max = 9) int every) {
    String text = "It " + letters.repeat(4).replaceAll("(.{" + every + "})", "$1 ").strip();
    List<String> lines = LineWrap.wrap(text, columns);
    assertThat(String.join(" ", lines)).isEqualTo(text);
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      assertThat(line.length() <= columns || !line.contains(" ")).isTrue();
      if (i > 0) {
        String first = line.split(" ", -1)[0];
        assertThat(lines.get(i - 1).length() + 1 + first.length()).isGreaterThan(columns);
      }
    }
  }

  @Example
  @Verifies("CLI-18")
  void tablesAndNamesStayWhole() {
    String name = "  left out or changed: album/a long name of a picture.jpg (unreadable)";
    assertThat(LineWrap.wrap(name, 40)).containsExactly(name);
    String row = "1023 bytes  2026-01-01  album/a long name of a picture.jpg";
    assertThat(LineWrap.wrap(row, 40)).containsExactly(row);
    assertThat(LineWrap.wrap("one two", 0)).containsExactly("one two");
    assertThat(LineWrap.wrap("one two", 3)).containsExactly("one", "two");
  }

  @Example
  @Verifies("CLI-18")
  void aTerminalsWidthIsWhatSttySays() {
    assertThat(TerminalWidth.of("50 132\n")).isEqualTo(132);
    assertThat(TerminalWidth.of("24 10\n")).isEqualTo(40);
    for (String nothing : new String[] {"", "0 0\n", "stty: standard input", "1 999999"}) {
      assertThat(TerminalWidth.of(nothing)).isEqualTo(80);
    }
  }

  @Example
  @Verifies("CLI-17")
  void plainProgressIsALineEveryTenSecondsWithRateAndTimeLeft() {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream lines = new PrintStream(printed, true, StandardCharsets.UTF_8);
    PlainProgress progress = new PlainProgress("Backing up", false, lines, () -> now);
    progress.advanced(100 << 20);
    pass(10);
    progress.advanced(100 << 20);
    progress.expect(3, 700 << 20);
    pass(9);
    progress.advanced(1);
    pass(1);
    progress.advanced(200 << 20);
    pass(3600);
    progress.advanced(1);
    progress.end();
    assertThat(printed.toString(StandardCharsets.UTF_8).lines())
        .containsExactly(
            "Backing up: 200 MiB, 20 MiB/s",
            "Backing up: 400 MiB of 700 MiB, 57 %, 20 MiB/s, 14 s left",
            "Backing up: 400 MiB of 700 MiB, 57 %, 113 KiB/s, 45 min left",
            "Backing up: 400 MiB in 1 h 0 min");
  }

  @Example
  @Verifies("CLI-20")
  void forAProgramEachLineIsAnObjectWithExactNumbers() {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream lines = new PrintStream(printed, true, StandardCharsets.UTF_8);
    PlainProgress progress = new PlainProgress("Backing up", true, lines, () -> now);
    pass(10);
    progress.advanced(1000);
    progress.expect(3, 4001);
    pass(10);
    progress.advanced(1000);
    progress.end();
    assertThat(printed.toString(StandardCharsets.UTF_8).lines())
        .containsExactly(
            "{\"progress\":\"Backing up\",\"bytes\":1000,\"milliseconds\":10000,"
                + "\"bytesPerSecond\":100,\"last\":false}",
            "{\"progress\":\"Backing up\",\"bytes\":2000,\"bytesExpected\":4001,"
                + "\"milliseconds\":20000,\"bytesPerSecond\":100,\"secondsLeft\":20,"
                + "\"last\":false}",
            "{\"progress\":\"Backing up\",\"bytes\":2000,\"bytesExpected\":4001,"
                + "\"milliseconds\":20000,\"bytesPerSecond\":100,\"last\":true}");
  }

  private void pass(int seconds) {
    now = now.plus(Duration.ofSeconds(seconds));
  }
}
