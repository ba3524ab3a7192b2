package lockstep.proofs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The shipped Java as KeY reads it: the same text, in which the lines of our annotations, which KeY
 * does not know, are empty.
 */
final class ProofInput {

  /** The classes whose contracts are proved; no other class has one. */
  static final List<String> PROVED =
      List.of(
          "lockstep.kernel.LimiterDecision",
          "lockstep.kernel.ChunkArithmetic",
          "lockstep.kernel.PaddingArithmetic",
          "lockstep.kernel.HexDigits",
          "lockstep.secret.Wiping");

  private static final String CLAUSE = "\"[A-Z]+-[0-9]+(~[0-9]+)?\"";

  /** A whole line; whatever else stands in it keeps it from matching. */
  private static final Pattern ANNOTATION =
      Pattern.compile(
          " *@(Implements|Decides)\\((" + CLAUSE + "|\\{" + CLAUSE + "(, " + CLAUSE + ")*\\})\\)");

  private static final Pattern IMPORT =
      Pattern.compile("import lockstep\\.spec\\.(Implements|Decides);");

  private ProofInput() {}

  /** The text of a class, with its package, in {@code src/main/java}. */
  static String shipped(String type) {
    try {
      return Files.readString(sources().resolve(type.replace('.', '/') + ".java"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Path sources() {
    return Path.of(System.getProperty("lockstep.basedir", "."), "src/main/java");
  }

  static boolean isAnnotation(String line) {
    return IMPORT.matcher(line).matches() || ANNOTATION.matcher(line).matches();
  }

  static String withoutAnnotations(String source) {
    List<String> lines = source.lines().map(l -> isAnnotation(l) ? "" : l).toList();
    return String.join("\n", lines) + "\n";
  }

  /** Writes the class where KeY looks for it. */
  static void write(Path folder, String type) throws IOException {
    write(folder, type, withoutAnnotations(shipped(type)));
  }

  /**
   * Writes the class with the fault, in a package named after the fault, so that one run of KeY
   * reads it beside the class as shipped.
   */
  static void write(Path folder, PlantedFault fault) throws IOException {
    String source = withoutAnnotations(shipped(fault.type()));
    int at = source.indexOf(fault.from());
    if (at < 0 || source.indexOf(fault.from(), at + 1) >= 0) {
      throw new IllegalArgumentException("not exactly once: " + fault.from());
    }
    String own = "package " + fault.type().substring(0, fault.type().lastIndexOf('.')) + ";";
    write(
        folder,
        fault.faultyType(),
        source
            .replace(fault.from(), fault.to())
            .replace(own, "package " + fault.packageName() + ";"));
  }

  private static void write(Path folder, String type, String source) throws IOException {
    Path file = folder.resolve(type.replace('.', '/') + ".java");
    Files.createDirectories(file.getParent());
    Files.writeString(file, source);
  }
}
