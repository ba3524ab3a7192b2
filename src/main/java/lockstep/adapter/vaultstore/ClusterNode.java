package lockstep.adapter.vaultstore;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import lockstep.adapter.raft.AgreedLog;
import lockstep.spec.Decides;
import lockstep.spec.Implements;
import lockstep.vault.BackupKeyVault;
import lockstep.vault.MessengerTokens;
import lockstep.vault.StateSealing;
import lockstep.vault.VaultConfiguration;
import lockstep.vault.VaultKeys;
import lockstep.wire.VaultId;
import org.jspecify.annotations.Nullable;

/**
 * One node of a vault that runs on several. While it leads it answers requests, by a shell that is
 * made for that term and ends with it, sessions and all. Safe for use by several threads.
 */
@Decides("REP-2~2")
@Implements({"REP-1~2", "REP-4", "REP-5", "REP-8~2", "REP-13"})
public final class ClusterNode implements AutoCloseable {

  private static final Duration WATCHING = Duration.ofSeconds(1);

  private final Parts parts;
  private final AgreedLog log;
  private final Runnable troubled;

  // Each of the three may have to wait for a majority.
  private final ScheduledExecutorService chores =
      new ScheduledThreadPoolExecutor(
          3, ClusterNode::inTheBackground, new ThreadPoolExecutor.DiscardPolicy());

  private final Chore sweeping = this::sweep;

  private final Set<Chore> failing = ConcurrentHashMap.newKeySet();

  private @Nullable Reign reign;

  private ClusterNode(Parts parts, AgreedLog log, Runnable troubled) {
    this.parts = parts;
    this.log = log;
    this.troubled = troubled;
  }

  /** What a node is made of; it owns keys and replica. */
  record Parts(
      VaultKeys keys,
      Supplier<VaultConfiguration> configuration,
      MessengerTokens tokens,
      StateSealing sealing,
      ReplicaStore replica,
      SteadyClock clock,
      SecureRandom random) {

    /** This node's clock, or the group's time where that is further: it never goes back. */
    @Implements({"REP-4", "AUT-10"})
    InstantSource groupClock() {
      return () -> Instant.ofEpochMilli(Math.max(clock.millis(), replica.time()));
    }
  }

  static ClusterNode start(
      Parts parts,
      VaultId id,
      Path directory,
      VaultDirectory.NodeSettings settings,
      Runnable broken)
      throws IOException {
    AgreedLog log;
    try {
      log =
          AgreedLog.start(
              new AgreedLog.Settings(
                  group(id), settings.self(), settings.members(), directory, settings.key()),
              parts.replica(),
              broken);
    } catch (IOException | RuntimeException failed) {
      parts.replica().close();
      throw failed;
    }
    ClusterNode node = new ClusterNode(parts, log, settings.troubled());
    node.every(WATCHING, node::reign);
    node.every(settings.sweepsEach(), node.sweeping);
    node.every(WATCHING, () -> log.tidy(settings.entriesStay()));
    return node;
  }

  private static UUID group(VaultId id) {
    ByteBuffer name = ByteBuffer.wrap(id.value().toArray());
    return new UUID(name.getLong(), name.getLong());
  }

  /** The shell of one term, and who is at work in it. */
  private static final class Reign {

    private final long term;
    private final BackupKeyVault vault;
    private final ReentrantReadWriteLock using = new ReentrantReadWriteLock();
    private boolean over;

    private Reign(long term, BackupKeyVault vault) {
      this.term = term;
      this.vault = vault;
    }

    private void end() {
      using.writeLock().lock();
      try {
        over = true;
        vault.close();
      } finally {
        using.writeLock().unlock();
      }
    }
  }

  /**
   * The signed reply to a request message; empty, and nothing was done, where this node does not
   * lead.
   *
   * @throws IOException if what is stored of the account is damaged
   */
  public Optional<byte[]> exchange(byte[] request) throws IOException {
    Optional<Reign> current = reign();
    if (current.isEmpty()) {
      return Optional.empty();
    }
    Reign mine = current.get();
    mine.using.readLock().lock();
    try {
      return mine.over ? Optional.empty() : Optional.of(mine.vault.exchange(request));
    } finally {
      mine.using.readLock().unlock();
    }
  }

  /** Whether this node leads, and answers devices. */
  public boolean leads() {
    return log.leads().isPresent();
  }

  /** Whether something that it does by itself failed the last time. */
  public boolean isTroubled() {
    return !failing.isEmpty();
  }

  /** Whether the group has a leader that this node knows of. */
  public boolean isReady() {
    return log.hasLeader();
  }

  /** The shell of the term in which this node leads now; one of another term ends. */
  private synchronized Optional<Reign> reign() {
    OptionalLong term = log.leads();
    Reign before = reign;
    if (before != null && !term.equals(OptionalLong.of(before.term))) {
      reign = null;
      before.end();
    }
    if (term.isPresent() && reign == null) {
      TermStore store = new TermStore(term.getAsLong(), log, parts.replica(), parts.sealing());
      reign =
          new Reign(
              term.getAsLong(),
              new BackupKeyVault(
                  parts.configuration().get(),
                  store,
                  parts.tokens(),
                  parts.groupClock(),
                  parts.random()));
      // Nobody may have led for long.
      chores.execute(() -> attempt(sweeping));
    }
    return Optional.ofNullable(reign);
  }

  @Implements("ATR-13~2")
  private void sweep() throws IOException {
    Optional<Reign> current = reign();
    if (current.isPresent()) {
      Reign mine = current.get();
      mine.using.readLock().lock();
      try {
        if (!mine.over) {
          mine.vault.sweep();
        }
      } finally {
        mine.using.readLock().unlock();
      }
    }
  }

  /** What is done again and again. */
  @FunctionalInterface
  private interface Chore {
    void once() throws IOException;
  }

  // What could not be done is due still. Whatever a chore throws would end it for good, so that
  // nothing may get out.
  private void attempt(Chore chore) {
    try {
      chore.once();
      failing.remove(chore);
    } catch (IOException | RuntimeException | Error triedAgainNextTime) {
      if (!chores.isShutdown() && failing.add(chore)) {
        troubled.run();
      }
    }
  }

  private void every(Duration period, Chore chore) {
    long nanos = period.toNanos();
    ScheduledFuture<?> unused =
        chores.scheduleWithFixedDelay(() -> attempt(chore), nanos, nanos, TimeUnit.NANOSECONDS);
  }

  /** Hands leadership over where it leads, ends its sessions, and wipes the keys. */
  @Override
  public void close() throws IOException {
    chores.shutdownNow();
    log.handOver();
    synchronized (this) {
      if (reign != null) {
        reign.end();
        reign = null;
      }
    }
    log.close();
    parts.replica().close();
    parts.keys().close();
  }

  private static Thread inTheBackground(Runnable task) {
    Thread thread = new Thread(task, "chores of the node");
    thread.setDaemon(true);
    return thread;
  }
}
