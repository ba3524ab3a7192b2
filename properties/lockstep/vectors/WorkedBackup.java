package lockstep.vectors;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * One backup of three files, byte by byte, as {@code spec/worked-backup.md} shows it. The manifest
 * is put together here from MAN-1 alone and has to be what the oracle encodes.
 */
final class WorkedBackup {

  private static final String ROOT = Sample.of("root key", 32);
  private static final long SECONDS = 1_634_169_600L;
  private static final String HELLO = "hello\n";
  private static final String ERRANDS = "buy milk, call Bob\n";

  private final Draft draft;
  private final StringBuilder page = new StringBuilder();

  private WorkedBackup(Draft draft) {
    this.draft = draft;
  }

  /** The page below its introduction. */
  static String markdown() {
    return new WorkedBackup(new Draft("worked", VectorFiles.oracle())).write();
  }

  /** The same backup as a test among the vectors. */
  static void vector(Draft draft) {
    draft.valid(
        "RST-7 RST-10",
        "the backup of worked-backup.md",
        "restore.verify",
        new WorkedBackup(draft).offered());
  }

  private ObjectNode data() {
    return draft.result(
        "object.seal", sealing("data", 1).put("content", Sample.text(HELLO + ERRANDS)));
  }

  private ObjectNode manifest() {
    return draft.result("manifest.seal", sealing("manifest", 1).setAll(fields()));
  }

  private ObjectNode fields() {
    return Json.object(
        "backupNumber",
        1,
        "createdAt",
        Sample.DAY + 1,
        "entries",
        List.of(
            file("empty", 0),
            file("hello.txt", HELLO.length(), segment(0, HELLO.length())),
            ManifestSamples.directory(Sample.text("notes")),
            file("notes/todo.txt", ERRANDS.length(), segment(HELLO.length(), ERRANDS.length()))),
        "objects",
        List.of(data().get("object")));
  }

  private ObjectNode head() {
    return draft.result(
        "head.seal", RestoreTopics.sealHead(1, (ObjectNode) manifest().get("object")));
  }

  private ObjectNode offered() {
    return Json.object(
        "rootKey",
        ROOT,
        "account",
        Sample.ALICE,
        "heads",
        Json.object("1", head().get("head")),
        "objects",
        Json.object(
            data().get("objectName").textValue(), data().get("sealed"),
            manifest().get("objectName").textValue(), manifest().get("sealed")));
  }

  private static ObjectNode sealing(String name, int backupNumber) {
    return Json.object(
        "rootKey",
        ROOT,
        "account",
        Sample.ALICE,
        "backupNumber",
        backupNumber,
        "objectId",
        Sample.of("worked " + name + " id", 16),
        "salt",
        Sample.of("worked " + name + " salt", 24));
  }

  private static ObjectNode file(String path, int size, ObjectNode... segments) {
    return Json.object(
        "type",
        "file",
        "path",
        Sample.text(path),
        "mode",
        0644,
        "seconds",
        SECONDS,
        "nanoseconds",
        0,
        "size",
        size,
        "segments",
        List.of((Object[]) segments));
  }

  private static ObjectNode segment(int offset, int length) {
    return Json.object("objectIndex", 0, "offset", offset, "length", length);
  }

  private String write() {
    key("root key", ROOT);
    key("data, input key", derived("data"));
    key("manifest, input key", derived("manifest"));
    key("head, input key", derived("head"));
    key("key-check", derived("key-check"));
    key("object-name", derived("object-name"));
    key("set-name", derived("set-name"));
    sealed("The data object", data(), HELLO + ERRANDS);
    manifestContent();
    sealed("The manifest", manifest(), "the content above");
    headBytes();
    return page.toString();
  }

  private String derived(String label) {
    return draft.text(
        "keys.derive", Json.object("parent", ROOT, "label", "lockstep/v1/" + label), "key");
  }

  private void key(String name, String hex) {
    page.append("| ").append(name).append(" | `").append(hex).append("` |\n");
  }

  private void sealed(String title, ObjectNode made, String content) {
    ObjectNode object = (ObjectNode) made.get("object");
    page.append("\n## ").append(title).append("\n\nIts name is `");
    page.append(made.get("objectName").textValue()).append("`, its id `");
    page.append(object.get("objectId").textValue()).append("`, the SHA-256 of these bytes `");
    page.append(object.get("digest").textValue()).append("`.\n\n```\n");
    Dump dump = new Dump(made.get("sealed").textValue());
    dump.next(24, "salt");
    dump.next(32, "commitment");
    dump.rest(
        "one chunk and its tag: " + content.strip().replace("\n", "\\n") + ", zeros as padding");
    page.append(dump.text()).append("```\n");
  }

  private void manifestContent() {
    ObjectNode object = (ObjectNode) data().get("object");
    Dump dump = new Dump(draft.text("manifest.encode", fields(), "content"));
    dump.is("4c534d31", "LSM1");
    dump.is(u64(1), "backup number");
    dump.is(u64(Sample.DAY + 1), "created at, milliseconds since 1970");
    dump.is("00", "no previous manifest");
    entry(dump, 2, "empty", 0644);
    dump.is(u64(0) + u32(0), "size 0, no segment");
    entry(dump, 2, "hello.txt", 0644);
    dump.is(u64(HELLO.length()) + u32(1), "size, one segment");
    dump.is(u32(0) + u64(0) + u64(HELLO.length()), "object 0, from 0, 6 bytes");
    entry(dump, 1, "notes", 0755);
    entry(dump, 2, "notes/todo.txt", 0644);
    dump.is(u64(ERRANDS.length()) + u32(1), "size, one segment");
    dump.is(u32(0) + u64(HELLO.length()) + u64(ERRANDS.length()), "object 0, from 6, 19 bytes");
    dump.is("00", "no more entries");
    dump.is(u32(1), "one object");
    dump.is(object.get("objectId").textValue(), "its id");
    dump.is(u64(1), "the backup that made it");
    dump.is(u64(HELLO.length() + ERRANDS.length()), "its content's length");
    dump.is(object.get("digest").textValue(), "SHA-256 of its sealed bytes");
    dump.is(u64(4) + u64(HELLO.length() + ERRANDS.length()), "four entries, 25 bytes of files");
    dump.end();
    page.append("\n## The manifest's content\n\n```\n").append(dump.text()).append("```\n");
  }

  private static void entry(Dump dump, int type, String path, int mode) {
    dump.is("0" + type, type == 1 ? "a directory" : "a file");
    dump.is(u16(path.length()) + Sample.text(path), path);
    dump.is(u16(mode), "mode " + Integer.toOctalString(mode));
    dump.is(u64(SECONDS + (1L << 42)) + u32(0), "modified, seconds + 2^42, nanoseconds");
  }

  private void headBytes() {
    String name =
        draft.text(
            "backup.names",
            Json.object("rootKey", ROOT, "account", Sample.ALICE, "backupNumber", 1),
            "headName");
    page.append("\n## The head\n\nIts name is `").append(name).append("`.\n\n```\n");
    Dump dump = new Dump(head().get("head").textValue());
    dump.is("4c534831", "LSH1");
    dump.is(u64(1), "backup number");
    dump.next(16, "object id");
    dump.next(16, "check salt");
    dump.next(32, "key-check value");
    dump.next(24, "salt");
    dump.next(32, "commitment");
    dump.rest("one chunk and its tag: manifest, number, time; zeros as padding");
    page.append(dump.text()).append("```\n");
  }

  private static String u16(int value) {
    return Sample.hex(ByteBuffer.allocate(2).putShort((short) value).array());
  }

  private static String u32(int value) {
    return Sample.hex(ByteBuffer.allocate(4).putInt(value).array());
  }

  private static String u64(long value) {
    return Sample.hex(ByteBuffer.allocate(8).putLong(value).array());
  }

  /** Bytes in rows of at most 24, each with its offset, the first of a field with its meaning. */
  private static final class Dump {

    private static final int ROW_BYTES = 24;

    private final byte[] bytes;
    private final StringBuilder rows = new StringBuilder();
    private int offset;

    Dump(String hex) {
      bytes = Sample.bytes(hex);
    }

    void is(String expected, String meaning) {
      int length = expected.length() / 2;
      String there = Sample.hex(Arrays.copyOfRange(bytes, offset, offset + length));
      if (!there.equals(expected)) {
        throw new IllegalStateException(meaning + " is " + there + ", not " + expected);
      }
      next(length, meaning);
    }

    void next(int length, String meaning) {
      int end = offset + length;
      String note = meaning;
      while (offset < end) {
        int to = Math.min(end, offset + ROW_BYTES);
        String hex = Sample.hex(Arrays.copyOfRange(bytes, offset, to));
        rows.append(String.format("%04x  %-48s  %s", offset, hex, note).stripTrailing());
        rows.append('\n');
        note = "";
        offset = to;
      }
    }

    void rest(String meaning) {
      next(bytes.length - offset, meaning);
    }

    void end() {
      if (offset != bytes.length) {
        throw new IllegalStateException("bytes are left over");
      }
    }

    String text() {
      return rows.toString();
    }
  }
}
