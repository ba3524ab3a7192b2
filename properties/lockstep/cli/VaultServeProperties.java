package lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import lockstep.adapter.durable.DurableStep;
import lockstep.device.TestDevice;
import lockstep.device.VaultSite;
import lockstep.device.enrol.Enrolment;
import lockstep.device.enrol.EnrolmentOutcome;
import lockstep.device.state.PlainCopies;
import lockstep.device.vault.VaultClient;
import lockstep.secret.Password;
import lockstep.spec.Verifies;
import lockstep.wire.Request;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A vault that keeps running while nobody sends it anything. */
class VaultServeProperties {

  private static final Duration SHORT = Duration.ofMillis(20);
  private static final int SOME_SWEEPS = 10;

  private final AtomicInteger asked = new AtomicInteger();

  @ParameterizedTest
  @ValueSource(strings = {"--stdio", "--listen=127.0.0.1:0"})
  @Verifies("ATR-13~2")
  void aStageThatIsOverIsErasedThoughNobodySendsARequest(String door) throws Exception {
    AtomicReference<Instant> now = new AtomicReference<>();
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    ByteArrayOutputStream told = new ByteArrayOutputStream();
    try (PipedOutputStream requests = new PipedOutputStream();
        PipedInputStream input = new PipedInputStream(requests)) {
      Path vault = withAStage(now);
      CompletableFuture<Integer> ended = new CompletableFuture<>();
      String[] command = {"vault", "serve", vault.toString(), door};
      Surroundings around = surroundings(input, printed, told, now);
      Thread serving = new Thread(() -> ended.complete(Main.run(around, command)));
      serving.start();
      await(() -> asked.get() > SOME_SWEEPS);
      assertThat(accountsWithAnEnd(vault)).as("what is not over is kept").isEqualTo(1);
      Instant later = now.getAndSet(null).plus(Duration.ofMinutes(10));
      await(() -> told.size() > 0);
      assertThat(told.toString(StandardCharsets.UTF_8))
          .startsWith("The vault could not erase what is over; it goes on trying.")
          .hasLineCount(1);
      now.set(later);
      await(() -> accountsWithAnEnd(vault) == 0);
      assertThat(accountsWithAnEnd(vault)).isZero();
      assertThat(ended).isNotDone();
      requests.close();
      if (!door.equals("--stdio")) {
        await(() -> printed.size() > 0);
        serving.interrupt();
      }
      assertThat(ended.get(30, TimeUnit.SECONDS)).isZero();
    }
  }

  @Test
  void whoeverServesSweepsAtLeastOnceAMinute() {
    Surroundings ofProcess = Surroundings.ofProcess();
    assertThat(ofProcess.sweepsEach()).isBetween(Duration.ofSeconds(1), Duration.ofMinutes(1));
  }

  private static void await(BooleanSupplier done) throws InterruptedException {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!done.getAsBoolean() && System.nanoTime() < until) {
      Thread.sleep(SHORT.toMillis());
    }
  }

  /** The vault's folder; the reply to Register was the last that its device got. */
  private static Path withAStage(AtomicReference<Instant> now) throws IOException {
    try (VaultSite site = new VaultSite();
        Password password = VaultSite.password("correct horse")) {
      VaultClient breaking =
          request -> {
            if (Request.decode(request).orElseThrow() instanceof Request.Stage) {
              throw new IOException("the line is cut");
            }
            return site.exchange(request);
          };
      EnrolmentOutcome outcome =
          new TestDevice()
              .run(
                  state ->
                      new Enrolment(state, site.connection(breaking))
                          .enrol(VaultSite.ALICE, password, PlainCopies.NONE));
      assertThat(outcome).isInstanceOf(EnrolmentOutcome.VaultFailed.class);
      now.set(site.now());
      return site.diskImage();
    }
  }

  private Surroundings surroundings(
      PipedInputStream input,
      OutputStream printed,
      OutputStream told,
      AtomicReference<Instant> now) {
    PrintStream output = new PrintStream(printed, true, StandardCharsets.UTF_8);
    return new Surroundings(
        input,
        output,
        new PrintStream(told, true, StandardCharsets.UTF_8),
        null,
        Map.of(),
        () -> {
          asked.incrementAndGet();
          return Optional.ofNullable(now.get()).orElseThrow();
        },
        () -> VaultSite.CHEAP,
        DurableStep.NONE,
        new Providers(),
        SHORT);
  }

  private static int accountsWithAnEnd(Path vault) {
    try (Connection reader =
            DriverManager.getConnection("jdbc:sqlite:" + vault.resolve("db/vault.db"));
        Statement query = reader.createStatement();
        ResultSet rows =
            query.executeQuery("SELECT count(*) FROM accounts WHERE due IS NOT NULL")) {
      return rows.getInt(1);
    } catch (SQLException failure) {
      throw new AssertionError(failure);
    }
  }
}
