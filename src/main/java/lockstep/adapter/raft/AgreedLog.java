package lockstep.adapter.raft;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.Logger;
import lockstep.spec.Decides;
import lockstep.spec.Implements;
import org.apache.ratis.conf.Parameters;
import org.apache.ratis.grpc.GrpcConfigKeys;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.protocol.RaftGroup;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.protocol.SnapshotManagementRequest;
import org.apache.ratis.protocol.TransferLeadershipRequest;
import org.apache.ratis.server.DivisionInfo;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.storage.RaftStorage.StartupOption;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;

/**
 * This node's part in the log that a majority of its group agrees on. Safe for use by several
 * threads.
 */
@Decides({"REP-5", "REP-7"})
@Implements({"REP-1~2", "REP-8~2"})
public final class AgreedLog implements AutoCloseable {

  // It tells of itself on standard error, where nobody asked.
  private static final Logger TRANSPORT = Logger.getLogger("org.apache.ratis.thirdparty");

  // With two processors or fewer the JDK would start a thread for each of its many small tasks.
  private static final String POOL = "java.util.concurrent.ForkJoinPool.common.parallelism";
  private static final String THREADS = "4";

  static {
    TRANSPORT.setLevel(Level.OFF);
    if (System.getProperty(POOL) == null) {
      System.setProperty(POOL, THREADS);
    }
  }

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration FAREWELL = Duration.ofSeconds(8);

  private final RaftServer server;
  private final RaftGroup group;
  private final ReplicaMachine machine;
  private final ClientId self = ClientId.randomId();
  private final AtomicLong calls = new AtomicLong();

  private AgreedLog(RaftServer server, RaftGroup group, ReplicaMachine machine) {
    this.server = server;
    this.group = group;
    this.machine = machine;
  }

  /**
   * Who takes part, and where this node keeps the log.
   *
   * @param group names the group
   * @param self the name of this node among the members
   * @param members where each listens for the others, by name
   * @param directory of the log
   * @param key by which they know each other
   */
  public record Settings(
      UUID group,
      String self,
      Map<String, InetSocketAddress> members,
      Path directory,
      PeerKey key) {}

  /** A node that took part in its group before, and whose log is not there. */
  public static final class LogLost extends IOException {

    private static final long serialVersionUID = 1;

    private LogLost() {
      super("the log that this node has voted on is gone");
    }
  }

  /**
   * Takes part from now on, until it is closed.
   *
   * @param replica what entries are applied to, the caller's to close, afterwards
   * @param broken is run when an entry could not be applied: the node must end
   * @throws LogLost if it took part before and its log is gone: a voter that forgets what it
   *     acknowledged could help to elect one that never had it
   * @throws IOException if the log cannot be read or the address not be listened on
   */
  public static AgreedLog start(Settings settings, Replica replica, Runnable broken)
      throws IOException {
    RaftGroup group = group(settings);
    String name = group.getGroupId().getUuid().toString();
    boolean isThere = Files.isDirectory(settings.directory().resolve(name).resolve("current"));
    if (replica.hasBegun() && !isThere) {
      throw new LogLost();
    }
    LogLeftovers.remove(settings.directory().resolve(name));
    ReplicaMachine machine = new ReplicaMachine(replica, broken);
    Parameters parameters = new Parameters();
    GrpcConfigKeys.TLS.setConf(parameters, settings.key().tls());
    InetSocketAddress address = requireNonNull(settings.members().get(settings.self()));
    RaftServer server =
        RaftServer.newBuilder()
            .setServerId(RaftPeerId.valueOf(settings.self()))
            .setGroup(group)
            .setStateMachine(machine)
            .setProperties(LogProperties.of(settings.directory(), address))
            .setParameters(parameters)
            .setOption(isThere ? StartupOption.RECOVER : StartupOption.FORMAT)
            .build();
    if (!replica.hasBegun()) {
      replica.begin();
    }
    server.start();
    return new AgreedLog(server, group, machine);
  }

  private static RaftGroup group(Settings settings) {
    List<RaftPeer> peers =
        settings.members().entrySet().stream()
            .map(
                member ->
                    RaftPeer.newBuilder()
                        .setId(member.getKey())
                        .setAddress(text(member.getValue()))
                        .build())
            .toList();
    return RaftGroup.valueOf(RaftGroupId.valueOf(settings.group()), peers);
  }

  private static String text(InetSocketAddress address) {
    return address.getHostString() + ":" + address.getPort();
  }

  /** The term in which this node leads and may propose; empty where another does, or nobody. */
  public OptionalLong leads() {
    try {
      DivisionInfo info = info();
      long term = info.getCurrentTerm();
      return info.isLeader() && info.isLeaderReady() && info.getCurrentTerm() == term
          ? OptionalLong.of(term)
          : OptionalLong.empty();
    } catch (IOException ended) {
      return OptionalLong.empty();
    }
  }

  /** Whether this node knows of a leader, itself or another. */
  public boolean hasLeader() {
    try {
      return info().getLeaderId() != null;
    } catch (IOException ended) {
      return false;
    }
  }

  /**
   * Appends an entry and returns once it is applied on this node.
   *
   * @throws IOException if this node does not lead, or it cannot be told whether a majority has the
   *     entry: it may be applied all the same
   */
  public void append(byte[] entry) throws IOException {
    ask(entry, RaftClientRequest.writeRequestType());
  }

  /**
   * Returns once a majority has confirmed that this node leads, in that term, now.
   *
   * @throws IOException if it does not, or that cannot be told
   */
  public void confirm(long term) throws IOException {
    ask(new byte[0], RaftClientRequest.readRequestType());
    if (!leads().equals(OptionalLong.of(term))) {
      throw new IOException("another node leads, or this one does anew");
    }
  }

  private void ask(byte[] content, RaftClientRequest.Type type) throws IOException {
    RaftClientRequest request =
        RaftClientRequest.newBuilder()
            .setClientId(self)
            .setServerId(server.getId())
            .setGroupId(group.getGroupId())
            .setCallId(calls.incrementAndGet())
            .setMessage(Message.valueOf(ByteString.copyFrom(content)))
            .setType(type)
            .build();
    await(server.submitClientRequestAsync(request), PATIENCE);
  }

  private static void await(CompletableFuture<RaftClientReply> asked, Duration patience)
      throws IOException {
    try {
      RaftClientReply reply = asked.get(patience.toMillis(), TimeUnit.MILLISECONDS);
      if (!reply.isSuccess()) {
        throw new IOException("the group did not agree", reply.getException());
      }
    } catch (ExecutionException | TimeoutException failed) {
      throw new IOException("the group did not agree", failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted before the group agreed", interrupted);
    }
  }

  /**
   * Has the log's files rid of the entries that were applied {@code stay} ago or earlier: where
   * this node leads it cuts the log, and any node then keeps a snapshot in place of what is before
   * the cut. To be called again and again.
   *
   * @throws IOException if it could not be done now
   */
  public void tidy(Duration stay) throws IOException {
    if (leads().isPresent() && machine.isDue(stay)) {
      append(Padding.FIRST.content());
      append(Padding.SECOND.content());
    }
    if (machine.wantsSnapshot()) {
      await(
          server.snapshotManagementAsync(
              SnapshotManagementRequest.newCreate(
                  self,
                  server.getId(),
                  group.getGroupId(),
                  calls.incrementAndGet(),
                  PATIENCE.toMillis(),
                  /* creationGap= */ 1)),
          PATIENCE);
    }
  }

  /** Has one of the others lead where this node does, if one of them can. */
  @Decides("REP-13")
  public void handOver() {
    for (RaftPeer peer : group.getPeers()) {
      if (leads().isPresent() && !peer.getId().equals(server.getId())) {
        try {
          await(
              server.transferLeadershipAsync(
                  new TransferLeadershipRequest(
                      self,
                      server.getId(),
                      group.getGroupId(),
                      calls.incrementAndGet(),
                      peer.getId(),
                      FAREWELL.toMillis())),
              FAREWELL.plusSeconds(1));
        } catch (IOException notThisOne) {
          // The next may be able to.
        }
      }
    }
  }

  private DivisionInfo info() throws IOException {
    return server.getDivision(group.getGroupId()).getInfo();
  }

  /** Takes no part any more; hands nothing over by itself. */
  @Override
  public void close() throws IOException {
    server.close();
  }
}
