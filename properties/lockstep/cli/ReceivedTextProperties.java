package lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import lockstep.adapter.durable.DurableStep;
import lockstep.device.state.Stretching;
import lockstep.spec.ByConstruction;
import lockstep.spec.Verifies;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bytes that are no text are refused wherever they come from; the home is where the user said. */
final class ReceivedTextProperties {

  @TempDir Path directory;
  private Sandbox user;

  @BeforeEach
  void newUser() throws IOException {
    user = new Sandbox(directory.toRealPath());
  }

  @Test
  @Verifies("CLI-13")
  void typedBytesThatAreNoUtf8AreRefused() {
    assertThat(Terminal.typed(bytes("p\u00e4ss"))).isEqualTo("p\u00e4ss".toCharArray());
    assertThat(Terminal.typed(bytes("\ud83d\ude00"))).isEqualTo("\ud83d\ude00".toCharArray());
    assertThat(Terminal.typed(new char[0])).isEmpty();
    for (String latin1 : new String[] {"p\u00e9ssword", "\u00c3", "\u00ff", "\u00ed\u00a0\u0080"}) {
      char[] typed = latin1.toCharArray();
      Ended ended = catchThrowableOfType(Ended.class, () -> Terminal.typed(typed));
      assertThat(ended.answer().outcome()).isEqualTo(Outcome.USAGE);
      assertThat(ended.answer().sentence()).contains("UTF-8");
      assertThat(typed).containsOnly('\0');
    }
    assertThat(catchThrowableOfType(Ended.class, () -> Terminal.typed("p\ufffd".toCharArray())))
        .isNotNull();
  }

  @Test
  @Verifies({"CLI-13", "CLI-3"})
  void aFileWithAByteOrderMarkIsNamedAsSuch() {
    assertThat(said("\ufeffcorrect horse".getBytes(StandardCharsets.UTF_8))).contains("BOM");
    assertThat(said("correct horse".getBytes(StandardCharsets.UTF_16))).contains("UTF-16");
    byte[] little = "correct horse".getBytes(StandardCharsets.UTF_16LE);
    byte[] marked = new byte[little.length + 2];
    marked[0] = (byte) 0xFF;
    marked[1] = (byte) 0xFE;
    System.arraycopy(little, 0, marked, 2, little.length);
    assertThat(said(marked)).contains("UTF-16");
    assertThat(said("correct horse\r".getBytes(StandardCharsets.UTF_8))).contains("line end");
  }

  @Test
  @ByConstruction("runs the product in processes of its own, which the recorder does not see")
  @Verifies("CLI-13")
  void argumentsFoldersAndVariablesThatAreNoUtf8AreRefused() throws Exception {
    assertThat(exit("\"$@\" --account \"$(printf 'am\\351')\"")).startsWith("2 ").contains("UTF-8");
    assertThat(exit("\"$@\" --account \"$(printf 'am\\357\\277\\275')\"")).doesNotContain("UTF-8");
    String odd = "odd=" + directory + "/$(printf 'n\\377'); mkdir -p \"$odd\"; ";
    assertThat(exit(odd + "cd \"$odd\" && \"$@\"")).startsWith("2 ").contains("current folder");
    assertThat(exit(odd + "LOCKSTEP_HOME=$odd \"$@\"")).startsWith("2 ").contains("LOCKSTEP_HOME");
    try (var left = Files.list(directory)) {
      assertThat(left.map(path -> path.getFileName().toString()))
          .noneMatch(n -> n.contains("\u00ef"));
    }
  }

  @Test
  @Verifies("CLI-14")
  void theHomeIsThatOfTheEnvironmentAndNothingElse() {
    String root = directory.toString();
    assertThat(home(Map.of("HOME", root))).isEqualTo(directory.resolve(".lockstep").toString());
    assertThat(home(Map.of("HOME", root, "LOCKSTEP_HOME", root + "/own"))).isEqualTo(root + "/own");
    assertThat(home(Map.of("HOME", root, "LOCKSTEP_HOME", ""))).isEqualTo(root + "/.lockstep");
    for (Map<String, String> none :
        java.util.List.of(
            Map.<String, String>of(),
            Map.of("HOME", ""),
            Map.of("HOME", "?"),
            Map.of("HOME", "a\0b"),
            Map.of("HOME", root, "LOCKSTEP_HOME", "a\0b"))) {
      assertThat(home(none)).contains("--home");
    }
  }

  private String home(Map<String, String> environment) {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    int exitCode =
        Main.run(surroundings(new byte[0], environment, output, errors), "status", "--json");
    String errorText = errors.toString(StandardCharsets.UTF_8);
    if (exitCode == 2) {
      return errorText;
    }
    return new Sandbox.Said(exitCode, output.toString(StandardCharsets.UTF_8), errorText)
        .json()
        .get("home")
        .asText();
  }

  private String exit(String script) throws Exception {
    return new ForkedCommand(user.home("first"), "status")
        .withoutHome()
        .inScript(script)
        .runAndRead();
  }

  private static String said(byte[] file) {
    ByteArrayOutputStream nothing = new ByteArrayOutputStream();
    SecretInput input = new SecretInput(surroundings(file, Map.of(), nothing, nothing));
    return catchThrowableOfType(
            Ended.class, () -> input.password(Optional.of("-"), "--password-file", ""))
        .answer()
        .sentence();
  }

  private static char[] bytes(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1)
        .toCharArray();
  }

  private static Surroundings surroundings(
      byte[] input,
      Map<String, String> environment,
      ByteArrayOutputStream output,
      ByteArrayOutputStream errors) {
    return new Surroundings(
        new ByteArrayInputStream(input),
        new PrintStream(output, true, StandardCharsets.UTF_8),
        new PrintStream(errors, true, StandardCharsets.UTF_8),
        null,
        environment,
        java.time.Clock.systemUTC(),
        () -> Stretching.STANDARD,
        DurableStep.NONE);
  }
}
