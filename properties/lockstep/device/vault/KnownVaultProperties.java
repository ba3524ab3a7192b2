package lockstep.device.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lockstep.device.VaultSite;
import lockstep.evidence.Exhaustive;
import lockstep.evidence.Points;
import lockstep.spec.Verifies;
import lockstep.wire.Authority;
import lockstep.wire.Bytes;
import lockstep.wire.Policy;
import lockstep.wire.Receipt;
import lockstep.wire.Reply;
import lockstep.wire.Request;
import lockstep.wire.StretchingParameters;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** What a device believes of receipts and reports after those that it holds. */
class KnownVaultProperties {

  private static final int LENGTH = 20;
  private static final int KE2_BYTES = 259;
  private static final Bytes KE1 = Bytes.zero(98);
  private static final Authority SIGNATURE = new Authority.StageSignature(Bytes.zero(64));

  @Property(tries = 300)
  @Verifies("RCP-3")
  void oneChainNeverContradictsItselfWhateverIsMissed(
      @ForAll @Size(max = LENGTH) List<Boolean> heard, @ForAll int seed) {
    List<Receipt> chain = chain(seed, LENGTH);
    KnownVault known = KnownVault.first(Bytes.zero(32));
    for (int i = 0; i < heard.size(); i++) {
      Receipt next = chain.get(i);
      if (heard.get(i)) {
        assertThat(known.contradicts(next.body())).isFalse();
        known = known.with(next);
        assertThat(known.contradicts(next.body())).as("the same again").isFalse();
      } else {
        Reply.StatusReport report = report(known, chain, i);
        assertThat(known.contradicts(report)).isFalse();
        known = i % 2 == 0 ? known.with(report) : known;
      }
    }
  }

  @Property(tries = 300)
  @Verifies("RCP-3")
  void whatIsOlderThanTheNewestContradicts(
      @ForAll @IntRange(min = 1, max = LENGTH - 1) int newest,
      @ForAll @IntRange(max = LENGTH - 1) int told,
      @ForAll int seed) {
    List<Receipt> chain = chain(seed, LENGTH);
    KnownVault known = KnownVault.first(Bytes.zero(32)).with(chain.get(newest));
    assertThat(known.contradicts(chain.get(told).body())).isEqualTo(told < newest);
    assertThat(known.contradicts(report(known, chain, told))).isEqualTo(told < newest);
  }

  @Property(tries = 300)
  @Verifies("RCP-3")
  void aForkContradictsAtItsFirstReceiptAndAtTheNext(
      @ForAll @IntRange(min = 1, max = LENGTH - 2) int newest,
      @ForAll int seed,
      @ForAll int otherSeed) {
    KnownVault known = KnownVault.first(Bytes.zero(32)).with(chain(seed, LENGTH).get(newest));
    List<Receipt> fork = chain(otherSeed, LENGTH);
    boolean another = seed != otherSeed;
    assertThat(known.contradicts(fork.get(newest).body())).isEqualTo(another);
    assertThat(known.contradicts(report(known, fork, newest))).isEqualTo(another);
    assertThat(known.contradicts(fork.get(newest + 1).body())).isEqualTo(another);
  }

  @Property(tries = 300)
  @Verifies("RCP-3")
  void ofTwoReceiptsOnlyALaterOneOfTheSameChainMayFollow(
      @ForAll @IntRange(max = LENGTH - 2) int held,
      @ForAll @IntRange(max = LENGTH - 1) int told,
      @ForAll int seed,
      @ForAll int otherSeed) {
    List<Receipt> chain = chain(seed, LENGTH);
    Receipt known = chain.get(held);
    assertThat(ReceiptOrder.allows(Bytes.zero(32), known, chain.get(told))).isEqualTo(told >= held);
    List<Receipt> fork = chain(otherSeed, LENGTH);
    boolean same = seed == otherSeed;
    assertThat(ReceiptOrder.allows(Bytes.zero(32), known, fork.get(held))).isEqualTo(same);
    assertThat(ReceiptOrder.allows(Bytes.zero(32), known, fork.get(held + 1))).isEqualTo(same);
  }

  /** A vault that was put back and went on: whatever number it reaches, the chain shows it. */
  @Property(tries = 300)
  @Verifies("RCP-4")
  void aForkContradictsHoweverLongItHasBecome(
      @ForAll @IntRange(min = 2, max = LENGTH - 2) int newest,
      @ForAll @IntRange(min = 1, max = LENGTH - 1) int putBackTo,
      @ForAll @IntRange(max = LENGTH - 1) int reached) {
    List<Receipt> chain = chain(1, LENGTH);
    KnownVault known = KnownVault.first(Bytes.zero(32)).with(chain.get(newest));
    List<Receipt> fork = fork(chain, putBackTo);
    boolean forked = putBackTo <= newest;
    boolean older = reached < newest;
    assertThat(known.contradicts(report(known, fork, reached))).isEqualTo(forked || older);
  }

  @Property(tries = 200)
  @Verifies("RCP-4")
  void aReportThatDoesNotShowTheChainContradicts(@ForAll @IntRange(min = 1, max = 100) int later) {
    List<Receipt> chain = chain(1, 102);
    KnownVault known = KnownVault.first(Bytes.zero(32)).with(chain.get(0));
    Reply.StatusReport silent = report(chain.get(later), List.of());
    assertThat(known.contradicts(silent)).isEqualTo(later < 64);
    assertThat(known.cannotTell(silent)).isEqualTo(later >= 64);
    List<Bytes> right = report(known, chain, later).receiptHashes();
    if (later < 64) {
      assertThat(right).hasSize(later + 1);
      assertThat(known.contradicts(report(chain.get(later), right))).isFalse();
      assertThat(known.contradicts(report(chain.get(later), right.subList(1, later + 1)))).isTrue();
      assertThat(known.contradicts(report(chain.get(later - 1), right))).isTrue();
    } else {
      assertThat(right).isEmpty();
    }
  }

  @Property(tries = 100)
  @Verifies("RCP-5")
  void timeAndEpochDoNotGoBack(
      @ForAll @IntRange(max = 2) int epochs, @ForAll @IntRange(max = 2) int seconds) {
    Receipt first = receipt(Receipt.Kind.ATTEMPT, 2, 1_000, 1, Bytes.zero(32));
    KnownVault known = KnownVault.first(Bytes.zero(32)).with(first);
    for (Receipt.Kind kind : Receipt.Kind.values()) {
      Receipt next = receipt(kind, 1 + epochs, seconds * 1_000L, 2, first.body().hash());
      boolean begins = kind == Receipt.Kind.STAGE_RESERVED_IN_NEW_EPOCH;
      boolean fits = seconds >= 1 && (epochs == 1 || (epochs == 2 && begins));
      assertThat(known.contradicts(next.body())).as(kind + " " + epochs).isEqualTo(!fits);
      Receipt later = receipt(kind, 1 + epochs, seconds * 1_000L, 9, Bytes.zero(32));
      assertThat(known.contradicts(later.body())).isEqualTo(seconds < 1 || epochs < 1);
    }
  }

  @Property(tries = 200)
  @Verifies("RCP-5")
  void aReceiptIsOfWhatWasAsked(
      @ForAll Receipt.Kind kind, @ForAll @IntRange(min = 1, max = 2) int generation) {
    Receipt given = receipt(kind, 1, 1_000, 1, Bytes.zero(32));
    Request asked =
        new Request.Activate(
            VaultSite.ALICE, generation, new Authority.StageSignature(Bytes.zero(64)));
    boolean enrols = kind == Receipt.Kind.ENROLLED || kind == Receipt.Kind.CHANGED;
    assertThat(ReceiptFit.fits(asked, new Reply.Activated(given)))
        .isEqualTo(enrols && generation == 1);
    assertThat(ReceiptFit.fits(asked, new Reply.Disabled(given)))
        .isEqualTo(kind == Receipt.Kind.DISABLED);
    assertThat(ReceiptFit.fits(asked, new Reply.Restarted(given)))
        .isEqualTo(kind == Receipt.Kind.RESTARTED);
    assertThat(ReceiptFit.fits(asked, new Reply.Marked(given)))
        .isEqualTo(kind == Receipt.Kind.MARKED);
  }

  /** An attempt tells what its receipt signs: kind, generation, what is left, and until when. */
  @Property(tries = 500)
  @Verifies("RCP-5")
  void anAttemptTellsWhatItsReceiptSigns(
      @ForAll Receipt.Kind kind,
      @ForAll @IntRange(max = 5) int charges,
      @ForAll @IntRange(max = 1) int signedLock,
      @ForAll @IntRange(max = 2) int toldLock,
      @ForAll @IntRange(max = 5) int told,
      @ForAll @IntRange(min = 1, max = 2) int generation) {
    Receipt.Body body =
        new Receipt.Body(
            kind, VaultSite.ALICE, 1, 1, charges, 1, signedLock, 1_000, 1, Bytes.zero(32));
    Receipt receipt = new Receipt(body, Bytes.zero(64));
    Reply.Evaluated reply = evaluated(generation, told, toldLock, false, Optional.of(receipt));
    int left = signedLock == 0 ? 5 - charges : 0;
    boolean fits =
        kind == Receipt.Kind.ATTEMPT
            && charges > 0
            && generation == 1
            && toldLock == signedLock
            && told == left;
    Request attempt = new Request.Attempt(VaultSite.ALICE, KE1, SIGNATURE);
    assertThat(ReceiptFit.fits(attempt, reply)).isEqualTo(fits);
    Reply without = evaluated(generation, told, toldLock, false, Optional.empty());
    assertThat(ReceiptFit.fits(attempt, without)).isFalse();
    Request confirm = new Request.Confirm(VaultSite.ALICE, 1, KE1, SIGNATURE);
    assertThat(ReceiptFit.fits(confirm, reply)).isFalse();
    assertThat(ReceiptFit.fits(confirm, without)).isTrue();
  }

  /** Most random cases would never fit; of these, all that are told of an attempt do. */
  @Property(tries = 20)
  @Verifies("RCP-5")
  void whatAnHonestVaultTellsOfAnAttemptFits(
      @ForAll @IntRange(min = 1, max = 5) int charges, @ForAll @IntRange(max = 1) int otherLock) {
    int lock = charges == 5 ? 7_000 : 0;
    for (Receipt.Kind kind : Receipt.Kind.values()) {
      Receipt.Body body =
          new Receipt.Body(kind, VaultSite.ALICE, 1, 1, charges, 1, lock, 1, 1, Bytes.zero(32));
      Receipt receipt = new Receipt(body, Bytes.zero(64));
      Reply told = evaluated(1, 5 - charges, lock + otherLock, false, Optional.of(receipt));
      Request attempt = new Request.Attempt(VaultSite.ALICE, KE1, SIGNATURE);
      assertThat(ReceiptFit.fits(attempt, told))
          .as(kind.toString())
          .isEqualTo(kind == Receipt.Kind.ATTEMPT && otherLock == 0);
    }
  }

  /**
   * Of five charges in each of two rounds only the tenth is the last, and no eleventh is signed.
   */
  @Example
  @Verifies("RCP-5")
  @Exhaustive("charge and round that a receipt can sign, and what is told of them")
  void thatAnAttemptWasTheLastIsToldAsItIsSigned() {
    Request attempt = new Request.Attempt(VaultSite.ALICE, KE1, SIGNATURE);
    for (int round = 1; round <= 3; round++) {
      for (int charges = 1; charges <= 6; charges++) {
        for (boolean told : new boolean[] {false, true}) {
          int lock = charges >= 5 ? 7_000 : 0;
          Receipt.Body body =
              new Receipt.Body(
                  Receipt.Kind.ATTEMPT,
                  VaultSite.ALICE,
                  1,
                  1,
                  charges,
                  round,
                  lock,
                  1,
                  1,
                  Bytes.zero(32));
          Reply reply =
              evaluated(
                  1,
                  Math.max(0, 5 - charges),
                  lock,
                  told,
                  Optional.of(new Receipt(body, Bytes.zero(64))));
          boolean isLast = charges == 5 && round == 2;
          assertThat(ReceiptFit.fits(attempt, reply))
              .isEqualTo(charges <= 5 && round <= 2 && told == isLast);
          Points.visited();
        }
      }
    }
  }

  private static Reply.Evaluated evaluated(
      long generation, int remaining, long lockedUntil, boolean isLast, Optional<Receipt> receipt) {
    return new Reply.Evaluated(
        Bytes.zero(16),
        generation,
        1,
        new StretchingParameters(64, 1, 1),
        new Policy(5, 2, 3_600_000),
        remaining,
        lockedUntil,
        isLast,
        Bytes.zero(KE2_BYTES),
        receipt);
  }

  private static Receipt receipt(
      Receipt.Kind kind, long epoch, long time, long sequence, Bytes previous) {
    return new Receipt(
        new Receipt.Body(kind, VaultSite.ALICE, 1, epoch, 1, 1, 0, time, sequence, previous),
        Bytes.zero(64));
  }

  /** The chain up to a receipt, and others from there. */
  private static List<Receipt> fork(List<Receipt> chain, int from) {
    List<Receipt> fork = new ArrayList<>(chain.subList(0, from));
    for (int i = from; i < LENGTH; i++) {
      fork.add(receipt(Receipt.Kind.MARKED, 1, 2, i + 1, fork.get(i - 1).body().hash()));
    }
    return fork;
  }

  /** What a vault with that chain reports to a device that knows of a receipt. */
  private static Reply.StatusReport report(KnownVault known, List<Receipt> chain, int newest) {
    int from = Math.toIntExact(known.sequence());
    boolean held = from > 0 && from - 1 <= newest && newest - from + 2 <= 64;
    List<Bytes> hashes =
        held
            ? chain.subList(from - 1, newest + 1).stream().map(one -> one.body().hash()).toList()
            : List.of();
    return report(chain.get(newest), hashes);
  }

  /** A vault's receipts; the seed is in every body. */
  private static List<Receipt> chain(int seed, int length) {
    List<Receipt> chain = new ArrayList<>();
    Bytes previous = Bytes.zero(32);
    for (int i = 1; i <= length; i++) {
      Receipt.Body body =
          new Receipt.Body(
              Receipt.Kind.ATTEMPT,
              VaultSite.ALICE,
              1,
              1,
              i,
              1,
              0,
              Integer.toUnsignedLong(seed),
              i,
              previous);
      chain.add(new Receipt(body, Bytes.zero(64)));
      previous = body.hash();
    }
    return chain;
  }

  private static Reply.StatusReport report(Receipt receipt, List<Bytes> hashes) {
    return new Reply.StatusReport(
        Reply.RecordState.ACTIVE,
        1,
        1,
        1,
        new Policy(5, 2, 1000),
        receipt.body().charges(),
        1,
        0,
        0,
        0,
        Bytes.zero(32),
        receipt.body().sequence(),
        receipt.body().hash(),
        0,
        0,
        new StretchingParameters(0, 0, 0),
        Bytes.zero(32),
        hashes);
  }
}
