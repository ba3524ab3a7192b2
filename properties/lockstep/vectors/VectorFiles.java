package lockstep.vectors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import lockstep.oracle.Oracle;

/** The vector files of {@code spec/vectors} that this project makes, from scratch every time. */
public final class VectorFiles {

  private static final Map<String, Consumer<Draft>> TOPICS = topics();

  private VectorFiles() {}

  private static Map<String, Consumer<Draft>> topics() {
    Map<String, Consumer<Draft>> topics = new LinkedHashMap<>();
    topics.put("keys", KeyTopics::keys);
    topics.put("recovery-key", KeyTopics::recoveryKey);
    topics.put("passwords", KeyTopics::passwords);
    topics.put("payload", PayloadTopics::payload);
    topics.put("objects", PayloadTopics::objects);
    topics.put("manifest", ManifestTopic::manifest);
    topics.put("head", RestoreTopics::head);
    topics.put("oprf", OprfTopic::oprf);
    topics.put("opaque", OpaqueTopic::opaque);
    topics.put("root-key-wrap", WrapTopic::wrap);
    topics.put("wire", WireTopics::wire);
    topics.put("signatures", SignatureTopics::signatures);
    topics.put("receipts", SignatureTopics::receipts);
    topics.put("limiter", LimiterTopic::limiter);
    topics.put("sessions", SessionTopic::sessions);
    topics.put("transcripts", TranscriptTopic::transcripts);
    topics.put("restore", RestoreTopics::restore);
    return topics;
  }

  /**
   * Every file by its name, as it is to be stored.
   *
   * @throws IllegalStateException when the oracle gives a negative another outcome than is stated
   */
  public static Map<String, byte[]> generate() {
    Map<String, byte[]> files = new TreeMap<>();
    TOPICS.forEach(
        (topic, maker) -> {
          Draft draft = new Draft(topic, oracle());
          maker.accept(draft);
          files.put(topic + ".json", encode(draft.file()));
        });
    return files;
  }

  /** An oracle whose draws, if a topic forgot to name a value, would show in the comparison. */
  static Oracle oracle() {
    return new Oracle("vectors", new SecureRandom());
  }

  /** A file as it is stored: two-space indentation is too much for its size, one is readable. */
  static byte[] encode(ObjectNode file) {
    DefaultIndenter indenter = new DefaultIndenter(" ", "\n");
    DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
    printer.indentObjectsWith(indenter);
    printer.indentArraysWith(indenter);
    ObjectWriter writer = new ObjectMapper().writer(printer);
    try {
      return (writer.writeValueAsString(file) + "\n").getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
