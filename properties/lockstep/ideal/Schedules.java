package lockstep.ideal;

import java.util.List;
import java.util.stream.Stream;
import lockstep.ideal.Schedule.Budget;
import lockstep.ideal.Step.Fate;
import lockstep.ideal.Step.Lie;
import lockstep.ideal.Step.Who;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Schedules drawn at random, those that come to something oftener. */
final class Schedules {

  static final List<String> PASSWORDS = List.of("correct horse", "battery staple", "tulips+bees");

  private static final int SHORT = 3;
  private static final int LONGEST = 8;
  private static final Step DAY = new Step.Wait(86_400);

  private Schedules() {}

  /** Schedules under these budgets, the first of them oftenest. */
  static Arbitrary<Schedule> under(List<Budget> budgets) {
    Arbitrary<Budget> budget =
        Arbitraries.frequencyOf(
            Tuple.of(1, Arbitraries.of(budgets)), Tuple.of(1, Arbitraries.just(budgets.get(0))));
    Arbitrary<Boolean> enrolled = Arbitraries.frequency(Tuple.of(4, true), Tuple.of(1, false));
    return Combinators.combine(budget, enrolled, steps()).as(Schedule::new);
  }

  /** Most are short, since what differs at all mostly differs soon; some begin where it is rare. */
  private static Arbitrary<List<Step>> steps() {
    Step held = new Step.Hold(Schedule.FIRST_PASSWORD);
    Fate late = new Fate(Mishap.REQUEST_LOST, Moment.ACTIVATE);
    Step overtaken = new Step.Change(Who.PHONE, PASSWORDS.get(0), PASSWORDS.get(1), late);
    return Arbitraries.frequencyOf(
        Tuple.of(12, step().list().ofMinSize(1).ofMaxSize(SHORT)),
        Tuple.of(2, step().list().ofMinSize(SHORT + 1).ofMaxSize(LONGEST)),
        Tuple.of(1, after(List.of(new Step.Spend(2), DAY, new Step.Spend(2), DAY))),
        Tuple.of(1, after(List.of(held, new Step.Spend(1), new Step.FinishHeld()))),
        Tuple.of(1, after(List.of(overtaken, new Step.Replay(Moment.ACTIVATE)))));
  }

  private static Arbitrary<List<Step>> after(List<Step> beginning) {
    return step()
        .list()
        .ofMaxSize(SHORT)
        .map(rest -> Stream.concat(beginning.stream(), rest.stream()).toList());
  }

  private static Arbitrary<Step> step() {
    return Arbitraries.frequencyOf(
        Tuple.of(6, enrol()),
        Tuple.of(13, restore()),
        Tuple.of(5, change()),
        Tuple.of(
            4,
            Combinators.combine(who(), fate(Moment.CHALLENGE, Moment.STATUS, Moment.MARK))
                .as(Step.BackUp::new)),
        Tuple.of(5, rotate()),
        Tuple.of(3, disable()),
        Tuple.of(6, contact()),
        Tuple.of(3, Arbitraries.of(false, true).map(Step.StartAfresh::new)),
        Tuple.of(10, Arbitraries.integers().between(1, 2).map(Step.Spend::new)),
        Tuple.of(8, password().map(Step.Hold::new)),
        Tuple.of(8, Arbitraries.create(Step.FinishHeld::new)),
        Tuple.of(10, replayed().map(Step.Replay::new)),
        Tuple.of(6, Arbitraries.create(Step.VaultRestart::new)),
        Tuple.of(18, pause()));
  }

  private static Arbitrary<Step> enrol() {
    return Combinators.combine(
            who(),
            password(),
            fate(
                Moment.CHALLENGE,
                Moment.STATUS,
                Moment.REGISTER,
                Moment.STAGE,
                Moment.CONFIRM,
                Moment.CONFIRMED,
                Moment.ACTIVATE))
        .as(Step.Enrol::new);
  }

  private static Arbitrary<Step> restore() {
    return Combinators.combine(
            password(),
            Arbitraries.frequencyOf(
                Tuple.of(2, Arbitraries.just(Lie.NONE)),
                Tuple.of(2, Arbitraries.just(Lie.ROLLED_BACK)),
                Tuple.of(4, Arbitraries.of(Lie.class))),
            fate(Moment.STATUS, Moment.ATTEMPT, Moment.FINISH, Moment.ABANDON))
        .as(Step.Restore::new);
  }

  private static Arbitrary<Step> change() {
    return Combinators.combine(who(), password(), password(), wholeFate()).as(Step.Change::new);
  }

  private static Arbitrary<Step> rotate() {
    return Combinators.combine(who(), password(), wholeFate()).as(Step.Rotate::new);
  }

  private static Arbitrary<Step> disable() {
    return Combinators.combine(
            who(),
            Arbitraries.of(false, true),
            fate(Moment.CHALLENGE, Moment.STATUS, Moment.DISABLE))
        .as(Step.Disable::new);
  }

  private static Arbitrary<Step> contact() {
    return Combinators.combine(who(), fate(Moment.CHALLENGE, Moment.STATUS, Moment.MARK))
        .as(Step.Contact::new);
  }

  private static Arbitrary<Moment> replayed() {
    return Arbitraries.of(
        Moment.ATTEMPT,
        Moment.FINISH,
        Moment.ABANDON,
        Moment.REGISTER,
        Moment.CONFIRM,
        Moment.CONFIRMED,
        Moment.ACTIVATE,
        Moment.MARK,
        Moment.DISABLE);
  }

  private static Arbitrary<Step> pause() {
    return Arbitraries.of(30L, 61L, 400L, 660L, 3_600L, 7_300L, 700_000L, -50L, -5_000L)
        .map(Step.Wait::new);
  }

  private static Arbitrary<Who> who() {
    return Arbitraries.frequency(Tuple.of(4, Who.PHONE), Tuple.of(1, Who.TABLET));
  }

  private static Arbitrary<String> password() {
    return Arbitraries.frequency(
        Tuple.of(5, PASSWORDS.get(0)),
        Tuple.of(2, PASSWORDS.get(1)),
        Tuple.of(1, PASSWORDS.get(2)));
  }

  private static Arbitrary<Fate> wholeFate() {
    return fate(
        Moment.CHALLENGE,
        Moment.STATUS,
        Moment.ATTEMPT,
        Moment.FINISH,
        Moment.ABANDON,
        Moment.REGISTER,
        Moment.STAGE,
        Moment.CONFIRM,
        Moment.CONFIRMED,
        Moment.ACTIVATE);
  }

  /** Half of the commands go through; shrinking begins with nothing going wrong. */
  private static Arbitrary<Fate> fate(Moment... moments) {
    Arbitrary<Fate> mishap =
        Combinators.combine(Arbitraries.of(Mishap.class), Arbitraries.of(moments)).as(Fate::new);
    return Arbitraries.frequencyOf(Tuple.of(1, Arbitraries.just(Fate.NONE)), Tuple.of(1, mishap));
  }
}
