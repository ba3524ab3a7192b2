package lockstep.cli;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import lockstep.adapter.durable.DurableFiles;
import lockstep.adapter.server.HttpsService;
import lockstep.adapter.server.SelfSigned;
import lockstep.adapter.server.ServerCertificate;
import lockstep.adapter.server.ServiceLimits;
import lockstep.device.vault.VaultClient;
import lockstep.spec.Decides;
import lockstep.spec.Implements;
import lockstep.wire.Bytes;

/** A vault that is served over HTTPS until the process is told to end. */
@Decides("NET-6")
@Implements("NET-5")
final class VaultListening {

  private static final Duration VALIDITY = Duration.ofDays(3_650);
  private static final Duration ASKING = Duration.ofMillis(100);
  private static final Duration LOOKING = Duration.ofSeconds(2);
  private static final Duration FAREWELL = Duration.ofSeconds(20);

  private final Path folder;
  private final InetSocketAddress address;
  private final Surroundings surroundings;
  private final Announcement announcement;

  /** Where devices reach the vault, and whether it would answer them by now. */
  interface Announcement {

    /** What follows {@code --vault}; the port is the one that this process listens on. */
    String addresses(int port);

    /** Whether a request would be answered. */
    boolean isReady();
  }

  /** Of the vault in that folder. */
  VaultListening(Path folder, InetSocketAddress address, Surroundings surroundings) {
    this(
        folder,
        address,
        surroundings,
        new Announcement() {
          @Override
          public String addresses(int port) {
            return "https://" + address.getHostString() + ":" + port;
          }

          @Override
          public boolean isReady() {
            return true;
          }
        });
  }

  /** Of one node of a vault. */
  VaultListening(
      Path folder,
      InetSocketAddress address,
      Surroundings surroundings,
      Announcement announcement) {
    this.folder = folder;
    this.address = address;
    this.surroundings = surroundings;
    this.announcement = announcement;
  }

  /** Serves until this thread is interrupted, which SIGTERM does. */
  Answer serve(VaultClient vault, Optional<Path> certificates, Optional<Path> key)
      throws IOException {
    Path chain = certificates.orElse(folder.resolve("tls/certificate.pem"));
    Path secret = key.orElse(folder.resolve("tls/key.pem"));
    if (certificates.isEmpty() && !Files.exists(chain)) {
      make(chain, secret);
    }
    ServerCertificate certificate;
    try {
      certificate = ServerCertificate.read(chain, secret);
    } catch (IOException none) {
      return Answer.refused(
              "The server's certificate and key cannot be used: a file is missing, or they do not"
                  + " belong together.",
              "A certificate is PEM, a key PKCS#8 in PEM: openssl pkcs8 -topk8 -nocrypt makes one.")
          .with("reason", "certificateUnusable");
    }
    return listening(
        vault,
        certificate,
        new HttpsService.Tls(chain, secret, LOOKING, this::tellOfUselessCertificate));
  }

  // At SIGTERM the process ends when its hooks have ended; this one waits for the last answer.
  private Answer listening(VaultClient vault, ServerCertificate certificate, HttpsService.Tls tls) {
    Thread serving = Thread.currentThread();
    CountDownLatch ended = new CountDownLatch(1);
    Thread hook = new Thread(() -> end(serving, ended), "end of the vault");
    try (HttpsService service = HttpsService.start(vault, address, tls, ServiceLimits.STANDARD)) {
      Runtime.getRuntime().addShutdownHook(hook);
      while (!announcement.isReady()) {
        Thread.sleep(ASKING.toMillis());
      }
      surroundings.output().println(options(service.port(), certificate));
      surroundings.output().flush();
      new CountDownLatch(1).await();
    } catch (InterruptedException end) {
      return Answer.done("");
    } catch (IOException taken) {
      return Answer.refused(
              "The address to listen on cannot be listened on.",
              "Another program may have it, or it is not of this machine.")
          .with("reason", "addressTaken");
    } finally {
      ended.countDown();
    }
    return Answer.done("");
  }

  private static void end(Thread serving, CountDownLatch ended) {
    serving.interrupt();
    try {
      ended.await(FAREWELL.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
  }

  private void make(Path chain, Path secret) throws IOException {
    DurableFiles files = surroundings.files();
    SelfSigned made = SelfSigned.make(surroundings.clock().instant(), VALIDITY, new SecureRandom());
    files.createDirectories(folder.resolve("tls"));
    files.replace(secret, made.key());
    files.replace(chain, made.certificate());
  }

  private void tellOfUselessCertificate() {
    surroundings
        .errors()
        .println(
            "The server's certificate and key were changed and cannot be used: those before stay in"
                + " use. Put a certificate and its key in PKCS#8 there.");
  }

  private String options(int port, ServerCertificate certificate) throws IOException {
    String options =
        "--vault "
            + announcement.addresses(port)
            + " --vault-identity "
            + Files.readString(folder.resolve("identity.pub")).strip()
            + " --vault-tls-key "
            + hex(certificate.keyDigest());
    Path messenger = folder.resolve("messenger");
    return Files.isDirectory(messenger)
        ? options
            + " --token-command "
            + word(word(launcher()) + " messenger token " + word(messenger.toString()))
        : options;
  }

  /** What starts this program from any folder, as its launcher says. */
  private String launcher() {
    return surroundings.environment().getOrDefault("LOCKSTEP_COMMAND", "lockstep");
  }

  /** As one word of a shell's line. */
  private static String word(String text) {
    return text.matches("[A-Za-z0-9_./-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
  }

  private static String hex(Bytes bytes) {
    return HexFormat.of().formatHex(bytes.toArray());
  }
}
