package lockstep.wire;

import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.DomainContextBase;

/** Arbitrary messages of every kind, with every field at its edges. */
class WireArbitraries extends DomainContextBase {

  @Provide
  Arbitrary<Request> requests() {
    return Arbitraries.oneOf(plainRequests(), stagingRequests(), authorisedRequests());
  }

  @Provide
  Arbitrary<RequestMessage> requestMessages() {
    return Combinators.combine(requests(), bytes(32)).as(RequestMessage::new);
  }

  @Provide
  Arbitrary<Reply> replies() {
    return Arbitraries.oneOf(answers(), receipted(), refusals());
  }

  @Provide
  Arbitrary<SignedReply> signedReplies() {
    return Combinators.combine(replies(), bytes(64)).as(SignedReply::new);
  }

  @Provide
  Arbitrary<Receipt> receipts() {
    Arbitrary<Receipt.Body> bodies =
        Combinators.combine(
                Arbitraries.of(Receipt.Kind.class), accounts(), u64(), u64(), u32(), u32(), u64())
            .flatAs(
                (kind, account, generation, epoch, charges, round, lockedUntil) ->
                    Combinators.combine(u64(), u64(), bytes(32))
                        .as(
                            (time, sequence, previous) ->
                                new Receipt.Body(
                                    kind,
                                    account,
                                    generation,
                                    epoch,
                                    charges,
                                    round,
                                    lockedUntil,
                                    time,
                                    sequence,
                                    previous)));
    return Combinators.combine(bodies, bytes(64)).as(Receipt::new);
  }

  @Provide
  Arbitrary<AccountToken> tokens() {
    return Combinators.combine(
            accounts(), bytes(32).map(VaultId::new), u64(), u64(), bytes(16), bytes(64))
        .as(
            (account, vault, issuedAt, expiresAt, random, signature) ->
                new AccountToken(
                    new AccountToken.Body(account, vault, issuedAt, expiresAt, random), signature));
  }

  @Provide
  Arbitrary<AccountName> accounts() {
    return Arbitraries.strings()
        .all()
        .ofMinLength(1)
        .ofMaxLength(60)
        .map(AccountName::parse)
        .filter(Optional::isPresent)
        .map(Optional::orElseThrow);
  }

  @Provide
  Arbitrary<Policy> policies() {
    Arbitrary<Integer> u16 = Arbitraries.integers().between(0, 0xffff);
    return Combinators.combine(u16, u16, u64()).as(Policy::new);
  }

  @Provide
  Arbitrary<StretchingParameters> stretching() {
    return Combinators.combine(u32(), u32(), u32()).as(StretchingParameters::new);
  }

  /** One drawn number spread over the length: far cheaper than to draw each byte. */
  private static Arbitrary<Bytes> bytes(int length) {
    return Arbitraries.longs().map(seed -> spread(seed, length));
  }

  private static Bytes spread(long seed, int length) {
    byte[] content = new byte[length];
    long state = seed;
    for (int i = 0; i < length; i++) {
      content[i] = (byte) (state >>> 56);
      state = state * 6_364_136_223_846_793_005L + 1_442_695_040_888_963_407L;
    }
    return Bytes.copyOf(content);
  }

  private static Arbitrary<Long> u64() {
    return Arbitraries.longs().between(0, Long.MAX_VALUE);
  }

  private static Arbitrary<Integer> u32() {
    return Arbitraries.integers().between(0, Integer.MAX_VALUE);
  }

  private Arbitrary<Authority> authorities() {
    return Arbitraries.oneOf(
        Arbitraries.integers()
            .between(0, 400)
            .flatMap(WireArbitraries::bytes)
            .map(Authority.Token::new),
        Combinators.combine(bytes(32), bytes(64)).as(Authority.CommandSignature::new),
        Combinators.combine(bytes(16), bytes(32)).as(Authority.SessionMac::new),
        bytes(64).map(Authority.StageSignature::new));
  }

  private Arbitrary<Request> plainRequests() {
    return Arbitraries.oneOf(
        accounts().map(Request.Challenge::new),
        Combinators.combine(accounts(), bytes(16), bytes(32)).as(Request.Finish::new),
        Combinators.combine(accounts(), bytes(16)).as(Request.Abandon::new));
  }

  private record ProvenKey(Bytes publicKey, Bytes proof) {}

  private Arbitrary<Request> stagingRequests() {
    Arbitrary<Integer> suites = Arbitraries.integers().between(0, 0xffff);
    return Arbitraries.oneOf(
        Combinators.combine(accounts(), u64(), bytes(32), bytes(33), authorities())
            .as(Request.Register::new),
        Combinators.combine(
                accounts(),
                u64(),
                bytes(129),
                bytes(60),
                Combinators.combine(bytes(32), bytes(64)).as(ProvenKey::new),
                suites,
                stretching(),
                authorities())
            .as(
                (account, generation, record, wrap, key, suite, stretching, authority) ->
                    new Request.Stage(
                        account,
                        generation,
                        record,
                        wrap,
                        key.publicKey(),
                        key.proof(),
                        suite,
                        stretching,
                        authority)),
        Combinators.combine(accounts(), u64(), bytes(98), authorities()).as(Request.Confirm::new),
        Combinators.combine(accounts(), u64(), authorities()).as(Request.Activate::new));
  }

  private Arbitrary<Request> authorisedRequests() {
    return Arbitraries.oneOf(
        Combinators.combine(accounts(), u64(), bytes(32), authorities()).as(Request.Status::new),
        Combinators.combine(accounts(), bytes(98), authorities()).as(Request.Attempt::new),
        Combinators.combine(accounts(), authorities()).as(Request.Disable::new),
        Combinators.combine(accounts(), authorities()).as(Request.Restart::new),
        Combinators.combine(accounts(), authorities()).as(Request.CompleteRestart::new),
        Combinators.combine(accounts(), u64(), bytes(32), authorities()).as(Request.Mark::new));
  }

  private Arbitrary<Reply> answers() {
    Arbitrary<Reply.StatusReport> reports =
        Combinators.combine(
                Arbitraries.of(Reply.RecordState.class),
                policies(),
                u64(),
                u32(),
                u64(),
                bytes(32),
                stretching(),
                bytes(32).list().ofMaxSize(Reply.StatusReport.MAX_RECEIPT_HASHES))
            .as(
                (state, policy, large, small, time, digest, parameters, hashes) ->
                    new Reply.StatusReport(
                        state,
                        large,
                        time,
                        large,
                        policy,
                        small,
                        small,
                        time,
                        large,
                        time,
                        digest,
                        large,
                        digest,
                        time,
                        large,
                        parameters,
                        digest,
                        hashes));
    return Arbitraries.oneOf(
        bytes(32).map(Reply.Challenged::new),
        Arbitraries.just(new Reply.Staged()),
        Combinators.combine(u32(), u64()).as(Reply.Ended::new),
        reports);
  }

  private Arbitrary<Reply> receipted() {
    Arbitrary<Reply.Evaluated> evaluations =
        Combinators.combine(
                bytes(16),
                u64(),
                stretching(),
                policies(),
                u32(),
                Arbitraries.of(true, false),
                bytes(259),
                receipts().optional())
            .as(
                (session, generation, parameters, policy, left, last, ke2, receipt) ->
                    new Reply.Evaluated(
                        session,
                        generation,
                        1,
                        parameters,
                        policy,
                        left,
                        generation,
                        last,
                        ke2,
                        receipt));
    return Arbitraries.oneOf(
        Combinators.combine(bytes(66), policies(), u64(), receipts()).as(Reply.Registered::new),
        receipts().map(Reply.Activated::new),
        evaluations,
        Combinators.combine(bytes(136), receipts()).as(Reply.Released::new),
        receipts().map(Reply.Disabled::new),
        Combinators.combine(u64(), receipts().optional()).as(Reply.RestartPending::new),
        receipts().map(Reply.Restarted::new),
        receipts().map(Reply.Marked::new));
  }

  private Arbitrary<Reply> refusals() {
    return Arbitraries.oneOf(
        Arbitraries.of(
            new Refusal.Refused(),
            new Refusal.Destroyed(),
            new Refusal.NotEnrolled(),
            new Refusal.Malformed(),
            new Refusal.SessionUnknown(),
            new Refusal.Unavailable()),
        u64().map(Refusal.Locked::new),
        Combinators.combine(u32(), u64()).as(Refusal.WrongProof::new),
        Combinators.combine(Arbitraries.of(Refusal.Reason.class), u64()).as(Refusal.Conflict::new));
  }
}
