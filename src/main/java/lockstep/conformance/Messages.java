package lockstep.conformance;

import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lockstep.spec.Implements;

/** All that a live vault is asked. */
@Implements("CNF-12")
final class Messages {

  private static final List<MessageCase> ALL =
      Stream.of(
              AuthorityMessages.all(),
              UsedSessionMessages.all(),
              KeyProofMessages.all(),
              TokenMessages.all(),
              ClockMessages.all(),
              WireMessages.all(),
              SessionMessages.all(),
              RepeatMessages.all(),
              StageMessages.all(),
              StageLockMessages.all(),
              BudgetMessages.all(),
              FinalPhaseMessages.all(),
              LeavingMessages.all(),
              ChainMessages.all())
          .flatMap(List::stream)
          .toList();

  private static final Map<String, MessageCase> BY_ID =
      ALL.stream().collect(Collectors.toMap(one -> one.test().id(), Function.identity()));

  private Messages() {}

  static List<TestCase> all() {
    return ALL.stream().map(MessageCase::test).toList();
  }

  /** Plays a case at a vault of its own or at one that stays, which is left open. */
  static Verdict judge(TestCase test, Supplier<VaultDoor> vault) {
    try {
      VaultDoor door = vault.get();
      Objects.requireNonNull(BY_ID.get(test.id()))
          .scenario()
          .play(new MessageTalk(door, new SecureRandom()).newDevice());
      return new Verdict.Passed();
    } catch (Mismatch mismatch) {
      return mismatch.verdict();
    }
  }
}
