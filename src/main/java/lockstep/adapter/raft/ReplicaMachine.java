package lockstep.adapter.raft;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import lockstep.spec.Decides;
import lockstep.spec.Implements;
import org.apache.ratis.io.MD5Hash;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.server.raftlog.RaftLog;
import org.apache.ratis.server.storage.FileInfo;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.statemachine.TransactionContext;
import org.apache.ratis.statemachine.impl.BaseStateMachine;
import org.apache.ratis.statemachine.impl.SimpleStateMachineStorage;
import org.apache.ratis.statemachine.impl.SingleFileSnapshotInfo;
import org.apache.ratis.util.LifeCycle;
import org.apache.ratis.util.MD5FileUtil;

/**
 * Hands the log's entries to the replica, one after the other. A replica that could not apply one
 * is given no other: the log would go on without it.
 */
@Decides("REP-12")
@Implements({"REP-1~2", "REP-8~2"})
final class ReplicaMachine extends BaseStateMachine {

  private final Replica replica;
  private final Runnable broken;
  private final SimpleStateMachineStorage storage = new SimpleStateMachineStorage();
  private final LogAge age = new LogAge();
  private volatile boolean failed;

  /**
   * Applies to that replica.
   *
   * @param broken is run, once, when an entry could not be applied
   */
  ReplicaMachine(Replica replica, Runnable broken) {
    this.replica = replica;
    this.broken = broken;
  }

  @Override
  public void initialize(RaftServer server, RaftGroupId group, RaftStorage raftStorage)
      throws IOException {
    super.initialize(server, group, raftStorage);
    storage.init(raftStorage);
    getLifeCycle().startAndTransition(this::takeOver);
  }

  /** The log does so before it takes over the leader's snapshot. */
  @Override
  public void pause() {
    getLifeCycle().transition(LifeCycle.State.PAUSING);
    getLifeCycle().transition(LifeCycle.State.PAUSED);
  }

  @Override
  public void reinitialize() throws IOException {
    try {
      getLifeCycle().startAndTransition(this::takeOver);
    } catch (IOException | RuntimeException stuck) {
      fail();
      throw stuck;
    }
  }

  /** What was taken over from the leader, or stood there at the start, is applied. */
  private void takeOver() throws IOException {
    SingleFileSnapshotInfo newest = storage.loadLatestSnapshot();
    if (newest != null) {
      replica.catchUp(newest.getFile().getPath());
      setLastAppliedTermIndex(newest.getTermIndex());
    }
  }

  @Override
  public SimpleStateMachineStorage getStateMachineStorage() {
    return storage;
  }

  @Override
  public SingleFileSnapshotInfo getLatestSnapshot() {
    return storage.getLatestSnapshot();
  }

  @Override
  public CompletableFuture<Message> applyTransaction(TransactionContext transaction) {
    LogEntryProto entry = transaction.getLogEntry();
    byte[] content = entry.getStateMachineLogEntry().getLogData().toByteArray();
    try {
      if (failed) {
        throw new IOException("an entry before this one could not be applied");
      }
      age.applied(entry.getIndex(), Padding.of(content));
      if (Padding.of(content) == Padding.NONE) {
        replica.apply(entry.getTerm(), entry.getIndex(), content);
      }
      updateLastAppliedTermIndex(entry.getTerm(), entry.getIndex());
      return CompletableFuture.completedFuture(Message.EMPTY);
    } catch (IOException | RuntimeException stuck) {
      fail();
      return CompletableFuture.failedFuture(stuck);
    }
  }

  /** A question that needs no answer but that it was asked of the leader. */
  @Override
  @Implements("REP-5")
  public CompletableFuture<Message> query(Message request) {
    return CompletableFuture.completedFuture(Message.EMPTY);
  }

  @Override
  public long takeSnapshot() throws IOException {
    TermIndex applied = getLastAppliedTermIndex();
    if (failed || applied == null || applied.getIndex() < 0) {
      return RaftLog.INVALID_LOG_INDEX;
    }
    File target = storage.getSnapshotFile(applied.getTerm(), applied.getIndex());
    LogLeftovers.removeUnfinished(target.toPath().resolveSibling(""));
    if (!target.exists()) {
      Path unfinished = Path.of(target.getPath() + LogLeftovers.UNFINISHED);
      replica.copyTo(unfinished);
      Files.move(unfinished, target.toPath());
    }
    MD5Hash digest = MD5FileUtil.computeAndSaveMd5ForFile(target);
    storage.updateLatestSnapshot(
        new SingleFileSnapshotInfo(new FileInfo(target.toPath(), digest), applied));
    return applied.getIndex();
  }

  /** Whether an entry has stood in the log for that long and there was no cut after it. */
  boolean isDue(Duration stay) {
    return age.isDue(stay);
  }

  /** Whether a cut of the log is applied that no snapshot has in it. */
  boolean wantsSnapshot() {
    SingleFileSnapshotInfo newest = storage.getLatestSnapshot();
    return age.cutAt() > (newest == null ? -1 : newest.getIndex());
  }

  private synchronized void fail() {
    if (!failed) {
      failed = true;
      broken.run();
    }
  }
}
