package lockstep.device.vault;

import java.io.IOException;
import java.util.Optional;
import lockstep.device.state.VaultBinding;
import lockstep.kernel.LimiterDecision;
import lockstep.keys.RootKey;
import lockstep.opaque.Argon2Memory;
import lockstep.opaque.Argon2Parameters;
import lockstep.opaque.KeyStretching;
import lockstep.opaque.OpaqueIdentities;
import lockstep.opaque.OpaqueSuite;
import lockstep.opaque.client.ClientLogin;
import lockstep.opaque.client.ClientRandomness;
import lockstep.opaque.client.LoginResult;
import lockstep.secret.Password;
import lockstep.spec.Implements;
import lockstep.wire.Bytes;
import lockstep.wire.Policy;
import lockstep.wire.Reply;
import lockstep.wire.Request;
import lockstep.wire.StretchingParameters;

/** One login: KE1 for an Attempt or a Confirm, then everything from KE2 to the root key. */
@Implements({"ENR-2~2", "OPQ-5~2", "SES-8"})
final class OpaqueLogin implements AutoCloseable {

  private final VaultConversation conversation;
  private final ClientLogin login;

  OpaqueLogin(VaultConversation conversation, Password password) {
    this.conversation = conversation;
    this.login = ClientLogin.start(password, ClientRandomness.from(conversation.device().random()));
  }

  Bytes ke1() {
    return Bytes.copyOf(login.request().encode());
  }

  /**
   * Checks what the vault evaluated, proves the password and opens the release.
   *
   * @param known what the record is known to be
   * @return the opened record, the caller's to close; empty when password and KE2 do not fit, and
   *     the session is still to be abandoned
   */
  Optional<OpenedRecord> finish(Reply.Evaluated evaluated, VaultBinding known)
      throws IOException, ConversationEnded {
    VaultBinding binding =
        new VaultBinding(
            conversation.vaultPublicKey(),
            evaluated.generation(),
            evaluated.policy(),
            evaluated.stretching());
    Optional<KeyStretching> stretching = accepted(evaluated.stretching());
    if (evaluated.suite() != OpaqueSuite.SUITE
        || stretching.isEmpty()
        || !isWithinBounds(evaluated.policy())
        || contradicts(known, binding)) {
      abandon(evaluated);
      throw new ConversationEnded(new VaultFailure.NotTrusted());
    }
    LoginResult result = stretched(evaluated, stretching.get());
    if (result instanceof LoginResult.Authenticated authenticated) {
      try (authenticated) {
        return Optional.of(release(authenticated, evaluated, binding));
      }
    }
    return Optional.empty();
  }

  /** The memory may be gone that was there before the attempt, or its need have been unknown. */
  @Implements("ENR-10")
  private LoginResult stretched(Reply.Evaluated evaluated, KeyStretching stretching)
      throws IOException, ConversationEnded {
    int memoryKib = evaluated.stretching().memoryKib();
    try {
      if (Argon2Memory.isThere(memoryKib)) {
        return login.finish(evaluated.ke2().toArray(), identities(), stretching);
      }
    } catch (OutOfMemoryError sinceThen) {
      // Ends like memory that was not there to begin with.
    }
    abandon(evaluated);
    throw new ConversationEnded(new VaultFailure.TooLittleMemory(memoryKib, true));
  }

  /** Tells the vault that this login will not be finished. */
  @Implements("SES-7")
  Reply abandon(Reply.Evaluated evaluated) throws IOException, ConversationEnded {
    return conversation.send(new Request.Abandon(conversation.account(), evaluated.sessionId()));
  }

  /** Whether a policy is one that a vault may have (LIM-1). */
  @Implements("LIM-1")
  static boolean isWithinBounds(Policy policy) {
    return LimiterDecision.isPolicy(policy.attempts(), policy.rounds(), policy.waitMillis());
  }

  @Override
  public void close() {
    login.close();
  }

  private OpenedRecord release(
      LoginResult.Authenticated authenticated, Reply.Evaluated evaluated, VaultBinding binding)
      throws IOException, ConversationEnded {
    Reply reply =
        conversation.send(
            new Request.Finish(
                conversation.account(),
                evaluated.sessionId(),
                Bytes.copyOf(authenticated.ke3().encode())));
    if (!(reply instanceof Reply.Released released)) {
      throw conversation.unexpected(reply);
    }
    LiveSession session =
        new LiveSession(evaluated.sessionId(), authenticated.sessionKey().duplicate());
    Optional<LiveSession.Release> opened =
        session
            .open(released.release())
            .filter(content -> content.generation() == binding.generation());
    Optional<RootKey> rootKey =
        opened.flatMap(
            content ->
                RootKeyWrap.unwrap(
                    content.wrap(), authenticated.exportKey(), conversation.account(), binding));
    if (rootKey.isEmpty()) {
      session.close();
      throw new ConversationEnded(new VaultFailure.NotTrusted());
    }
    return new OpenedRecord(
        rootKey.get(), session, binding, opened.flatMap(LiveSession.Release::mark));
  }

  private Optional<KeyStretching> accepted(StretchingParameters sent) {
    return conversation
        .device()
        .stretching()
        .bounds()
        .stretching(new Argon2Parameters(sent.memoryKib(), sent.passes(), sent.lanes()));
  }

  private OpaqueIdentities identities() {
    return OpaqueIdentities.of(
        conversation.account().utf8(), conversation.vaultId().value().toArray());
  }

  // Another generation may be another device's doing; the same one never changes.
  private static boolean contradicts(VaultBinding known, VaultBinding told) {
    return known.generation() == told.generation() && !known.equals(told);
  }
}
