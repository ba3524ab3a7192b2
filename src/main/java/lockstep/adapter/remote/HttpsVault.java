package lockstep.adapter.remote;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import lockstep.device.vault.VaultClient;
import lockstep.spec.Decides;
import lockstep.spec.Implements;
import lockstep.wire.Bytes;
import lockstep.wire.Request;

/**
 * A vault behind {@code POST /v1/exchange} at one address or several. Each message is carried out
 * once at most: another address gets it only where nothing was done with it at the one before.
 */
@Decides("DOR-8~2")
@Implements({"NET-1~2", "NET-4", "DOR-9"})
public final class HttpsVault implements VaultClient, AutoCloseable {

  private static final String PATH = "/v1/exchange";
  private static final Duration CONNECTING = Duration.ofSeconds(10);
  private static final int DONE = 200;
  private static final int NO_REPLY = 500;
  private static final int BUSY = 503;

  private static final Duration TURNING = Duration.ofSeconds(20);
  private static final Duration PAUSE = Duration.ofMillis(200);

  private final List<URI> addresses;
  private int current;
  private final HttpClient client;
  private final Duration patience;

  /**
   * The vault there, which has so much time for each reply; nothing is sent yet.
   *
   * @param addresses {@code https://host:port} of each of its nodes
   * @param key SHA-256 of the only public key to trust; empty for the platform's authorities
   * @param clock by which the certificate of that key has to be valid
   */
  public HttpsVault(
      List<URI> addresses, Optional<Bytes> key, InstantSource clock, Duration patience) {
    this.addresses = addresses.stream().map(address -> address.resolve(PATH)).toList();
    this.patience = patience;
    SSLParameters version = new SSLParameters();
    version.setProtocols(new String[] {"TLSv1.3"});
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECTING)
            .sslContext(trusting(key, clock))
            .sslParameters(version)
            .build();
  }

  private static SSLContext trusting(Optional<Bytes> key, InstantSource clock) {
    try {
      SSLContext context = SSLContext.getInstance("TLSv1.3");
      context.init(
          null,
          key.map(digest -> new TrustManager[] {new PinnedKey(digest, clock)}).orElse(null),
          null);
      return context;
    } catch (GeneralSecurityException everyPlatformHasIt) {
      throw new IllegalStateException(everyPlatformHasIt);
    }
  }

  /** Asks node after node while one of them says that another will lead. */
  @Override
  public synchronized byte[] exchange(byte[] request) throws VaultUnreachable {
    long until = System.nanoTime() + TURNING.toNanos();
    while (true) {
      boolean waits = false;
      VaultUnreachable last = null;
      for (int i = 0; i < addresses.size(); i++) {
        try {
          return exchange(request, addresses.get(current));
        } catch (VaultUnreachable unreachable) {
          if (!unreachable.reason().isNothingDone()) {
            throw unreachable;
          }
          waits |= unreachable.reason() == VaultUnreachable.Reason.BUSY;
          last = last == null || waits ? unreachable : last;
          current = (current + 1) % addresses.size();
        }
      }
      if (addresses.size() == 1 || !waits || System.nanoTime() > until) {
        throw Objects.requireNonNull(last, "there is an address");
      }
      pause();
    }
  }

  private static void pause() throws VaultUnreachable {
    try {
      Thread.sleep(PAUSE.toMillis());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new VaultUnreachable(VaultUnreachable.Reason.BUSY);
    }
  }

  private byte[] exchange(byte[] request, URI address) throws VaultUnreachable {
    HttpRequest sent =
        HttpRequest.newBuilder(address)
            .header("Content-Type", "application/octet-stream")
            .POST(BodyPublishers.ofByteArray(request))
            .build();
    CompletableFuture<Answer> answer =
        client.sendAsync(sent, BodyHandlers.ofInputStream()).thenApplyAsync(Answer::of);
    try {
      return answer.get(patience.toNanos(), TimeUnit.NANOSECONDS).reply();
    } catch (TimeoutException silent) {
      throw new VaultUnreachable(VaultUnreachable.Reason.SILENT);
    } catch (ExecutionException failed) {
      throw new VaultUnreachable(reason(failed));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new VaultUnreachable(VaultUnreachable.Reason.BROKEN);
    }
  }

  /** A status, and the body up to one byte more than a message may have. */
  private static final class Answer {

    private final int status;
    private final byte[] body;

    private Answer(int status, byte[] body) {
      this.status = status;
      this.body = body;
    }

    static Answer of(HttpResponse<InputStream> response) {
      try (InputStream body = response.body()) {
        return new Answer(response.statusCode(), body.readNBytes(Request.MAX_BYTES + 1));
      } catch (IOException broken) {
        throw new UncheckedIOException(broken);
      }
    }

    byte[] reply() throws VaultUnreachable {
      if (status == BUSY) {
        throw new VaultUnreachable(VaultUnreachable.Reason.BUSY);
      }
      if (status == NO_REPLY) {
        throw new VaultUnreachable(VaultUnreachable.Reason.NO_REPLY);
      }
      if (status != DONE || body.length > Request.MAX_BYTES) {
        throw new VaultUnreachable(VaultUnreachable.Reason.NO_MESSAGE);
      }
      return body;
    }
  }

  private static VaultUnreachable.Reason reason(ExecutionException failed) {
    if (isCause(failed, CertificateExpiredException.class)
        || isCause(failed, CertificateNotYetValidException.class)) {
      return VaultUnreachable.Reason.CERTIFICATE_DATE;
    }
    if (isCause(failed, CertificateException.class)) {
      return VaultUnreachable.Reason.OTHER_CERTIFICATE;
    }
    if (isCause(failed, SSLHandshakeException.class)) {
      return VaultUnreachable.Reason.NO_TLS;
    }
    if (isCause(failed, ConnectException.class)
        || isCause(failed, HttpConnectTimeoutException.class)) {
      return VaultUnreachable.Reason.DOWN;
    }
    return isCause(failed, HttpTimeoutException.class)
        ? VaultUnreachable.Reason.SILENT
        : VaultUnreachable.Reason.BROKEN;
  }

  private static boolean isCause(Throwable failure, Class<? extends Exception> kind) {
    return Stream.<Throwable>iterate(failure, cause -> cause != null, Throwable::getCause)
        .anyMatch(kind::isInstance);
  }

  /** Does nothing: its connections end with the process, or when the server wants them to. */
  @Override
  public void close() {}
}
