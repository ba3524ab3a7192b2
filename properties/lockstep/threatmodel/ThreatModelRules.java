package lockstep.threatmodel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lockstep.evidence.Rule;
import org.junit.jupiter.api.Test;

/** The threat model names only clauses, assumptions and tests that exist. */
@Rule
final class ThreatModelRules {

  private static final Pattern ID = Pattern.compile("\\b([A-Z]{3}-[0-9]+)\\b");
  private static final Pattern TEST =
      Pattern.compile("`([A-Za-z]+(?:AttackTest|Properties|Rules|Fuzz|VectorsTest))`");

  @Test
  void everyNamedClauseClaimAndAssumptionExists() throws IOException {
    assertThat(unknownIds(read("threat-model"))).isEmpty();
  }

  @Test
  void everyNamedTestExists() throws IOException {
    assertThat(unknownTests(read("threat-model"))).isEmpty();
  }

  @Test
  void everyAttackTestIsListed() throws IOException {
    Set<String> attacks =
        testClasses().stream()
            .filter(name -> name.endsWith("AttackTest"))
            .collect(Collectors.toCollection(TreeSet::new));
    attacks.removeAll(namesIn(TEST, Files.readString(Path.of("threat-model", "attacks.md"))));
    assertThat(attacks).isEmpty();
  }

  @Test
  void aNameThatDoesNotExistIsCaught() throws IOException {
    assertThat(unknownIds("LIM-3 and LIM-999")).containsExactly("LIM-999");
    assertThat(unknownTests("`BudgetAttackTest` and `NoSuchAttackTest`"))
        .contains("NoSuchAttackTest");
  }

  private static Set<String> unknownIds(String text) throws IOException {
    Set<String> unknown = namesIn(ID, text);
    unknown.removeAll(namesIn(Pattern.compile("### ([A-Z]{3}-[0-9]+) "), read("spec")));
    unknown.removeAll(namesIn(Pattern.compile("\\| (ASM-[0-9]+) \\|"), read("spec")));
    unknown.removeAll(namesIn(Pattern.compile("\\| (THR-[0-9]+) \\|"), read("threat-model")));
    return unknown;
  }

  private static Set<String> unknownTests(String text) throws IOException {
    Set<String> unknown = namesIn(TEST, text);
    unknown.removeAll(testClasses());
    return unknown;
  }

  private static Set<String> testClasses() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("properties"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".java"))
          .map(name -> name.substring(0, name.length() - ".java".length()))
          .collect(Collectors.toSet());
    }
  }

  private static Set<String> namesIn(Pattern pattern, String text) {
    Set<String> names = new TreeSet<>();
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      names.add(matcher.group(1));
    }
    return names;
  }

  private static String read(String directory) throws IOException {
    try (Stream<Path> files = Files.list(Path.of(directory))) {
      List<Path> pages = files.filter(file -> file.toString().endsWith(".md")).sorted().toList();
      StringBuilder text = new StringBuilder();
      for (Path page : pages) {
        text.append(Files.readString(page));
      }
      return text.toString();
    }
  }
}
