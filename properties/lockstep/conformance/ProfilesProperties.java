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
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lockstep.evidence.Exhaustive;
import lockstep.evidence.Points;
import lockstep.spec.Verifies;
import net.jqwik.api.Example;

/** Nothing that nobody asked counts as examined. */
class ProfilesProperties {

  /** The reference with other claims and fewer operations. */
  private static Testee claiming(Set<String> profiles, Set<String> withoutOps) {
    return new ReferenceTestee() {
      @Override
      public Answer answer(String op, JsonNode input) {
        Answer answer = super.answer(op, input);
        if (!op.equals("capabilities")) {
          return answer;
        }
        ObjectNode claims = ((Answer.Result) answer).value().deepCopy();
        claims.putArray("profiles");
        profiles.forEach(claims.withArray("profiles")::add);
        Set<String> ops = new TreeSet<>();
        claims.get("ops").forEach(one -> ops.add(one.textValue()));
        ops.removeAll(withoutOps);
        claims.putArray("ops");
        ops.forEach(claims.withArray("ops")::add);
        return new Answer.Result(claims);
      }
    };
  }

  private static ConformanceReport examined(Set<String> profiles, Set<String> withoutOps) {
    return Conformance.standard().withSchedules(1, 1).examine(claiming(profiles, withoutOps));
  }

  private static Stream<TestCase> cases() {
    return Stream.of(Vectors.bundled(), Complements.all(), Stories.all(), Messages.all())
        .flatMap(List::stream);
  }

  @Example
  @Exhaustive("each operation of each profile")
  @Verifies("CNF-10")
  void everyOperationOfAProfileIsAsked() {
    List<String> unasked = new ArrayList<>();
    for (String profile : Profiles.all()) {
      Set<String> asked =
          cases()
              .filter(test -> test.profiles().contains(profile))
              .flatMap(test -> test.ops().stream())
              .collect(Collectors.toSet());
      for (String op : Profiles.ops(profile)) {
        if (!asked.contains(op)) {
          unasked.add(profile + ": " + op);
        }
        Points.visited();
      }
    }
    assertThat(unasked).isEmpty();
  }

  @Example
  @Verifies("CNF-10")
  void everyCaseAndEveryOperationOfTheOracleBelongsToAProfile() {
    assertThat(cases().filter(test -> test.profiles().isEmpty()).map(TestCase::id)).isEmpty();
    Set<String> ops = new TreeSet<>(Capabilities.of(new ReferenceTestee()).orElseThrow().ops());
    Profiles.all().forEach(profile -> ops.removeAll(Profiles.ops(profile)));
    assertThat(ops).containsExactly("capabilities", "vault.restart");
  }

  @Example
  @Exhaustive("each operation of the two format profiles, left out alone")
  @Verifies("CNF-10")
  void aProfileThatLacksAnyOfItsOperationsIsNotConformant() {
    for (String profile : List.of("format-writer", "format-reader")) {
      for (String op : Profiles.ops(profile)) {
        ProfileResult result =
            ProfileResult.of(
                profile,
                Capabilities.of(claiming(Set.of(profile), Set.of(op))).orElseThrow(),
                List.of());
        assertThat(result.missing()).containsExactly(op);
        assertThat(new ProfileResult(profile, true, Set.of(op), 9, 0, Map.of()).isConformant())
            .isFalse();
        Points.visited();
      }
    }
    assertThat(new ProfileResult("device", true, Set.of(), 9, 0, Map.of()).isConformant()).isTrue();
    assertThat(new ProfileResult("device", true, Set.of(), 0, 0, Map.of()).isConformant())
        .isFalse();
    assertThat(new ProfileResult("device", true, Set.of(), 9, 1, Map.of()).isConformant())
        .isFalse();
    assertThat(new ProfileResult("device", false, Set.of(), 9, 0, Map.of()).isConformant())
        .isFalse();
  }

  @Example
  @Verifies({"CNF-11", "CNF-10", "CNF-2~2"})
  void theFirstLineSaysWhatWasExamined() {
    ConformanceReport whole = examined(Set.of("format-writer"), Set.of());
    assertThat(whole.isConformant()).isTrue();
    assertThat(whole.firstLine())
        .matches(
            "lockstep reference\\. Conformant: format-writer \\(\\d+ cases\\)\\. Not examined:"
                + " primitives, format-reader, device, limiter, vault-machine, vault-messages\\.");
    ConformanceReport less = examined(Set.of("format-writer"), Set.of("head.seal", "padme"));
    assertThat(less.isConformant()).isFalse();
    assertThat(less.hasFailed()).isFalse();
    assertThat(less.firstLine())
        .contains("Not examined whole: format-writer (", "; not offered: head.seal, padme)");
    ConformanceReport other =
        Conformance.standard()
            .withProfiles(Set.of("format-reader"))
            .examine(claiming(Set.of("format-writer"), Set.of()));
    assertThat(other.isConformant()).isFalse();
    assertThat(other.hasFailed()).isFalse();
    assertThat(other.firstLine()).contains("Not examined whole: format-reader (not claimed)");
  }

  @Example
  @Verifies({"CNF-2~2", "CNF-11"})
  void aClaimOfNothingOrOfAnUnknownProfileIsNoConformance() {
    ConformanceReport nothing = examined(Set.of(), Set.of());
    assertThat(nothing.isConformant()).isFalse();
    assertThat(nothing.hasFailed()).isFalse();
    ConformanceReport unknown = examined(Set.of("format-writer", "vault"), Set.of());
    assertThat(unknown.hasFailed()).isTrue();
    assertThat(unknown.troubles()).hasSize(1).first().asString().contains("format-reader");
  }

  @Example
  @Verifies("CNF-11")
  void oneCaseIsNoProfile() {
    Conformance one = Conformance.standard().withCase("payload-0001");
    ConformanceReport report = one.examine(new ReferenceTestee());
    assertThat(report.isConformant()).isTrue();
    assertThat(report.firstLine()).contains("payload-0001; no profile was examined");
    assertThat(one.withCase("payload-none").examine(new ReferenceTestee()).hasFailed()).isTrue();
  }

  @Example
  @Verifies("CNF-10")
  void aWrapIsOpenedByTheReference() {
    TestCase wrap =
        Complements.all().stream()
            .filter(one -> one.id().endsWith("wrap-1"))
            .findFirst()
            .orElseThrow();
    Testee flipping =
        new ReferenceTestee() {
          @Override
          public Answer answer(String op, JsonNode input) {
            String json = super.answer(op, input).toJson().get("result").toString();
            return Cases.result(json.replaceFirst("\"wrap\":\"....", "\"wrap\":\"0000"));
          }
        };
    Set<String> ops = Set.of("rootkey.wrap");
    assertThat(new CaseRun(new ReferenceTestee(), ops).judge(wrap))
        .isInstanceOf(Verdict.Passed.class);
    Verdict verdict = new CaseRun(flipping, ops).judge(wrap);
    assertThat(((Verdict.Differs) verdict).where()).isEqualTo("wrap");
  }

  @Example
  @Verifies("CNF-7~2")
  void failuresThatLookAlikeAreOneCause() {
    Testee damaged =
        new ReferenceTestee() {
          @Override
          public Answer answer(String op, JsonNode input) {
            return op.equals("padme") ? new Answer.Rejected("Damaged") : super.answer(op, input);
          }
        };
    ConformanceReport report =
        Conformance.standard().withProfiles(Set.of("format-writer")).examine(damaged);
    List<String> lines = report.explained(5);
    assertThat(lines.get(0)).isEqualTo("1 cause:");
    assertThat(lines.get(2)).matches(" +" + report.failed() + "  padme +result +Damaged");
    assertThat(lines.get(3)).contains("lockstep conformance --case objects-");
    assertThat(lines.stream().filter(line -> line.startsWith("clause PAD-1"))).hasSize(1);
    assertThat(report.failed()).isGreaterThan(1);
  }

  @Example
  void thePageListsTheProfiles() throws IOException {
    Path spec = Path.of(System.getProperty("lockstep.basedir", "."), "spec");
    String page = Files.readString(spec.resolve("oracle.md"));
    for (String profile : Profiles.all()) {
      String ops =
          Profiles.ops(profile).stream()
              .map(op -> "`" + op + "`")
              .collect(Collectors.joining(", "));
      assertThat(page).contains("| `" + profile + "` | ");
      assertThat(page).contains(" | " + ops + " |");
    }
  }
}
