package lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import lockstep.cli.Sandbox.Said;
import lockstep.evidence.Attack;
import lockstep.spec.Verifies;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A provider that rolls back, hides or goes away around a change of the key. */
@Attack
class RotationRollbackAttackTest {

  @TempDir Path directory;
  private Sandbox user;
  private int copies;

  @BeforeEach
  void newUser() throws Exception {
    user = new Sandbox(directory.toRealPath());
  }

  @Test
  @Verifies({"ROT-1~3", "RST-12", "CLI-4", "USR-3"})
  void aRolledBackBackupIsNotSealedUnderANewKey() throws Exception {
    inPasswordMode();
    Path older = keep();
    backUp("two");
    Path newest = keep();
    show(older);
    Said refused = rotate();
    assertThat(refused.exitCode()).isEqualTo(21);
    assertThat(refused.errors()).contains("The key was not changed");
    assertThat(user.run("phone", "verify").exitCode()).isEqualTo(21);
    show(newest);
    assertThat(rotate().exitCode()).isZero();
    assertThat(user.restore("tablet", "out", Sandbox.PASSWORD).exitCode()).isZero();
    assertThat(user.path("out/hello.txt")).hasContent("two");
  }

  @Test
  @Verifies({"ROT-1~3", "RST-12", "CLI-4"})
  void anotherDevicesBackupIsInTheVaultsMarkAndHoldsForTheRotation() throws Exception {
    inPasswordMode();
    Path older = keep();
    assertThat(user.restore("tablet", "t", Sandbox.PASSWORD).exitCode()).isZero();
    assertThat(user.backup("tablet").exitCode()).isZero();
    show(older);
    assertThat(rotate().exitCode()).isEqualTo(21);
  }

  @Test
  @Verifies({"ROT-1~3", "RST-12", "CLI-4"})
  void inKeyModeARolledBackBackupIsNotSealedUnderANewKey() throws Exception {
    inKeyMode();
    Path older = keep();
    backUp("two");
    show(older);
    assertThat(user.run("phone", "rotate-key", "--yes").exitCode()).isEqualTo(21);
    assertThat(user.run("phone", "verify").exitCode()).isEqualTo(21);
  }

  @Test
  @Verifies({"ROT-1~3", "ROT-2", "CLI-4"})
  void aHeadThatIsWithheldIsNotNothingToCopy() throws Exception {
    inPasswordMode();
    Path whole = keep();
    for (Path head : heads()) {
      Files.delete(head);
    }
    Said refused = user.run("phone", rotating("--json"));
    assertThat(refused.exitCode()).isEqualTo(40);
    assertThat(refused.json().get("reason").asText()).isEqualTo("backupGone");
    show(whole);
    assertThat(user.run("phone", "verify").exitCode()).isZero();
  }

  @Test
  @Verifies({"ROT-1~3", "ROT-2"})
  void anEmptyMountPointIsNotARotation() throws Exception {
    inKeyMode();
    String oldKey = key;
    Path drive = keep();
    DemoCommand.removeAll(user.provider);
    Files.createDirectory(user.provider);
    assertThat(user.run("phone", "rotate-key", "--yes").exitCode()).isEqualTo(40);
    show(drive);
    assertThat(restoreWithKey("tablet", oldKey).exitCode()).isZero();
  }

  @Test
  @Verifies({"ROT-1~3", "CLI-4"})
  void whereNothingWasEverBackedUpThereIsNothingToCopy() throws Exception {
    assertThat(user.enable("phone").exitCode()).isZero();
    assertThat(rotate().exitCode()).isZero();
    assertThat(user.backup("phone").exitCode()).isZero();
  }

  @Test
  @Verifies({"ROT-1~3", "PRV-4~2", "USR-3", "CLI-4"})
  void inKeyModeNoKeyTakesEffectWhileTheOldSetCannotBeLookedAt() throws Exception {
    inKeyMode();
    String oldKey = key;
    Path unplugged = directory.resolve("unplugged");
    RecallingTerminal person = new RecallingTerminal();
    user.person = new Meanwhile(person, () -> Files.move(user.provider, unplugged));
    Said said = user.run("phone", "rotate-key");
    user.person = null;
    assertThat(said.exitCode()).isEqualTo(30);
    assertThat(said.all()).doesNotContain("the old set is gone");
    assertThat(said.errors()).contains("no other key in force");
    Files.move(unplugged, user.provider);
    assertThat(user.run("phone", "verify").exitCode()).isZero();
    assertThat(restoreWithKey("tablet", oldKey).exitCode()).isZero();
    assertThat(user.run("phone", "rotate-key", "--yes").exitCode()).isZero();
    assertThat(restoreWithKey("thief", oldKey).exitCode()).isEqualTo(14);
    assertThat(user.run("phone", "verify").exitCode()).isZero();
  }

  @Test
  @Verifies({"ROT-1~3", "PRV-4~2", "CLI-4"})
  void inKeyModeAnEmptyMountPointDoesNotShowThatTheOldSetIsGone() throws Exception {
    inKeyMode();
    Path unplugged = directory.resolve("unplugged");
    user.person =
        new Meanwhile(
            new RecallingTerminal(),
            () -> {
              Files.move(user.provider, unplugged);
              Files.createDirectory(user.provider);
            });
    Said said = user.run("phone", "rotate-key");
    assertThat(said.exitCode()).isEqualTo(30);
    assertThat(said.errors()).contains("still to be removed");
  }

  @Test
  @Verifies({"ROT-1~3", "ROT-2", "CLI-4"})
  void aBackupThatAnotherDeviceMadeMeanwhileIsNotRemovedWithTheOldSet() throws Exception {
    inKeyMode();
    assertThat(restoreWithKey("tablet", key).exitCode()).isZero();
    user.person =
        new Meanwhile(
            new RecallingTerminal(), () -> assertThat(user.backup("tablet").exitCode()).isZero());
    Said said = user.run("phone", "rotate-key", "--json");
    user.person = null;
    assertThat(said.exitCode()).isEqualTo(40);
    assertThat(said.output()).contains("overtaken");
    assertThat(user.run("tablet", "verify").exitCode()).isZero();
    assertThat(user.run("phone", "rotate-key", "--yes").exitCode()).isZero();
    assertThat(user.run("phone", "verify").exitCode()).isZero();
  }

  /** What happens while the user writes the key down. */
  private interface Event {
    void happen() throws IOException;
  }

  private static final class Meanwhile implements Terminal {

    private final Terminal person;
    private final Event event;
    private boolean happened;

    Meanwhile(Terminal person, Event event) {
      this.person = person;
      this.event = event;
    }

    @Override
    public char[] readSecret(String prompt) {
      if (!happened) {
        happened = true;
        try {
          event.happen();
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
      return person.readSecret(prompt);
    }

    @Override
    public String readLine(String prompt) {
      return person.readLine(prompt);
    }

    @Override
    public void tell(String line) {}

    @Override
    public boolean show(char[] text) {
      return person.show(text);
    }
  }

  private String key = "";

  private void inPasswordMode() {
    assertThat(user.enable("phone").exitCode()).isZero();
    assertThat(user.backup("phone").exitCode()).isZero();
  }

  private void inKeyMode() {
    Said enabled =
        user.run(
            "phone",
            "enable",
            "--account",
            Sandbox.ACCOUNT,
            "--provider",
            user.provider.toString(),
            "--recovery-key",
            "--yes",
            "--json");
    key = enabled.json().get("recoveryKey").asText().replaceAll("\\s", "");
    assertThat(user.backup("phone").exitCode()).isZero();
  }

  private Said rotate() {
    return user.run("phone", rotating());
  }

  private String[] rotating(String... more) {
    return java.util.stream.Stream.concat(
            java.util.stream.Stream.of(
                "rotate-key", "--password-file", user.file("password", Sandbox.PASSWORD)),
            java.util.Arrays.stream(more))
        .toArray(String[]::new);
  }

  private Said restoreWithKey(String home, String digits) {
    return user.run(
        home,
        "restore",
        user.path("target-" + home).toString(),
        "--account",
        Sandbox.ACCOUNT,
        "--provider",
        user.provider.toString(),
        "--recovery-key-file",
        user.file("key-" + home, digits));
  }

  private void backUp(String content) throws IOException {
    Files.writeString(user.source.resolve("hello.txt"), content);
    assertThat(user.backup("phone").exitCode()).isZero();
  }

  private java.util.List<Path> heads() throws IOException {
    try (var found = Files.walk(user.provider.resolve("lockstep-v1/heads"))) {
      return found.filter(Files::isRegularFile).toList();
    }
  }

  private Path keep() throws IOException {
    Path kept = directory.resolve("kept" + copies++);
    SampleArchive.copy(user.provider, kept);
    return kept;
  }

  private void show(Path state) throws IOException {
    DemoCommand.removeAll(user.provider);
    SampleArchive.copy(state, user.provider);
  }
}
