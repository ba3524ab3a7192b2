package lockstep.ideal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import lockstep.ideal.Ideal.Answer;
import lockstep.ideal.Ideal.Result;
import lockstep.ideal.Ideal.Session;
import lockstep.ideal.Ideal.Standing;
import lockstep.ideal.Step.Who;

/** Schedules as they go with a trusted party. */
final class IdealWorld implements World {

  private static final long DAY_MILLIS = 86_400_000;

  private final IdealBackup<String> vault;
  private final IdealNetwork network;
  private final IdealProvider provider = new IdealProvider();
  private final Map<Who, IdealDevice> devices = new EnumMap<>(Who.class);
  private final Deque<Held> held = new ArrayDeque<>();
  private int messages;

  private record Held(Session<String> session, String password) {}

  IdealWorld(IdealBackup<String> vault) {
    this.vault = vault;
    this.network = new IdealNetwork(vault, START);
    for (Who who : Who.values()) {
      devices.put(who, new IdealDevice(vault, network));
    }
  }

  /** As it is after somebody enabled backups and made one. */
  static IdealWorld backedUp(IdealBackup<String> vault) {
    IdealWorld world = new IdealWorld(vault);
    world.network.time -= DAY_MILLIS;
    Schedule.BEFORE.forEach(world::play);
    world.network.time = START;
    world.network.forget();
    return world;
  }

  @Override
  public String play(Step step) {
    if (step instanceof Step.Enrol it) {
      return command(it, it.who(), () -> on(it.who()).enrol(it.password()));
    }
    if (step instanceof Step.Restore it) {
      devices.put(Who.TABLET, new IdealDevice(vault, network));
      return command(it, Who.TABLET, () -> on(Who.TABLET).restore(it.password(), it.lie()));
    }
    if (step instanceof Step.Change it) {
      return command(it, it.who(), () -> on(it.who()).change(it.previous(), it.next()));
    }
    if (step instanceof Step.BackUp it) {
      messages++;
      return kept(command(it, it.who(), () -> on(it.who()).backUp("message " + messages)));
    }
    if (step instanceof Step.Rotate it) {
      return kept(command(it, it.who(), () -> leaving(it.who()).rotate(it.password())));
    }
    if (step instanceof Step.Disable it) {
      return kept(command(it, it.who(), () -> leaving(it.who()).disable(it.deleteBackup())));
    }
    if (step instanceof Step.Contact it) {
      return command(it, it.who(), () -> on(it.who()).contact().words());
    }
    return playAdversary(step);
  }

  private String playAdversary(Step step) {
    if (step instanceof Step.Spend it) {
      List<String> seen = new ArrayList<>();
      for (int i = 0; i < it.attempts(); i++) {
        seen.add(Words.of(Moment.ATTEMPT, network.attempt()));
      }
      return seen.toString();
    }
    if (step instanceof Step.Hold it) {
      Answer<String> opened = network.attempt();
      if (opened.session() != null) {
        held.add(new Held(opened.session(), it.password()));
      }
      return Words.of(Moment.ATTEMPT, opened);
    }
    if (step instanceof Step.FinishHeld) {
      return held.isEmpty() ? "nothing was kept" : finish(held.remove());
    }
    if (step instanceof Step.Replay it) {
      return network.replay(it.moment());
    }
    if (step instanceof Step.StartAfresh it) {
      return startAfresh(it.complete());
    }
    if (step instanceof Step.Wait it) {
      network.time += it.seconds() * 1000;
    } else {
      network.restartVault();
    }
    return "";
  }

  private String finish(Held kept) {
    return Words.of(Moment.FINISH, vault.prove(kept.session(), kept.password(), network.time));
  }

  private String startAfresh(boolean complete) {
    Answer<String> answer = network.token().getAsBoolean() ? afresh(complete) : IdealDevice.REFUSED;
    return answer.result() == Result.PENDING
        ? "Pending until " + Words.time(answer.until())
        : Words.of(Moment.STATUS, answer);
  }

  private Answer<String> afresh(boolean complete) {
    return complete ? vault.completeRestart(network.time) : vault.restart(network.time);
  }

  private String command(Step step, Who who, Supplier<String> command) {
    network.begin(step.fate());
    devices.get(who).begin();
    String outcome;
    try {
      outcome = command.get();
    } catch (IdealNetwork.Ended ended) {
      outcome = ended.outcome;
    }
    return outcome.equals("Crashed")
        ? outcome
        : Words.told(outcome, devices.get(who).notices.shown());
  }

  private String kept(String outcome) {
    provider.keepState();
    return outcome;
  }

  private IdealCommands on(Who who) {
    return new IdealCommands(devices.get(who), provider);
  }

  private IdealLeaving leaving(Who who) {
    return new IdealLeaving(devices.get(who), provider);
  }

  @Override
  public String standing() {
    if (!network.token().getAsBoolean()) {
      network.restartVault();
    }
    Standing now = vault.look(network.time);
    return Words.standing(
        Words.record(now),
        now.charges(),
        now.round(),
        now.until(),
        now.restartAt(),
        now.mark().number());
  }
}
