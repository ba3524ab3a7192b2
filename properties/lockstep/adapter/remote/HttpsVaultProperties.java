package lockstep.adapter.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import lockstep.adapter.remote.VaultUnreachable.Reason;
import lockstep.adapter.server.RunningService;
import lockstep.adapter.server.SelfSigned;
import lockstep.adapter.server.ServerCertificate;
import lockstep.adapter.server.ServiceLimits;
import lockstep.spec.Verifies;
import lockstep.wire.Bytes;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** A device and a server that is a vault's, another's or none, on a real socket. */
class HttpsVaultProperties {

  /** Where nobody listens. */
  private static final URI NOBODY = URI.create("https://127.0.0.1:1");

  private static final Duration PATIENT = Duration.ofSeconds(20);

  @Property(tries = 5)
  @Verifies({"NET-1~2", "NET-4", "DOR-9"})
  void messagesGoToTheServerWhoseKeyWasNamed(
      @ForAll @Size(max = 16_384) byte[] message, @ForAll @IntRange(min = 1, max = 3) int times)
      throws Exception {
    AtomicInteger asked = new AtomicInteger();
    try (RunningService service =
            new RunningService(sent -> counted(asked, sent), ServiceLimits.STANDARD);
        HttpsVault vault = pinned(service, service.keyDigest())) {
      for (int i = 0; i < times; i++) {
        assertThat(vault.exchange(message)).isEqualTo(message);
      }
    }
    assertThat(asked).hasValue(times);
  }

  /** Certificates that a device does not take. */
  private enum Untrusted {
    OTHER_KEY(Reason.OTHER_CERTIFICATE),
    NO_AUTHORITY(Reason.OTHER_CERTIFICATE),
    OUT_OF_DATE(Reason.CERTIFICATE_DATE),
    NOT_YET(Reason.CERTIFICATE_DATE);

    private final Reason reason;

    Untrusted(Reason reason) {
      this.reason = reason;
    }
  }

  @Property(tries = 8)
  @Verifies({"DOR-8~2", "DOR-9"})
  void nothingIsSentToAServerWithAnotherCertificate(
      @ForAll Untrusted kind, @ForAll @IntRange(min = 2, max = 300) int days) throws Exception {
    AtomicInteger asked = new AtomicInteger();
    Instant made =
        switch (kind) {
          case OUT_OF_DATE -> Instant.now().minus(Duration.ofDays(days));
          case NOT_YET -> Instant.now().plus(Duration.ofDays(days));
          default -> Instant.now();
        };
    try (RunningService service =
            new RunningService(
                sent -> counted(asked, sent), ServiceLimits.STANDARD, made, Duration.ofDays(1));
        HttpsVault vault =
            kind == Untrusted.NO_AUTHORITY
                ? new HttpsVault(
                    List.of(service.address()), Optional.empty(), Instant::now, PATIENT)
                : pinned(
                    service, kind == Untrusted.OTHER_KEY ? Bytes.zero(32) : service.keyDigest())) {
      assertThat(reason(vault)).isEqualTo(kind.reason);
    }
    assertThat(asked).hasValue(0);
  }

  /** What a server that is no vault does with a request. */
  private enum Misbehaviour {
    BREAKS("", Reason.BROKEN),
    BREAKS_WITHIN("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc", Reason.BROKEN),
    IS_SILENT("", Reason.SILENT),
    STOPS_WITHIN("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc", Reason.SILENT),
    IS_BUSY("HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n", Reason.BUSY),
    HAS_NO_REPLY("HTTP/1.1 500 Damaged\r\nContent-Length: 0\r\n\r\n", Reason.NO_REPLY),
    LEADS_ELSEWHERE(
        "HTTP/1.1 307 Elsewhere\r\nLocation: https://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n",
        Reason.NO_MESSAGE),
    IS_A_WEB_SERVER("HTTP/1.1 404 No\r\nContent-Length: 2\r\n\r\nno", Reason.NO_MESSAGE),
    TALKS_TOO_MUCH(
        "HTTP/1.1 200 OK\r\nContent-Length: 16385\r\n\r\n" + "x".repeat(16_385), Reason.NO_MESSAGE);

    private final String reply;
    private final Reason reason;

    Misbehaviour(String reply, Reason reason) {
      this.reply = reply;
      this.reason = reason;
    }

    boolean staysOpen() {
      return reason != Reason.BROKEN;
    }
  }

  @Property(tries = 18)
  @Verifies({"NET-4", "DOR-8~2"})
  void aMessageIsSentOnceWhateverTheServerDoesWithIt(@ForAll Misbehaviour kind) throws Exception {
    Duration patience = kind.reason == Reason.SILENT ? Duration.ofMillis(600) : PATIENT;
    try (ScriptedServer server = new ScriptedServer(kind.reply, kind.staysOpen());
        HttpsVault vault =
            new HttpsVault(
                List.of(server.address()), Optional.of(server.digest), Instant::now, patience)) {
      assertThat(reason(vault)).isEqualTo(kind.reason);
      assertThat(server.requests).hasValue(1);
    }
  }

  @Property(tries = 3)
  @Verifies({"NET-1~2", "DOR-8~2"})
  void nobodyAndWhoSpeaksAnOlderTlsAreToldApart(@ForAll boolean older) throws Exception {
    ScriptedServer server = new ScriptedServer("", true);
    if (older) {
      server.socket.setEnabledProtocols(new String[] {"TLSv1.2"});
    } else {
      server.close();
    }
    try (server;
        HttpsVault vault =
            new HttpsVault(
                List.of(server.address()), Optional.of(server.digest), Instant::now, PATIENT)) {
      assertThat(reason(vault)).isEqualTo(older ? Reason.NO_TLS : Reason.DOWN);
    }
    assertThat(server.requests).hasValue(0);
  }

  /** A message goes on to another node only from one that has done nothing with it. */
  @Property(tries = 16)
  @Verifies("DOR-8~2")
  void anotherNodeIsAskedOnlyWhereNothingWasDone(@ForAll Misbehaviour kind, @ForAll boolean down)
      throws Exception {
    Duration patience = kind.reason == Reason.SILENT && !down ? Duration.ofMillis(600) : PATIENT;
    SelfSigned made = SelfSigned.make(Instant.now(), Duration.ofDays(1), new SecureRandom());
    try (ScriptedServer first = new ScriptedServer(kind.reply, kind.staysOpen(), made);
        ScriptedServer next =
            new ScriptedServer("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", true, made);
        HttpsVault vault =
            new HttpsVault(
                List.of(down ? NOBODY : first.address(), next.address()),
                Optional.of(first.digest),
                Instant::now,
                patience)) {
      if (down || kind.reason == Reason.BUSY) {
        assertThat(vault.exchange(new byte[] {1})).asString().isEqualTo("ok");
        assertThat(next.requests).hasValue(1);
      } else {
        assertThat(reason(vault)).isEqualTo(kind.reason);
        assertThat(next.requests).hasValue(0);
      }
    }
  }

  /** As one does that is killed while a device turns to it. */
  @Example
  @Verifies("DOR-8~2")
  void aNodeThatEndsBeforeItAgreesOnTlsIsPassedOver() throws Exception {
    try (ServerSocket ending = new ServerSocket(0);
        ScriptedServer next =
            new ScriptedServer("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", true);
        HttpsVault vault =
            new HttpsVault(
                List.of(URI.create("https://127.0.0.1:" + ending.getLocalPort()), next.address()),
                Optional.of(next.digest),
                Instant::now,
                PATIENT)) {
      Thread node =
          new Thread(
              () -> {
                try (Socket device = ending.accept()) {
                  // With the greeting unread, the system would reset the connection.
                  assertThat(device.getInputStream().read(new byte[16_384])).isPositive();
                } catch (IOException closed) {
                  throw new UncheckedIOException(closed);
                }
              });
      node.start();
      assertThat(vault.exchange(new byte[] {1})).asString().isEqualTo("ok");
      node.join();
    }
  }

  private static HttpsVault pinned(RunningService service, Bytes key) {
    return new HttpsVault(List.of(service.address()), Optional.of(key), Instant::now, PATIENT);
  }

  private static byte[] counted(AtomicInteger asked, byte[] message) {
    asked.incrementAndGet();
    return message;
  }

  private static Reason reason(HttpsVault vault) {
    Reason[] told = new Reason[1];
    assertThatThrownBy(() -> vault.exchange(new byte[] {1}))
        .isInstanceOfSatisfying(VaultUnreachable.class, none -> told[0] = none.reason());
    return told[0];
  }

  /** Reads requests and answers each with the same text, on a real socket. */
  private static final class ScriptedServer implements AutoCloseable {

    private final SSLServerSocket socket;
    private final Bytes digest;
    private final AtomicInteger requests = new AtomicInteger();
    private final List<SSLSocket> devices = new CopyOnWriteArrayList<>();

    ScriptedServer(String reply, boolean staysOpen) throws Exception {
      this(
          reply, staysOpen, SelfSigned.make(Instant.now(), Duration.ofDays(1), new SecureRandom()));
    }

    ScriptedServer(String reply, boolean staysOpen, SelfSigned made) throws Exception {
      ServerCertificate certificate = RunningService.pair(made);
      digest = certificate.keyDigest();
      socket =
          (SSLServerSocket)
              RunningService.context(certificate)
                  .getServerSocketFactory()
                  .createServerSocket(0, 8, InetAddress.getLoopbackAddress());
      Thread accepting = new Thread(() -> accept(socket, reply, staysOpen), "scripted server");
      accepting.setDaemon(true);
      accepting.start();
    }

    private void accept(ServerSocket listening, String reply, boolean staysOpen) {
      while (!listening.isClosed()) {
        try {
          SSLSocket device = (SSLSocket) listening.accept();
          devices.add(device);
          answer(device, reply);
          if (!staysOpen) {
            device.close();
          }
        } catch (IOException hasEnded) {
          // The next device, or none where the server is closed.
        }
      }
    }

    private void answer(SSLSocket device, String reply) throws IOException {
      StringBuilder request = new StringBuilder();
      while (request.indexOf("\r\n\r\n") < 0) {
        int next = device.getInputStream().read();
        if (next < 0) {
          return;
        }
        request.append((char) next);
      }
      requests.incrementAndGet();
      device.getInputStream().read();
      device.getOutputStream().write(reply.getBytes(StandardCharsets.US_ASCII));
      device.getOutputStream().flush();
    }

    URI address() {
      return URI.create("https://127.0.0.1:" + socket.getLocalPort());
    }

    @Override
    public void close() throws IOException {
      socket.close();
      for (SSLSocket device : devices) {
        device.close();
      }
    }
  }
}
