package lockstep.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A file of {@code spec/vectors} that is an object with its tests under {@code tests}. */
public final class VectorDocument {

  private final JsonNode root;

  private VectorDocument(JsonNode root) {
    this.root = root;
  }

  /** Reads a file. */
  public static VectorDocument read(String name) {
    Path file = Path.of(System.getProperty("lockstep.basedir", "."), "spec", "vectors", name);
    try {
      return new VectorDocument(new ObjectMapper().readTree(file.toFile()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What stands beside the tests. */
  public JsonNode root() {
    return root;
  }

  /** The tests, at least one. */
  public Stream<JsonNode> tests() {
    JsonNode tests = root.required("tests");
    if (tests.isEmpty()) {
      throw new IllegalStateException("a vector file without vectors");
    }
    return StreamSupport.stream(tests.spliterator(), false);
  }

  /** The bytes of a field that must be there. */
  public static byte[] bytes(JsonNode node, String field) {
    return HexFormat.of().parseHex(node.required(field).textValue());
  }
}
