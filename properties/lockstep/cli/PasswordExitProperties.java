package lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import lockstep.cli.Sandbox.Said;
import lockstep.device.password.PasswordChangeOutcome;
import lockstep.device.vault.VaultFailure;
import lockstep.spec.Verifies;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the command line says about passwords, attempts and locks, and how it ends. */
class PasswordExitProperties {

  @TempDir Path directory;
  private Sandbox user;

  @BeforeEach
  void newUser() throws Exception {
    user = new Sandbox(directory.toRealPath());
  }

  @Test
  @Verifies({"CLI-4", "USR-3", "USR-4", "USR-13", "LIM-3", "LIM-5", "LIM-8~2"})
  void fiveWrongPasswordsLockAndFiveMoreDestroy() {
    assertThat(user.enable("first").exitCode()).isZero();
    assertThat(user.backup("first").exitCode()).isZero();
    for (int left = 4; left >= 1; left--) {
      Said wrong = user.restore("second", "target", "wrong password");
      assertThat(wrong.exitCode()).isEqualTo(10);
      assertThat(wrong.errors()).contains(left + (left == 1 ? " attempt is" : " attempts are"));
    }
    Said fifth = user.restore("second", "target", "wrong password");
    Instant until = user.now().plus(Duration.ofHours(24));
    assertThat(fifth.exitCode()).isEqualTo(10);
    assertThat(fifth.errors()).contains("0 attempts are left").contains(until.toString());
    user.advance(Duration.ofHours(23));
    Said locked = user.restore("second", "target", Sandbox.PASSWORD);
    assertThat(locked.exitCode()).isEqualTo(11);
    assertThat(locked.errors()).contains(until.toString());
    user.advance(Duration.ofHours(2));
    for (int left = 4; left >= 1; left--) {
      assertThat(user.restore("second", "target", "wrong password").exitCode()).isEqualTo(10);
    }
    Said unsure = user.restore("second", "target", "wrong password");
    assertThat(unsure.exitCode()).isEqualTo(40);
    assertThat(unsure.errors()).contains("erases its record for good").contains("--last-attempt");
    assertThat(changeFrom("wrong password").exitCode()).isEqualTo(40);
    Said last = user.restoreAtAnyCost("second", "target", "wrong password");
    assertThat(last.exitCode()).isEqualTo(12);
    Said destroyed = user.restore("second", "target", Sandbox.PASSWORD);
    assertThat(destroyed.exitCode()).isEqualTo(12);
    assertThat(destroyed.errors()).contains("erased for good");
  }

  private Said changeFrom(String password) {
    return user.run(
        "first",
        "change-password",
        "--password-file",
        user.file("old", password),
        "--new-password-file",
        user.file("new", "a new one, tulips & bees"));
  }

  @Test
  @Verifies({"CLI-4", "CLI-5", "LIM-4"})
  void jsonTellsAttemptsLeftAndTheRightPasswordOpensAsTheLast() {
    user.run("any", "vault", "init", user.vault.toString(), "--attempts", "2", "--wait", "PT1H");
    assertThat(user.enable("first").exitCode()).isZero();
    assertThat(user.backup("first").exitCode()).isZero();
    Said wrong =
        user.run(
            "second",
            "--json",
            "restore",
            user.path("target").toString(),
            "--account",
            Sandbox.ACCOUNT,
            "--provider",
            user.provider.toString(),
            "--vault",
            user.vault.toString(),
            "--password-file",
            user.file("wrong", "wrong password"));
    assertThat(wrong.json().get("outcome").asText()).isEqualTo("wrongPassword");
    assertThat(wrong.json().get("attemptsRemaining").asInt()).isEqualTo(1);
    assertThat(user.restore("second", "target", Sandbox.PASSWORD).exitCode()).isZero();
    assertThat(user.path("target/hello.txt")).hasContent("Hello, world.\n");
  }

  @Test
  @Verifies({"PWD-2", "CLI-4"})
  void aPasswordOfFiveCharactersSpendsNoAttempt() {
    assertThat(user.enable("first").exitCode()).isZero();
    Said tooShort = user.restore("second", "target", "abcde");
    assertThat(tooShort.exitCode()).isEqualTo(2);
    assertThat(tooShort.errors()).contains("too short").contains("no attempt was spent");
    Said status = user.run("first", "status", "--contact", "--json");
    assertThat(status.json().get("vault").get("attemptsRemaining").asInt()).isEqualTo(5);
  }

  @Test
  @Verifies({"CLI-4", "LEA-5"})
  void anAccountThatTheVaultDoesNotKnowIsNotEnrolled() {
    user.run("any", "vault", "init", user.vault.toString());
    Said unknown = user.restore("first", "target", Sandbox.PASSWORD);
    assertThat(unknown.exitCode()).isEqualTo(13);
    assertThat(unknown.errors()).contains("not enrolled");
  }

  @Test
  @Verifies({"USR-6", "CLI-4"})
  void aRehearsalSpendsNoAttempt() {
    assertThat(user.enable("first").exitCode()).isZero();
    Said right = user.run("first", "rehearse", "--password-file", user.file("p", Sandbox.PASSWORD));
    assertThat(right.exitCode()).isZero();
    Said wrong = user.run("first", "rehearse", "--password-file", user.file("w", "wrong one"));
    assertThat(wrong.exitCode()).isEqualTo(10);
    Said status = user.run("first", "status", "--contact", "--json");
    assertThat(status.json().get("vault").get("attemptsRemaining").asInt()).isEqualTo(5);
  }

  @Test
  @Verifies({"USR-7", "CLI-4"})
  void theKeyIsShownForThePasswordOnly() {
    assertThat(user.enable("first").exitCode()).isZero();
    Said wrong = shownFor("wrong one");
    assertThat(wrong.exitCode()).isEqualTo(10);
    assertThat(wrong.json().has("recoveryKey")).isFalse();
    Said right = shownFor(Sandbox.PASSWORD);
    assertThat(right.exitCode()).isZero();
    assertThat(right.json().get("recoveryKey").asText())
        .matches("([0-9a-f]{4}[ \\n]){15}[0-9a-f]{4}");
  }

  private Said shownFor(String password) {
    return user.run("first", "show-key", "--json", "--password-file", user.file("typed", password));
  }

  @Test
  @Verifies({"CHG-1", "CHG-5", "CLI-4"})
  void aChangedPasswordIsTheOnlyOneThatOpens() {
    assertThat(user.enable("first").exitCode()).isZero();
    assertThat(user.backup("first").exitCode()).isZero();
    String[] change = {
      "change-password",
      "--password-file",
      user.file("old", Sandbox.PASSWORD),
      "--new-password-file",
      user.file("new", "another password")
    };
    Said changed = user.run("first", change);
    assertThat(changed.exitCode()).isZero();
    assertThat(changed.output()).contains("rotate-key");
    assertThat(user.restore("second", "target", Sandbox.PASSWORD).exitCode()).isEqualTo(10);
    assertThat(user.restore("second", "target", "another password").exitCode()).isZero();
  }

  @Test
  @Verifies("CHG-3")
  void aChangeThatWasDoneIsDoneAgainWithoutAnAttempt() {
    assertThat(user.enable("first").exitCode()).isZero();
    String old = user.file("old", Sandbox.PASSWORD);
    String next = user.file("new", "another password");
    assertThat(change(old, next).exitCode()).isZero();
    assertThat(change(old, next).exitCode()).isZero();
    Said status = user.run("first", "status", "--contact", "--json");
    assertThat(status.json().get("vault").get("attemptsRemaining").asInt()).isEqualTo(5);
    Said wrong = change(old, user.file("third", "a third password"));
    assertThat(wrong.exitCode()).isEqualTo(10);
    assertThat(change(next, old).exitCode()).isZero();
  }

  @Test
  @Verifies("CHG-4")
  void aLostAnswerIsToldAsNotYetKnown() {
    Answer told =
        ChangePasswordCommand.answer(
            new PasswordChangeOutcome.OutcomeUnknown(new VaultFailure.Unavailable()),
            VaultAnswers.unavailable(),
            user.surroundings(new ByteArrayOutputStream(), new ByteArrayOutputStream()));
    assertThat(told).isNotNull();
    assertThat(told.outcome().isSuccess()).isFalse();
    assertThat(told.sentence()).contains("not yet known which of the two passwords holds");
    assertThat(told.next()).contains("again with the same two passwords");
  }

  @Test
  @Verifies("USR-10")
  void whoGetsAForgedAnswerToAnAttemptIsToldThatItMayBeSpent() {
    for (boolean sent : new boolean[] {false, true}) {
      for (VaultFailure failure :
          List.of(new VaultFailure.NotTrusted(sent), new VaultFailure.RolledBack(sent))) {
        Answer told = VaultAnswers.failure(failure, VaultAnswers.unavailable());
        assertThat(told.details().contains("One attempt may have been spent.")).isEqualTo(sent);
        assertThat(told.fields().containsKey("attemptSpent")).isEqualTo(sent);
      }
    }
  }

  private Said change(String previous, String next) {
    return user.run(
        "first", "change-password", "--password-file", previous, "--new-password-file", next);
  }
}
