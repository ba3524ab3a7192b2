package lockstep.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import lockstep.evidence.Vector;
import lockstep.spec.ByConstruction;
import lockstep.spec.Verifies;
import org.junit.jupiter.api.Test;

/** The hostile corpus is what its generator makes, and the oracle refuses each case as stated. */
@Vector
@ByConstruction("the clause is about the files, which the test reads")
class HostileCorpusTest {

  private static final Path FOLDER =
      Path.of(System.getProperty("lockstep.basedir", "."), "spec", "vectors", "hostile");
  private static final long MOST_BYTES = 3_000_000;
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** What is to be refused is put to the oracle where the kit examines the reference. */
  @Test
  @Verifies({"ORC-10", "ORC-11"})
  void everyFileIsAsItsGeneratorMakesIt() throws IOException {
    Map<String, byte[]> made = HostileFiles.generate(false);
    long bytes = 0;
    for (Map.Entry<String, byte[]> file : made.entrySet()) {
      assertThat(Files.readAllBytes(FOLDER.resolve(file.getKey())))
          .as(
              file.getKey()
                  + ": if this is meant, run mvn exec:exec@vectors -Dvectors.write=--write")
          .isEqualTo(file.getValue());
      bytes += file.getValue().length;
    }
    assertThat(committed().keySet()).isEqualTo(made.keySet());
    assertThat(bytes).isLessThan(MOST_BYTES);
  }

  @Test
  @Verifies("ORC-11")
  void thereAreManyCasesOfEveryClassAndNoTwoAreTheSame() throws IOException {
    Set<String> ids = new HashSet<>();
    Set<String> patches = new HashSet<>();
    Set<String> classes = new TreeSet<>();
    for (JsonNode file : committed().values()) {
      for (JsonNode one : file.path("cases")) {
        assertThat(ids.add(one.get("id").textValue())).as(one.get("id").textValue()).isTrue();
        assertThat(patches.add(one.get("base") + one.get("patch").toString()))
            .as(one.get("id").textValue())
            .isTrue();
        classes.add(one.get("class").textValue());
      }
    }
    assertThat(ids).hasSizeGreaterThan(500);
    Set<String> told = new TreeSet<>();
    committed().get("classes.json").get("classes").fieldNames().forEachRemaining(told::add);
    assertThat(classes).isEqualTo(told);
  }

  @Test
  void everyFileFitsTheSchema() throws IOException {
    Path schemaFile = FOLDER.resolveSibling("hostile-schema.json");
    JsonSchema schema =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(Files.readString(schemaFile));
    for (var file : committed().entrySet()) {
      assertThat(schema.validate(file.getValue())).as(file.getKey()).isEmpty();
    }
  }

  @Test
  @Verifies("ORC-12")
  void theArchiveHasTheSameBytesEachTimeAndAllOfTheFolder() throws IOException {
    VectorArchive archive = new VectorArchive(FOLDER.getParent().getParent().getParent());
    byte[] bytes = archive.bytes();
    assertThat(archive.bytes()).isEqualTo(bytes);
    Map<String, byte[]> held = new TreeMap<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        assertThat(entry.getTimeLocal().getYear()).isEqualTo(1980);
        held.put(entry.getName(), zip.readAllBytes());
      }
    }
    String top = archive.name() + "/";
    assertThat(held.get(top + "VERSION")).asString().isEqualTo(archive.version() + "\n");
    assertThat(held).containsKeys(top + "vectors/CHANGELOG.md", top + "hostile.md");
    for (String name : committed().keySet()) {
      assertThat(held.get(top + "vectors/hostile/" + name))
          .isEqualTo(Files.readAllBytes(FOLDER.resolve(name)));
    }
  }

  private static Map<String, JsonNode> committed() throws IOException {
    Map<String, JsonNode> files = new TreeMap<>();
    try (Stream<Path> paths = Files.list(FOLDER)) {
      for (Path path : paths.toList()) {
        files.put(path.getFileName().toString(), MAPPER.readTree(path.toFile()));
      }
    }
    return files;
  }
}
