package lockstep.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import lockstep.spec.Implements;
import lockstep.wire.Authority;
import lockstep.wire.Bytes;
import lockstep.wire.Refusal;
import lockstep.wire.Reply;
import lockstep.wire.VaultId;

/** What a token is good for: AUT-2, AUT-3 and AUT-8. */
@Implements("CNF-12")
final class TokenMessages {

  private static final Refusal REFUSED = new Refusal.Refused();
  private static final long MINUTE = 60_000;

  private final List<MessageCase> cases = new ArrayList<>();

  private TokenMessages() {}

  static List<MessageCase> all() {
    TokenMessages messages = new TokenMessages();
    messages.tokens();
    messages.moreTokens();
    messages.tokenUse();
    return messages.cases;
  }

  private void add(String name, String clauses, String about, MessageCase.Scenario scenario) {
    cases.add(MessageCase.of(name, clauses, about, scenario));
  }

  private void tokens() {
    token("of-another-account", device -> device.talk.token(device.another().account));
    token(
        "of-another-vault",
        device -> {
          long now = device.talk.door.now();
          VaultId other = new VaultId(device.talk.randomBytes(VaultId.LENGTH));
          return device.talk.token(device.account, null, other, now, now + MINUTE);
        });
    token(
        "of-another-messenger",
        device -> {
          long now = device.talk.door.now();
          SigningKey other = SigningKey.draw(device.talk.random);
          return device.talk.token(device.account, other, device.talk.id, now, now + MINUTE);
        });
    token("that-is-over", device -> between(device, -2 * MINUTE, -1));
    token("from-the-future", device -> between(device, 3 * MINUTE, 5 * MINUTE));
    token("for-more-than-ten-minutes", device -> between(device, -MINUTE, 9 * MINUTE + 1));
    token("of-a-month-in-its-last-minutes", device -> between(device, -43_200 * MINUTE, MINUTE));
    token("that-is-none", device -> Bytes.zero(10));
    add(
        "token-of-ten-minutes",
        "AUT-2~1",
        "valid for ten minutes, and issued half a minute ahead",
        device -> {
          for (long[] span : new long[][] {{-MINUTE, 9 * MINUTE}, {MINUTE / 2, 2 * MINUTE}}) {
            device.talk.expect(
                Reply.StatusReport.class,
                device.statusRequest(KitDevice.token(between(device, span[0], span[1]))));
          }
        });
  }

  private void moreTokens() {
    add(
        "token-of-the-issuer",
        "AUT-2~1",
        "the vault's own issuer gives tokens that the vault takes",
        device -> {
          Bytes issued =
              device
                  .talk
                  .door
                  .issued(device.account)
                  .orElseThrow(
                      () -> new Mismatch(new Verdict.NotOffered(Set.of("an issuer of tokens"))));
          device.talk.expect(
              Reply.StatusReport.class, device.statusRequest(KitDevice.token(issued)));
        });
  }

  private static Bytes between(KitDevice device, long from, long to) {
    long now = device.talk.door.now();
    return device.talk.token(device.account, now + from, now + to);
  }

  /** Refused for an account that is enrolled and for one that is not, and nothing is charged. */
  private void token(String name, Function<KitDevice, Bytes> made) {
    add(
        "token-" + name,
        "AUT-2~1 AUT-3~1",
        "a token " + name.replace('-', ' '),
        device -> {
          for (KitDevice one : List.of(device.another(), device.enrolled())) {
            Function<byte[], Authority> authority = KitDevice.token(made.apply(one));
            one.talk.expect(REFUSED, one.statusRequest(authority));
            one.talk.expect(REFUSED, one.attemptRequest(authority));
            one.talk.expect(REFUSED, one.restartRequest(authority));
            one.talk.expect(
                REFUSED, new KitStage(one, 1, KitDevice.RIGHT).registerRequest(authority));
          }
          Reply.StatusReport after = device.status();
          device.talk.check(
              after.charges() == 0, device.statusRequest(device.token()), after, "charges", 0);
        });
  }

  private void tokenUse() {
    add(
        "token-is-charged-once",
        "AUT-8~2",
        "a second Attempt, a status in between, under one token",
        device -> {
          device.enrolled();
          Function<byte[], Authority> token = device.token();
          device.talk.expect(Reply.Evaluated.class, device.attemptRequest(token));
          device.talk.expect(Reply.StatusReport.class, device.statusRequest(token));
          device.talk.expect(REFUSED, device.attemptRequest(token));
          AuthorityMessages.charged(device, 1);
        });
    add(
        "token-registers-once",
        "AUT-8~2",
        "a second stage under one token",
        device -> {
          Function<byte[], Authority> token = device.token();
          new KitStage(device, 1, KitDevice.RIGHT).register(token);
          device.talk.expect(
              REFUSED, new KitStage(device, 2, KitDevice.RIGHT).registerRequest(token));
          AuthorityMessages.charged(device, 1);
        });
    add(
        "token-is-charged-once-whatever-crashes",
        "AUT-8~2",
        "a token that was charged before a restart of the vault",
        device -> {
          device.enrolled();
          Function<byte[], Authority> token = device.token();
          device.talk.expect(Reply.Evaluated.class, device.attemptRequest(token));
          device.talk.crash();
          device.talk.expect(REFUSED, device.attemptRequest(token));
        });
  }
}
