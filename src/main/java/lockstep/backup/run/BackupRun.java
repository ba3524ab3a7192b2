package lockstep.backup.run;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
@Implements("BAK-3~1")
public final class BackupRun {

  private final BackupStorage storage;
  private final BackupNotes notes;
  private final SecureRandom random;
  private final InstantSource clock;
  private final boolean acceptsChanges;

  /** A run over a provider, with the device's notes. */
  public BackupRun(
      BackupStorage storage, BackupNotes notes, SecureRandom random, InstantSource clock) {
    this(storage, notes, random, clock, false);
  }

  private BackupRun(
      BackupStorage storage,
      BackupNotes notes,
      SecureRandom random,
      InstantSource clock,
      boolean acceptsChanges) {
    this.acceptsChanges = acceptsChanges;
    this.storage = storage;
    this.notes = notes;
    this.random = random;
    this.clock = clock;
  }

  /** The same run, whose user takes the source as it is, whatever the last backup held. */
  @Implements("BAK-20~1")
  public BackupRun acceptingChanges() {
    return new BackupRun(storage, notes, random, clock, true);
  }

  /**
   * What the device knows before the run.
   *
   * @param lastBackup the newest backup that this device made or restored
   * @param markedNumber the highest backup number that the vault told; 0 for none
   * @param overAnotherDevice whether the user said to back up over another device's head
   */
  public record Known(
      Optional<BackupMark> lastBackup, long markedNumber, boolean overAnotherDevice) {

    /** A first backup. */
    public static final Known NOTHING = new Known(Optional.empty(), 0, false);
  }

  /**
   * Backs up everything in {@code source}.
   *
   * @param marker called once the new head stands
   * @throws IOException when the device's own notes or state cannot be read or kept; the backup
   *     that stands is whole, and the run can be repeated
   */
  @Implements({"PRV-4~2", "BAK-10~2", "BAK-12~2"})
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
      if (head.isPresent() && !isOurs(head.get(), last, known) && !known.overAnotherDevice()) {
        return new BackupOutcome.AnotherDevice(head.get().backupNumber(), head.get().createdAt());
      }
      PreviousBackup previous = PreviousBackup.find(notes, storage, keys, head);
      if (!acceptsChanges && isAnotherFolder(keys, source)) {
        return new BackupOutcome.SourceChanged(SourceChange.anotherFolder());
      }
      ManifestHeader header = nextHeader(keys, head, last, known);
      return make(keys, source, head, previous, header, marker, progress);
    } catch (ProviderUnavailable unavailable) {
      return new BackupOutcome.ProviderFailed(String.valueOf(unavailable.getMessage()));
    } catch (SourceUnavailable unavailable) {
      return new BackupOutcome.SourceCannotBeListed();
    }
  }

  @Decides("BAK-10~2")
  private static boolean isOurs(HeadContent head, Optional<StoredObject> last, Known known) {
    return last.equals(Optional.of(head.manifest()))
        || known.lastBackup().equals(Optional.of(BackupMark.of(head.manifest())));
  }

  @Implements("BAK-20~1")
  private boolean isAnotherFolder(BackupKeys keys, SourceTree source) throws IOException {
    Optional<SourceIdentity> before =
        NotedBackup.scan(notes, keys.setName(), Note.LAST).flatMap(NotedBackup::source);
    Optional<SourceIdentity> now = source.identity();
    return before.isPresent() && now.isPresent() && !now.get().isSame(before.get());
  }

  @Decides({"BAK-2~2", "RST-11~1"})
  private ManifestHeader nextHeader(
      BackupKeys keys, Optional<HeadContent> head, Optional<StoredObject> last, Known known)
      throws ProviderUnavailable {
    long highest =
        LongStream.of(
                head.map(HeadContent::backupNumber).orElse(0L),
                last.map(StoredObject::backupNumber).orElse(0L),
                known.lastBackup().map(BackupMark::backupNumber).orElse(0L),
                known.markedNumber())
            .max()
            .getAsLong();
    Instant createdAt = clock.instant();
    long number = FoundHead.freeNumber(storage, keys.setName(), Math.addExact(highest, 1));
    return new ManifestHeader(number, createdAt, head.map(HeadContent::manifest).or(() -> last));
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
    if (failure.isPresent()) {
      return failure.get();
    }
    notes.rename(keys.setName(), Note.NEXT, Note.LAST);
    for (Note done : List.of(Note.RUN, Note.EARLIER, Note.BASE, Note.DAMAGED)) {
      notes.erase(keys.setName(), done);
    }
    BackupMark mark = BackupMark.of(manifest);
    MarkSetter.Result marked = marker.set(mark);
    boolean leftoversRemain = !cleanUp(newHead, garbage, made, next.objects(), marked);
    return new BackupOutcome.Done(
        mark,
        header.createdAt(),
        next.stats(tally),
        tally.omissions(),
        tally.unnamedOmissions(),
        marked,
        leftoversRemain);
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
    Optional<Set<ObjectId>> lastIsLimited = reliable(keys, head, stored.listed(), garbage);
    int threads = Workers.forSealing();
    try (PastNotes past = PastNotes.open(notes, keys, stored, lastIsLimited);
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
   * The objects of the last backup that may be taken over; nothing said where the head is that
   * backup's. Where it is another's, whoever made it may be removing the others right now.
   */
  @Implements("BAK-14~2")
  private Optional<Set<ObjectId>> reliable(
      BackupKeys keys, Optional<HeadContent> head, Map<ObjectName, Listed> listed, Garbage garbage)
      throws IOException {
    Optional<StoredObject> last =
        NotedBackup.scan(notes, keys.setName(), Note.LAST).flatMap(NotedBackup::manifest);
    if (head.isEmpty() || last.equals(head.map(HeadContent::manifest))) {
      return Optional.empty();
    }
    return garbage.learn(head.get(), listed).or(() -> Optional.of(Set.of()));
  }

  /** Removes what no backup that may be asked for refers to; false when the provider failed. */
  @Implements({"BAK-1~2", "RST-11~1"})
  private static boolean cleanUp(
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
        garbage.remove(made, objects);
      }
      return true;
    } catch (ProviderUnavailable leftForTheNextBackup) {
      return false;
    }
  }
}
