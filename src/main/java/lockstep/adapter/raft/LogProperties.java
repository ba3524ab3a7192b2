package lockstep.adapter.raft;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import lockstep.spec.Implements;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.grpc.GrpcConfigKeys;
import org.apache.ratis.server.RaftServerConfigKeys;
import org.apache.ratis.util.SizeInBytes;
import org.apache.ratis.util.TimeDuration;

/** How Ratis is used: no lease, durable appends, small segments that are purged at a snapshot. */
@Implements("REP-5")
final class LogProperties {

  /** A segment that is open cannot be purged, so it is not to stay open for long. */
  static final int SEGMENT_BYTES = 1 << 20;

  private static final int ENTRIES_TO_SNAPSHOT = 50_000;

  private LogProperties() {}

  static RaftProperties of(Path directory, InetSocketAddress address) {
    RaftProperties properties = new RaftProperties();
    GrpcConfigKeys.Server.setHost(properties, address.getHostString());
    GrpcConfigKeys.Server.setPort(properties, address.getPort());
    RaftServerConfigKeys.setStorageDir(properties, List.of(directory.toFile()));
    RaftServerConfigKeys.Rpc.setFirstElectionTimeoutMin(properties, millis(300));
    RaftServerConfigKeys.Rpc.setFirstElectionTimeoutMax(properties, millis(600));
    RaftServerConfigKeys.Rpc.setTimeoutMin(properties, millis(1_500));
    RaftServerConfigKeys.Rpc.setTimeoutMax(properties, millis(3_000));
    RaftServerConfigKeys.setCloseThreshold(properties, TimeDuration.valueOf(1, TimeUnit.DAYS));
    RaftServerConfigKeys.Read.setOption(properties, RaftServerConfigKeys.Read.Option.LINEARIZABLE);
    RaftServerConfigKeys.Read.setLeaderLeaseEnabled(properties, false);
    RaftServerConfigKeys.Log.setSegmentSizeMax(properties, SizeInBytes.valueOf(SEGMENT_BYTES));
    RaftServerConfigKeys.Log.setPreallocatedSize(properties, SizeInBytes.valueOf(SEGMENT_BYTES));
    RaftServerConfigKeys.Log.setPurgeUptoSnapshotIndex(properties, true);
    RaftServerConfigKeys.Log.setPurgeGap(properties, 1);
    RaftServerConfigKeys.Snapshot.setAutoTriggerEnabled(properties, true);
    RaftServerConfigKeys.Snapshot.setAutoTriggerThreshold(properties, ENTRIES_TO_SNAPSHOT);
    RaftServerConfigKeys.Snapshot.setTriggerWhenStopEnabled(properties, false);
    RaftServerConfigKeys.Snapshot.setRetentionFileNum(properties, 1);
    return properties;
  }

  private static TimeDuration millis(long count) {
    return TimeDuration.valueOf(count, TimeUnit.MILLISECONDS);
  }
}
