package lockstep.vectors;

import static lockstep.vectors.ForgedMessage.ascii;
import static lockstep.vectors.ForgedMessage.join;
import static lockstep.vectors.ForgedObject.appending;
import static lockstep.vectors.ForgedObject.cutting;
import static lockstep.vectors.ForgedObject.putting;
import static lockstep.vectors.ForgedObject.puttingLong;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Manifests of which one field lies, sealed again as if it were true. */
final class HostileManifests {

  private final HostileDraft draft;

  private HostileManifests(HostileDraft draft) {
    this.draft = draft;
  }

  static void manifests(HostileDraft draft) {
    HostileManifests manifests = new HostileManifests(draft);
    manifests.headers();
    manifests.ends();
    manifests.entries();
    manifests.limits();
    manifests.limitsOfTimes();
    manifests.segments();
    manifests.numbersOfSegments();
    manifests.countsOfSegments();
    manifests.tables();
    manifests.totals();
  }

  private void changed(String clauses, String change, Consumer<ForgedBackup> edit) {
    draft.damaged(clauses, change, made -> edit.accept(made.newest()));
  }

  private void content(String clauses, String change, UnaryOperator<byte[]> edit) {
    changed(clauses, change, backup -> backup.content = edit);
  }

  private void headers() {
    draft.attack("parameter-downgrade", "tree");
    for (String magic : List.of("LSM0", "LSM2", "lsm1", "LSC1", "\0\0\0\0")) {
      changed(
          "MAN-1", "the magic `" + magic.replace('\0', '0') + "`", backup -> backup.magic = magic);
    }
    draft.attack("swapped-metadata", "tree");
    for (long number : new long[] {0, 1, 2, 4, Long.MAX_VALUE}) {
      content("HED-6", "the manifest's number is " + number, puttingLong(4, number));
    }
    content("ENC-1", "the manifest's number is 2^63 and its own", putting(4, (byte) 0x80));
    content("HED-6", "the manifest's time is a millisecond later", puttingLong(12, Sample.DAY + 4));
    content("HED-6", "the manifest's time is backup 2's", puttingLong(12, Sample.DAY + 2));
    content("HED-6", "the manifest's time is 0", puttingLong(12, 0));
    content("ENC-1", "the manifest's time is 2^63 and its own", putting(12, (byte) 0x80));
    draft.attack("malformed", "tree");
    changed("ENC-2", "the flag of a previous manifest is 2", backup -> backup.hasPrevious = 2);
    changed("ENC-2", "the flag of a previous manifest is 255", backup -> backup.hasPrevious = 255);
    changed("MAN-1", "the flag says none, and one is there", backup -> backup.hasPrevious = 0);
    changed(
        "MAN-1",
        "the flag says one, and none is there",
        backup -> backup.previous = Optional.empty());
    previous("MAN-1", "a previous manifest of 2^51 + 1 bytes", puttingLong(24, (1L << 51) + 1));
    previous("ENC-1", "a previous manifest of 2^63 bytes", puttingLong(24, Long.MIN_VALUE));
    previous("ENC-1", "a previous manifest of backup 2^63", puttingLong(16, Long.MIN_VALUE));
  }

  /** The description of the one before, changed in the newest manifest alone. */
  private void previous(String clauses, String change, UnaryOperator<byte[]> edit) {
    content(
        clauses,
        change,
        content ->
            join(
                Arrays.copyOf(content, 21),
                edit.apply(Arrays.copyOfRange(content, 21, 85)),
                Arrays.copyOfRange(content, 85, content.length)));
  }

  private void ends() {
    draft.attack("truncation", "tree");
    content("MAN-1", "nothing of its content", content -> new byte[0]);
    content("MAN-1", "its magic alone", content -> Arrays.copyOf(content, 4));
    content("MAN-1", "its header alone", content -> Arrays.copyOf(content, 85));
    content("MAN-1", "cut within an entry", content -> Arrays.copyOf(content, 95));
    content("MAN-1", "cut within a path", content -> Arrays.copyOf(content, 90));
    content("MAN-1", "cut before the table", cutting(16 + 2 * 64 + 4));
    content("MAN-1", "cut within the table", cutting(16 + 32));
    content("MAN-1", "cut before the totals", cutting(16));
    content("MAN-1", "its last byte missing", cutting(1));
    draft.attack("appended", "tree");
    content("MAN-1", "a zero more at its end", appending((byte) 0));
    content("MAN-1", "a byte more at its end", appending((byte) 7));
    content("MAN-1", "eight zeros more at its end", appending(new byte[8]));
    content(
        "MAN-1",
        "an entry behind its end",
        content -> join(content, ForgedEntry.file("zz").bytes()));
    content("MAN-1", "itself once more", content -> join(content, content));
  }

  private void entry(String clauses, String change, String path, Consumer<ForgedEntry> edit) {
    draft.damaged(clauses, change, made -> edit.accept(made.newest().entry(path)));
  }

  private void entries() {
    draft.attack("malformed", "tree");
    for (int type : new int[] {4, 5, 0x7f, 0x80, 0xff}) {
      entry("MAN-1 ENC-2", "an entry of type " + type, "place", e -> e.type = type);
    }
    content(
        "MAN-1",
        "the end's tag before the last entry",
        content -> {
          int at = content.length - 16 - 128 - 5 - new ForgedTwo().length();
          return join(
              Arrays.copyOf(content, at),
              new byte[1],
              Arrays.copyOfRange(content, at, content.length));
        });
    changed("MAN-1", "an end's tag of 4", backup -> backup.endTag = 4);
    draft.attack("limits", "tree");
  }

  private void limits() {
    for (int mode : new int[] {01000, 02755, 04755, 0x8000, 0xffff}) {
      String octal = Integer.toOctalString(mode);
      entry("MAN-1 MAN-7", "a file of mode " + octal, "docs/a.txt", e -> e.mode = mode);
      entry("MAN-1 MAN-7", "a folder of mode " + octal, "docs", e -> e.mode = mode);
    }
    for (int mode : new int[] {1, 0644, 0777}) {
      entry(
          "MAN-1",
          "a link of mode " + Integer.toOctalString(mode),
          "docs/link",
          e -> e.mode = mode);
    }
    for (String path : List.of("docs", "docs/a.txt", "docs/link")) {
      entry("MAN-1", "a time of 2^43 seconds: " + path, path, e -> e.seconds = 1L << 43);
      entry(
          "MAN-1",
          "a time with a second of nanoseconds: " + path,
          path,
          e -> e.nanoseconds = 1_000_000_000);
      entry("ENC-1", "a time of 2^63 seconds: " + path, path, e -> e.seconds = Long.MIN_VALUE);
      entry(
          "ENC-1 MAN-1",
          "a time of 2^32 - 1 nanoseconds: " + path,
          path,
          e -> e.nanoseconds = 0xffff_ffffL);
    }
  }

  private void limitsOfTimes() {
    draft.harmless(
        "MAN-1",
        "a time of 2^43 - 1 seconds",
        made -> made.newest().entry("empty").seconds = (1L << 43) - 1);
    draft.harmless(
        "MAN-1",
        "a time of 0 seconds, which is before 1970",
        made -> made.newest().entry("empty").seconds = 0);
    draft.harmless(
        "MAN-1", "a file that nobody may read", made -> made.newest().entry("docs/a.txt").mode = 0);
  }

  /** The last entry of the tree, as long as it is there. */
  private record ForgedTwo() {
    int length() {
      return ForgedEntry.file("two.txt", new long[] {0, 16, 7}, new long[] {1, 0, 11})
          .bytes()
          .length;
    }
  }

  private void file(String clauses, String change, long size, long[]... segments) {
    entry(
        clauses,
        change,
        "docs/a.txt",
        e -> {
          e.segments.clear();
          e.segments.addAll(List.of(segments));
          e.size = size;
        });
  }

  private static long[] at(long index, long offset, long length) {
    return new long[] {index, offset, length};
  }

  private void segments() {
    draft.attack("segments", "tree");
    file("MAN-5", "a size one byte above its segments", 6, at(0, 0, 5));
    file("MAN-5", "a size one byte below its segments", 4, at(0, 0, 5));
    file("MAN-5", "a size without a segment", 5);
    file("MAN-5", "a segment without a size", 0, at(0, 0, 5));
    file("MAN-5", "an empty segment", 5, at(0, 0, 5), at(0, 5, 0));
    file("MAN-5", "an empty segment before another", 5, at(0, 0, 0), at(0, 0, 5));
    file("MAN-5", "one byte beyond its object's content, into the padding", 5, at(0, 19, 5));
    file("MAN-5", "a segment that begins at its object's end", 1, at(0, 23, 1));
    file("MAN-5", "all of its object's padding", 256, at(0, 0, 256));
    file("MAN-5", "an object that the table has not", 5, at(2, 0, 5));
    file("MAN-1 MAN-5", "an object of index 2^22", 5, at(1 << 22, 0, 5));
    file("ENC-1", "an object of index 2^31", 5, at(1L << 31, 0, 5));
    file("ENC-1 MAN-5", "an object of index 2^32 - 1", 5, at(0xffff_ffffL, 0, 5));
    file("ENC-1 MAN-5", "an offset of 2^63", 5, at(0, Long.MIN_VALUE, 5));
    file("MAN-5", "an offset of 2^63 - 1, so that the sum overflows", 5, at(0, Long.MAX_VALUE, 5));
    file("MAN-5", "an offset of 2^64 - 5, which wraps to 0", 5, at(0, -5, 5));
  }

  private void numbersOfSegments() {
    file("ENC-1 MAN-5", "a length of 2^63", 5, at(0, 0, Long.MIN_VALUE));
    file(
        "MAN-5",
        "lengths whose sum wraps to the size",
        5,
        at(0, 0, Long.MAX_VALUE),
        at(0, 0, Long.MAX_VALUE),
        at(0, 0, 7));
    file("MAN-5", "a length of 16 MiB, more than its object has", 16 << 20, at(0, 0, 16 << 20));
    entry(
        "MAN-1 MAN-5",
        "one segment counted more than there are",
        "docs/a.txt",
        e -> e.segmentsMore = 1);
    entry(
        "MAN-1 MAN-5",
        "one segment counted less than there are",
        "docs/a.txt",
        e -> e.segmentsMore = -1);
  }

  private void countsOfSegments() {
    entry(
        "ENC-3 MAN-1",
        "2^31 - 1 segments counted",
        "docs/a.txt",
        e -> e.segmentsMore = Integer.MAX_VALUE - 1);
    entry("ENC-1 MAN-1", "2^32 - 1 segments counted", "docs/a.txt", e -> e.segmentsMore = -2);
    draft.harmless(
        "MAN-5",
        "two files of the same bytes",
        made -> {
          made.newest().entry("docs/b.txt").segments.set(0, at(0, 0, 5));
          made.newest().entry("docs/b.txt").size = 5;
        });
    draft.harmless(
        "MAN-5",
        "a file of the same bytes twice",
        made -> {
          made.newest().entry("docs/a.txt").segments.add(at(0, 0, 5));
          made.newest().entry("docs/a.txt").size = 10;
        });
  }

  private void table(String clauses, String change, UnaryOperator<byte[]> edit) {
    content(
        clauses,
        change,
        content -> {
          int from = content.length - 16 - 64;
          byte[] described = edit.apply(Arrays.copyOfRange(content, from, from + 64));
          return join(
              Arrays.copyOf(content, from),
              described,
              Arrays.copyOfRange(content, from + 64, content.length));
        });
  }

  private void tables() {
    draft.attack("limits", "tree");
    table("OBJ-7", "an object of 16 MiB and a byte", puttingLong(24, (16L << 20) + 1));
    table("MAN-1", "an object of 2^51 and a byte", puttingLong(24, (1L << 51) + 1));
    table("ENC-1", "an object of 2^63 bytes", puttingLong(24, Long.MIN_VALUE));
    table("ENC-1", "an object of backup 2^63", puttingLong(16, Long.MIN_VALUE));
    table("MAN-5", "an object of no content, of which a file has bytes", puttingLong(24, 0));
    table("MAN-5", "an object one byte too short for its file", puttingLong(24, 10));
    table("OBJ-8", "an object one byte of padding longer than it is told", puttingLong(24, 257));
    draft.damaged(
        "OBJ-7",
        "an object that no file needs, of 16 MiB and a byte",
        made -> {
          ForgedObject more = ForgedRepository.object(3, "unused", new byte[1]);
          more.described = puttingLong(24, (16L << 20) + 1);
          made.newest().table.add(more);
        });
    draft.attack("false-description", "tree");
    changed(
        "RST-1",
        "the table names an object that is not there",
        backup -> backup.table.get(1).described = ForgedObject.flipping(0));
    draft.attack("malformed", "tree");
    changed("MAN-1", "one object counted more than there are", backup -> backup.objectsMore = 1);
    changed("MAN-1", "one object counted less than there are", backup -> backup.objectsMore = -1);
    changed("MAN-1", "no object counted", backup -> backup.objectsMore = -2);
    changed("MAN-1 ENC-3", "4,194,305 objects counted", backup -> backup.objectsMore = 4_194_303);
    changed(
        "ENC-1 ENC-3",
        "2^31 - 1 objects counted",
        backup -> backup.objectsMore = Integer.MAX_VALUE - 2);
    changed("ENC-1 ENC-3", "2^32 - 1 objects counted", backup -> backup.objectsMore = -3);
  }

  private void totals() {
    draft.attack("injected-entries", "tree");
    changed("MAN-1", "one entry counted more than there are", backup -> backup.entriesMore = 1);
    changed("MAN-1", "one entry counted less than there are", backup -> backup.entriesMore = -1);
    changed("MAN-1", "no entry counted", backup -> backup.entriesMore = -backup.entries.size());
    changed(
        "ENC-1",
        "entries counted with the highest bit",
        backup -> backup.entriesMore = Long.MIN_VALUE);
    changed("MAN-1", "a sum of sizes one too large", backup -> backup.sizesMore = 1);
    changed("MAN-1", "a sum of sizes one too small", backup -> backup.sizesMore = -1);
    changed(
        "ENC-1",
        "a sum of sizes with the highest bit",
        backup -> backup.sizesMore = Long.MIN_VALUE);
    content(
        "MAN-1",
        "an entry more, in no count",
        content -> {
          byte[] more = ForgedEntry.directory("zz").bytes();
          int at = content.length - 16 - 128 - 5;
          return join(
              Arrays.copyOf(content, at), more, Arrays.copyOfRange(content, at, content.length));
        });
    content(
        "MAN-1", "a header of another format before all", content -> join(ascii("LSM1"), content));
    draft.attack("segments", "tree");
    draft.harmless(
        "MAN-5 RST-1",
        "one file alone, from the middle of an object that it shares with none",
        made -> {
          ForgedBackup newest = made.newest();
          newest.entries.clear();
          newest.entries.add(ForgedEntry.file("alone", at(0, 5, 11)));
        });
  }
}
