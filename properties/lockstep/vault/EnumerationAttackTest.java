package lockstep.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import lockstep.evidence.Attack;
import lockstep.opaque.client.ClientLogin;
import lockstep.spec.Verifies;
import lockstep.vault.LiveVault.SigningKey;
import lockstep.vault.machine.AttemptPolicy;
import lockstep.wire.AccountName;
import lockstep.wire.Authority;
import lockstep.wire.Bytes;
import lockstep.wire.Refusal;
import lockstep.wire.Reply;
import lockstep.wire.Request;
import lockstep.wire.StretchingParameters;
import org.junit.jupiter.api.Test;

/**
 * The attack: someone without authority walks through names to learn who is enrolled, locked or
 * destroyed, or to burn their attempts.
 */
@Attack
class EnumerationAttackTest {

  private final MapVaultStoreForSpeed store = new MapVaultStoreForSpeed();
  private final LiveVault vault = new LiveVault(store, new AttemptPolicy(2, 1, 1_000));
  private final Map<String, Consumer<LiveDevice>> states = new LinkedHashMap<>();

  EnumerationAttackTest() {
    states.put("unknown", device -> {});
    states.put("enrolled", LiveDevice::enrolled);
    states.put("spent", device -> device.enrolled().fail());
    states.put(
        "destroyed",
        device -> {
          device.enrolled().fail();
          device.fail();
        });
    states.put(
        "disabled",
        device -> {
          device.enrolled();
          vault.exchange(
              Request.authorised(
                  any -> new Request.Disable(device.account, any), device.signature()));
        });
    states.put("staged", device -> device.new Staging(1, "password").register(device.token()));
  }

  @Test
  @Verifies({"AUT-3", "AUT-1"})
  void everyStateOfAnAccountLooksTheSameFromOutside() {
    List<String> seen = new ArrayList<>();
    states.forEach(
        (name, prepare) -> {
          LiveDevice owner = new LiveDevice(vault, new AccountName(name));
          prepare.accept(owner);
          Bytes before = store.accounts.get(owner.account);
          int writes = store.writes;
          StringBuilder replies = new StringBuilder();
          for (Function<byte[], Authority> authority : forged(owner)) {
            for (Function<Authority, Request.Authorised> request : requests(owner)) {
              Reply reply = vault.exchange(Request.authorised(request, authority));
              assertThat(reply).as(name).isEqualTo(new Refusal.Refused());
              replies.append(java.util.HexFormat.of().formatHex(reply.encode()));
            }
          }
          assertThat(store.accounts.get(owner.account)).as(name).isEqualTo(before);
          assertThat(store.writes).as(name).isEqualTo(writes);
          seen.add(replies.toString());
        });
    assertThat(seen).hasSize(states.size());
    assertThat(seen).containsOnly(seen.get(0));
  }

  @Test
  @Verifies({"AUT-3", "SES-10"})
  void howBusyTheVaultIsItTellsOnlyWhoHasAuthority() throws ReflectiveOperationException {
    LiveDevice owner = new LiveDevice(vault, LiveVault.ALICE).enrolled();
    SessionTable table = SessionMemory.table(vault.vault);
    try (ClientLogin login = owner.login(LiveDevice.RIGHT)) {
      Reply.Evaluated evaluated = (Reply.Evaluated) owner.attempt(login);
      SessionTable.Login open =
          table.take(evaluated.sessionId(), owner.account, vault.time).orElseThrow();
      for (int i = 0; i < SessionTable.MAX_SESSIONS; i++) {
        table.put(vault.randomBytes(16), open);
      }
    }
    for (Function<byte[], Authority> authority : forged(owner)) {
      for (Function<Authority, Request.Authorised> request : requests(owner)) {
        assertThat(vault.exchange(Request.authorised(request, authority)))
            .isEqualTo(new Refusal.Refused());
      }
    }
    try (ClientLogin login = owner.login(LiveDevice.RIGHT)) {
      assertThat(owner.attempt(login)).isEqualTo(new Refusal.Unavailable());
    }
    assertThat(owner.status().charges()).isEqualTo(1);
  }

  /** What it asks of its store decides how long a refusal takes, above all else. */
  @Test
  @Verifies("AUT-3")
  void everyStateOfAnAccountTakesTheSameSteps() {
    Set<List<String>> seen = new HashSet<>();
    states.forEach(
        (name, prepare) -> {
          LiveDevice owner = new LiveDevice(vault, new AccountName(name));
          prepare.accept(owner);
          store.commands.clear();
          for (Function<byte[], Authority> authority : forged(owner)) {
            requests(owner).forEach(r -> vault.exchange(Request.authorised(r, authority)));
          }
          seen.add(store.commands.stream().map(c -> c.getClass().getSimpleName()).toList());
        });
    assertThat(seen).hasSize(1);
    assertThat(seen.iterator().next()).contains("AskKeys");
  }

  @Test
  @Verifies("AUT-1")
  void aChallengeAndAnUnknownSessionTellNothingEither() {
    states.forEach(
        (name, prepare) -> {
          LiveDevice owner = new LiveDevice(vault, new AccountName(name));
          prepare.accept(owner);
          int writes = store.writes;
          assertThat(owner.challenge().length()).isEqualTo(32);
          assertThat(owner.finishReply(vault.randomBytes(16), vault.randomBytes(32)))
              .isEqualTo(new Refusal.SessionUnknown());
          assertThat(vault.exchange(new Request.Abandon(owner.account, vault.randomBytes(16))))
              .isEqualTo(new Refusal.SessionUnknown());
          assertThat(store.writes).isEqualTo(writes);
        });
  }

  /** Authorities of every form that nobody gave. */
  private List<Function<byte[], Authority>> forged(LiveDevice owner) {
    SigningKey stranger = new SigningKey(vault.random);
    return List.of(
        signedPart ->
            vault.token(
                owner.account, stranger, vault.id(), vault.time - 1_000, vault.time + 1_000),
        signedPart -> new Authority.Token(vault.randomBytes(10)),
        signedPart -> {
          Bytes challenge = owner.challenge();
          return new Authority.CommandSignature(
              challenge,
              stranger.sign(
                  Authority.CommandSignature.signedInput(vault.id(), challenge, signedPart)));
        },
        signedPart -> new Authority.CommandSignature(vault.randomBytes(32), vault.randomBytes(64)),
        signedPart -> new Authority.SessionMac(vault.randomBytes(16), vault.randomBytes(32)),
        signedPart ->
            new Authority.StageSignature(
                stranger.sign(Authority.StageSignature.signedInput(vault.id(), signedPart))));
  }

  private List<Function<Authority, Request.Authorised>> requests(LiveDevice owner) {
    AccountName account = owner.account;
    LiveDevice.Staging staging = owner.new Staging(1, "password");
    Bytes blinded = Bytes.copyOf(staging.registration.request().encode());
    try (ClientLogin login = owner.login(LiveDevice.WRONG)) {
      Bytes ke1 = Bytes.copyOf(login.request().encode());
      Bytes key = staging.oneTimeKey.publicKey;
      Bytes record = Bytes.copyOf(recordOf(blinded));
      return List.of(
          any -> new Request.Status(account, any),
          any -> new Request.Attempt(account, ke1, any),
          any -> new Request.Register(account, 1, key, blinded, any),
          any ->
              new Request.Stage(
                  account,
                  1,
                  record,
                  owner.wrap,
                  key,
                  Bytes.zero(64),
                  1,
                  new StretchingParameters(65_536, 3, 4),
                  any),
          any -> new Request.Confirm(account, 1, ke1, any),
          any -> new Request.Activate(account, 1, any),
          any -> new Request.Disable(account, any),
          any -> new Request.Restart(account, any),
          any -> new Request.CompleteRestart(account, any),
          any -> new Request.Mark(account, 1, key, any));
    }
  }

  /** A record that is well-formed: an element, then anything. */
  private static byte[] recordOf(Bytes element) {
    return java.util.Arrays.copyOf(element.toArray(), 129);
  }
}
