package lockstep.trace;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The evidence for every clause as a folder of pages that needs nothing else: {@code index.html},
 * {@code dossier.json}, a page a clause, a claim and a class. The same commit, profile and JDK give
 * the same bytes.
 */
final class Dossier {

  private static final String STYLE = "dossier.css";

  private final Path project;
  private final TracedBuild build;
  private final Inputs inputs;
  private final List<ClauseEvidence> clauses;
  private final Map<String, JavaSource> sources;
  private final Map<String, String> files = new TreeMap<>();

  /**
   * What the dossier reads beside the build.
   *
   * @param revisions of the clauses, by id
   * @param evidenceFiles text of models and names of vectors, relative to the project
   * @param sources by top-level class, of code and of tests
   */
  record Inputs(
      ThreatModel threats,
      Map<String, List<GitHistory.Revision>> revisions,
      Map<String, String> evidenceFiles,
      Map<String, JavaSource> sources) {

    /** The models and vectors that the tests name, by file or by stem. */
    List<String> filesOf(List<CitedTest> tests) {
      Set<String> found = new TreeSet<>();
      for (CitedTest test : tests) {
        JavaSource source = sources.get(test.citation().place().topLevelName());
        String text = source == null ? "" : String.join("\n", source.lines());
        for (String file : evidenceFiles.keySet()) {
          String name = file.substring(file.lastIndexOf('/') + 1);
          String stem = name.substring(0, name.lastIndexOf('.'));
          if (text.contains(name) || text.contains("\"" + stem + "\"")) {
            found.add(file);
          }
        }
      }
      return List.copyOf(found);
    }

    /** How far a model file's checks go, in its own words. */
    List<String> boundsOf(String file) {
      return evidenceFiles
          .getOrDefault(file, "")
          .lines()
          .filter(l -> l.matches(".*\\bfor [0-9a-z].*\\b[0-9]+ .*expect 0.*"))
          .map(l -> l.replaceAll(".*\\bfor ", "for ").replaceAll(" expect 0.*", ""))
          .distinct()
          .toList();
    }
  }

  private Dossier(Path project, TracedBuild build) throws IOException {
    this.project = project;
    this.build = build;
    this.sources = sources();
    this.inputs =
        new Inputs(
            ThreatModel.read(project), build.history().revisions(), evidenceFiles(), sources);
    this.clauses =
        build.spec().byId().values().stream()
            .sorted(Comparator.comparingInt(build.spec().clauses()::indexOf))
            .map(c -> ClauseEvidence.of(c, build, inputs))
            .toList();
  }

  /** Writes the dossier into the folder; what an older one left there goes. */
  static void write(Path project, TracedBuild build, Path folder) throws IOException {
    Dossier dossier = new Dossier(project, build);
    dossier.pages();
    delete(folder);
    for (Map.Entry<String, String> file : dossier.files.entrySet()) {
      Path path = folder.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue());
    }
  }

  private void pages() throws IOException {
    Links links = links();
    DossierPage here = new DossierPage(links, build.history().commit());
    DossierPage below = new DossierPage(links.from("../"), build.history().commit());
    ReverseView code = new ReverseView(build, sources);
    files.put(STYLE, style());
    files.put("index.html", new OverviewPage(here, build, clauses, inputs.threats()).html());
    files.put("assumptions.html", new AssumptionsPage(here, build.spec(), clauses, inputs).html());
    files.put("changes.html", ChangesPage.html(here, build));
    files.put("limits.html", LimitsPage.html(here, build, inputs.threats()));
    files.put("code.html", code.html(here));
    files.put("dossier.json", DossierJson.text(build, clauses, inputs));
    ClausePage clausePage = new ClausePage(below, inputs, build);
    for (ClauseEvidence clause : clauses) {
      files.put("clauses/" + clause.clause().id() + ".html", clausePage.html(clause));
    }
    for (Threat threat : inputs.threats().threats()) {
      files.put(
          "threats/" + threat.id() + ".html",
          ThreatPage.html(below, threat, inputs.threats(), clauses, build.spec()));
    }
    for (JavaSource source : sources.values()) {
      files.put("code/" + source.topLevelName() + ".html", code.sourceHtml(below, source));
    }
  }

  private Links links() {
    return new Links(
        "",
        build.spec().byId().keySet(),
        build.spec().assumptions().stream().map(Assumption::id).collect(Collectors.toSet()),
        inputs.threats().threats().stream().map(Threat::id).collect(Collectors.toSet()),
        sources.keySet());
  }

  private Map<String, JavaSource> sources() throws IOException {
    Map<String, JavaSource> all = new TreeMap<>();
    for (String folder : List.of(CompiledCode.MAIN_SOURCES, CompiledCode.TEST_SOURCES)) {
      Path root = project.resolve(folder).resolve("lockstep");
      for (Path file : walk(root, ".java")) {
        String name = project.resolve(folder).relativize(file).toString().replace('/', '.');
        String type = name.substring(0, name.length() - ".java".length());
        if (!type.endsWith("package-info")) {
          all.put(type, JavaSource.read(project, folder, type));
        }
      }
    }
    return all;
  }

  private Map<String, String> evidenceFiles() throws IOException {
    Map<String, String> found = new TreeMap<>();
    for (Path file : walk(project.resolve(Spec.FOLDER), ".json")) {
      found.put(project.relativize(file).toString(), "");
    }
    for (Path file : walk(project.resolve(Spec.FOLDER), ".als")) {
      found.put(project.relativize(file).toString(), Files.readString(file));
    }
    return found;
  }

  private static List<Path> walk(Path root, String suffix) throws IOException {
    if (!Files.isDirectory(root)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(f -> f.toString().endsWith(suffix)).sorted().toList();
    }
  }

  private static String style() throws IOException {
    try (InputStream in = Dossier.class.getResourceAsStream(STYLE)) {
      if (in == null) {
        throw new IOException("the jar has no " + STYLE);
      }
      return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    }
  }

  private static void delete(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      List<Path> all = new ArrayList<>();
      try (Stream<Path> files = Files.walk(folder)) {
        files.sorted(Comparator.reverseOrder()).forEach(all::add);
      }
      for (Path path : all) {
        Files.delete(path);
      }
    }
  }
}
