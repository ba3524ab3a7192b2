package lockstep.device.vault;

import java.io.IOException;
import java.util.Optional;
import lockstep.device.state.Device;
import lockstep.device.state.VaultBinding;
import lockstep.keys.RootKey;
import lockstep.opaque.Argon2Parameters;
import lockstep.opaque.KeyStretching;
import lockstep.opaque.OpaqueIdentities;
import lockstep.opaque.OpaqueSuite;
import lockstep.opaque.RegistrationResponse;
import lockstep.opaque.client.ClientRandomness;
import lockstep.opaque.client.ClientRegistration;
import lockstep.opaque.client.Registered;
import lockstep.secret.Password;
import lockstep.spec.Decides;
import lockstep.spec.Implements;
import lockstep.wire.AccountName;
import lockstep.wire.Bytes;
import lockstep.wire.Refusal;
import lockstep.wire.Reply;
import lockstep.wire.Request;
import lockstep.wire.StretchingParameters;
import lockstep.wire.VaultId;

/**
 * Register, Stage, Confirm, Finish: a record comes into being, up to the step that activates it.
 */
@Implements({"ENR-3", "STG-7~2"})
public final class RecordStaging {

  private final VaultConversation conversation;
  private final Device device;
  private final AccountName account;

  public RecordStaging(VaultConversation conversation) {
    this.conversation = conversation;
    this.device = conversation.device();
    this.account = conversation.account();
  }

  /** How far a stage came. */
  public sealed interface Result {

    /** The record stands beside the active one and waits for {@link #activate}. */
    record Confirmed(OpenedRecord record) implements Result, AutoCloseable {
      @Override
      public void close() {
        record.close();
      }
    }

    /** The vault accepts no stage before {@code until}, in milliseconds since 1970. */
    record Locked(long until) implements Result {}

    /** The record was destroyed meanwhile. */
    record Destroyed() implements Result {}
  }

  /** What the device writes down between Register and Stage. */
  @FunctionalInterface
  public interface Journal {
    void remember() throws IOException;
  }

  /**
   * Stages {@code rootKey} under {@code password} as {@code generation}, and proves that the
   * password opens it; the journal has been written by then.
   */
  public Result stage(Password password, RootKey rootKey, long generation, Credential basis)
      throws IOException, ConversationEnded {
    return stage(password, rootKey, generation, basis, () -> {});
  }

  /**
   * The same with a journal that takes an older one's place. It is written once Register was
   * answered: no message under way can activate the older stage from then on.
   */
  public Result stage(
      Password password, RootKey rootKey, long generation, Credential basis, Journal journal)
      throws IOException, ConversationEnded {
    conversation.requireMemory(device.stretching().parameters().memoryKib());
    try (SigningKey oneTimeKey = SigningKey.oneTime(device.random());
        ClientRegistration registration =
            ClientRegistration.start(password, ClientRandomness.from(device.random()))) {
      Bytes request = Bytes.copyOf(registration.request().encode());
      Reply reply =
          conversation.send(
              authority ->
                  new Request.Register(
                      account, generation, oneTimeKey.publicKey(), request, authority),
              basis);
      if (reply instanceof Refusal.Locked locked) {
        return new Result.Locked(locked.until());
      }
      if (reply instanceof Refusal.Destroyed) {
        return new Result.Destroyed();
      }
      if (!(reply instanceof Reply.Registered registered)) {
        throw conversation.unexpected(reply);
      }
      VaultBinding binding = binding(registered, generation);
      journal.remember();
      hand(registration, registered, rootKey, binding, oneTimeKey);
      return new Result.Confirmed(confirm(password, rootKey, binding, oneTimeKey));
    }
  }

  /** What became of an activation. */
  public sealed interface Activation {

    /** The record is in force. */
    record Done() implements Activation {}

    /** The vault activates nothing before {@code until}, in milliseconds since 1970. */
    record Locked(long until) implements Activation {}

    /**
     * No answer came that can be believed; whether the record is in force shows at the next
     * contact.
     *
     * @param why what became of the answer
     */
    record Unknown(VaultFailure why) implements Activation {}
  }

  /**
   * Makes the confirmed record the active one; uses up the session. Where the vault declines, its
   * report says whether an earlier copy of the message was carried out.
   */
  @Decides("ENR-12")
  @Implements({"CHG-4", "AUT-7"})
  public Activation activate(OpenedRecord confirmed) throws IOException, ConversationEnded {
    long generation = confirmed.binding().generation();
    try {
      Reply reply =
          conversation.send(
              authority -> new Request.Activate(account, generation, authority),
              confirmed.session().forCommand(conversation.vaultId()));
      if (reply instanceof Reply.Activated) {
        return new Activation.Done();
      }
      if (reply instanceof Refusal.Locked locked) {
        return new Activation.Locked(locked.until());
      }
      return declined(reply, generation);
    } catch (ConversationEnded ended) {
      boolean isUndecided =
          ended.failure() instanceof VaultFailure.Unavailable
              || ended.failure() instanceof VaultFailure.NotTrusted
              || ended.failure() instanceof VaultFailure.RolledBack;
      if (isUndecided) {
        return new Activation.Unknown(ended.failure());
      }
      throw ended;
    }
  }

  /**
   * What the report says that follows. Where none comes, an earlier copy of the message may have
   * been carried out all the same: a second refusal says no more than the first.
   */
  @Implements("AUT-7")
  private Activation declined(Reply reply, long generation) throws IOException, ConversationEnded {
    Reply.StatusReport status;
    try {
      status = conversation.status(conversation.token());
    } catch (ConversationEnded ended) {
      boolean isRefused =
          ended.failure() instanceof VaultFailure.NotEntitled
              || ended.failure() instanceof VaultFailure.SessionLost;
      return new Activation.Unknown(isRefused ? new VaultFailure.Unavailable() : ended.failure());
    }
    if (status.activeGeneration() == generation) {
      return new Activation.Done();
    }
    throw conversation.unexpected(reply);
  }

  private VaultBinding binding(Reply.Registered registered, long generation)
      throws ConversationEnded {
    if (!OpaqueLogin.isWithinBounds(registered.policy())) {
      throw new ConversationEnded(new VaultFailure.NotTrusted());
    }
    conversation.requireFloor(registered.policy());
    Argon2Parameters own = device.stretching().parameters();
    return new VaultBinding(
        conversation.vaultPublicKey(),
        generation,
        registered.policy(),
        new StretchingParameters(own.memoryKib(), own.passes(), own.lanes()));
  }

  private void hand(
      ClientRegistration registration,
      Reply.Registered registered,
      RootKey rootKey,
      VaultBinding binding,
      SigningKey oneTimeKey)
      throws IOException, ConversationEnded {
    Optional<RegistrationResponse> response =
        RegistrationResponse.parse(registered.registrationResponse().toArray());
    Optional<KeyStretching> stretching =
        device.stretching().bounds().stretching(device.stretching().parameters());
    if (response.isEmpty()) {
      throw new ConversationEnded(new VaultFailure.NotTrusted());
    }
    OpaqueIdentities identities =
        OpaqueIdentities.of(account.utf8(), conversation.vaultId().value().toArray());
    try (Registered record =
            registration.finish(response.get(), identities, stretching.orElseThrow());
        SigningKey commandKey = SigningKey.commandKey(rootKey)) {
      stage(record, rootKey, commandKey, binding, oneTimeKey);
    }
  }

  private void stage(
      Registered record,
      RootKey rootKey,
      SigningKey commandKey,
      VaultBinding binding,
      SigningKey oneTimeKey)
      throws IOException, ConversationEnded {
    VaultId vault = conversation.vaultId();
    Bytes wrap = RootKeyWrap.wrap(rootKey, record.exportKey(), account, binding);
    Bytes keyProof = commandKey.proof(vault, oneTimeKey.publicKey(), account, binding.generation());
    Reply reply =
        conversation.send(
            authority ->
                new Request.Stage(
                    account,
                    binding.generation(),
                    Bytes.copyOf(record.record().encode()),
                    wrap,
                    commandKey.publicKey(),
                    keyProof,
                    OpaqueSuite.SUITE,
                    binding.stretching(),
                    authority),
            oneTimeKey.forStage(vault));
    if (!(reply instanceof Reply.Staged)) {
      throw conversation.unexpected(reply);
    }
  }

  private OpenedRecord confirm(
      Password password, RootKey rootKey, VaultBinding binding, SigningKey oneTimeKey)
      throws IOException, ConversationEnded {
    try (OpaqueLogin login = new OpaqueLogin(conversation, password)) {
      Bytes ke1 = login.ke1();
      Reply reply =
          conversation.send(
              authority -> new Request.Confirm(account, binding.generation(), ke1, authority),
              oneTimeKey.forStage(conversation.vaultId()));
      if (!(reply instanceof Reply.Evaluated evaluated)) {
        throw conversation.unexpected(reply);
      }
      Optional<OpenedRecord> opened = login.finish(evaluated, binding);
      if (opened.isEmpty()) {
        login.abandon(evaluated);
      }
      boolean ours =
          opened
              .filter(record -> record.binding().equals(binding))
              .filter(record -> record.rootKey().isEqualTo(rootKey))
              .isPresent();
      if (!ours) {
        opened.ifPresent(OpenedRecord::close);
        throw new ConversationEnded(new VaultFailure.NotTrusted());
      }
      return opened.get();
    }
  }
}
