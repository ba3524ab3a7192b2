package lockstep.adapter.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import lockstep.device.vault.VaultClient;
import lockstep.spec.Verifies;
import lockstep.wire.AccountName;
import lockstep.wire.Bytes;
import lockstep.wire.Request;
import lockstep.wire.Sha256;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** What a vault's server does with whoever connects, on a real socket. */
class HttpsServiceProperties {

  private static final ServiceLimits LIMITS = new ServiceLimits(Duration.ofMillis(300), 3, 8, 1);

  private final AtomicInteger asked = new AtomicInteger();

  private byte[] echo(byte[] message) throws IOException {
    asked.incrementAndGet();
    if (message.length > 0 && message[0] == 0) {
      throw new IOException("this account's state is damaged");
    }
    return message;
  }

  @Property(tries = 20)
  @Verifies("NET-4")
  void eachMessageGetsItsReplyAlsoAfterOneThatHasNone(
      @ForAll @Size(min = 1, max = 3) List<@Size(max = 50) byte[]> messages) throws Exception {
    try (RunningService service = new RunningService(this::echo, LIMITS);
        SSLSocket device = service.connect("TLSv1.3")) {
      InputStream replies = device.getInputStream();
      for (byte[] message : messages) {
        boolean damaged = message.length > 0 && message[0] == 0;
        device.getOutputStream().write(RunningService.post(message.length, message));
        assertThat(RunningService.head(replies))
            .startsWith(damaged ? "HTTP/1.1 500" : "HTTP/1.1 200");
        assertThat(replies.readNBytes(damaged ? 0 : message.length))
            .isEqualTo(damaged ? new byte[0] : message);
      }
    }
    assertThat(asked.getAndSet(0)).isEqualTo(messages.size());
  }

  /** Requests that are none. */
  private enum NoRequest {
    NO_LENGTH("POST /v1/exchange HTTP/1.1\r\nHost: v\r\n\r\n", 411),
    IN_CHUNKS("POST /v1/exchange HTTP/1.1\r\nHost: v\r\nTransfer-Encoding: chunked\r\n\r\n", 411),
    LONG_BODY("POST /v1/exchange HTTP/1.1\r\nHost: v\r\nContent-Length: 16385\r\n\r\n", 413),
    LONG_HEADER(
        "POST /v1/exchange HTTP/1.1\r\nHost: v\r\nX: " + "x".repeat(9_000) + "\r\n\r\n", 431),
    OTHER_PATH("POST /v2/exchange HTTP/1.1\r\nHost: v\r\nContent-Length: 1\r\n\r\nx", 404),
    OTHER_METHOD("PUT /v1/exchange HTTP/1.1\r\nHost: v\r\nContent-Length: 1\r\n\r\nx", 405);

    private final String text;
    private final int status;

    NoRequest(String text, int status) {
      this.text = text;
      this.status = status;
    }
  }

  @Property(tries = 12)
  @Verifies({"NET-2~2", "NET-4"})
  void whatIsNoRequestIsRefusedBeforeItIsRead(@ForAll NoRequest kind) throws Exception {
    try (RunningService service = new RunningService(this::echo, LIMITS);
        SSLSocket device = service.connect("TLSv1.3")) {
      device.getOutputStream().write(kind.text.getBytes(StandardCharsets.US_ASCII));
      InputStream replies = device.getInputStream();
      assertThat(RunningService.head(replies)).startsWith("HTTP/1.1 " + kind.status);
      assertThat(isEnded(device)).isTrue();
    }
    assertThat(asked).hasValue(0);
  }

  @Property(tries = 6)
  @Verifies("NET-2~2")
  void whoeverIsTooSlowIsEndedAndTheOthersAreServed(
      @ForAll @IntRange(min = 0, max = 100) int brought) throws Exception {
    byte[] request = RunningService.post(60, new byte[60]);
    try (RunningService service = new RunningService(message -> new byte[] {1}, LIMITS);
        SSLSocket slow = service.connect("TLSv1.3")) {
      long begun = System.nanoTime();
      slow.getOutputStream().write(Arrays.copyOf(request, brought));
      drip(slow, begun);
      assertThat(isEnded(slow)).isTrue();
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
      try (SSLSocket quick = service.connect("TLSv1.3")) {
        quick.getOutputStream().write(request);
        assertThat(RunningService.head(quick.getInputStream())).startsWith("HTTP/1.1 200");
      }
    }
  }

  // A byte now and then keeps a connection from being idle.
  private static void drip(SSLSocket slow, long begun) throws InterruptedException {
    try {
      while (System.nanoTime() - begun < LIMITS.sending().toNanos() * 2) {
        slow.getOutputStream().write('x');
        Thread.sleep(60);
      }
    } catch (IOException ended) {
      // As it should.
    }
  }

  @Property(tries = 3)
  @Verifies("NET-2~2")
  void anAddressHasItsShareOfConnections(@ForAll @IntRange(min = 1, max = 3) int more)
      throws Exception {
    ServiceLimits patient = new ServiceLimits(Duration.ofSeconds(10), 3, 8, 1);
    List<SSLSocket> open = new ArrayList<>();
    try (RunningService service = new RunningService(this::echo, patient)) {
      for (int i = 0; i < patient.connectionsOfAddress(); i++) {
        SSLSocket within = service.connect("TLSv1.3");
        within.startHandshake();
        open.add(within);
      }
      for (int i = 0; i < more; i++) {
        try (SSLSocket beyond = service.connect("TLSv1.3")) {
          assertThatThrownBy(beyond::startHandshake).isInstanceOf(IOException.class);
        }
      }
      open.get(0).getOutputStream().write(RunningService.post(1, new byte[] {7}));
      assertThat(RunningService.head(open.get(0).getInputStream())).startsWith("HTTP/1.1 200");
      for (SSLSocket socket : open) {
        socket.close();
      }
    }
  }

  @Property(tries = 4)
  @Verifies("NET-2~2")
  void anAccountIsServedOneAfterTheOtherAndTheRestIsSentAway(
      @ForAll @IntRange(min = 1, max = 3) int tooMany) throws Exception {
    CountDownLatch reached = new CountDownLatch(2);
    CountDownLatch free = new CountDownLatch(1);
    ServiceLimits limits = new ServiceLimits(Duration.ofSeconds(10), 10, 8, 1);
    try (RunningService service = new RunningService(held(reached, free), limits)) {
      List<CompletableFuture<String>> heads = new ArrayList<>();
      for (int i = 0; i < 2 + tooMany; i++) {
        heads.add(asking(service, "amara"));
      }
      for (int i = 0; i < tooMany; i++) {
        CompletableFuture.anyOf(heads.toArray(CompletableFuture[]::new)).get(10, TimeUnit.SECONDS);
        CompletableFuture<String> refused =
            heads.stream().filter(CompletableFuture::isDone).findFirst().orElseThrow();
        assertThat(refused.get()).startsWith("HTTP/1.1 503").contains("Retry-After: 1");
        heads.removeIf(head -> head == refused);
      }
      heads.add(asking(service, "ben"));
      assertThat(reached.await(10, TimeUnit.SECONDS)).isTrue();
      assertThat(heads).noneMatch(CompletableFuture::isDone);
      free.countDown();
      for (CompletableFuture<String> head : heads) {
        assertThat(head.get(10, TimeUnit.SECONDS)).startsWith("HTTP/1.1 200");
      }
    }
  }

  /** Says that a message reached it, and answers once it may. */
  private static VaultClient held(CountDownLatch reached, CountDownLatch free) {
    return message -> {
      reached.countDown();
      awaitQuietly(free);
      return message;
    };
  }

  /** Whoever knows an account's name fills the turns of an own address only. */
  @Example
  @Verifies("NET-2~2")
  void fromAnotherAddressAnAccountHasTurnsOfItsOwn() throws Exception {
    InetAddress stranger = InetAddress.getByAddress(new byte[] {127, 0, 0, 2});
    CountDownLatch reached = new CountDownLatch(2);
    CountDownLatch free = new CountDownLatch(1);
    ServiceLimits limits = new ServiceLimits(Duration.ofSeconds(10), 10, 8, 1);
    try (RunningService service = new RunningService(held(reached, free), limits)) {
      List<CompletableFuture<String>> heads =
          List.of(
              asking(service, "amara", stranger),
              asking(service, "amara", stranger),
              asking(service, "amara"));
      boolean bothAtWork = reached.await(5, TimeUnit.SECONDS);
      free.countDown();
      assertThat(bothAtWork).as("the owner waits for no stranger").isTrue();
      for (CompletableFuture<String> head : heads) {
        assertThat(head.get(10, TimeUnit.SECONDS)).startsWith("HTTP/1.1 200");
      }
    }
  }

  @Property(tries = 50)
  @Verifies("NET-2~2")
  void oneSubscriberIsOneAddress(@ForAll @Size(16) byte[] first, @ForAll @Size(16) byte[] second)
      throws Exception {
    byte[] v6 = first.clone();
    v6[0] = 0x20;
    byte[] neighbour = second.clone();
    System.arraycopy(v6, 0, neighbour, 0, 8);
    assertThat(counted(neighbour)).isEqualTo(counted(v6));
    neighbour[7]++;
    assertThat(counted(neighbour)).isNotEqualTo(counted(v6));
    byte[] v4 = Arrays.copyOf(first, 4);
    byte[] other = v4.clone();
    other[3]++;
    assertThat(counted(other)).isNotEqualTo(counted(v4));
  }

  private static String counted(byte[] address) throws IOException {
    return RemoteAddress.of(new InetSocketAddress(InetAddress.getByAddress(address), 443));
  }

  @Property(tries = 4)
  @Verifies("NET-1~2")
  void onlyTheNewestVersionOfTlsIsSpoken(@ForAll boolean newest) throws Exception {
    try (RunningService service = new RunningService(this::echo, LIMITS);
        SSLSocket device = service.connect(newest ? "TLSv1.3" : "TLSv1.2")) {
      if (newest) {
        device.startHandshake();
        assertThat(device.getSession().getProtocol()).isEqualTo("TLSv1.3");
      } else {
        assertThatThrownBy(device::startHandshake).isInstanceOf(SSLException.class);
      }
    }
  }

  @Property(tries = 3)
  @Verifies("NET-5")
  void aNewCertificateIsTakenUpAndAUselessOneIsNot(@ForAll @Size(max = 100) byte[] useless)
      throws Exception {
    try (RunningService service = new RunningService(this::echo, ServiceLimits.STANDARD)) {
      Bytes first = service.keyDigest();
      byte[] key = Files.readAllBytes(service.key());
      Files.write(service.key(), useless);
      await(() -> service.toldOfUseless() > 0);
      Thread.sleep(100);
      assertThat(service.toldOfUseless()).isEqualTo(1);
      assertThat(presented(service)).isEqualTo(first);
      Files.write(service.key(), key);
      service.renew(Instant.now(), Duration.ofDays(2));
      assertThat(service.keyDigest()).isNotEqualTo(first);
      await(() -> !presented(service).equals(first));
      assertThat(presented(service)).isEqualTo(service.keyDigest());
    }
  }

  @Property(tries = 6)
  @Verifies("NET-5")
  void filesThatAreNoCertificateAndItsKeyAreRefused(@ForAll NoPair kind) throws Exception {
    SelfSigned one = SelfSigned.make(Instant.now(), Duration.ofDays(1), new SecureRandom());
    SelfSigned two = SelfSigned.make(Instant.now(), Duration.ofDays(1), new SecureRandom());
    byte[] none = new byte[0];
    assertThat(ServerCertificate.of(one.certificate(), one.key()).keyDigest())
        .isNotEqualTo(ServerCertificate.of(two.certificate(), two.key()).keyDigest());
    assertThatThrownBy(
            () -> {
              switch (kind) {
                case OTHER_KEY -> ServerCertificate.of(one.certificate(), two.key());
                case EXCHANGED -> ServerCertificate.of(one.key(), one.certificate());
                case NO_CERTIFICATE -> ServerCertificate.of(none, one.key());
                case NO_KEY -> ServerCertificate.of(one.certificate(), none);
              }
            })
        .isInstanceOf(ServerCertificate.Unusable.class);
  }

  /** Two files that are no pair. */
  private enum NoPair {
    OTHER_KEY,
    EXCHANGED,
    NO_CERTIFICATE,
    NO_KEY
  }

  private static CompletableFuture<String> asking(RunningService service, String account) {
    return asking(service, account, InetAddress.getLoopbackAddress());
  }

  private static CompletableFuture<String> asking(
      RunningService service, String account, InetAddress from) {
    return CompletableFuture.supplyAsync(
        () -> {
          byte[] message = new Request.Challenge(new AccountName(account)).encode(Bytes.zero(32));
          try (SSLSocket device = service.connect("TLSv1.3", from)) {
            device.setSoTimeout(20_000);
            device.getOutputStream().write(RunningService.post(message.length, message));
            return RunningService.head(device.getInputStream());
          } catch (Exception failed) {
            throw new AssertionError(failed);
          }
        },
        task -> new Thread(task, "device").start());
  }

  /** The digest of the key that a new connection is shown. */
  private static Bytes presented(RunningService service) {
    try (SSLSocket device = service.connect("TLSv1.3")) {
      device.startHandshake();
      return Sha256.of(device.getSession().getPeerCertificates()[0].getPublicKey().getEncoded());
    } catch (Exception failed) {
      throw new AssertionError(failed);
    }
  }

  private static void await(BooleanSupplier seen) throws InterruptedException {
    for (int i = 0; i < 250 && !seen.getAsBoolean(); i++) {
      Thread.sleep(20);
    }
    assertThat(seen.getAsBoolean()).isTrue();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await(20, TimeUnit.SECONDS);
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean isEnded(SSLSocket socket) {
    try {
      socket.getInputStream().readAllBytes();
      return true;
    } catch (SocketTimeoutException stillOpen) {
      return false;
    } catch (IOException reset) {
      return true;
    }
  }
}
