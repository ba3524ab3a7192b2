package lockstep.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import lockstep.kernel.HexDigits;

/**
 * The demo's steps: each runs real commands with real stretching, says what they exercise, and
 * stops the story when a command ends otherwise than it must.
 */
final class DemoStory {

  private static final int LISTED = 8;
  private static final int PASSWORD_BYTES = 10;

  private final Surroundings surroundings;
  private final Path folder;
  private final PrintStream people;
  private final Path chats;
  private final Path restored;
  private final Path provider;
  private int step;

  DemoStory(Surroundings surroundings, Path folder, boolean json) {
    this.surroundings = surroundings;
    this.folder = folder;
    this.people = json ? surroundings.errors() : surroundings.output();
    this.chats = folder.resolve("chats");
    this.restored = folder.resolve("restored");
    this.provider = folder.resolve("provider");
  }

  Answer tell() throws IOException {
    Files.createDirectory(provider);
    Files.createDirectory(
        folder.resolve("typed"),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    for (String name : List.of("password", "new-password", "wrong-password")) {
      writePassword(name);
    }
    protectAndLook();
    loseTheDevice();
    TreeComparison comparison = restoreWithTheFifthAttempt();
    changeThePassword();
    runIntoTheLock();
    disable();
    if (comparison.different() > 0) {
      return Answer.of(
          Outcome.UNEXPECTED,
          comparison.different() + " files were not restored as they were.",
          "Please report this.");
    }
    return Answer.done(
            "The demo is over: "
                + comparison.identical()
                + " files came back byte for byte after the device was lost.")
        .with("identicalFiles", comparison.identical())
        .with("differentFiles", comparison.different())
        .with("steps", step);
  }

  private void protectAndLook() throws IOException {
    begin(
        "Enable end-to-end encrypted backup with a password", "ENR-3, STG-4, STG-7, WRP-1, USR-1");
    command(Outcome.DONE, "first", "enable", account(), passwordFile("password"));
    begin("Back up the chats; no password is needed", "BAK-1, PAY-1, PAD-1, OBJ-3, MRK-1");
    command(Outcome.DONE, "first", "backup", List.of(chats.toString()), List.of());
    begin(
        "Look at what the provider sees: names and sizes that say nothing", "PRV-5, OBJ-4, PAD-1");
    listProvider();
    begin("Check the whole backup without writing anything", "RST-10, OBJ-8, MAN-1");
    command(Outcome.DONE, "first", "verify", List.of(), List.of());
  }

  private void loseTheDevice() {
    begin("Lose the device: its folder and the chats' original keys are gone", "KEY-4, DEV-1");
    DemoCommand.removeAll(folder.resolve("first"));
    people.println("   The device's home is deleted.");
  }

  private TreeComparison restoreWithTheFifthAttempt() throws IOException {
    begin("On a new device, type a wrong password four times", "LIM-2, SES-1, OPQ-6, USR-4");
    for (int i = 0; i < 4; i++) {
      restore(Outcome.WRONG_PASSWORD, "second", "restored", "wrong-password");
    }
    begin(
        "The right password as the fifth attempt opens",
        "LIM-3, LIM-4, LIM-10, SES-8, RST-3, RST-8");
    restore(Outcome.DONE, "second", "restored", "password");
    TreeComparison comparison = TreeComparison.of(chats, restored);
    people.println(
        "   "
            + comparison.identical()
            + " files and links are identical to the originals, "
            + comparison.different()
            + " differ.");
    return comparison;
  }

  private void changeThePassword() throws IOException {
    begin("Change the password", "CHG-1, CHG-2, STG-8, STG-9, CHG-5");
    command(
        Outcome.DONE,
        "second",
        "change-password",
        passwordFile("password"),
        List.of("--new-password-file", secret("new-password")));
  }

  private void runIntoTheLock() {
    begin("Somebody types the old password five times", "STG-10, LIM-3, LIM-5, USR-4");
    for (int i = 0; i < 5; i++) {
      restore(Outcome.WRONG_PASSWORD, "third", "stolen", "password");
    }
    begin("Now even the right password has to wait", "LIM-5, LIM-11");
    restore(Outcome.LOCKED, "third", "stolen", "new-password");
  }

  private void disable() throws IOException {
    begin("Disable: the vault forgets, the provider's objects go", "LEA-1, DIS-1, AUT-4, ATR-4");
    command(Outcome.DONE, "second", "disable", List.of("--yes", "--delete-backup"), List.of());
    listProvider();
    begin("Nothing is left to restore", "LEA-5, SES-1");
    restore(Outcome.NOT_ENROLLED, "third", "stolen", "new-password");
  }

  private void restore(Outcome expected, String home, String target, String password) {
    command(
        expected,
        home,
        "restore",
        Stream.concat(Stream.of(folder.resolve(target).toString()), account().stream()).toList(),
        passwordFile(password));
  }

  private void begin(String title, String clauses) {
    step++;
    people.println();
    people.println(step + ". " + title + "   [" + clauses + "]");
  }

  private void command(
      Outcome expected, String home, String name, List<String> first, List<String> second) {
    List<String> arguments =
        Stream.of(List.of(name), first, second, List.of("--home", folder.resolve(home).toString()))
            .flatMap(List::stream)
            .toList();
    String shown = String.join(" ", arguments).replace(folder + "/", "");
    people.println("   $ lockstep " + shown);
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream capture = new PrintStream(said, true, StandardCharsets.UTF_8);
    int exitCode = Main.run(within(capture), arguments.toArray(String[]::new));
    said.toString(StandardCharsets.UTF_8).lines().forEach(line -> people.println("   " + line));
    people.println("   (exit code " + exitCode + ")");
    if (exitCode != expected.exitCode()) {
      throw new Ended(
          Answer.of(
              Outcome.UNEXPECTED,
              "Step "
                  + step
                  + " of the demo ended with exit code "
                  + exitCode
                  + ", not with "
                  + expected.exitCode()
                  + ".",
              "Please report the lines above."));
    }
  }

  private Surroundings within(PrintStream capture) {
    return new Surroundings(
        new ByteArrayInputStream(new byte[0]),
        capture,
        capture,
        null,
        Map.of(),
        surroundings.clock(),
        surroundings.stretching(),
        surroundings.disk());
  }

  private List<String> account() {
    return List.of(
        "--account",
        "demo",
        "--provider",
        provider.toString(),
        "--vault",
        folder.resolve("vault").toString());
  }

  private List<String> passwordFile(String name) {
    return List.of("--password-file", secret(name));
  }

  private String secret(String name) {
    return folder.resolve("typed").resolve(name).toString();
  }

  private void writePassword(String name) throws IOException {
    byte[] random = new byte[PASSWORD_BYTES];
    new SecureRandom().nextBytes(random);
    Files.write(
        Path.of(secret(name)),
        StandardCharsets.US_ASCII.encode(CharBuffer.wrap(HexDigits.encode(random))).array());
  }

  private void listProvider() throws IOException {
    List<Path> files;
    try (Stream<Path> found = Files.walk(provider)) {
      files = found.filter(Files::isRegularFile).sorted().toList();
    }
    for (Path file : files.subList(0, Math.min(LISTED, files.size()))) {
      people.printf("   %10d  %s%n", Files.size(file), provider.relativize(file));
    }
    if (files.size() > LISTED) {
      people.println("   ... and " + (files.size() - LISTED) + " more.");
    }
    if (files.isEmpty()) {
      people.println("   The provider holds no file any more.");
    }
  }
}
