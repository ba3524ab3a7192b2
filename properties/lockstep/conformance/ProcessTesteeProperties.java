package lockstep.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import lockstep.conformance.Answer.Broken;
import lockstep.conformance.Answer.Fault;
import lockstep.spec.Verifies;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Whatever a child process does, its request gets an answer or a fault, and the next one too. */
class ProcessTesteeProperties {

  private static final ObjectNode INPUT = JsonNodeFactory.instance.objectNode();

  /** Answers by shell arithmetic: the id is the only number in a request. */
  private static final String ECHO =
      "while read -r line; do id=${line#*:}; id=${id%%,*};"
          + " case $line in *BREAK*) %s;; esac;"
          + " echo '{\"id\":'$id',\"result\":{\"n\":'$id'}}'; done";

  private static Testee shell(String onBreak) {
    return Testee.process(List.of("sh", "-c", ECHO.replace("%s", onBreak)), Duration.ofMillis(700));
  }

  private static void assertBreaksAndRecovers(String onBreak, Fault fault, String detail) {
    try (Testee testee = shell(onBreak)) {
      assertThat(testee.answer("x", INPUT)).isInstanceOf(Answer.Result.class);
      Answer broken = testee.answer("BREAK", INPUT);
      assertThat(broken).isInstanceOf(Broken.class);
      assertThat(((Broken) broken).fault()).isEqualTo(fault);
      assertThat(((Broken) broken).detail()).contains(detail);
      assertThat(testee.answer("x", INPUT)).isInstanceOf(Answer.Result.class);
    }
  }

  @Example
  @Verifies("CNF-3")
  void aCrashEndsTheCaseOnly() {
    assertBreaksAndRecovers("echo 'out of luck' >&2; exit 3", Fault.CRASH, "exit code 3");
    assertBreaksAndRecovers("echo 'out of luck' >&2; exit 3", Fault.CRASH, "out of luck");
    assertBreaksAndRecovers("kill -9 $$", Fault.CRASH, "exit code 137");
  }

  @Example
  @Verifies("CNF-3")
  void aHangEndsTheCaseOnly() {
    assertBreaksAndRecovers("sleep 60", Fault.HANG, "700 ms");
  }

  @Example
  @Verifies({"CNF-3", "CNF-1"})
  void garbageEndsTheCaseOnly() {
    assertBreaksAndRecovers("echo hello", Fault.GARBAGE, "not JSON");
    assertBreaksAndRecovers("echo 7", Fault.GARBAGE, "not a JSON object");
    assertBreaksAndRecovers("echo '{\"id\":99,\"result\":{}}'", Fault.GARBAGE, "id");
    assertBreaksAndRecovers("echo '{\"id\":'$id'}'", Fault.GARBAGE, "exactly one");
    assertBreaksAndRecovers(
        "echo '{\"id\":'$id',\"result\":{},\"error\":\"both\"}'", Fault.GARBAGE, "exactly one");
    assertBreaksAndRecovers("yes", Fault.GARBAGE, "not JSON");
  }

  @Example
  @Verifies("CNF-3")
  void aLineWithoutEndIsAHang() {
    assertBreaksAndRecovers("printf '{'; sleep 60", Fault.HANG, "no answer");
  }

  @Example
  @Verifies("CNF-1")
  void aProcessThatReadsNothingDoesNotStopTheKit() {
    ObjectNode large = JsonNodeFactory.instance.objectNode().put("x", "00".repeat(1 << 20));
    try (Testee testee = Testee.process(List.of("sleep", "60"), Duration.ofMillis(300))) {
      assertThat(testee.answer("x", large)).isInstanceOf(Broken.class);
    }
  }

  @Example
  @Verifies("CNF-3")
  void aCommandThatDoesNotExistIsACrash() {
    try (Testee testee = Testee.process(List.of("/no/such/program"), Duration.ofSeconds(1))) {
      assertThat(testee.answer("x", INPUT).toJson().has("crash")).isTrue();
    }
  }

  @Example
  @Verifies("CNF-1")
  void noTwoRequestsHaveOneId() {
    String echo =
        "while read -r line; do id=$(echo \"$line\" | sed 's/^{\"id\":\\([0-9]*\\).*/\\1/');"
            + " echo \"{\\\"id\\\":$id,\\\"result\\\":{\\\"id\\\":$id}}\"; done";
    Set<Integer> ids = new HashSet<>();
    try (Testee testee = Testee.process(List.of("sh", "-c", echo), Duration.ofSeconds(5))) {
      for (int i = 0; i < 20; i++) {
        ids.add(testee.answer("x", INPUT).toJson().path("result").path("id").asInt(-i - 1));
      }
    }
    assertThat(ids).hasSize(20).allMatch(id -> id >= 0);
  }

  @Property(tries = 3)
  @Verifies("CNF-1")
  void everyRequestGetsItsOwnAnswer(@ForAll @IntRange(min = 1, max = 200) int requests) {
    try (Testee testee = shell("true")) {
      for (int i = 1; i <= requests; i++) {
        Answer answer = testee.answer("x", INPUT);
        assertThat(answer.toJson().path("result").path("n").asInt()).isEqualTo(i);
      }
    }
  }
}
