package lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import lockstep.cli.Sandbox.Said;
import lockstep.spec.Verifies;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plants secrets, lives a whole life with them, and looks for them in every file and output. */
class SecretsNowhereProperties {

  @TempDir Path directory;
  private Sandbox user;

  @BeforeEach
  void newUser() throws Exception {
    user = new Sandbox(directory.toRealPath());
  }

  @Test
  @Verifies({"CLI-6", "SEC-5", "PWD-3", "KEY-4", "WIR-7"})
  void noSecretIsInAnyFileOrOutput() throws Exception {
    assertThat(user.enable("first").exitCode()).isZero();
    assertThat(user.backup("first").exitCode()).isZero();
    user.restore("second", "target", "wrong password");
    assertThat(user.restore("second", "target", Sandbox.PASSWORD).exitCode()).isZero();
    assertThat(user.run("second", "verify").exitCode()).isZero();
    assertThat(user.run("second", "status").exitCode()).isZero();
    final String printed = user.everythingPrinted.toString();
    Said shown =
        user.run(
            "second",
            "show-key",
            "--json",
            "--password-file",
            user.file("typed", Sandbox.PASSWORD));
    String digits = shown.json().get("recoveryKey").asText().replaceAll("\\s", "");
    assertThat(digits).hasSize(64);
    List<byte[]> needles = new ArrayList<>();
    addForms(HexFormat.of().parseHex(digits), needles);
    addForms(digits.getBytes(StandardCharsets.US_ASCII), needles);
    addForms(Sandbox.PASSWORD.getBytes(StandardCharsets.UTF_8), needles);
    DemoCommand.removeAll(user.path("typed"));
    assertThat(finds(printed.getBytes(StandardCharsets.UTF_8), needles)).isFalse();
    assertThat(filesWith(needles)).isEmpty();
    // The search finds what is there.
    Files.writeString(
        user.provider.resolve("leak"),
        "x"
            + Base64.getEncoder()
                .encodeToString(("?" + Sandbox.PASSWORD).getBytes(StandardCharsets.UTF_8)));
    assertThat(filesWith(needles)).containsExactly(user.provider.resolve("leak"));
  }

  private List<Path> filesWith(List<byte[]> needles) throws IOException {
    List<Path> files;
    try (Stream<Path> found = Files.walk(user.root)) {
      files = found.filter(Files::isRegularFile).toList();
    }
    List<Path> hits = new ArrayList<>();
    for (Path file : files) {
      if (finds(Files.readAllBytes(file), needles)) {
        hits.add(file);
      }
    }
    return hits;
  }

  /** Raw, hexadecimal in both cases, and Base64 at each of the three alignments. */
  private static void addForms(byte[] secret, List<byte[]> needles) {
    needles.add(secret);
    String hex = HexFormat.of().formatHex(secret);
    needles.add(hex.getBytes(StandardCharsets.US_ASCII));
    needles.add(hex.toUpperCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII));
    for (int shift = 0; shift < 3; shift++) {
      byte[] shifted = new byte[secret.length + shift];
      System.arraycopy(secret, 0, shifted, shift, secret.length);
      for (Base64.Encoder encoder :
          new Base64.Encoder[] {Base64.getEncoder(), Base64.getUrlEncoder()}) {
        byte[] encoded = encoder.withoutPadding().encode(shifted);
        // The first and last characters mix with the neighbours' bits.
        needles.add(Arrays.copyOfRange(encoded, shift == 0 ? 0 : shift + 1, encoded.length - 1));
      }
    }
  }

  private static boolean finds(byte[] haystack, List<byte[]> needles) {
    String text = new String(haystack, StandardCharsets.ISO_8859_1);
    return needles.stream()
        .anyMatch(needle -> text.contains(new String(needle, StandardCharsets.ISO_8859_1)));
  }
}
