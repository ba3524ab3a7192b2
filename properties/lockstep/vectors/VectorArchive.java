package lockstep.vectors;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * The build goal {@code vector-archive}: {@code VectorArchive PROJECT FOLDER} writes all vectors
 * and the hostile corpus with their schemas, pages, changelog and version into one archive, {@code
 * lockstep-vectors-VERSION.zip}. Stored, sorted and without a clock, it has the same bytes wherever
 * it is made.
 */
public final class VectorArchive {

  private static final String VECTORS = "spec/vectors";
  private static final String CHANGES = VECTORS + "/CHANGELOG.md";
  private static final List<String> PAGES =
      List.of("spec/oracle.md", "spec/hostile.md", "spec/hostile-readers.md", "LICENSE");
  private static final Pattern NEWEST = Pattern.compile("^## ([0-9]+)$", Pattern.MULTILINE);
  private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

  private final Path project;

  VectorArchive(Path project) {
    this.project = project;
  }

  /** Writes the archive and says where. */
  public static void main(String[] arguments) throws IOException {
    VectorArchive archive = new VectorArchive(Path.of(arguments[0]));
    Path file = Path.of(arguments[1], archive.name() + ".zip");
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.write(file, archive.bytes());
    System.out.println(file);
  }

  /** The archive's name without its ending, which is also that of the folder in it. */
  String name() throws IOException {
    return "lockstep-vectors-" + version();
  }

  /** What the newest entry of the vectors' changelog is called. */
  String version() throws IOException {
    Matcher newest = NEWEST.matcher(Files.readString(project.resolve(CHANGES)));
    if (!newest.find()) {
      throw new IllegalStateException(CHANGES + " names no version, as in ## 1");
    }
    return newest.group(1);
  }

  byte[] bytes() throws IOException {
    TreeMap<String, byte[]> files = new TreeMap<>();
    try (Stream<Path> vectors = Files.walk(project.resolve(VECTORS))) {
      for (Path file : vectors.filter(Files::isRegularFile).toList()) {
        String place = project.resolve(VECTORS).relativize(file).toString().replace('\\', '/');
        files.put("vectors/" + place, Files.readAllBytes(file));
      }
    }
    for (String page : PAGES) {
      files.put(page.replace("spec/", ""), Files.readAllBytes(project.resolve(page)));
    }
    files.put("VERSION", (version() + "\n").getBytes(StandardCharsets.US_ASCII));
    ByteArrayOutputStream archive = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(archive, StandardCharsets.UTF_8)) {
      for (var file : files.entrySet()) {
        zip.putNextEntry(stored(name() + "/" + file.getKey(), file.getValue()));
        zip.write(file.getValue());
        zip.closeEntry();
      }
    }
    return archive.toByteArray();
  }

  private static ZipEntry stored(String name, byte[] bytes) {
    CRC32 checksum = new CRC32();
    checksum.update(bytes);
    ZipEntry entry = new ZipEntry(name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(bytes.length);
    entry.setCrc(checksum.getValue());
    entry.setTimeLocal(NO_TIME);
    return entry;
  }
}
