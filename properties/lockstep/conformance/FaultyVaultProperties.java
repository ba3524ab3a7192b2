package lockstep.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import lockstep.models.FaultTable;
import lockstep.models.PlantedFault;
import lockstep.spec.Verifies;
import net.jqwik.api.Example;

/**
 * Vaults that are wrong in one place each fail in a case about the clause that they break. They are
 * made of the product and one of its planted faults; {@code vault-faults.txt} lists those that have
 * to be caught, of which a build tries three, and those that messages cannot show, with the reason.
 * {@code -Dlockstep.faulty.vaults=REGEX} tries those that it matches, .* all. What caught them is
 * written to {@code conformance/faulty-vaults.md}.
 */
class FaultyVaultProperties {

  private static final Path PROJECT = Path.of(System.getProperty("lockstep.basedir", "."));
  private static final Path BUILD = Path.of(System.getProperty("lockstep.build", "target"));
  private static final Optional<String> ASKED =
      Optional.ofNullable(System.getProperty("lockstep.faulty.vaults"));
  private static final Set<String> SAMPLE =
      Set.of(
          "RCP-1 receipts are no chain",
          "AUT-9 a record's command key is not proved",
          "STG-7 a second confirmation is answered");
  private static final String LIST = "properties/lockstep/conformance/vault-faults.txt";
  private static final String REASON = " :: ";

  /** What a vault decides. */
  private static final Pattern CLAUSES = Pattern.compile("(AUT|WIR|SES|STG|LIM|RCP|MRK|LEA)-\\d+");

  private static final Pattern CLASSES = Pattern.compile("lockstep\\.(vault|wire|kernel)\\..*");

  private static Set<String> ops() {
    return Capabilities.of(new ReferenceTestee()).orElseThrow().ops();
  }

  /** The first case about a clause that the testee fails, with what came; empty for none. */
  private static String caught(Testee testee, Predicate<TestCase> about) {
    for (TestCase test : Messages.all()) {
      if (about.test(test)
          && Messages.judge(test, () -> OperationDoor.open(testee, ops()))
              instanceof Verdict.Differs differs) {
        return test.id().replace("messages-", "") + " | " + differs.kind().replaceFirst(":.*", "");
      }
    }
    return "";
  }

  private static boolean cites(TestCase test, String clause) {
    return test.clauses().stream().anyMatch(cited -> cited.startsWith(clause + "~"));
  }

  @Example
  void whatCannotBeHadIsLeftOutAndSaid() {
    Testee testee = new ReferenceTestee();
    Set<String> still = Profiles.ops(Profiles.VAULT_MESSAGES);
    Map<String, String> wants =
        Map.of(
            "challenge-a-minute-old", "the vault's clock",
            "challenge-from-before-a-restart", "a restart of the vault",
            "a-clock-set-back-revives-no-token", "the vault's clock",
            "a-crash-keeps-record-and-mark", "a restart of the vault");
    for (TestCase test : Messages.all()) {
      String want = wants.get(test.id().replace("messages-", ""));
      if (want != null) {
        assertThat(Messages.judge(test, () -> OperationDoor.open(testee, still)))
            .as(test.id())
            .isEqualTo(new Verdict.NotOffered(Set.of(want)));
      }
    }
    assertThat(
            new ProfileResult("vault-messages", true, Set.of(), 9, 0, Map.of("a clock", 2L)).text())
        .contains("vault-messages (9 cases; left out for want of a clock: 2)");
  }

  @Example
  @Verifies("CNF-12")
  void aVaultThatAnswersNothingFailsEveryCase() {
    Testee silent =
        new ReferenceTestee() {
          @Override
          public Answer answer(String op, JsonNode input) {
            return op.equals("vault.exchange")
                ? Cases.result("{\"reply\":\"\"}")
                : super.answer(op, input);
          }
        };
    assertEveryCaseFails(silent, "garbage");
  }

  @Example
  @Verifies("CNF-12")
  void aVaultThatIsAlwaysUnavailableFailsEveryCase() {
    String seed = "01".repeat(32);
    Testee unavailable =
        new ReferenceTestee() {
          @Override
          public Answer answer(String op, JsonNode input) {
            ObjectNode asked = input.deepCopy();
            if (op.equals("vault.new")) {
              asked.put("vaultSeed", seed);
            }
            if (!op.equals("vault.exchange")) {
              return super.answer(op, asked);
            }
            asked.remove("session");
            asked.put("vaultSeed", seed).putObject("message").put("type", "unavailable");
            return super.answer("reply.sign", asked);
          }
        };
    assertEveryCaseFails(unavailable, "rejected:Unavailable");
  }

  @Example
  @Verifies("CNF-12")
  void aVaultWhoseRepliesAreSignedWronglyFailsEveryCase() {
    Testee forger =
        new ReferenceTestee() {
          @Override
          public Answer answer(String op, JsonNode input) {
            Answer answer = super.answer(op, input);
            if (!op.equals("vault.exchange")) {
              return answer;
            }
            String reply = ((Answer.Result) answer).value().get("reply").textValue();
            String last = reply.endsWith("0") ? "1" : "0";
            String forged = reply.substring(0, reply.length() - 1) + last;
            return Cases.result("{\"reply\":\"" + forged + "\"}");
          }
        };
    assertEveryCaseFails(forger, "garbage");
  }

  private static void assertEveryCaseFails(Testee testee, String kind) {
    for (TestCase test : Messages.all()) {
      Verdict verdict = Messages.judge(test, () -> OperationDoor.open(testee, ops()));
      assertThat(verdict).as(test.id()).isInstanceOf(Verdict.Differs.class);
      assertThat(((Verdict.Differs) verdict).kind()).as(test.id()).isEqualTo(kind);
    }
  }

  @Example
  void everyFaultOfAVaultIsCaughtOrExcused() throws IOException {
    FaultTable table = FaultTable.read(PROJECT);
    List<String> listed =
        Files.readAllLines(PROJECT.resolve(LIST)).stream()
            .filter(line -> !line.isBlank() && !line.startsWith("#"))
            .map(line -> line.split(REASON, 2)[0])
            .toList();
    assertThat(listed)
        .containsExactlyInAnyOrderElementsOf(
            table.faults().stream()
                .filter(fault -> isOfVault(table, fault))
                .map(PlantedFault::name)
                .toList());
  }

  @Example
  @Verifies("CNF-12")
  void aVaultThatIsWrongInOnePlaceFailsForThat() throws IOException {
    List<String> lines = Files.readAllLines(PROJECT.resolve(LIST));
    FaultTable table = FaultTable.read(PROJECT);
    List<PlantedFault> faults =
        table.faults().stream()
            .filter(fault -> isOfVault(table, fault))
            .filter(fault -> ASKED.map(fault.name()::matches).orElse(SAMPLE.contains(fault.name())))
            .toList();
    List<String> rows = new ArrayList<>();
    rows.add("| fault | class | caught by | what came |");
    rows.add("|---|---|---|---|");
    List<String> otherThanListed = new ArrayList<>();
    for (PlantedFault fault : faults) {
      String by = by(table, fault);
      rows.add(
          "| %s | `%s` | %s |"
              .formatted(fault.name(), fault.type(), by.isEmpty() ? "not seen | " : by));
      if (by.isEmpty() == lines.contains(fault.name())) {
        otherThanListed.add(fault.name());
      }
    }
    Files.createDirectories(BUILD.resolve("conformance"));
    Files.write(BUILD.resolve("conformance/faulty-vaults.md"), rows);
    assertThat(otherThanListed).isEmpty();
    assertThat(faults).isNotEmpty();
  }

  private static String by(FaultTable table, PlantedFault fault) throws IOException {
    try (Testee testee = new FaultyTestee(table.plant(fault))) {
      return caught(testee, test -> cites(test, fault.clause()));
    }
  }

  private static boolean isOfVault(FaultTable table, PlantedFault fault) {
    return CLAUSES.matcher(fault.clause()).matches()
        && CLASSES.matcher(table.typeName(fault)).matches();
  }
}
