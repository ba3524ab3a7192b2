package lockstep.adapter.vaultstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import lockstep.adapter.raft.AgreedLog;
import lockstep.device.TestDevice;
import lockstep.device.VaultSite;
import lockstep.device.enrol.EnrolmentOutcome;
import lockstep.device.vault.UnlockOutcome;
import lockstep.device.vault.VaultClient;
import lockstep.evidence.TestsFolder;
import lockstep.spec.Verifies;
import lockstep.wire.Bytes;
import lockstep.wire.Refusal;
import lockstep.wire.Request;
import lockstep.wire.RequestMessage;
import lockstep.wire.SignedReply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three nodes of one vault, over the real log: what a leader's end and a lost majority do. */
class ClusterNodeProperties {

  private static final String RIGHT = "correct horse";
  private static final String WRONG = "wrong horse!";

  @TempDir Path directory;

  @Test
  @Verifies({
    "REP-1~2",
    "REP-2~2",
    "REP-3",
    "REP-4",
    "REP-5",
    "REP-6",
    "REP-7",
    "REP-9",
    "ATR-10",
    "ATR-13~2"
  })
  void aLeadersEndCostsOneAttemptAndALostMajorityTheAnswer() throws Exception {
    try (ThreeNodes nodes = new ThreeNodes(directory)) {
      sweepsOnceItLeads(nodes); // it has cost an attempt
      TestDevice device = new TestDevice();
      assertThat(ThreeNodes.enrol(device, nodes.connection()))
          .isInstanceOf(EnrolmentOutcome.Enrolled.class);
      assertThat(left(device.unlock(nodes.connection(), WRONG))).isEqualTo(3);
      String first = nodes.leader;
      // The leader ends between the charge and the KE3, and with it the session; not the charge.
      UnlockOutcome interrupted =
          device.unlock(nodes.connection(endingItsLeaderAtFinish(nodes)), RIGHT);
      assertThat(interrupted).isNotInstanceOf(UnlockOutcome.Released.class);
      assertThat(nodes.running).doesNotContainKey(first);
      assertThat(left(device.unlock(nodes.connection(), WRONG))).isEqualTo(1);
      assertThat(nodes.leader).isNotEqualTo(first);
      nodes.start(first);
      assertThat(device.unlock(nodes.connection(), RIGHT))
          .isInstanceOf(UnlockOutcome.Released.class);
      ThreeNodes.await(() -> nodes.running.get(first).isReady());
      assertThat(nodes.running.get(first).exchange(challenge())).isEmpty();
      strangersAreShutOut(nodes);
      whoIsLeftAloneAnswersNothing(nodes, nodes.leader);
      logThatIsGone(nodes, first);
    }
  }

  /** Nodes that look for what is over each quarter of an hour. */
  private static void sweepsOnceItLeads(ThreeNodes nodes) throws IOException {
    nodes.leaveAStage();
    nodes.now.updateAndGet(before -> before.plus(Duration.ofMinutes(10)));
    String leader = nodes.leader;
    nodes.stop(leader);
    ThreeNodes.await(() -> nodes.accountsWithAnEnd().equals(Set.of(0)));
    nodes.start(leader);
  }

  private static VaultClient endingItsLeaderAtFinish(ThreeNodes nodes) {
    return request -> {
      if (Request.decode(request).orElseThrow() instanceof Request.Finish
          && nodes.running.size() == ThreeNodes.NAMES.size()) {
        nodes.stop(nodes.leader);
      }
      return nodes.exchange(request);
    };
  }

  private static int left(UnlockOutcome outcome) {
    assertThat(outcome).isInstanceOf(UnlockOutcome.WrongPassword.class);
    return ((UnlockOutcome.WrongPassword) outcome).attemptsRemaining();
  }

  private static byte[] challenge() {
    return new Request.Challenge(VaultSite.ALICE).encode(Bytes.zero(RequestMessage.NONCE_BYTES));
  }

  private static void whoIsLeftAloneAnswersNothing(ThreeNodes nodes, String leader)
      throws IOException {
    for (String name : new ArrayList<>(nodes.running.keySet())) {
      if (!name.equals(leader)) {
        nodes.stop(name);
      }
    }
    // What the others confirmed before they ended may still be on its way.
    ThreeNodes.await(() -> answersNothing(nodes.running.get(leader)));
    assertThat(answersNothing(nodes.running.get(leader))).isTrue();
  }

  private static boolean answersNothing(ClusterNode node) {
    try {
      Optional<byte[]> answer = node.exchange(challenge());
      return answer.isEmpty()
          || SignedReply.decode(answer.get()).orElseThrow().reply() instanceof Refusal.Unavailable;
    } catch (IOException damaged) {
      throw new UncheckedIOException(damaged);
    }
  }

  private static void logThatIsGone(ThreeNodes nodes, String name) throws IOException {
    TestsFolder.delete(nodes.folder(name).resolve("log"));
    Files.createDirectory(nodes.folder(name).resolve("log"));
    assertThatThrownBy(() -> nodes.start(name)).isInstanceOf(AgreedLog.LogLost.class);
  }

  /** Neither somebody without a certificate nor an older TLS gets a byte across. */
  private static void strangersAreShutOut(ThreeNodes nodes) throws Exception {
    for (String version : List.of("TLSv1.3", "TLSv1.2")) {
      SSLContext anybody = SSLContext.getInstance(version);
      anybody.init(null, new TrustManager[] {trustingAll()}, null);
      InetSocketAddress address = nodes.members.get("node1");
      try (SSLSocket socket =
          (SSLSocket) anybody.getSocketFactory().createSocket("127.0.0.1", address.getPort())) {
        socket.setEnabledProtocols(new String[] {version});
        assertThatThrownBy(
                () -> {
                  socket.startHandshake();
                  socket.getInputStream().transferTo(OutputStream.nullOutputStream());
                  throw new SSLException("closed without a word");
                })
            .isInstanceOf(IOException.class);
      }
    }
  }

  private static X509TrustManager trustingAll() {
    return new X509TrustManager() {
      @Override
      public void checkClientTrusted(java.security.cert.X509Certificate[] chain, String type) {}

      @Override
      public void checkServerTrusted(java.security.cert.X509Certificate[] chain, String type) {}

      @Override
      public java.security.cert.X509Certificate[] getAcceptedIssuers() {
        return new java.security.cert.X509Certificate[0];
      }
    };
  }
}
