package lockstep.adapter.rclone;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lockstep.backup.store.ProviderUnavailable;

/** One folder at the remote, by rclone's operations. */
final class RcloneFolder {

  private static final String FS = "fs";
  private static final String REMOTE = "remote";

  private final RcloneCalls calls;
  private final String path;

  /** The folder of that path below the remote's own; none for the empty path. */
  RcloneFolder(RcloneCalls calls, String path) {
    this.calls = calls;
    this.path = path;
  }

  /**
   * Something in a folder.
   *
   * @param storedAt the earliest time there is where the server tells none
   */
  record Entry(String name, boolean isFolder, long lengthBytes, Instant storedAt) {}

  /** What lies in it; nothing when the folder is missing. */
  Optional<List<Entry>> entries() throws ProviderUnavailable {
    RcloneCalls.Reply<JsonNode> reply =
        calls.ask(
            "operations/list",
            Map.of(FS, RcloneProcess.REMOTE, REMOTE, path, "opt", Map.of("noMimeType", true)));
    if (reply.isMissing()) {
      return Optional.empty();
    }
    List<Entry> found = new ArrayList<>();
    for (JsonNode one : reply.orUnavailable().path("list")) {
      found.add(
          new Entry(
              one.path("Name").asText(),
              one.path("IsDir").asBoolean(),
              one.path("Size").asLong(),
              time(one.path("ModTime").asText())));
    }
    return Optional.of(found);
  }

  private static Instant time(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException none) {
      return Instant.EPOCH;
    }
  }

  /** Whether something that is a file has that name. */
  boolean has(String name) throws ProviderUnavailable {
    RcloneCalls.Reply<JsonNode> reply =
        calls.ask(
            "operations/stat",
            Map.of(
                FS,
                RcloneProcess.REMOTE,
                REMOTE,
                below(name),
                "opt",
                Map.of("filesOnly", true, "noModTime", true, "noMimeType", true)));
    return !reply.isMissing() && reply.orUnavailable().path("item").isObject();
  }

  /** Opens a file from an offset on. */
  RcloneCalls.Reply<RcloneCalls.Opened> open(String name, long offset) throws ProviderUnavailable {
    return calls.open(below(name), offset);
  }

  /** Uploads a file; one of that name is replaced. */
  void upload(String name, RcloneCalls.Content content) throws IOException {
    calls.upload(path, name, content);
  }

  /** Gives a file another name; what has it is replaced. */
  void move(String from, String to) throws ProviderUnavailable {
    calls.call(
        "operations/movefile",
        Map.of(
            "srcFs",
            RcloneProcess.REMOTE,
            "srcRemote",
            below(from),
            "dstFs",
            RcloneProcess.REMOTE,
            "dstRemote",
            below(to)));
  }

  /** Removes a file, if it is there. */
  void remove(String name) throws ProviderUnavailable {
    RcloneCalls.Reply<JsonNode> reply =
        calls.ask("operations/deletefile", Map.of(FS, RcloneProcess.REMOTE, REMOTE, below(name)));
    if (!reply.isMissing()) {
      reply.orUnavailable();
    }
  }

  /** Makes the folder, where it is missing. */
  void make() throws ProviderUnavailable {
    calls.call("operations/mkdir", Map.of(FS, RcloneProcess.REMOTE, REMOTE, path));
  }

  /** Removes the folder if it is empty; a remote without folders has none to remove. */
  void removeIfEmpty() throws ProviderUnavailable {
    calls.ask("operations/rmdir", Map.of(FS, RcloneProcess.REMOTE, REMOTE, path));
  }

  private String below(String name) {
    return path.isEmpty() ? name : path + "/" + name;
  }
}
