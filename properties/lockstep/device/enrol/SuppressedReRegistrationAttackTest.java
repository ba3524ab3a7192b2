package lockstep.device.enrol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import lockstep.device.TestDevice;
import lockstep.device.TestProvider;
import lockstep.device.VaultSite;
import lockstep.device.leaving.DisableProperties;
import lockstep.device.state.PlainCopies;
import lockstep.device.vault.UnlockOutcome;
import lockstep.device.vault.VaultClient;
import lockstep.device.vault.VaultConnection;
import lockstep.evidence.Attack;
import lockstep.secret.Password;
import lockstep.spec.Verifies;
import lockstep.wire.Bytes;
import lockstep.wire.Reply;
import lockstep.wire.Request;
import lockstep.wire.SignedReply;
import org.junit.jupiter.api.Test;

/**
 * The extra-attempt attack of the CRYPTO 2023 analysis: whoever controls the network suppresses the
 * end of each registration, so that the user's device registers one password again and again, and
 * hopes for a fresh budget of attempts with every registration.
 */
@Attack
class SuppressedReRegistrationAttackTest {

  private static final String PASSWORD = "correct horse";

  /** A network that passes everything on, remembers it, and swallows replies of one kind. */
  private static final class Suppressor implements VaultClient {
    private final VaultSite site;
    private final Class<? extends Request> suppressed;
    private final List<byte[]> confirms = new ArrayList<>();
    private final Set<Bytes> evaluations = new HashSet<>();

    Suppressor(VaultSite site, Class<? extends Request> suppressed) {
      this.site = site;
      this.suppressed = suppressed;
    }

    @Override
    public byte[] exchange(byte[] request) throws IOException {
      byte[] answer = site.exchange(request);
      Request decoded = Request.decode(request).orElseThrow();
      if (decoded instanceof Request.Confirm) {
        confirms.add(request);
      }
      count(answer);
      if (suppressed.isInstance(decoded)) {
        throw new IOException("swallowed");
      }
      return answer;
    }

    void count(byte[] answer) {
      Reply reply = SignedReply.decode(answer).orElseThrow().reply();
      if (reply instanceof Reply.Evaluated evaluated) {
        evaluations.add(evaluated.ke2());
      }
    }
  }

  /** The name had a record, which its owner has disabled. */
  @Test
  @Verifies({"STG-4", "STG-7~2", "LIM-8~2", "LIM-12", "LIM-14"})
  void suppressedEnrolmentsShareTheBudgetOfTheirEpoch() throws IOException {
    try (VaultSite site = new VaultSite()) {
      TestDevice device = new TestDevice();
      assertThat(enrol(device, site.connection())).isInstanceOf(EnrolmentOutcome.Enrolled.class);
      device.run(
          state -> DisableProperties.disable(state, site.connection(), new TestProvider(), true));
      Suppressor network = new Suppressor(site, Request.Confirm.class);
      Map<Long, Integer> evaluated = new TreeMap<>();
      for (int i = 0; i < 40; i++) {
        int known = network.evaluations.size();
        EnrolmentOutcome outcome = enrol(device, site.connection(network));
        evaluated.merge(site.status().epoch(), network.evaluations.size() - known, Integer::sum);
        if (outcome instanceof EnrolmentOutcome.Locked) {
          site.pass(Duration.ofHours(24));
        }
        // The thief replays what was confirmed, which is evaluated no second time, and tries a
        // password on whatever is there.
        int before = network.evaluations.size();
        for (byte[] confirm : network.confirms) {
          network.count(site.exchange(confirm));
        }
        assertThat(network.evaluations).hasSize(before);
        assertThat(new TestDevice().unlock(site, "battery staple"))
            .isInstanceOf(UnlockOutcome.NotEnrolled.class);
        assertThat(site.status().record()).isEqualTo(Reply.RecordState.NONE);
      }
      assertThat(evaluated).hasSizeGreaterThan(1);
      assertThat(evaluated.values()).allMatch(evaluations -> evaluations <= 10);
    }
  }

  /**
   * A name that never had a record takes stages for as long as anybody likes (LIM-8), and none of
   * them compares a guess: the record that comes into force at last has one budget before it.
   */
  @Test
  @Verifies({"STG-7~2", "LIM-8~2", "LIM-12"})
  void suppressedFirstEnrolmentsCompareNoGuess() throws IOException {
    try (VaultSite site = new VaultSite()) {
      TestDevice device = new TestDevice();
      TestDevice thief = new TestDevice();
      Suppressor network = new Suppressor(site, Request.Confirm.class);
      Suppressor guesses = new Suppressor(site, Request.Disable.class);
      for (int i = 0; i < 25; i++) {
        if (enrol(device, site.connection(network)) instanceof EnrolmentOutcome.Locked) {
          site.pass(Duration.ofHours(24));
        }
        assertThat(thief.unlock(site.connection(guesses), "battery staple"))
            .isInstanceOf(UnlockOutcome.NotEnrolled.class);
      }
      assertThat(network.confirms).as("more than one budget of stages").hasSizeGreaterThan(10);
      assertThat(guesses.evaluations).isEmpty();
      site.pass(Duration.ofHours(24));
      assertThat(enrol(device, site.connection())).isInstanceOf(EnrolmentOutcome.Enrolled.class);
      for (int i = 0; i < 15; i++) {
        if (thief.unlock(site.connection(guesses), "battery staple")
            instanceof UnlockOutcome.Locked) {
          site.pass(Duration.ofHours(24));
        }
      }
      assertThat(site.status().record()).isEqualTo(Reply.RecordState.DESTROYED);
      assertThat(guesses.evaluations).hasSizeLessThanOrEqualTo(10);
    }
  }

  @Test
  @Verifies({"STG-4", "LIM-12", "LIM-14"})
  void aReRegistrationGivesAThiefNoAttemptBack() throws IOException {
    try (VaultSite site = new VaultSite()) {
      TestDevice device = new TestDevice();
      Suppressor network = new Suppressor(site, Request.Confirm.class);
      for (int i = 0; i < 3; i++) {
        enrol(device, site.connection(network));
      }
      assertThat(site.status().charges()).isEqualTo(3);
      assertThat(enrol(device, site.connection())).isInstanceOf(EnrolmentOutcome.Enrolled.class);
      assertThat(site.status().charges()).as("only its own charge came back").isEqualTo(3);
      TestDevice thief = new TestDevice();
      assertThat(thief.unlock(site, "battery staple"))
          .isEqualTo(new UnlockOutcome.WrongPassword(1, 0));
      assertThat(((UnlockOutcome.WrongPassword) thief.unlock(site, "battery staple")).lockedUntil())
          .isPositive();
      assertThat(thief.unlock(site, "battery staple")).isInstanceOf(UnlockOutcome.Locked.class);
    }
  }

  @Test
  @Verifies({"STG-4", "LIM-14", "CHG-1"})
  void suppressedPasswordChangesGiveAThiefNoAttemptBack() throws IOException {
    try (VaultSite site = new VaultSite()) {
      TestDevice device = new TestDevice();
      enrol(device, site.connection());
      Suppressor network = new Suppressor(site, Request.Confirm.class);
      TestDevice thief = new TestDevice();
      int guesses = 0;
      // Each change needs the password itself, which is a success; between two of them the thief
      // and the reserved charges share what is left.
      for (int i = 0; i < 3; i++) {
        device.change(site.connection(network), PASSWORD, "another password");
        int reserved = site.status().charges();
        assertThat(reserved).isEqualTo(1);
        UnlockOutcome outcome = thief.unlock(site, "battery staple");
        while (outcome instanceof UnlockOutcome.WrongPassword wrong && wrong.lockedUntil() == 0) {
          guesses++;
          outcome = thief.unlock(site, "battery staple");
        }
        assertThat(guesses).isEqualTo(3);
        guesses = 0;
        site.pass(Duration.ofHours(24));
      }
    }
  }

  private static EnrolmentOutcome enrol(TestDevice device, VaultConnection connection) {
    try (Password password = VaultSite.password(PASSWORD)) {
      return device.run(
          state ->
              new Enrolment(state, connection).enrol(VaultSite.ALICE, password, PlainCopies.NONE));
    }
  }
}
