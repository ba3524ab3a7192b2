package lockstep.backup.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import lockstep.adapter.filetree.DirectoryTarget;
import lockstep.adapter.storage.DirectoryStorage;
import lockstep.backup.InterruptedStorage;
import lockstep.backup.ShiftingStorage;
import lockstep.backup.TreePicture;
import lockstep.backup.World;
import lockstep.backup.restore.Restore;
import lockstep.backup.restore.RestoreOutcome;
import lockstep.backup.restore.Verification;
import lockstep.backup.restore.VerificationOutcome;
import lockstep.backup.store.BackupMark;
import lockstep.backup.store.BackupStorage;
import lockstep.backup.store.Freshness;
import lockstep.backup.store.Progress;
import lockstep.backup.store.SetCopy;
import lockstep.format.BackupKeys;
import lockstep.keys.RootKey;
import lockstep.spec.Verifies;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Two devices and a provider that hides, rolls back, fails and brings back in the middle of any
 * command of theirs, or at which the other device backs up just then.
 *
 * <p>Held against what a trusted party would say: a backup that was reported done can be restored
 * until its user knowingly replaces it (durable), and what a command says of backups is so
 * (truthful). The provider keeps what it is given; what it loses for good, nobody can restore.
 */
final class ProviderDuelProperties {

  private static final int STEPS = 4;
  private static final int OPERATIONS = 24;
  private static final List<ShiftingStorage.Lie> LIES = List.of(ShiftingStorage.Lie.values());

  /** A device, as it knows its backups. */
  private static final class Owner {
    final World world;
    final String name;
    Optional<BackupMark> floor = Optional.empty();
    Optional<BackupMark> last = Optional.empty();

    Owner(World world, String name) {
      this.world = world;
      this.name = name;
      world.acceptsChanges = true;
    }

    void knows(BackupMark mark) {
      long known = floor.map(BackupMark::backupNumber).orElse(0L);
      if (mark.backupNumber() > known) {
        floor = Optional.of(mark);
      }
    }

    long floorNumber() {
      return floor.map(BackupMark::backupNumber).orElse(0L);
    }

    Freshness freshness() {
      return new Freshness(floor, Freshness.Word.NO_VAULT, false, false, OptionalLong.empty());
    }
  }

  /** What the trusted party has seen, by number: whatever was done, and what may have been. */
  private final Map<Long, Map<String, String>> done = new HashMap<>();

  private final List<Map<String, String>> tried = new ArrayList<>();
  private final StringBuilder story = new StringBuilder();
  private Random chance = new Random(0);
  private long newestDone;
  private Path top = Path.of("");
  private Path empty = Path.of("");
  private Path earlier = Path.of("");

  /** How many schedules each seed plays; more of them are for who has the time. */
  private static final int SCHEDULES = Integer.getInteger("lockstep.duel.schedules", 1);

  @Property(tries = 24)
  @Verifies({"BAK-3", "BAK-10~3", "BAK-14~3", "BAK-17", "BAK-18~2", "RST-6~2", "RST-12", "PRV-4~2"})
  void whatWasReportedDoneCanBeRestoredAndWhatIsSaidIsSo(@ForAll long seed) throws IOException {
    for (int i = 0; i < SCHEDULES; i++) {
      play(seed + i);
    }
  }

  private void play(long seed) throws IOException {
    chance = new Random(seed);
    done.clear();
    tried.clear();
    newestDone = 0;
    story.setLength(0);
    try (World first = new World();
        World second = new World(first)) {
      top = first.top;
      empty = Files.createDirectories(top.resolve("empty"));
      earlier = Files.createDirectories(top.resolve("earlier"));
      Owner phone = new Owner(first, "phone");
      Owner tablet = new Owner(second, "tablet");
      for (int step = 0; step < STEPS; step++) {
        boolean byPhone = chance.nextInt(3) > 0;
        step(byPhone ? phone : tablet, byPhone ? tablet : phone);
        isDurable(first);
      }
    }
  }

  private void step(Owner owner, Owner other) throws IOException {
    World world = owner.world;
    BackupStorage honest = new DirectoryStorage(world.provider);
    int at = chance.nextInt(OPERATIONS);
    boolean stepsIn = chance.nextInt(4) == 0;
    ShiftingStorage.Lie lie = LIES.get(chance.nextInt(LIES.size()));
    int length = 1 + chance.nextInt(chance.nextBoolean() ? 3 : 2 * OPERATIONS);
    ShiftingStorage shifting = new ShiftingStorage(world.provider, empty, earlier, lie, at, length);
    world.storage =
        stepsIn ? new InterruptedStorage(honest, at, () -> backUp(other, false)) : shifting;
    story
        .append('\n')
        .append(owner.name)
        .append(stepsIn ? ", the other one steps in at " : ", the provider " + lie + " from ")
        .append(at)
        .append(stepsIn ? "" : " for " + length);
    Path before = top.resolve("before");
    World.delete(before);
    World.copy(world.provider, before);
    switch (chance.nextInt(7)) {
      case 0 -> verify(owner);
      case 1 -> restore(owner);
      case 2 -> copySet(owner);
      default -> backUp(owner, chance.nextBoolean());
    }
    world.storage = honest;
    if (chance.nextBoolean()) {
      World.delete(earlier);
      Files.move(before, earlier);
    }
  }

  private void backUp(Owner owner, boolean overOthers) throws IOException {
    World world = owner.world;
    byte[] content = new byte[1 + chance.nextInt(3000)];
    chance.nextBytes(content);
    world.write("f" + chance.nextInt(3), content);
    Map<String, String> picture = TreePicture.of(world.source);
    tried.add(picture);
    world.known = new BackupRun.Known(owner.last, owner.floorNumber(), 0, overOthers);
    BackupOutcome outcome = world.run();
    story.append("\n  ").append(owner.name).append(overOthers ? " over all" : "").append(" -> ");
    story.append(outcome);
    if (outcome instanceof BackupOutcome.Done made) {
      long number = made.mark().backupNumber();
      say(number > owner.floorNumber(), "a number that is not above what the device knows");
      owner.last = Optional.of(made.mark());
      owner.knows(made.mark());
      done.put(number, picture);
      newestDone = Math.max(newestDone, number);
      say(standing(world) >= number, "done, and no such head stands");
    } else if (outcome instanceof BackupOutcome.OlderBackup older) {
      say(older.floorNumber() >= owner.floorNumber(), "a floor that is none");
    }
  }

  private static long standing(World world) throws IOException {
    return new DirectoryStorage(world.provider)
        .heads(world.keys.setName()).stream()
            .mapToLong(head -> head.backupNumber())
            .max()
            .orElse(0);
  }

  private void verify(Owner owner) throws IOException {
    World world = owner.world;
    VerificationOutcome outcome =
        new Verification(world.storage).run(world.keys, owner.freshness(), Progress.NONE);
    story.append("\n  verify -> ").append(outcome);
    if (outcome instanceof VerificationOutcome.Intact intact) {
      BackupMark mark = intact.backup().mark();
      say(mark.backupNumber() >= owner.floorNumber(), "older than the floor");
      owner.knows(mark);
    } else if (outcome instanceof VerificationOutcome.OlderBackup older) {
      say(older.found().mark().backupNumber() < owner.floorNumber(), "it is not older");
    } else {
      say(!(outcome instanceof VerificationOutcome.NoBackup) || owner.floor.isEmpty(), "there is");
    }
  }

  private void restore(Owner owner) throws IOException {
    World world = owner.world;
    Path target = world.newTarget();
    Restore restore = new Restore(world.storage);
    boolean salvages = chance.nextBoolean();
    RestoreOutcome outcome =
        (salvages ? restore.salvaging() : restore)
            .run(world.keys, new DirectoryTarget(target), owner.freshness(), Progress.NONE);
    story.append("\n  restore -> ").append(outcome);
    if (outcome instanceof RestoreOutcome.Restored restored) {
      BackupMark mark = restored.backup().mark();
      say(mark.backupNumber() >= owner.floorNumber(), "older than the floor");
      if (restored.damaged().isEmpty()) {
        say(isKnown(mark.backupNumber(), TreePicture.of(target)), "never a backup");
      }
      owner.knows(mark);
    } else if (Files.exists(target)) {
      try (var names = Files.list(target)) {
        say(names.allMatch(name -> name.getFileName().toString().startsWith(".")), "a final name");
      }
    }
  }

  private void copySet(Owner owner) throws IOException {
    World world = owner.world;
    try (RootKey key = RootKey.random(world.random);
        BackupKeys to = BackupKeys.derive(key, World.ACCOUNT)) {
      SetCopy.Outcome outcome =
          new SetCopy(world.storage, world.random)
              .copy(world.keys, to, owner.freshness(), 1, Progress.NONE);
      story.append("\n  copy -> ").append(outcome);
      say(
          !(outcome instanceof SetCopy.Outcome.NothingToCopy) || owner.floor.isEmpty(),
          "there is something to copy");
      if (outcome instanceof SetCopy.Outcome.Copied copied) {
        Path target = world.newTarget();
        RestoreOutcome restored =
            new Restore(new DirectoryStorage(world.provider))
                .run(to, new DirectoryTarget(target), Freshness.mark(copied.mark()), Progress.NONE);
        say(restored instanceof RestoreOutcome.Restored, "a copy that cannot be restored");
        long number = copied.mark().backupNumber() - 1;
        say(number >= owner.floorNumber(), "a copy of an older backup");
        say(isKnown(number, TreePicture.of(target)), "a copy of no backup");
      }
      SetCopy.remove(new DirectoryStorage(world.provider), to.setName());
    }
  }

  /**
   * What an honest provider gives a new device is the newest backup that was done, or a later one.
   */
  private void isDurable(World world) throws IOException {
    Path target = world.newTarget();
    RestoreOutcome outcome =
        new Restore(new DirectoryStorage(world.provider))
            .run(world.keys, new DirectoryTarget(target), Freshness.unknown(), Progress.NONE);
    if (newestDone == 0 && !(outcome instanceof RestoreOutcome.Restored)) {
      say(outcome instanceof RestoreOutcome.NoBackup, "not durable: " + outcome);
      return;
    }
    say(outcome instanceof RestoreOutcome.Restored, "not durable: " + outcome);
    long number = ((RestoreOutcome.Restored) outcome).backup().mark().backupNumber();
    say(number >= newestDone, "not durable: only backup " + number);
    say(isKnown(number, TreePicture.of(target)), "not durable: another content");
    World.delete(target);
  }

  private boolean isKnown(long number, Map<String, String> picture) {
    return done.containsKey(number) ? done.get(number).equals(picture) : tried.contains(picture);
  }

  private void say(boolean isSo, String otherwise) {
    assertThat(isSo).as(otherwise + story).isTrue();
  }
}
