package lockstep.opaque;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import lockstep.secret.SecretBytes;

/** The published vectors in {@code spec/vectors}, and the hexadecimal in them. */
public final class VectorFile {

  private VectorFile() {}

  /** The entries of a vector file. */
  public static List<JsonNode> read(String name) throws IOException {
    Path file = Path.of(System.getProperty("lockstep.basedir", "."), "spec", "vectors", name);
    List<JsonNode> entries = new ArrayList<>();
    new ObjectMapper().readTree(file.toFile()).forEach(entries::add);
    return entries;
  }

  /** The bytes of a field that must be there. */
  public static byte[] bytes(JsonNode node, String field) {
    return HexFormat.of().parseHex(node.required(field).textValue());
  }

  /** The same as a secret. */
  public static SecretBytes secret(JsonNode node, String field) {
    return SecretBytes.absorb(bytes(node, field));
  }

  /** The same as a scalar. */
  public static Scalar scalar(JsonNode node, String field) {
    return Scalar.parse(secret(node, field)).orElseThrow();
  }
}
