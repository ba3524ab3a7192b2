package lockstep.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import lockstep.evidence.Model;
import lockstep.models.AlloyModel.Mutant;
import lockstep.spec.Verifies;
import org.junit.jupiter.api.Test;

/** {@code spec/models/knowledge.als}: who learns what, derived and compared with the claims. */
@Model
class KnowledgeModelTest {

  private static final AlloyModel MODEL = AlloyModel.named("knowledge");

  private static final Map<String, String> PARTIES =
      Map.of(
          "provider", "Provider",
          "messenger", "Messenger",
          "network", "Network",
          "operator", "Operator",
          "vault operator without sealed state", "Operator",
          "breached vault", "BreachedVault",
          "locked device", "LockedDevice",
          "unlocked device", "UnlockedDevice");

  private static final Map<String, String> CELLS =
      Map.of("No", "no", "Budget", "budget", "Offline", "offline attempts", "Known", "yes");

  private static final List<String> WORSE = List.of("no", "budget", "offline attempts", "yes");

  private static final List<String> SECRETS = List.of("content", "rootKey", "password", "feature");

  private static final List<Mutant> MUTANTS =
      List.of(
          new Mutant(
              "the keyset lies with the database",
              "Operator -> (Database + Transcript)",
              "Operator -> (Database + Transcript + VaultKeys)"),
          new Mutant(
              "the wrap is not under the export key",
              "(ExportKey + Wrap in k) implies RootKey",
              "(Wrap in k) implies RootKey"),
          new Mutant(
              "the device's state is not sealed",
              "(SealedState + Keystore in k) implies RootKey",
              "(SealedState in k) implies RootKey"),
          new Mutant(
              "objects are stored in clear",
              "(RootKey + Objects in k) implies Content",
              "(Objects in k) implies Content"),
          new Mutant(
              "records are stored unsealed, the seed with them",
              "(VaultKeys + Database in k) implies Record",
              "(Database in k) implies Seed + Record"),
          new Mutant(
              "every record is under the vault's one secret",
              "Record + Seed + RecordSecret in k or Verifier in k",
              "Record + Seed in k or Verifier in k"),
          new Mutant(
              "the record's secret is sent with the record",
              "(Transcript in k) implies Record else",
              "(Transcript in k) implies Record + RecordSecret else"),
          new Mutant(
              "the password is sent",
              "(Transcript in k) implies Token",
              "(Transcript in k) implies Token + Password"),
          new Mutant(
              "the 64-digit key is left with the provider",
              "Provider -> Objects",
              "Provider -> (Objects + Digits)"));

  @Test
  @Verifies({
    "KEY-1", "WRP-1", "OPQ-1", "SES-8", "ATR-1~2", "ATR-2", "DEV-1", "OBJ-3", "RKY-1", "USR-6"
  })
  void everyCommandOfTheModelAnswersAsTheSpecSays() {
    assertThat(MODEL.surprises()).isEmpty();
  }

  @Test
  void everyMutantOfTheModelIsCaught() {
    assertThat(MODEL.missed(MUTANTS)).isEmpty();
  }

  @Test
  void theThreatModelClaimsWhatTheModelDerivesOfEachCoalition() throws IOException {
    Map<Set<String>, List<String>> derived = derive();
    assertThat(derived).hasSize(127);
    Map<Set<String>, List<String>> claimed = claimed();
    assertThat(claimed.keySet())
        .containsAll(PARTIES.values().stream().map(Set::of).collect(Collectors.toSet()));
    assertThat(disputed(claimed, derived)).isEmpty();
    write(derived);
  }

  @Test
  void aCellOrARowThatIsWrongInTheClaimsIsFound() throws IOException {
    Map<Set<String>, List<String>> derived = derive();
    Map<Set<String>, List<String>> claimed = claimed();
    for (Set<String> who : List.copyOf(claimed.keySet())) {
      List<String> cells = claimed.get(who);
      for (int cell = 0; cell < SECRETS.size(); cell++) {
        List<String> wrong = new ArrayList<>(cells);
        wrong.set(cell, cells.get(cell).equals("yes") ? "no" : "yes");
        claimed.put(who, wrong);
        assertThat(disputed(claimed, derived)).as(who + " " + wrong).isNotEmpty();
      }
      claimed.put(who, cells);
    }
    Set<String> withoutARow = new TreeSet<>(Set.of("Provider", "Network"));
    assertThat(claimed.remove(withoutARow)).isNotNull();
    assertThat(disputed(claimed, derived)).contains(withoutARow);
  }

  /** The coalitions of which the claims say something else than the model. */
  private static Set<Set<String>> disputed(
      Map<Set<String>, List<String>> claimed, Map<Set<String>, List<String>> derived) {
    return derived.keySet().stream()
        .filter(
            who ->
                !derived.get(who).equals(worst(claimed, who))
                    || !derived.get(who).equals(claimed.getOrDefault(who, derived.get(who))))
        .collect(Collectors.toSet());
  }

  /** Of each secret the worst that the rows within a coalition say. */
  private static List<String> worst(Map<Set<String>, List<String>> claimed, Set<String> who) {
    return IntStream.range(0, SECRETS.size())
        .mapToObj(
            secret ->
                claimed.entrySet().stream()
                    .filter(row -> who.containsAll(row.getKey()))
                    .map(row -> row.getValue().get(secret))
                    .max(Comparator.comparingInt(WORSE::indexOf))
                    .orElse("nothing said"))
        .toList();
  }

  private static Map<Set<String>, List<String>> derive() {
    Map<Set<String>, List<String>> derived = new TreeMap<>(KnowledgeModelTest::compare);
    for (List<Map<String, String>> instance : MODEL.enumerate("TableOfCoalitions")) {
      Map<String, String> state = instance.get(0);
      List<String> cells = SECRETS.stream().map(secret -> CELLS.get(state.get(secret))).toList();
      Set<String> members = new TreeSet<>(Arrays.asList(state.get("members").split(",")));
      assertThat(derived.put(members, cells)).isNull();
    }
    return derived;
  }

  private static int compare(Set<String> a, Set<String> b) {
    return (a.size() + a.toString()).compareTo(b.size() + b.toString());
  }

  private static Map<Set<String>, List<String>> claimed() throws IOException {
    Path claims = Path.of(System.getProperty("lockstep.basedir", "."), "threat-model", "claims.md");
    String table = Files.readString(claims).split("## Who may learn what", -1)[1];
    Map<Set<String>, List<String>> claimed = new TreeMap<>(KnowledgeModelTest::compare);
    table
        .lines()
        .filter(line -> line.startsWith("| ") && !line.startsWith("| coalition"))
        .map(KnowledgeModelTest::row)
        .forEach(
            row ->
                claimed.put(
                    Arrays.stream(row.get(0).split(" \\+ "))
                        .map(PARTIES::get)
                        .collect(Collectors.toCollection(TreeSet::new)),
                    row.subList(1, 5)));
    return claimed;
  }

  private static List<String> row(String line) {
    return Arrays.stream(line.substring(1).split("\\|"))
        .map(cell -> cell.replaceAll("\\(.*\\)", "").trim())
        .toList();
  }

  private static void write(Map<Set<String>, List<String>> derived) throws IOException {
    StringBuilder text =
        new StringBuilder("| coalition | content | root key | password | feature |\n");
    text.append("|---|---|---|---|---|\n");
    derived.forEach(
        (who, cells) ->
            text.append(
                "| %s | %s |%n".formatted(String.join(" + ", who), String.join(" | ", cells))));
    Path directory = Path.of(System.getProperty("lockstep.build", "target"), "models");
    Files.createDirectories(directory);
    Files.writeString(directory.resolve("knowledge.md"), text);
  }
}
