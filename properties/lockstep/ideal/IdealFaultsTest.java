package lockstep.ideal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import lockstep.models.FaultyJava;
import lockstep.models.FaultyJava.Fault;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The comparison can fail: each fault in the product ends in a short, numbered story. */
class IdealFaultsTest {

  private static final int SCHEDULES = 10_000;
  private static final int LONGEST_STORY = 6;

  private static final String GIVE_BACK =
      """
        private AttemptLimiter giveBackIf(boolean timedOut) {
          if (!timedOut) {
            return limiter;
          }
          finalSession = Optional.empty();
          return limiter.succeed();
        }
      """;

  private static final List<Fault> FAULTS =
      List.of(
          new Fault(
              "three attempts for two",
              "lockstep.vault.machine.AttemptPolicy",
              "Optional.of(new AttemptPolicy(attempts, rounds, waitMillis))",
              "Optional.of(new AttemptPolicy(3, rounds, waitMillis))"),
          new Fault(
              "a session that times out gives its charge back",
              "lockstep.vault.machine.AccountDraft",
              "    sessions.removeIf(session -> session.expiresAt() <= clock);\n"
                  + "    forgetUses();\n  }",
              "    limiter = giveBackIf(sessions.removeIf(one -> one.expiresAt() <= clock));\n"
                  + "  }\n\n"
                  + GIVE_BACK),
          new Fault(
              "a budget for each record",
              "lockstep.vault.machine.AccountDraft",
              "    everActive = true;\n",
              "    everActive = true;\n    limiter = limiter.succeed();\n"),
          new Fault(
              "a clock set back revives what has ended",
              "lockstep.vault.StoreAccess",
              "latest.accumulateAndGet(clock.millis(), Math::max)",
              "latest.accumulateAndGet(clock.millis(), (seen, shown) -> shown)"),
          new Fault(
              "an older backup is accepted",
              "lockstep.backup.store.ChosenBackup",
              "if (isOlder && !freshness.olderAccepted()) {",
              "if (isOlder && head == null) {"),
          new Fault(
              "a change is not journalled",
              "lockstep.device.password.PasswordChangeProtocol",
              "() -> journal.remember(device, enabled.account())",
              "() -> {}"));

  @TestFactory
  Stream<DynamicTest> eachFaultEndsInAShortStory() {
    return FAULTS.stream()
        .map(
            fault ->
                DynamicTest.dynamicTest(
                    fault.name(),
                    () -> {
                      String story = FaultyJava.with(fault).run(Hunt.class.getName(), SCHEDULES);
                      List<String> steps =
                          story.lines().filter(line -> line.matches("\\d+\\. .*\\..*")).toList();
                      assertThat(steps).as(story).hasSizeBetween(1, LONGEST_STORY);
                      assertThat(steps.get(0)).startsWith("1. ");
                      assertThat(story).containsPattern("The system says: |and the vault's: ");
                    }));
  }
}
