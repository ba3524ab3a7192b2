package lockstep.adapter.s3;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import lockstep.adapter.storage.HeadClaim;
import lockstep.evidence.TestsFolder;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * One s3proxy for all tests of this process, which ends with it. It is a process of its own, with
 * libraries of its own.
 */
public final class S3Server {

  /** The environment of whoever may use it. */
  public static final Map<String, String> ENVIRONMENT =
      Map.of("AWS_ACCESS_KEY_ID", "test-key", "AWS_SECRET_ACCESS_KEY", "test-secret");

  /** Nothing is waited for; a claim is never held too long, however slow the machine. */
  static final S3Pace QUICK =
      new S3Pace(
          3,
          Duration.ofMillis(2),
          Duration.ofMillis(5),
          Duration.ofSeconds(10),
          Duration.ofSeconds(20),
          new HeadClaim.Pace(Duration.ofSeconds(120), Duration.ofMillis(50)));

  /** Parts as small as S3 lets them be, and short pages. */
  static final S3Sizes SMALL = new S3Sizes(5 * 1024 * 1024, 20);

  private static final Pattern PORT =
      Pattern.compile("Started .*ServerConnector.*\\{127\\.0\\.0\\.1:([0-9]+)\\}");
  // The shell's input ends with this process, however that ends.
  private static final String WATCHED =
      "exec 3<&0; \"$@\" </dev/null 3<&- & child=$!;"
          + " (cat <&3; kill $child) >/dev/null 2>&1 & wait $child";
  private static final AtomicInteger BUCKETS = new AtomicInteger();
  private static S3Server running;

  private final int port;

  private S3Server(int port) {
    this.port = port;
  }

  /** The server. */
  public static synchronized S3Server running() {
    if (running == null) {
      try {
        running = started();
      } catch (IOException failed) {
        throw new UncheckedIOException(failed);
      }
    }
    return running;
  }

  private static S3Server started() throws IOException {
    Path folder = Files.createTempDirectory(TestsFolder.path(), "lockstep-s3proxy");
    Path build = Path.of(System.getProperty("lockstep.build"));
    List<String> command =
        new ArrayList<>(
            List.of(
                "/bin/sh",
                "-c",
                WATCHED,
                "s3proxy",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx128m",
                "-Dorg.slf4j.simpleLogger.logFile=System.out",
                "-Dorg.slf4j.simpleLogger.cacheOutputStream=true",
                "-cp",
                build.resolve("s3proxy") + "/*",
                "org.gaul.s3proxy.Main"));
    command.addAll(List.of("--properties", configuration(folder).toString()));
    Process server = new ProcessBuilder(command).redirectErrorStream(true).start();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(server, folder)));
    BufferedReader log =
        new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8));
    S3Server started = new S3Server(port(log));
    Thread drained = new Thread(() -> drain(log));
    drained.setDaemon(true);
    drained.start();
    return started;
  }

  private static Path configuration(Path folder) throws IOException {
    Path data = Files.createDirectories(folder.resolve("data"));
    return Files.write(
        folder.resolve("s3proxy.conf"),
        List.of(
            "s3proxy.endpoint=http://127.0.0.1:0",
            "s3proxy.authorization=aws-v2-or-v4",
            "s3proxy.identity=test-key",
            "s3proxy.credential=test-secret",
            "jclouds.provider=filesystem-nio2",
            "jclouds.filesystem.basedir=" + data,
            "jclouds.identity=test-key",
            "jclouds.credential=test-secret"));
  }

  private static int port(BufferedReader log) throws IOException {
    StringBuilder said = new StringBuilder();
    String line = log.readLine();
    while (line != null) {
      Matcher port = PORT.matcher(line);
      if (port.find()) {
        return Integer.parseInt(port.group(1));
      }
      said.append(line).append('\n');
      line = log.readLine();
    }
    throw new IOException("s3proxy did not start:\n" + said);
  }

  private static void drain(BufferedReader log) {
    try {
      log.transferTo(Writer.nullWriter());
    } catch (IOException ended) {
      return;
    }
  }

  private static void end(Process server, Path folder) {
    try {
      server.getOutputStream().close();
      server.waitFor();
      List<Path> all;
      try (Stream<Path> walked = Files.walk(folder)) {
        all = walked.sorted(Comparator.reverseOrder()).toList();
      }
      for (Path path : all) {
        Files.delete(path);
      }
    } catch (IOException | InterruptedException left) {
      return;
    }
  }

  /** Where it serves. */
  public int port() {
    return port;
  }

  /** A place in a bucket that is new, at that port of this machine. */
  public S3Place place(int at) {
    String bucket = "bucket-" + BUCKETS.incrementAndGet();
    S3Place there =
        S3Place.parse("s3://" + bucket + "/some/folder")
            .flatMap(place -> place.withEndpoint("http://127.0.0.1:" + port))
            .orElseThrow();
    try (S3Client client = client(there)) {
      client.createBucket(create -> create.bucket(bucket));
    }
    return there.withEndpoint("http://127.0.0.1:" + at).orElseThrow();
  }

  /** What a test looks at the server with. */
  static S3Client client(S3Place place) {
    try {
      return S3Clients.open(place, ENVIRONMENT, QUICK);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** What lies in its bucket. */
  public static List<String> keys(S3Place place) {
    try (S3Client client = client(place)) {
      return client.listObjectsV2(list -> list.bucket(place.bucket())).contents().stream()
          .map(found -> found.key())
          .toList();
    }
  }

  /** A device's access. */
  static S3Storage device(S3Place place) throws IOException {
    return S3Storage.open(place, ENVIRONMENT, QUICK, SMALL);
  }
}
