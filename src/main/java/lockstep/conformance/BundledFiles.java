package lockstep.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Reads the spec and the vectors that the artifact carries. */
final class BundledFiles {

  private static final String ROOT = "/lockstep/spec";
  private static final String MARKER = ROOT + "/clauses.lock";

  private BundledFiles() {}

  /** The texts below {@code folder} ("" for the spec's own) whose names end so, by name. */
  static SortedMap<String, String> read(String folder, String ending) {
    URL marker = BundledFiles.class.getResource(MARKER);
    if (marker == null) {
      throw new IllegalStateException("the artifact carries no spec");
    }
    try {
      URI uri = marker.toURI();
      if (!uri.getScheme().equals("jar")) {
        return list(Path.of(uri).resolveSibling(folder), ending);
      }
      try (FileSystem jar = FileSystems.newFileSystem(uri, Map.of())) {
        return list(jar.getPath(ROOT, folder), ending);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static SortedMap<String, String> list(Path folder, String ending) throws IOException {
    SortedMap<String, String> texts = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(ending)).toList()) {
        texts.put(file.getFileName().toString(), Files.readString(file));
      }
    }
    return texts;
  }
}
