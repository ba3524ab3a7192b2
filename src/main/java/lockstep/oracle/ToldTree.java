package lockstep.oracle;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import lockstep.backup.restore.TargetFull;
import lockstep.backup.restore.TargetTree;
import lockstep.backup.restore.Unkept;
import lockstep.format.BackupPath;
import lockstep.format.LinkTarget;
import lockstep.spec.Implements;

/**
 * A target that tells what a restore would have made of it. It holds at most 16 MiB a file; more is
 * a full disk.
 */
@Implements("ORC-10")
final class ToldTree implements TargetTree {

  private static final int MOST_BYTES = 16 << 20;

  private final boolean foldsCase;
  private final Map<BackupPath, ObjectNode> entries = new ConcurrentSkipListMap<>();

  ToldTree(boolean foldsCase) {
    this.foldsCase = foldsCase;
  }

  /** What was made, in the order of a manifest. */
  ArrayNode told() {
    return Fields.empty().putArray("entries").addAll(entries.values());
  }

  @Override
  public boolean foldsCase() {
    return foldsCase;
  }

  @Override
  public void makeDirectory(BackupPath path) {
    entries.put(path, entry("directory", path));
  }

  @Override
  public TargetFile makeFile(BackupPath path) {
    return new ToldFile(path);
  }

  @Override
  public void dropFile(BackupPath path) {
    entries.remove(path);
  }

  @Override
  public List<Unkept> makeLink(BackupPath path, LinkTarget target, Instant modifiedAt) {
    ObjectNode link = entry("link", path);
    entries.put(path, timed(link, modifiedAt).put("target", Hex.of(target.bytes())));
    return List.of();
  }

  @Override
  public PendingSync finishDirectory(BackupPath path, int mode, Instant modifiedAt) {
    entries.put(path, timed(entry("directory", path).put("mode", mode), modifiedAt));
    return List::of;
  }

  @Override
  public ScratchFile makeScratch(int number) {
    return new ToldScratch();
  }

  @Override
  public void forEachName(Consumer<byte[]> taker) {
    entries.keySet().stream()
        .filter(path -> path.parent().isEmpty())
        .forEach(path -> taker.accept(path.bytes()));
  }

  @Override
  public boolean isFree() {
    return true;
  }

  @Override
  public void begin() {
    entries.clear();
  }

  @Override
  public void install(byte[] note) {}

  @Override
  public void finishInstall() {}

  @Override
  public Optional<byte[]> interrupted() {
    return Optional.empty();
  }

  @Override
  public boolean isSynced() {
    return true;
  }

  @Override
  public boolean startOver() {
    return true;
  }

  @Override
  public void abandon() {
    entries.clear();
  }

  private static ObjectNode entry(String type, BackupPath path) {
    return Fields.empty().put("type", type).put("path", Hex.of(path.bytes()));
  }

  private static ObjectNode timed(ObjectNode entry, Instant modifiedAt) {
    return entry
        .put("seconds", modifiedAt.getEpochSecond())
        .put("nanoseconds", modifiedAt.getNano());
  }

  /** A file, told when it is finished. */
  private final class ToldFile implements TargetFile {

    private final BackupPath path;
    private byte[] content = {};

    private ToldFile(BackupPath path) {
      this.path = path;
    }

    @Override
    public synchronized void write(long position, byte[] from, int offset, int length)
        throws IOException {
      if (position + length > MOST_BYTES) {
        throw new TargetFull(new IOException("a told file has at most 16 MiB"));
      }
      int end = (int) position + length;
      content = end > content.length ? Arrays.copyOf(content, end) : content;
      System.arraycopy(from, offset, content, (int) position, length);
    }

    @Override
    public synchronized List<Unkept> finish(int mode, Instant modifiedAt) {
      ObjectNode file = timed(entry("file", path).put("mode", mode), modifiedAt);
      entries.put(path, file.put("content", Hex.of(content)));
      return List.of();
    }

    @Override
    public void close() {}
  }

  /** Content that several files are made of; an object has at most 16 MiB (OBJ-7). */
  private static final class ToldScratch implements ScratchFile {

    private final ByteArrayOutputStream content = new ByteArrayOutputStream();

    @Override
    public void append(byte[] from, int offset, int length) {
      content.write(from, offset, length);
    }

    @Override
    public void read(long position, byte[] to, int offset, int length) {
      System.arraycopy(content.toByteArray(), (int) position, to, offset, length);
    }

    @Override
    public void close() {}
  }
}
