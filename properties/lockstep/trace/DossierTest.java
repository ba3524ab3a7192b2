package lockstep.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import lockstep.models.PlantedFault;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The dossier of a small project: complete, the same each time, and without a dead link. */
class DossierTest {

  private static final Pattern HREF = Pattern.compile("href=\"([^\":]+)\"");

  private static final String CLAIMS =
      """
      | id | claim | adversary | clauses | tests | rests on |
      |---|---|---|---|---|---|
      | THR-1 | Who has no *attempt* left learns nothing. | A1 | LIM-1 | `SampleLimiterProperties` | ASM-1 |

      | claim | question |
      |---|---|
      | THR-1 | What stops the thief? |
      """;

  @TempDir Path directory;
  private SmallProject project;

  @BeforeEach
  void start() throws IOException {
    project = new SmallProject(directory);
    project.write("threat-model/claims.md", CLAIMS);
    project.write("threat-model/adversaries.md", "# All\n\n## A1 Thief\n\nHas the phone.\n");
  }

  private static TestRun run() {
    ExecutedCode charged =
        new ExecutedCode(Map.of("lockstep.vault.sample.SampleLimiter", Set.of("charge")));
    return run(
        new TestOutcome(
            "fiveFailuresLock", TestOutcome.Status.PASSED, 321, "4711", charged, false));
  }

  private static TestRun run(TestOutcome test) {
    return new TestRun(
        "lockstep.vault.sample.SampleLimiterProperties", ExecutedCode.NOTHING, List.of(test));
  }

  private Map<String, String> dossier() throws IOException {
    return dossier(run());
  }

  private Map<String, String> dossier(TestRun... runs) throws IOException {
    return dossier(project.compile().traced(runs));
  }

  private Map<String, String> dossier(TracedBuild build) throws IOException {
    Path folder = directory.resolve("dossier");
    Dossier.write(directory, build, folder);
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        files.put(folder.relativize(file).toString(), Files.readString(file));
      }
    }
    return files;
  }

  @Test
  void aClausesPageSaysWhatWhoAndHowOften() throws IOException {
    assertThat(dossier().get("clauses/LIM-1.html"))
        .contains("property-tested (321 tries)")
        .contains("The fifth charge MUST lock")
        .contains("a sixth is refused")
        .contains("lockstep.vault.sample.SampleLimiterProperties.html#L8\"")
        .contains("data-label=\"tries\">321</td>", "<code>4711</code>")
        .contains("SampleLimiter.html#L6")
        .contains("<span class=\"k\">public</span> <span class=\"k\">class</span> SampleLimiter")
        .contains("threats/THR-1.html")
        .contains("assumptions.html#ASM-1");
  }

  @Test
  void aQuestionLeadsToTheTestInThreeClicks() throws IOException {
    Map<String, String> files = dossier();
    assertThat(files.get("index.html"))
        .contains("<a href=\"threats/THR-1.html\">What stops the thief?</a>");
    assertThat(files.get("threats/THR-1.html")).contains("../clauses/LIM-1.html", "Has the phone.");
    assertThat(files.get("clauses/LIM-1.html"))
        .contains("../code/lockstep.vault.sample.SampleLimiterProperties.html#L");
  }

  @Test
  void mutantsStandOnTheFirstPageAndOnTheirClauses() throws IOException {
    String test = "lockstep.vault.sample.SampleLimiterProperties.fiveFailuresLock";
    StrengthReport report =
        StrengthReport.of(
            List.of(new StrengthReport.ClauseScore("LIM-1~2", 17, 6, 5)),
            List.of(new StrengthReport.CitedStrength(test, "LIM-1~2", 17, 1, "charge:9 <", "")),
            List.of(new StrengthReport.ClassScore("lockstep.Sample", 13, 11, 2, List.of())),
            List.of());
    TracedBuild build = project.compile().traced(run());
    Map<String, String> files =
        dossier(
            new TracedBuild(
                build.gate(),
                build.runs(),
                build.waivers(),
                build.history(),
                Optional.of(report),
                Optional.empty(),
                build.findings()));
    assertThat(files.get("index.html"))
        .contains("1 of 1 citations of tests kill a mutant")
        .contains("13 mutants, 11 killed, 2 equivalent; 0 findings")
        .contains("data-label=\"mutants killed\" class=\"n\">5 of 6</td>")
        .contains("data-label=\"equivalent\">2</td>");
    assertThat(files.get("clauses/LIM-1.html")).contains("5 of 6 mutants", "charge:9 &lt;");
    assertThat(dossier().get("index.html")).doesNotContain("utants");
  }

  @Test
  void plantedFaultsStandOnTheirClauseWithWhatKilledThem() throws IOException {
    TracedBuild build = project.compile().traced(run());
    assertThat(dossier(build).get("clauses/LIM-1.html"))
        .contains("check left out: no attempt is counted", "not run in this build")
        .doesNotContain("no planted fault noticed");
    List<FaultReport.Result> results = new ArrayList<>();
    for (PlantedFault fault : build.gate().faults().faults()) {
      results.add(FaultReport.Result.of(fault, FaultReport.Fate.SURVIVED, "", ""));
    }
    Map<String, String> surviving = dossier(ran(build, results));
    assertThat(surviving.get("clauses/LIM-1.html"))
        .contains("no planted fault noticed", "<strong>survived</strong>");
    assertThat(surviving.get("index.html"))
        .contains("3 planted faults; 1 of 1 active clauses", "3 survived", "counts twice");
    String killer = "lockstep.vault.sample.SampleLimiterProperties.fiveFailuresLock";
    PlantedFault noticed = build.gate().faults().faults().get(0);
    results.set(0, FaultReport.Result.of(noticed, FaultReport.Fate.KILLED, killer, "property"));
    Map<String, String> killed = dossier(ran(build, results));
    assertThat(killed.get("clauses/LIM-1.html"))
        .contains("<code>SampleLimiterProperties.fiveFailuresLock</code>, property")
        .doesNotContain("no planted fault noticed");
    assertThat(killed.get("index.html")).contains("1 killed, 2 survived", "1 by property");
  }

  private static TracedBuild ran(TracedBuild build, List<FaultReport.Result> results) {
    return new TracedBuild(
        build.gate(),
        build.runs(),
        build.waivers(),
        build.history(),
        Optional.empty(),
        Optional.of(new FaultReport(results, List.of())),
        build.findings());
  }

  @Test
  void theSameBuildGivesTheSameBytes() throws IOException {
    Map<String, String> first = dossier();
    assertThat(dossier()).isEqualTo(first);
    assertThat(first).containsKeys("index.html", "dossier.json", "dossier.css");
  }

  @Test
  void noLinkIsDead() throws IOException {
    Map<String, String> files = dossier();
    assertThat(deadLinks(files)).isEmpty();
    files.remove("code/lockstep.vault.sample.SampleLimiter.html");
    assertThat(deadLinks(files)).isNotEmpty();
  }

  private static List<String> deadLinks(Map<String, String> files) {
    List<String> dead = new ArrayList<>();
    files.forEach(
        (name, text) -> {
          if (name.endsWith(".html")) {
            for (MatchResult link : HREF.matcher(text).results().toList()) {
              String[] parts = link.group(1).split("#", 2);
              String target =
                  parts[0].isEmpty()
                      ? name
                      : Path.of(name).resolveSibling(parts[0]).normalize().toString();
              boolean there =
                  files.containsKey(target)
                      && (parts.length == 1
                          || files.get(target).contains("id=\"" + parts[1] + "\""));
              if (!there) {
                dead.add(name + " -> " + link.group(1));
              }
            }
          }
        });
    return dead;
  }

  @Test
  void whatTheGateFindsStandsOnTheClausesPage() throws IOException {
    project.replace(SmallProject.SPEC, "Evidence: impl, property", "Evidence: impl, vector");
    Map<String, String> files = dossier();
    assertThat(files.get("clauses/LIM-1.html")).contains("LIM-1~2 lacks vector");
    assertThat(files.get("index.html")).contains("The gate is closed", "missing");
  }

  @Test
  void codeWithoutAClauseSaysWhy() throws IOException {
    project.replace(
        SmallProject.MAIN,
        "  public int",
        """
          @NonNormative("for the picture")
          public int no() {
            return 0;
          }

          public int\
        """);
    assertThat(dossier().get("code.html"))
        .contains("SampleLimiter.html#L9\"", "SampleLimiter.no", "for the picture");
  }

  @Test
  void whatHoldsByConstructionIsListedAsSuch() throws IOException {
    project.replace(
        SmallProject.TEST,
        "  @Verifies",
        "  @lockstep.spec.ByConstruction(\"no other way\")\n  @Verifies");
    TestOutcome unseen =
        new TestOutcome(
            "fiveFailuresLock", TestOutcome.Status.PASSED, 1, "", ExecutedCode.NOTHING, false);
    Map<String, String> files = dossier(run(unseen));
    assertThat(files.get("limits.html")).contains("no other way");
    assertThat(files.get("clauses/LIM-1.html"))
        .contains("by construction: no other way", "grade g-by-construction");
  }

  @Test
  void aModelsBoundStandsInTheGrade() throws IOException {
    project.write(
        "spec/models/limits.als",
        "check five { all s: State | ok[s] } for 4 Num, 2 Time expect 0\n");
    project.write(
        "properties/lockstep/vault/sample/LimitsModelTest.java",
        """
        package lockstep.vault.sample;

        import lockstep.spec.Verifies;
        import net.jqwik.api.Example;

        @lockstep.evidence.Model
        class LimitsModelTest {
          @Verifies("LIM-1~2")
          @Example
          boolean holds() {
            return "limits.als".length() == 10;
          }
        }
        """);
    TestOutcome checked =
        new TestOutcome("holds", TestOutcome.Status.PASSED, 1, "", ExecutedCode.NOTHING, false);
    TestRun model =
        new TestRun(
            "lockstep.vault.sample.LimitsModelTest", ExecutedCode.NOTHING, List.of(checked));
    assertThat(dossier(run(), model).get("clauses/LIM-1.html"))
        .contains("model-checked for 4 Num, 2 Time<", "checked <code>for 4 Num, 2 Time</code>");
  }

  @Test
  void markupOfTheSpecIsNoMarkupOfThePage() throws IOException {
    project.replace(SmallProject.SPEC, "at once.", "at `a<b`, <b>once</b> & *now*.").lock();
    assertThat(dossier().get("clauses/LIM-1.html"))
        .contains("at <code>a&lt;b</code>, &lt;b&gt;once&lt;/b&gt; &amp; <em>now</em>.");
  }
}
