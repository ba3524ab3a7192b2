package lockstep.vault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lockstep.spec.Decides;
import lockstep.spec.Implements;
import lockstep.vault.machine.VaultCommand;
import lockstep.vault.machine.VaultDamagedException;
import lockstep.vault.machine.VaultStore;
import lockstep.wire.AccountName;
import lockstep.wire.Refusal;
import lockstep.wire.Reply;
import lockstep.wire.Request;
import lockstep.wire.RequestCases;

/**
 * The vault's shell: checks a request's authority, has the machine decide and the store make it
 * durable, and only then evaluates OPAQUE; every reply is signed. Sessions live in memory, so that
 * closing the vault ends them all and keeps their charges. Safe for use by several threads.
 */
@Implements({"AUT-1", "LIM-2", "SES-5"})
public final class BackupKeyVault implements AutoCloseable {

  private static final int SWEPT_AT_ONCE = 1_000;

  private final VaultConfiguration configuration;
  private final VaultStore store;
  private final StoreAccess access;
  private final SessionTable sessions;
  private final ChallengeTable challenges;
  private final SessionDesk sessionDesk;
  private final RegistrationDesk registrationDesk;
  private final AccountDesk accountDesk;

  /**
   * A vault over a store.
   *
   * @param configuration its keys and policy, which the vault owns from now on
   * @param store keeps the accounts
   * @param tokens verifies account tokens
   * @param clock tells the time
   * @param random draws session ids, nonces and key shares
   */
  public BackupKeyVault(
      VaultConfiguration configuration,
      VaultStore store,
      TokenVerifier tokens,
      InstantSource clock,
      SecureRandom random) {
    this.configuration = configuration;
    this.sessions = new SessionTable();
    this.challenges = new ChallengeTable(random);
    this.store = store;
    this.access = new StoreAccess(store, clock);
    AuthorityCheck authority =
        new AuthorityCheck(configuration.identity(), tokens, sessions, challenges, access);
    this.sessionDesk = new SessionDesk(configuration, access, authority, sessions, random);
    this.registrationDesk = new RegistrationDesk(configuration, access, authority, random);
    this.accountDesk = new AccountDesk(configuration, access, authority, challenges);
  }

  /**
   * The signed reply to a request message, at most 16,384 bytes; {@code Malformed} for anything
   * that is no request, {@code Unavailable} where the store could not make the decision durable.
   *
   * @throws VaultDamagedException if what is stored of the account is damaged; nothing was decided
   */
  @Implements({"LIM-2", "ATR-5~2", "WIR-1~2", "WIR-4~2"})
  public byte[] exchange(byte[] request) throws VaultDamagedException {
    return configuration.identity().answer(request, reply(request));
  }

  /**
   * Erases what has to be erased by now: records of final sessions and stages that are over.
   * Whoever runs the vault calls it when it is opened and then at least once a minute, so that an
   * erasure waits for no command.
   *
   * @return how many accounts something was over in
   * @throws VaultDamagedException if what is stored of an account is damaged; the others are swept
   * @throws IOException if an erasure could not be made durable; it is due still
   */
  @Decides("ATR-13~2")
  @Implements({"LIM-8~2", "STG-5~2"})
  public int sweep() throws IOException {
    Map<AccountName, VaultDamagedException> damaged = new LinkedHashMap<>();
    int swept = 0;
    for (List<AccountName> due = due(damaged); !due.isEmpty(); due = due(damaged)) {
      for (AccountName account : due) {
        try {
          store.submit(account, new VaultCommand.Expire(access.now()));
          swept++;
        } catch (VaultDamagedException found) {
          damaged.put(account, found);
        }
      }
    }
    for (VaultDamagedException first : damaged.values()) {
      throw first;
    }
    return swept;
  }

  /** The next of which something is due, without those that were found damaged. */
  private List<AccountName> due(Map<AccountName, VaultDamagedException> damaged)
      throws IOException {
    return access.due(SWEPT_AT_ONCE + damaged.size()).stream()
        .filter(account -> !damaged.containsKey(account))
        .toList();
  }

  /** Ends all sessions and wipes the vault's keys. */
  @Override
  public void close() {
    sessions.close();
    challenges.close();
    configuration.close();
  }

  private Reply reply(byte[] message) throws VaultDamagedException {
    try {
      return Request.decode(message).map(this::confirmed).orElseGet(Refusal.Malformed::new);
    } catch (UncheckedIOException failure) {
      if (failure.getCause() instanceof VaultDamagedException damaged) {
        throw damaged;
      }
      return new Refusal.Unavailable();
    }
  }

  // Some answers come from memory: a vault that was deposed unawares would give them, too.
  @Implements("REP-5")
  private Reply confirmed(Request request) {
    Reply reply = request.match(new Desks());
    access.confirm();
    return reply;
  }

  /** Which desk takes which request. */
  private final class Desks implements RequestCases<Reply> {

    @Override
    public Reply challenge(Request.Challenge challenge) {
      return accountDesk.challenge(challenge);
    }

    @Override
    public Reply status(Request.Status status) {
      return accountDesk.status(status);
    }

    @Override
    public Reply register(Request.Register register) {
      return registrationDesk.register(register);
    }

    @Override
    public Reply stage(Request.Stage stage) {
      return registrationDesk.stage(stage);
    }

    @Override
    public Reply confirm(Request.Confirm confirm) {
      return sessionDesk.confirm(confirm);
    }

    @Override
    public Reply activate(Request.Activate activate) {
      return registrationDesk.activate(activate);
    }

    @Override
    public Reply attempt(Request.Attempt attempt) {
      return sessionDesk.attempt(attempt);
    }

    @Override
    public Reply finish(Request.Finish finish) {
      return sessionDesk.finish(finish);
    }

    @Override
    public Reply abandon(Request.Abandon abandon) {
      return sessionDesk.abandon(abandon);
    }

    @Override
    public Reply disable(Request.Disable disable) {
      return accountDesk.disable(disable);
    }

    @Override
    public Reply restart(Request.Restart restart) {
      return accountDesk.restart(restart);
    }

    @Override
    public Reply completeRestart(Request.CompleteRestart completeRestart) {
      return accountDesk.completeRestart(completeRestart);
    }

    @Override
    public Reply mark(Request.Mark mark) {
      return accountDesk.mark(mark);
    }
  }
}
