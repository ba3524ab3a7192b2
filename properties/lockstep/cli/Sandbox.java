package lockstep.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import lockstep.adapter.durable.DurableStep;
import lockstep.device.state.Stretching;
import lockstep.opaque.Argon2Bounds;
import lockstep.opaque.Argon2Parameters;

/**
 * A user with real folders, who runs the real commands in this process. The clock is set by hand;
 * passwords are stretched little, but for {@link #withRealStretching}.
 */
final class Sandbox {

  private static final Argon2Parameters CHEAP = new Argon2Parameters(128, 1, 1);
  private static final Stretching LITTLE =
      new Stretching(new Argon2Bounds(CHEAP, Argon2Bounds.STANDARD.ceiling()), CHEAP);

  static final String ACCOUNT = "amara@example.org";
  static final String PASSWORD = "correct horse battery";

  final Path root;
  final Path provider;
  final Path vault;
  final Path source;
  Terminal person;
  byte[] input = new byte[0];
  DurableStep disk = DurableStep.NONE;
  Map<String, String> environment = Map.of();
  final StringBuilder everythingPrinted = new StringBuilder();
  private Stretching stretching = LITTLE;
  private List<String> accepted = List.of();
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");

  Sandbox(Path root) throws IOException {
    this.root = root;
    this.provider = Files.createDirectory(root.resolve("provider"));
    this.vault = root.resolve("vault");
    this.source = Files.createDirectory(root.resolve("source"));
    Files.writeString(source.resolve("hello.txt"), "Hello, world.\n");
    Files.createDirectory(source.resolve("album"));
    Files.write(source.resolve("album/picture.jpg"), new byte[70_000]);
  }

  /** The product's stretching, for tests that also run commands as processes of their own. */
  Sandbox withRealStretching() {
    stretching = Stretching.STANDARD;
    return this;
  }

  /** A device that stretches a new record like this, within what the product accepts. */
  Sandbox withStretching(Argon2Parameters parameters) {
    stretching = new Stretching(Argon2Bounds.STANDARD, parameters);
    return this;
  }

  /** What a command said and how it ended. */
  record Said(int exitCode, String output, String errors) {
    JsonNode json() {
      try {
        return new ObjectMapper().readTree(output);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    String all() {
      return output + errors;
    }
  }

  /** Runs a command with {@code --home home}. */
  Said run(String home, String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--home");
    all.add(home(home).toString());
    return runAsTyped(all.toArray(String[]::new));
  }

  /** Runs a command with these arguments only. */
  Said runAsTyped(String... arguments) {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    int exitCode = Main.run(surroundings(output, errors), arguments);
    Said said =
        new Said(
            exitCode,
            output.toString(StandardCharsets.UTF_8),
            errors.toString(StandardCharsets.UTF_8));
    everythingPrinted.append(said.all());
    return said;
  }

  Said enable(String home) {
    return run(home, enabling());
  }

  Said backup(String home) {
    return run(home, "backup", source.toString());
  }

  Said restore(String home, String target, String password) {
    return run(
        home, restoring(target, "typed-" + Integer.toHexString(password.hashCode()), password));
  }

  /** The same by somebody who takes even the last attempt of all. */
  Said restoreAtAnyCost(String home, String target, String password) {
    String[] words =
        restoring(target, "typed-" + Integer.toHexString(password.hashCode()), password);
    return run(
        home, Stream.concat(Stream.of(words), Stream.of("--last-attempt")).toArray(String[]::new));
  }

  /** A user who accepts by name that the vault's policy is loose. */
  Sandbox withLoosePolicyAccepted() {
    accepted = List.of("--accept-policy");
    return this;
  }

  String[] enabling() {
    return words(
        "enable",
        "--account",
        ACCOUNT,
        "--provider",
        provider.toString(),
        "--vault",
        vault.toString(),
        "--password-file",
        file("password", PASSWORD));
  }

  String[] restoring(String target, String passwordFile, String password) {
    return words(
        "restore",
        path(target).toString(),
        "--account",
        ACCOUNT,
        "--provider",
        provider.toString(),
        "--vault",
        vault.toString(),
        "--password-file",
        file(passwordFile, password));
  }

  private String[] words(String... words) {
    return Stream.concat(Stream.of(words), accepted.stream()).toArray(String[]::new);
  }

  /** Adds files of some size, so that a backup takes a moment. */
  void fillSource(int files) throws IOException {
    SplittableRandom random = new SplittableRandom(files);
    for (int i = 0; i < files; i++) {
      byte[] content = new byte[random.nextInt(200_000)];
      random.nextBytes(content);
      Files.write(source.resolve("file-" + files + "-" + i), content);
    }
  }

  void advance(Duration duration) {
    now = now.plus(duration);
  }

  Instant now() {
    return now;
  }

  Path home(String name) {
    return root.resolve(name);
  }

  Path path(String name) {
    return root.resolve(name);
  }

  /** Writes a file in a folder apart and gives its path. */
  String file(String name, String content) {
    try {
      Path folder = Files.createDirectories(root.resolve("typed"));
      return Files.writeString(folder.resolve(name), content).toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Surroundings surroundings(OutputStream output, OutputStream errors) {
    return new Surroundings(
        new ByteArrayInputStream(input),
        new PrintStream(output, true, StandardCharsets.UTF_8),
        new PrintStream(errors, true, StandardCharsets.UTF_8),
        person,
        environment,
        () -> now,
        () -> stretching,
        disk);
  }
}
