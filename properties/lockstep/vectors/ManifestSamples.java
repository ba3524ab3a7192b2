package lockstep.vectors;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Manifests as fields. */
final class ManifestSamples {

  private static final int DIRECTORY_MODE = 0755;
  private static final int FILE_MODE = 0644;
  private static final long SECONDS = 1_634_169_600L;

  private ManifestSamples() {}

  /** A manifest of a directory, a file and a link in it. */
  static ObjectNode whole() {
    ObjectNode file =
        Json.object(
            "type",
            "file",
            "path",
            Sample.text("docs/a.txt"),
            "mode",
            FILE_MODE,
            "seconds",
            SECONDS,
            "nanoseconds",
            5,
            "size",
            3,
            "segments",
            List.of(Json.object("objectIndex", 0, "offset", 2, "length", 3)));
    ObjectNode link =
        Json.object(
            "type",
            "link",
            "path",
            Sample.text("docs/l"),
            "seconds",
            SECONDS,
            "nanoseconds",
            7,
            "target",
            Sample.text("a.txt"));
    return Json.with(
        header(),
        "previous",
        previous(),
        "entries",
        List.of(directory(Sample.text("docs")), file, link),
        "objects",
        List.of(object()));
  }

  static ObjectNode header() {
    return Json.object(
        "backupNumber", 7, "createdAt", Sample.DAY, "entries", List.of(), "objects", List.of());
  }

  static ObjectNode directory(String path) {
    return Json.object(
        "type", "directory",
        "path", path,
        "mode", DIRECTORY_MODE,
        "seconds", SECONDS,
        "nanoseconds", 0);
  }

  static ObjectNode object() {
    return reference("data", 7, 5);
  }

  static ObjectNode previous() {
    return reference("previous", 6, 90);
  }

  /** What refers to an object: its name here stands for its id and its digest. */
  static ObjectNode reference(String name, int backupNumber, int contentBytes) {
    return Json.object(
        "objectId",
        Sample.of(name + " id", 16),
        "backupNumber",
        backupNumber,
        "contentBytes",
        contentBytes,
        "digest",
        Sample.of(name + " digest", 32));
  }

  static String previousHex() {
    return previous().get("objectId").textValue();
  }
}
