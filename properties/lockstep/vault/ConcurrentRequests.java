package lockstep.vault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import lockstep.adapter.vaultstore.RowKeeper;
import lockstep.adapter.vaultstore.SqliteVaultStore;
import lockstep.evidence.TestsFolder;
import lockstep.vault.machine.AttemptPolicy;
import lockstep.vault.machine.Decision;
import lockstep.vault.machine.MachineRun;
import lockstep.vault.machine.VaultCommand;
import lockstep.vault.machine.VaultDamagedException;
import lockstep.vault.machine.VaultMachine;
import lockstep.vault.machine.VaultReply;
import lockstep.vault.machine.VaultStore;
import lockstep.wire.AccountName;
import lockstep.wire.Bytes;
import lockstep.wire.Refusal;
import lockstep.wire.Reply;
import lockstep.wire.Request;
import lockstep.wire.SignedReply;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.StressOptions;

/**
 * Lincheck sends requests to {@link BackupKeyVault} from several threads at once, and holds their
 * replies against {@link VaultMachine}. Run in a JVM of its own, since Lincheck rewrites classes
 * that JaCoCo has rewritten before; says what it has found on standard output.
 */
final class ConcurrentRequests {

  static final String LINEARIZABLE = "as if one after the other";

  private static final AttemptPolicy POLICY = AttemptPolicy.of(3, 2, 60_000).orElseThrow();
  private static final int ITERATIONS = 3;
  private static final int INVOCATIONS = 40;

  /** One vault and one enrolled account for all; each interleaving begins with the same row. */
  private static final Site SITE = new Site();

  private ConcurrentRequests() {}

  /** With the product's store, or with one that does not queue. */
  public static void main(String... store) {
    Class<?> requests = store[0].equals("queued") ? Queued.class : Unqueued.class;
    try {
      new StressOptions()
          .iterations(ITERATIONS)
          .invocationsPerIteration(INVOCATIONS)
          .threads(2)
          .actorsPerThread(2)
          .actorsBefore(0)
          .actorsAfter(1)
          .minimizeFailedScenario(false)
          .sequentialSpecification(OneByOne.class)
          .check(requests);
      System.out.println(LINEARIZABLE);
    } catch (LincheckAssertionError found) {
      System.out.println(found.getMessage());
    }
  }

  /** The requests that are interleaved, and what their replies say. */
  public abstract static class Requests {

    private final BackupKeyVault vault;
    private final Bytes open;

    Requests(VaultStore store) {
      SITE.reset();
      vault = SITE.live.over(store);
      open = ((Reply.Evaluated) exchange(SITE.freshAttempt())).sessionId();
    }

    @Operation
    public String attempt() {
      Reply reply = exchange(SITE.freshAttempt());
      return reply instanceof Reply.Evaluated said
          ? said.attemptsRemaining() + " " + said.lockedUntil() + " " + said.finalSession()
          : words(reply);
    }

    @Operation
    public String abandon() {
      Reply reply = exchange(SITE.live.message(new Request.Abandon(LiveVault.ALICE, open)));
      return reply instanceof Reply.Ended said
          ? said.attemptsRemaining() + " " + said.lockedUntil()
          : words(reply);
    }

    @Operation
    public String status() {
      Reply.StatusReport said = (Reply.StatusReport) exchange(SITE.status);
      return said.record() + " " + said.charges() + " " + said.round() + " " + said.lockedUntil();
    }

    private Reply exchange(byte[] request) {
      try {
        return SignedReply.decode(vault.exchange(request)).orElseThrow().reply();
      } catch (VaultDamagedException damaged) {
        throw new IllegalStateException(damaged);
      }
    }
  }

  /** The product's store. */
  public static final class Queued extends Requests {
    public Queued() {
      super(SITE.store);
    }
  }

  /** A store that reads, decides and writes, and lets others in between. */
  public static final class Unqueued extends Requests {
    public Unqueued() {
      super(
          new VaultStore() {
            @Override
            public VaultReply submit(AccountName account, VaultCommand command) throws IOException {
              Decision decision = VaultMachine.decide(account, Optional.of(SITE.row()), command);
              decision.replacement().ifPresent(SITE::putRow);
              return decision.reply();
            }

            @Override
            public List<AccountName> due(long time, int most) {
              return List.of();
            }
          });
    }
  }

  /** The machine alone, one request after the other. */
  public static final class OneByOne {

    private final MachineRun run = MachineRun.enrolled(POLICY);
    private final Bytes open = run.freshId();

    public OneByOne() {
      run.attempt(open);
    }

    public String attempt() {
      VaultReply reply = run.attempt(run.freshId());
      return reply instanceof VaultReply.Permit said
          ? said.attemptsRemaining() + " " + said.lockedUntil() + " " + said.finalSession()
          : words(((VaultReply.Declined) reply).refusal());
    }

    public String abandon() {
      VaultReply reply = run.abandon(open);
      return reply instanceof VaultReply.Ended said
          ? said.attemptsRemaining() + " " + said.lockedUntil()
          : words(((VaultReply.Declined) reply).refusal());
    }

    public String status() {
      Reply.StatusReport said = run.status();
      return said.record() + " " + said.charges() + " " + said.round() + " " + said.lockedUntil();
    }
  }

  private static String words(Reply reply) {
    return reply instanceof Refusal.Locked locked
        ? "locked until " + locked.until()
        : reply.getClass().getSimpleName();
  }

  /** The vault's disk. */
  private static final class Site {

    final SqliteVaultStore store;
    final LiveVault live;
    final byte[] status;
    private final RowKeeper database;
    private final LiveDevice device;
    private final Bytes enrolled;

    Site() {
      try {
        Path directory = Files.createTempDirectory(TestsFolder.path(), "linearizability");
        store = DiskVault.store(directory);
        database = RowKeeper.of(directory.resolve("vault"));
        live = new LiveVault(store, POLICY);
        device = new LiveDevice(live, LiveVault.ALICE).enrolled();
        status =
            live.message(
                Request.authorised(
                    any -> new Request.Status(LiveVault.ALICE, any),
                    part -> live.token(LiveVault.ALICE)));
        enrolled = row();
      } catch (IOException failure) {
        throw new IllegalStateException(failure);
      }
    }

    void reset() {
      putRow(enrolled);
    }

    /** An Attempt of its own each time: the vault answers one that it knows as it did before. */
    synchronized byte[] freshAttempt() {
      return live.message(device.attemptRequest(device.login(LiveDevice.WRONG)));
    }

    synchronized Bytes row() {
      try {
        return database.state(LiveVault.ALICE).orElseThrow();
      } catch (IOException failure) {
        throw new IllegalStateException(failure);
      }
    }

    synchronized void putRow(Bytes state) {
      try {
        database.put(LiveVault.ALICE, state, OptionalLong.empty());
      } catch (IOException failure) {
        throw new IllegalStateException(failure);
      }
    }
  }
}
