package lockstep.trace;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jacoco.core.analysis.Analyzer;
import org.jacoco.core.analysis.CoverageBuilder;
import org.jacoco.core.analysis.IClassCoverage;
import org.jacoco.core.analysis.IMethodCoverage;
import org.jacoco.core.data.ExecutionData;
import org.jacoco.core.data.ExecutionDataReader;
import org.jacoco.core.data.ExecutionDataStore;

/** Turns the data of JaCoCo's agent into names of executed methods of main code. */
final class ExecutionProbes {

  private final Path mainClasses;
  private final Map<Hits, Set<String>> analysed = new HashMap<>();
  private final Map<String, byte[]> classFiles = new HashMap<>();

  /**
   * @param mainClasses the folder of main code's class files; other classes are left out
   */
  ExecutionProbes(Path mainClasses) {
    this.mainClasses = mainClasses;
  }

  /** A class and which of its probes were hit; many tests share one. */
  private record Hits(long id, String hex) {}

  /** Adds what the agent has dumped. */
  static void merge(byte[] dump, ExecutionDataStore into) {
    ExecutionDataReader reader = new ExecutionDataReader(new ByteArrayInputStream(dump));
    reader.setExecutionDataVisitor(into);
    reader.setSessionInfoVisitor(session -> {});
    try {
      reader.read();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  ExecutedCode executed(ExecutionDataStore store) {
    Map<String, Set<String>> methods = new TreeMap<>();
    for (ExecutionData data : store.getContents()) {
      byte[] classFile = classFiles.computeIfAbsent(data.getName(), this::classFile);
      if (classFile.length > 0 && data.hasHits()) {
        Hits hits = new Hits(data.getId(), Arrays.toString(data.getProbes()));
        methods.put(
            data.getName().replace('/', '.'),
            analysed.computeIfAbsent(hits, h -> methods(data, classFile)));
      }
    }
    return new ExecutedCode(methods);
  }

  private byte[] classFile(String name) {
    Path file = mainClasses.resolve(name + ".class");
    try {
      return Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Set<String> methods(ExecutionData data, byte[] classFile) {
    ExecutionDataStore one = new ExecutionDataStore();
    one.put(data);
    CoverageBuilder coverage = new CoverageBuilder();
    try {
      new Analyzer(one, coverage).analyzeClass(classFile, data.getName());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Set<String> names = new TreeSet<>();
    for (IClassCoverage type : coverage.getClasses()) {
      for (IMethodCoverage method : type.getMethods()) {
        if (method.getInstructionCounter().getCoveredCount() > 0) {
          names.add(declaredName(type.getName(), method.getName()));
        }
      }
    }
    return names;
  }

  /** The method's name in the source: a lambda's is that of the method around it. */
  static String declaredName(String type, String method) {
    if (method.equals("<init>")) {
      return type.substring(Math.max(type.lastIndexOf('/'), type.lastIndexOf('$')) + 1);
    }
    return method.startsWith("lambda$") ? method.split("\\$", 3)[1] : method;
  }
}
