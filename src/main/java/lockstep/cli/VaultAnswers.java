package lockstep.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import lockstep.device.vault.PolicyFloor;
import lockstep.device.vault.VaultFailure;
import lockstep.spec.Implements;
import lockstep.wire.Policy;

/**
 * What the user is told of the vault's answers: how many attempts are left, until when, what next.
 */
@Implements({"USR-3", "USR-4", "CLI-4"})
final class VaultAnswers {

  private VaultAnswers() {}

  /**
   * The password did not open the record.
   *
   * @param lockedUntil milliseconds since 1970; 0 where the account is not locked
   */
  static Answer wrongPassword(int attemptsRemaining, long lockedUntil, Surroundings surroundings) {
    Answer answer =
        Answer.of(
                Outcome.WRONG_PASSWORD,
                "That is not the password: " + attemptsLeft(attemptsRemaining) + " in this round.",
                lockedUntil == 0
                    ? "Think before the next attempt; nobody can reset the password."
                    : "Wait until then; the backup stays where it is.")
            .with("attemptsRemaining", attemptsRemaining);
    return lockedUntil == 0
        ? answer
        : answer
            .withDetail("The account is locked until " + until(lockedUntil, surroundings) + ".")
            .with("lockedUntil", text(lockedUntil));
  }

  static Answer locked(long until, Surroundings surroundings) {
    return Answer.of(
            Outcome.LOCKED,
            "The account is locked until " + until(until, surroundings) + ". No attempt was spent.",
            "Run the command again after that.")
        .with("lockedUntil", text(until));
  }

  static Answer destroyed() {
    return Answer.of(
        Outcome.DESTROYED,
        "The vault's record was erased for good after too many wrong passwords.",
        "A device that is still enabled has the key: run lockstep enable there with a new password."
            + " Whoever has the 64-digit key can restore with it. Without either, run lockstep"
            + " restart; the old backup stays unreadable.");
  }

  static Answer notEnrolled() {
    return Answer.of(
        Outcome.NOT_ENROLLED,
        "This account is not enrolled at that vault.",
        "Look at --account and --vault; or run lockstep enable on the device that has the files.");
  }

  /** The vault could not be used. */
  static Answer failure(VaultFailure failure, OpenVault vault) {
    return failure(failure, vault.unavailable());
  }

  /** The same, with what the user is told where the vault could not be used at all. */
  static Answer failure(VaultFailure failure, Answer unavailable) {
    return failure.match(
        () -> unavailable,
        VaultAnswers::notTrusted,
        VaultAnswers::rolledBack,
        () ->
            unusable(
                "notEntitled",
                "The vault accepts neither the account's token nor this device's signature.",
                "If another device has taken over or the account was started afresh, run lockstep"
                    + " restore or lockstep enable on this one."),
        () ->
            unusable(
                "sessionLost",
                "The vault ended the session before the command was done.",
                "Run the command again."),
        VaultAnswers::attemptSpent,
        VaultAnswers::loosePolicy,
        VaultAnswers::tooLittleMemory,
        VaultAnswers::lastAttempt);
  }

  private static Answer notTrusted(VaultFailure.NotTrusted failure) {
    return perhapsSpent(
        failure.attemptSpent(),
        unusable(
            "notTrusted",
            "The vault is not the one that this account belongs to, or does not behave as it must:"
                + " its identity or its answers are not what this device expects.",
            "Nothing was sent that helps to learn the password. Look at --vault and"
                + " --vault-identity; do not go on with a vault that you do not know."));
  }

  private static Answer rolledBack(VaultFailure.RolledBack failure) {
    return perhapsSpent(
        failure.attemptSpent(),
        unusable(
            "rolledBack",
            "The vault knows less than it did before: somebody may have put back an older state,"
                + " and with it attempts that had been spent.",
            "Ask the vault's operator why. Nothing was sent that helps to learn the password. To go"
                + " on with it all the same, run lockstep status --contact --accept-rolled-back."));
  }

  /** What came in place of the answer hides whether the vault has charged the attempt. */
  @Implements("USR-10")
  private static Answer perhapsSpent(boolean isPossible, Answer answer) {
    return isPossible
        ? answer.withDetail("One attempt may have been spent.").with("attemptSpent", true)
        : answer;
  }

  /** Nobody is told to try again where that spends another attempt. */
  private static Answer attemptSpent(VaultFailure.AttemptSpent spent) {
    String left =
        spent.attemptsRemaining().isPresent()
            ? " One attempt was spent: "
                + attemptsLeft(spent.attemptsRemaining().getAsInt())
                + " in this round."
            : " One attempt may have been spent.";
    String end =
        spent.last()
            ? " It was the last of all: unless the vault heard of it in time, it erases the record."
            : "";
    return unusable(
        "attemptSpent",
        "The connection broke before the vault said whether the password is right." + left + end,
        "To try again spends another attempt. Look first at how many are left: lockstep status"
            + " --contact, on a device that is enabled.");
  }

  @Implements("ENR-8")
  private static Answer loosePolicy(Policy policy) {
    return Answer.refused(
            "The vault's policy is too loose for a password: " + inWords(policy) + ".",
            "Lockstep wants at most "
                + PolicyFloor.MAX_ATTEMPTS
                + " attempts in all and a wait of an hour or more. Take another vault; or, if you"
                + " know why and your password stands it, run again with --accept-policy (on an"
                + " enabled device: lockstep status --contact --accept-policy).")
        .with("reason", "loosePolicy");
  }

  @Implements("USR-13")
  private static Answer lastAttempt() {
    return Answer.refused(
            "One attempt is left of all. If the password is wrong, the vault erases its record for"
                + " good, and only a device that is enabled or the 64-digit key opens the backup.",
            "Nothing was spent. If you are sure of the password, run the command again with"
                + " --last-attempt.")
        .with("reason", "lastAttempt");
  }

  private static Answer tooLittleMemory(VaultFailure.TooLittleMemory failure) {
    return Answer.refused(
            "Checking the password takes "
                + (failure.memoryKib() + 1_023) / 1_024
                + " MiB of memory, more than this process has. "
                + (failure.attemptSpent() ? "An attempt was spent." : "No attempt was spent."),
            "Running the command again as it is would end alike. Use a device with more memory.")
        .with("reason", "tooLittleMemory")
        .with("attemptSpent", failure.attemptSpent());
  }

  /** The answer to the step that decides was lost, or is not to be believed. */
  static Answer outcomeUnknown(VaultFailure why, String unknown, String next) {
    String heard =
        why instanceof VaultFailure.NotTrusted
            ? "The vault's last answer was forged, or is not what a vault answers: "
            : why instanceof VaultFailure.RolledBack
                ? "The vault's last answer contradicts what it said before: "
                : "The vault's last answer was lost: ";
    return unusable("outcomeUnknown", heard + unknown, next).with("why", why.text());
  }

  /** For example {@code 5 wrong passwords, then a wait of 24 h, then 5 more}. */
  @Implements("ENR-8")
  static String inWords(Policy policy) {
    int attempts = policy.attempts();
    String first = attempts + (attempts == 1 ? " wrong password" : " wrong passwords");
    if (policy.rounds() == 1) {
      return first + " in all";
    }
    String wait = ", then a wait of " + duration(policy.waitMillis()) + ", then " + attempts;
    return policy.rounds() == 2
        ? first + wait + " more"
        : first
            + wait
            + " more, and so on, "
            + (long) attempts * policy.rounds()
            + " in "
            + policy.rounds()
            + " rounds";
  }

  private static String duration(long millis) {
    return millis % 3_600_000 == 0
        ? millis / 3_600_000 + " h"
        : millis % 60_000 == 0 ? millis / 60_000 + " min" : (millis + 999) / 1_000 + " s";
  }

  static Answer damaged() {
    return unusable(
        "damaged",
        "The vault's database is damaged; nothing was written to it.",
        "The vault's operator has to put back a good copy. A device that is enabled still has its"
            + " key, and a 64-digit key restores without the vault.");
  }

  static Answer unavailable() {
    return unusable(
        "unavailable",
        "The vault cannot be used now.",
        "Check that its folder is there and can be written, and run the command again.");
  }

  static Answer unusable(String reason, String sentence, String next) {
    return Answer.of(Outcome.VAULT_UNAVAILABLE, sentence, next).with("reason", reason);
  }

  /** For example {@code 1 attempt is left}. */
  static String attemptsLeft(int attempts) {
    return attempts == 1 ? "1 attempt is left" : attempts + " attempts are left";
  }

  /** A time for people and for {@code --json}, in UTC. */
  static String text(long time) {
    return Instant.ofEpochMilli(time).truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** A time with how far away it is. */
  static String until(long time, Surroundings surroundings) {
    Duration left = Duration.between(surroundings.clock().instant(), Instant.ofEpochMilli(time));
    if (left.isNegative() || left.isZero()) {
      return text(time);
    }
    long minutes = Math.max(1, (left.toMillis() + 59_999) / 60_000);
    String distance =
        minutes >= 48 * 60
            ? minutes / 60 / 24 + " days"
            : minutes / 60 > 0 ? minutes / 60 + " h " + minutes % 60 + " min" : minutes + " min";
    return text(time) + " (in " + distance + ")";
  }
}
