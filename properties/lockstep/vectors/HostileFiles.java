package lockstep.vectors;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import lockstep.oracle.Oracle;

/** The files of {@code spec/vectors/hostile}, from scratch every time. */
public final class HostileFiles {

  private static final Map<String, Consumer<HostileDraft>> TOPICS = new LinkedHashMap<>();

  static {
    TOPICS.put("payloads", HostilePayloads::payloads);
    TOPICS.put("objects", HostileObjects::objects);
    TOPICS.put("manifests", HostileManifests::manifests);
    TOPICS.put("paths", HostilePaths::paths);
    TOPICS.put("heads", HostileHeads::heads);
    TOPICS.put("chains", HostileChains::chains);
  }

  private HostileFiles() {}

  /**
   * Every file by its name in the folder.
   *
   * @param asksAll whether each case that is to be refused is put to the oracle, as the kit does
   * @throws IllegalStateException when the oracle gives a case another outcome than is stated
   */
  public static Map<String, byte[]> generate(boolean asksAll) {
    Oracle oracle = VectorFiles.oracle();
    Map<String, byte[]> files = new TreeMap<>();
    put(files, "bases", HostileDraft.bases(oracle));
    put(files, "classes", HostileSources.file());
    TOPICS.forEach(
        (topic, maker) -> {
          HostileDraft draft = new HostileDraft(topic, oracle, asksAll);
          maker.accept(draft);
          put(files, topic, draft.file());
        });
    return files;
  }

  private static void put(Map<String, byte[]> files, String name, ObjectNode file) {
    files.put(name + ".json", VectorFiles.encode(file));
  }
}
