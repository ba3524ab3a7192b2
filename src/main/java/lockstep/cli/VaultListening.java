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
import lockstep.adapter.server.ExchangeCounts;
import lockstep.adapter.server.HttpsService;
import lockstep.adapter.server.OperatorsService;
import lockstep.adapter.server.SelfSigned;
import lockstep.adapter.server.ServerCertificate;
import lockstep.adapter.server.ServiceLimits;
import lockstep.adapter.server.Standing;
import lockstep.device.vault.VaultClient;
import lockstep.spec.Decides;
import lockstep.spec.Implements;
import lockstep.wire.Bytes;

/** A vault that is served over HTTPS until the process is told to end. */
@Decides("NET-6~2")
@Implements({"NET-5", "OPS-1"})
final class VaultListening {

  private static final Duration VALIDITY = Duration.ofDays(3_650);
  private static final Duration ASKING = Duration.ofMillis(100);
  private static final Duration LOOKING = Duration.ofSeconds(2);
  private static final Duration FAREWELL = Duration.ofSeconds(20);

  private final Path folder;
  private final InetSocketAddress address;
  private final Surroundings surroundings;
  private final Announcement announcement;

  /** Where devices reach the vault, and what it and its operators are told. */
  interface Announcement {

    /** What follows {@code --vault}; the port is the one that this process listens on. */
    String addresses(int port);

    /** What a device would be told now. */
    Standing standing();

    /** Where operators ask for it; empty for nowhere. */
    Optional<InetSocketAddress> operators();
  }

  /** Of the vault, or the node of one, in that folder. */
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
    return operated(
        new ExchangeCounts(vault, System::nanoTime),
        new HttpsService.Tls(chain, secret, LOOKING, this::tellOfUselessCertificate));
  }

  private Answer operated(ExchangeCounts vault, HttpsService.Tls tls) {
    if (announcement.operators().isEmpty()) {
      return listening(vault, tls);
    }
    try (OperatorsService operators =
        OperatorsService.start(announcement.operators().get(), announcement::standing, vault)) {
      surroundings
          .errors()
          .println("Operators find /live, /ready and /metrics at port " + operators.port() + ".");
      return listening(vault, tls);
    } catch (IOException taken) {
      return addressTaken("for operators ");
    }
  }

  // At SIGTERM the process ends when its hooks have ended; this one waits for the last answer.
  private Answer listening(VaultClient vault, HttpsService.Tls tls) {
    Thread serving = Thread.currentThread();
    CountDownLatch ended = new CountDownLatch(1);
    Thread hook = new Thread(() -> end(serving, ended), "end of the vault");
    try (HttpsService service = HttpsService.start(vault, address, tls, ServiceLimits.STANDARD)) {
      Runtime.getRuntime().addShutdownHook(hook);
      while (!announcement.standing().isReady()) {
        Thread.sleep(ASKING.toMillis());
      }
      surroundings.output().println(options(service));
      surroundings.output().flush();
      new CountDownLatch(1).await();
    } catch (InterruptedException end) {
      return Answer.done("");
    } catch (ServerCertificate.Unusable none) {
      return Answer.refused(
              "The server's certificate and key cannot be used: a file is missing, or they do not"
                  + " belong together.",
              "A certificate is PEM, a key PKCS#8 in PEM: openssl pkcs8 -topk8 -nocrypt makes one.")
          .with("reason", "certificateUnusable");
    } catch (IOException taken) {
      return addressTaken("");
    } finally {
      ended.countDown();
    }
    return Answer.done("");
  }

  private static Answer addressTaken(String whose) {
    return Answer.refused(
            "The address " + whose + "to listen on cannot be listened on.",
            "Another program may have it, or it is not of this machine.")
        .with("reason", "addressTaken");
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

  private String options(HttpsService service) throws IOException {
    String options =
        "--vault "
            + announcement.addresses(service.port())
            + " --vault-identity "
            + Files.readString(folder.resolve("identity.pub")).strip()
            + " --vault-tls-key "
            + hex(service.keyDigest());
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
