package lockstep.backup.restore;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lockstep.backup.store.BackupSurvey;
import lockstep.backup.store.StoredBackup;
import lockstep.format.BackupPath;
import lockstep.format.HeadContent;
import lockstep.format.ManifestEntry;
import lockstep.format.ManifestReader;
import lockstep.format.ObjectKind;
import lockstep.format.Segment;
import lockstep.format.StoredObject;
import lockstep.spec.Decides;

/** What differs between two backups, by their manifests alone, in one pass over both. */
@Decides("RST-43")
final class BackupDifference {

  private final Side before;
  private final Side after;

  /** A backup whose manifest was found whole. */
  record Side(StoredBackup backup, HeadContent head, BackupSurvey survey) {}

  BackupDifference(Side before, Side after) {
    this.before = before;
    this.after = after;
  }

  /** Hands out each path that differs, in the order of paths. */
  void handOut(DifferenceTaker taker) throws IOException {
    try (InputStream one = open(before);
        InputStream two = open(after)) {
      ManifestReader first = reader(one, before);
      ManifestReader second = reader(two, after);
      Optional<ManifestEntry> was = first.next();
      Optional<ManifestEntry> is = second.next();
      while (was.isPresent() || is.isPresent()) {
        int order =
            was.isEmpty() ? 1 : is.isEmpty() ? -1 : was.get().path().compareTo(is.get().path());
        if (order < 0) {
          taker.removed(was.get().path());
        } else if (order > 0) {
          taker.added(is.get().path());
        } else {
          compare(was.get(), is.get(), taker);
        }
        was = order <= 0 ? first.next() : was;
        is = order >= 0 ? second.next() : is;
      }
    }
  }

  private void compare(ManifestEntry was, ManifestEntry is, DifferenceTaker taker)
      throws IOException {
    List<DifferenceTaker.Aspect> aspects = aspects(was, is);
    BackupPath path = is.path();
    if (!aspects.isEmpty()) {
      taker.changed(path, aspects);
    }
  }

  private List<DifferenceTaker.Aspect> aspects(ManifestEntry was, ManifestEntry is) {
    List<DifferenceTaker.Aspect> found = new ArrayList<>();
    if (!was.getClass().equals(is.getClass())) {
      return List.of(DifferenceTaker.Aspect.KIND);
    }
    if (was instanceof ManifestEntry.FileEntry one && is instanceof ManifestEntry.FileEntry two) {
      if (one.sizeBytes() != two.sizeBytes()) {
        found.add(DifferenceTaker.Aspect.SIZE);
      } else if (!places(one, before).equals(places(two, after))) {
        found.add(DifferenceTaker.Aspect.STORED_ANEW);
      }
    }
    if (was instanceof ManifestEntry.LinkEntry one
        && is instanceof ManifestEntry.LinkEntry two
        && !one.target().equals(two.target())) {
      found.add(DifferenceTaker.Aspect.TARGET);
    }
    if (!was.modifiedAt().equals(is.modifiedAt())) {
      found.add(DifferenceTaker.Aspect.TIME);
    }
    if (mode(was) != mode(is)) {
      found.add(DifferenceTaker.Aspect.MODE);
    }
    return found;
  }

  private static int mode(ManifestEntry entry) {
    return entry.match(folder -> folder.mode(), file -> file.mode(), link -> 0);
  }

  /** Where a file's bytes lie. */
  private record Place(StoredObject object, long offset, long lengthBytes) {}

  private static List<Place> places(ManifestEntry.FileEntry file, Side side) {
    List<Place> places = new ArrayList<>();
    for (Segment segment : file.segments()) {
      StoredObject object = side.survey().object(segment.objectIndex());
      places.add(new Place(object, segment.offset(), segment.lengthBytes()));
    }
    return places;
  }

  private static InputStream open(Side side) throws IOException {
    return side.backup().open(ObjectKind.MANIFEST, side.head().manifest());
  }

  private static ManifestReader reader(InputStream content, Side side) throws IOException {
    return ManifestReader.open(content, side.backup().nameOf(side.head().manifest()));
  }
}
