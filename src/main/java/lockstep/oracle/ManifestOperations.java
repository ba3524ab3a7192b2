package lockstep.oracle;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lockstep.format.BackupKeys;
import lockstep.format.BackupPath;
import lockstep.format.DamagedBackup;
import lockstep.format.LinkTarget;
import lockstep.format.ManifestEntry;
import lockstep.format.ManifestHeader;
import lockstep.format.ManifestReader;
import lockstep.format.ManifestWriter;
import lockstep.format.ObjectKind;
import lockstep.format.ObjectName;
import lockstep.format.Segment;
import lockstep.format.StoredObject;

/** The manifest, as its content alone and as a sealed object. */
final class ManifestOperations {

  private static final ObjectName UNNAMED = new ObjectName("0".repeat(32));
  private static final int MOST_MODE = 0777;

  private ManifestOperations() {}

  static Map<String, Operation> table(SecureRandom random) {
    return Map.of(
        "manifest.encode",
        input -> Fields.empty().put("content", Hex.of(encode(input))),
        "manifest.decode",
        ManifestOperations::decode,
        "manifest.seal",
        input -> seal(input, random),
        "manifest.open",
        ManifestOperations::open);
  }

  private static ObjectNode seal(Fields input, SecureRandom random) throws IOException {
    byte[] content = encode(input);
    return BackupOperations.seal(input, ObjectKind.MANIFEST, random, sink -> sink.write(content));
  }

  private static ObjectNode open(Fields input) throws IOException {
    try (BackupKeys keys = BackupOperations.keys(input);
        InputStream content = BackupOperations.open(input, keys, ObjectKind.MANIFEST)) {
      return read(content);
    } catch (DamagedBackup damaged) {
      throw BackupOperations.damaged(damaged);
    }
  }

  private static ObjectNode decode(Fields input) throws IOException {
    try {
      return read(new ByteArrayInputStream(input.bytes("content")));
    } catch (DamagedBackup damaged) {
      throw Unanswerable.rejected(RejectedAs.DAMAGED);
    }
  }

  private static byte[] encode(Fields input) throws IOException {
    Optional<StoredObject> previous =
        input.optionalObject("previous").map(BackupOperations::storedObject);
    ManifestHeader header =
        new ManifestHeader(
            input.u64("backupNumber"), BackupOperations.time(input, "createdAt"), previous);
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    try {
      ManifestWriter writer = new ManifestWriter(content, header);
      for (Fields entry : input.list("entries")) {
        writer.add(entry(entry));
      }
      writer.finish(input.list("objects").stream().map(BackupOperations::storedObject).toList());
    } catch (IllegalArgumentException noManifest) {
      throw Unanswerable.malformed();
    }
    return content.toByteArray();
  }

  private static ManifestEntry entry(Fields entry) {
    BackupPath path = entry.parsed("path", BackupPath::parse);
    Instant modifiedAt =
        Instant.ofEpochSecond(
            entry.number(
                "seconds", -ManifestEntry.TIME_BIAS_SECONDS, ManifestEntry.TIME_BIAS_SECONDS - 1),
            entry.number("nanoseconds", 0, 999_999_999));
    String type = entry.text("type");
    if (type.equals("link")) {
      return new ManifestEntry.LinkEntry(
          path, modifiedAt, entry.parsed("target", LinkTarget::parse));
    }
    int mode = (int) entry.number("mode", 0, MOST_MODE);
    if (type.equals("directory")) {
      return new ManifestEntry.DirectoryEntry(path, mode, modifiedAt);
    }
    if (!type.equals("file")) {
      throw Unanswerable.malformed();
    }
    List<Segment> segments = new ArrayList<>();
    for (Fields segment : entry.list("segments")) {
      segments.add(
          new Segment(segment.u32("objectIndex"), segment.u64("offset"), segment.u64("length")));
    }
    return new ManifestEntry.FileEntry(path, mode, modifiedAt, entry.u64("size"), segments);
  }

  private static ObjectNode read(InputStream content) throws IOException {
    ManifestReader reader = ManifestReader.open(content, UNNAMED);
    ObjectNode result = Fields.empty();
    result.put("backupNumber", reader.header().backupNumber());
    result.put("createdAt", reader.header().createdAt().toEpochMilli());
    reader
        .header()
        .previous()
        .map(BackupOperations::json)
        .ifPresent(p -> result.set("previous", p));
    ArrayNode entries = result.putArray("entries");
    Optional<ManifestEntry> entry = reader.next();
    while (entry.isPresent()) {
      entries.add(json(entry.get()));
      entry = reader.next();
    }
    ArrayNode objects = result.putArray("objects");
    reader.objects().forEach(object -> objects.add(BackupOperations.json(object)));
    return result;
  }

  private static ObjectNode json(ManifestEntry entry) {
    ObjectNode json = Fields.empty();
    String type = entry.match(directory -> "directory", file -> "file", link -> "link");
    json.put("type", type);
    json.put("path", Hex.of(entry.path().bytes()));
    Instant modifiedAt = entry.modifiedAt();
    json.put("seconds", modifiedAt.getEpochSecond());
    json.put("nanoseconds", modifiedAt.getNano());
    return entry.match(
        directory -> json.put("mode", directory.mode()),
        file -> withFile(json, file),
        link -> json.put("target", Hex.of(link.target().bytes())));
  }

  private static ObjectNode withFile(ObjectNode json, ManifestEntry.FileEntry file) {
    json.put("mode", file.mode()).put("size", file.sizeBytes());
    ArrayNode segments = json.putArray("segments");
    for (Segment segment : file.segments()) {
      segments
          .addObject()
          .put("objectIndex", segment.objectIndex())
          .put("offset", segment.offset())
          .put("length", segment.lengthBytes());
    }
    return json;
  }
}
