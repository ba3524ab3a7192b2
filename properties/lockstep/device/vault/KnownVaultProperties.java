package lockstep.device.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import lockstep.device.VaultSite;
import lockstep.spec.Verifies;
import lockstep.wire.Bytes;
import lockstep.wire.Policy;
import lockstep.wire.Receipt;
import lockstep.wire.Reply;
import lockstep.wire.StretchingParameters;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** What a device believes of receipts and reports after those that it holds. */
class KnownVaultProperties {

  private static final int LENGTH = 20;

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
        assertThat(known.contradicts(report(next))).isFalse();
        known = i % 2 == 0 ? known.with(report(next)) : known;
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
    assertThat(known.contradicts(report(chain.get(told)))).isEqualTo(told < newest);
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
    assertThat(known.contradicts(report(fork.get(newest)))).isEqualTo(another);
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

  private static Reply.StatusReport report(Receipt receipt) {
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
        List.of());
  }
}
