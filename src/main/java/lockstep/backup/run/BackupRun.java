package lockstep.backup.run;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.LongStream;
import lockstep.backup.notes.BackupNotes;
import lockstep.backup.notes.BackupNotes.Note;
import lockstep.backup.notes.KnownObjects;
import lockstep.backup.notes.NotedBackup;
import lockstep.backup.notes.PastNotes;
import lockstep.backup.notes.ProviderObjects;
import lockstep.backup.notes.RunNotes;
import lockstep.backup.notes.SourceIdentity;
import lockstep.backup.notes.TooManyObjects;
import lockstep.backup.store.BackupMark;
import lockstep.backup.store.BackupStorage;
import lockstep.backup.store.BackupStorage.Listed;
import lockstep.backup.store.FoundHead;
import lockstep.backup.store.ObjectUpload;
import lockstep.backup.store.Progress;
import lockstep.backup.store.ProviderUnavailable;
import lockstep.backup.store.Workers;
import lockstep.format.BackupKeys;
import lockstep.format.HeadContent;
import lockstep.format.ManifestHeader;
import lockstep.format.ObjectId;
import lockstep.format.ObjectName;
import lockstep.format.StoredObject;
import lockstep.spec.Decides;
import lockstep.spec.Implements;

/**
 * One backup: data objects, manifest, head, mark, each durable before the next, then removal of
 * what the device knows to be garbage.
 *
 * <p>Stopped at any moment, it leaves the old backup or the new one whole, and can simply be run
 * again; it then takes over what was durable already.
 */
@Decides("BAK-1~2")
@Implements("BAK-3")
public final class BackupRun {

  private final BackupStorage storage;
  private final BackupNotes notes;
  private final SecureRandom random;
  private final InstantSource clock;
  private final boolean acceptsChanges;
  private final int keep;

  /** A run over a provider, with the device's notes. */
  public BackupRun(
      BackupStorage storage, BackupNotes notes, SecureRandom random, InstantSource clock) {
    this(storage, notes, random, clock, false, 1);
  }

  private BackupRun(
      BackupStorage storage,
      BackupNotes notes,
      SecureRandom random,
      InstantSource clock,
      boolean acceptsChanges,
      int keep) {
    this.acceptsChanges = acceptsChanges;
    this.keep = keep;
    this.storage = storage;
    this.notes = notes;
    this.random = random;
    this.clock = clock;
  }

  /** The same run, whose user takes the source as it is, whatever the last backup held. */
  @Implements("BAK-20")
  public BackupRun acceptingChanges() {
    return new BackupRun(storage, notes, random, clock, true, keep);
  }

  /**
   * The same run, after which that many backups stay, the new one among them.
   *
   * @throws IllegalArgumentException below 1
   */
  @Implements("BAK-42")
  public BackupRun keeping(int backups) {
    if (backups < 1) {
      throw new IllegalArgumentException("at least the new backup stays");
    }
    return new BackupRun(storage, notes, random, clock, acceptsChanges, backups);
  }

  /**
   * What the device knows before the run.
   *
   * @param lastBackup the backup that this device goes on from
   * @param floorNumber the highest number of a backup that the device or the vault's mark knows of;
   *     0 for none
   * @param passedOver the highest number of a backup that the user knowingly passed over; 0 for
   *     none
   * @param overOthers whether the user said to back up over what is not this device's newest
   */
  public record Known(
      Optional<BackupMark> lastBackup, long floorNumber, long passedOver, boolean overOthers) {

    /** A first backup. */
    public static final Known NOTHING = new Known(Optional.empty(), 0, 0, false);
  }

  /**
   * Backs up everything in {@code source}.
   *
   * @param marker called once the new head stands
   * @throws IOException when the device's own notes or state cannot be read or kept; the backup
   *     that stands is whole, and the run can be repeated
   */
  @Implements({"PRV-4~2", "BAK-10~3", "BAK-12~2", "BAK-16~2"})
  public BackupOutcome run(
      BackupKeys keys, SourceTree source, Known known, MarkSetter marker, Progress progress)
      throws IOException {
    try {
      FoundHead found = FoundHead.read(storage, keys);
      if (found instanceof FoundHead.Damaged damaged) {
        return new BackupOutcome.Damaged(damaged.objectName());
      }
      Optional<HeadContent> head =
          found instanceof FoundHead.Opened opened
              ? Optional.of(opened.content())
              : Optional.empty();
      PastNotes.settle(notes, keys.setName(), head);
      Optional<StoredObject> last =
          NotedBackup.scan(notes, keys.setName(), Note.LAST).flatMap(NotedBackup::manifest);
      Optional<BackupOutcome> question = question(head, last, known);
      if (question.isPresent() && !known.overOthers()) {
        return question.get();
      }
      PreviousBackup previous = PreviousBackup.find(notes, storage, keys, head);
      if (!acceptsChanges && isAnotherFolder(keys, source)) {
        return new BackupOutcome.SourceChanged(SourceChange.anotherFolder());
      }
      OptionalLong number =
          FoundHead.freeNumber(storage, keys.setName(), highest(head, last, known));
      if (number.isEmpty()) {
        return new BackupOutcome.NumbersUsedUp();
      }
      ManifestHeader header = nextHeader(number.getAsLong(), head, last);
      return make(keys, source, head, previous, header, marker, progress);
    } catch (ProviderUnavailable unavailable) {
      return new BackupOutcome.ProviderFailed(String.valueOf(unavailable.getMessage()));
    } catch (TooManyObjects tooMany) {
      return new BackupOutcome.TooManyObjects();
    } catch (SourceUnavailable unavailable) {
      return new BackupOutcome.SourceCannotBeListed();
    }
  }

  /** What the user is asked before anything is written; empty where the head is this device's. */
  @Decides("BAK-16~2")
  @Implements({"BAK-10~3", "RST-12"})
  private static Optional<BackupOutcome> question(
      Optional<HeadContent> head, Optional<StoredObject> last, Known known) {
    if (head.isEmpty()) {
      long newest = highest(head, last, known);
      return newest == 0 ? Optional.empty() : Optional.of(new BackupOutcome.BackupGone(newest));
    }
    HeadContent found = head.get();
    long newest = highest(Optional.empty(), last, known);
    boolean isOlder = found.backupNumber() < newest && newest > known.passedOver();
    if (!isOlder && isOurs(found, last, known)) {
      return Optional.empty();
    }
    return Optional.of(
        isOlder
            ? new BackupOutcome.OlderBackup(found.backupNumber(), found.createdAt(), newest)
            : new BackupOutcome.AnotherDevice(found.backupNumber(), found.createdAt()));
  }

  @Decides("BAK-10~3")
  private static boolean isOurs(HeadContent head, Optional<StoredObject> last, Known known) {
    return last.equals(Optional.of(head.manifest()))
        || known.lastBackup().equals(Optional.of(BackupMark.of(head.manifest())));
  }

  @Implements("BAK-20")
  private boolean isAnotherFolder(BackupKeys keys, SourceTree source) throws IOException {
    Optional<SourceIdentity> before =
        NotedBackup.scan(notes, keys.setName(), Note.LAST).flatMap(NotedBackup::source);
    Optional<SourceIdentity> now = source.identity();
    return before.isPresent() && now.isPresent() && !now.get().isSame(before.get());
  }

  @Decides("BAK-2~3")
  private static long highest(
      Optional<HeadContent> head, Optional<StoredObject> last, Known known) {
    return LongStream.of(
            head.map(HeadContent::backupNumber).orElse(0L),
            last.map(StoredObject::backupNumber).orElse(0L),
            known.lastBackup().map(BackupMark::backupNumber).orElse(0L),
            known.floorNumber())
        .max()
        .getAsLong();
  }

  /** The chain goes on from the newest backup that is known whole, whatever the provider shows. */
  @Decides({"RST-14", "RST-11"})
  private ManifestHeader nextHeader(
      long number, Optional<HeadContent> head, Optional<StoredObject> last) {
    Optional<StoredObject> shown = head.map(HeadContent::manifest);
    boolean lastIsNewer =
        last.map(StoredObject::backupNumber).orElse(0L)
            > shown.map(StoredObject::backupNumber).orElse(0L);
    return new ManifestHeader(number, now(), lastIsNewer ? last : shown);
  }

  /** The clock's time; one that a head cannot hold counts as the nearest that it can. */
  private Instant now() {
    Instant told = clock.instant();
    Instant earliest = Instant.EPOCH;
    Instant latest = Instant.ofEpochMilli(Long.MAX_VALUE);
    return told.isBefore(earliest) ? earliest : told.isAfter(latest) ? latest : told;
  }

  private BackupOutcome make(
      BackupKeys keys,
      SourceTree source,
      Optional<HeadContent> head,
      PreviousBackup previous,
      ManifestHeader header,
      MarkSetter marker,
      Progress progress)
      throws IOException {
    try (KnownObjects known = KnownObjects.open(notes, keys.setName())) {
      Tally tally = new Tally();
      ObjectUpload upload =
          new ObjectUpload(storage, keys, random, header.backupNumber(), known::add);
      Garbage garbage = new Garbage(storage, keys, known);
      if (progress.wantsTotals()) {
        SourceTotals.count(source, progress);
      }
      upload(keys, source, head, previous, header, upload, garbage, tally, progress);
      try (NextBackup next = new NextBackup(notes, keys, header)) {
        Optional<SourceChange> change =
            next.collect(source.identity(), previous, tally, acceptsChanges);
        return change.isPresent() && !acceptsChanges
            ? new BackupOutcome.SourceChanged(change.get())
            : complete(keys, head, next, header, upload, garbage, tally, marker);
      }
    }
  }

  private BackupOutcome complete(
      BackupKeys keys,
      Optional<HeadContent> head,
      NextBackup next,
      ManifestHeader header,
      ObjectUpload upload,
      Garbage garbage,
      Tally tally,
      MarkSetter marker)
      throws IOException {
    StoredObject manifest = next.store(upload);
    storage.settle(keys.setName());
    garbage.superseded(NotedBackup.scan(notes, keys.setName(), Note.LAST), next.objects());
    HeadContent made = new HeadContent(header.createdAt(), manifest);
    NewHead newHead = new NewHead(storage, keys, random);
    Optional<BackupOutcome> failure = newHead.make(head, made, next.objects());
    if (newHead.gaveWay()) {
      for (Note stood : List.of(Note.NEXT, Note.RUN, Note.EARLIER)) {
        notes.erase(keys.setName(), stood);
      }
    }
    if (failure.isPresent()) {
      return failure.get();
    }
    return stands(keys, made, manifest, next, newHead, garbage, tally, marker);
  }

  /** From here on the backup is made, whatever the device's home can still note of it. */
  @Decides("USR-12")
  private BackupOutcome stands(
      BackupKeys keys,
      HeadContent made,
      StoredObject manifest,
      NextBackup next,
      NewHead newHead,
      Garbage garbage,
      Tally tally,
      MarkSetter marker) {
    BackupMark mark = BackupMark.of(manifest);
    MarkSetter.Result marked = MarkSetter.Result.PENDING;
    boolean leftoversRemain = true;
    boolean isNoted = false;
    try {
      notes.rename(keys.setName(), Note.NEXT, Note.LAST);
      for (Note done : List.of(Note.RUN, Note.EARLIER, Note.BASE, Note.DAMAGED)) {
        notes.erase(keys.setName(), done);
      }
      marked = marker.set(mark);
      isNoted = true;
      leftoversRemain = !cleanUp(newHead, garbage, made, next.objects(), marked);
    } catch (IOException homeIsFull) {
      // The next backup knows its own head by NEXT, which was noted before it (BAK-13).
      leftoversRemain = true;
    }
    return new BackupOutcome.Done(
        mark,
        made.createdAt(),
        next.stats(tally),
        tally.omissions(),
        tally.unnamedOmissions(),
        marked,
        leftoversRemain,
        isNoted);
  }

  private void upload(
      BackupKeys keys,
      SourceTree source,
      Optional<HeadContent> head,
      PreviousBackup previous,
      ManifestHeader header,
      ObjectUpload upload,
      Garbage garbage,
      Tally tally,
      Progress progress)
      throws IOException {
    ProviderObjects stored = ProviderObjects.of(storage, notes, keys);
    previous.among(stored);
    Optional<PastNotes.OthersBackup> others = others(keys, head, stored.listed(), garbage);
    int threads = Workers.forSealing();
    try (PastNotes past = PastNotes.open(notes, keys, stored, others);
        RunNotes run =
            new RunNotes(
                notes.write(keys.setName(), Note.RUN), keys.setName(), header.backupNumber());
        Workers workers = new Workers(threads, 1)) {
      Packer packer = new Packer(upload, run, workers, threads + 1, tally, progress);
      new Upload(
              past,
              previous,
              run,
              upload,
              packer,
              workers,
              new StampRule(clock),
              tally,
              progress,
              acceptsChanges)
          .run(source);
    }
    storage.settle(keys.setName());
  }

  /**
   * The head's backup where it is another device's, with the objects that may be relied on; nothing
   * where the head is the last backup's own.
   */
  @Implements("BAK-14~3")
  private Optional<PastNotes.OthersBackup> others(
      BackupKeys keys, Optional<HeadContent> head, Map<ObjectName, Listed> listed, Garbage garbage)
      throws IOException {
    Optional<StoredObject> last =
        NotedBackup.scan(notes, keys.setName(), Note.LAST).flatMap(NotedBackup::manifest);
    if (head.isEmpty() || last.equals(head.map(HeadContent::manifest))) {
      return Optional.empty();
    }
    Set<ObjectId> named = garbage.learn(head.get(), listed).orElse(Set.of());
    return Optional.of(new PastNotes.OthersBackup(head.get().backupNumber(), named));
  }

  /** Removes what no backup that may be asked for refers to; false when the provider failed. */
  @Implements({"BAK-1~2", "RST-11"})
  private boolean cleanUp(
      NewHead newHead,
      Garbage garbage,
      HeadContent made,
      List<StoredObject> objects,
      MarkSetter.Result marked)
      throws IOException {
    if (marked == MarkSetter.Result.PENDING) {
      return true;
    }
    try {
      if (newHead.isNewest(made)) {
        garbage.remove(made, objects, keep);
      }
      return true;
    } catch (ProviderUnavailable leftForTheNextBackup) {
      return false;
    }
  }
}
