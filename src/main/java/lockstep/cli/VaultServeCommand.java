package lockstep.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import lockstep.adapter.server.StreamService;
import lockstep.adapter.vaultstore.RestartingVault;
import lockstep.adapter.vaultstore.SteadyClock;
import lockstep.adapter.vaultstore.SweptVault;
import lockstep.spec.Implements;
import lockstep.wire.MessageFrame;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Serves a Backup Key Vault to devices. */
@Command(name = "vault serve", description = "Serve a Backup Key Vault to devices.")
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class VaultServeCommand implements lockstep.cli.Command {

  @Mixin private SharedOptions shared;

  @Parameters(
      paramLabel = "DIR|FILE",
      description =
          "The vault's folder, made by lockstep vault init; or the configuration of one node of a"
              + " vault that runs on several, made by lockstep vault cluster.")
  private Path directory;

  @Option(
      names = "--stdio",
      description = "Take requests from standard input and give replies on standard output.")
  private boolean stdio;

  @Option(
      names = "--listen",
      paramLabel = "HOST:PORT",
      description = "Serve over HTTPS there; port 0 is one that is free.")
  private @Nullable String listen;

  @Option(
      names = "--tls-certificate",
      paramLabel = "FILE",
      description = "The server's certificates, PEM (default: DIR/tls/certificate.pem).")
  private @Nullable Path certificates;

  @Option(
      names = "--tls-key",
      paramLabel = "FILE",
      description = "The private key of the first of them, PEM, PKCS#8 (default: DIR/tls/key.pem).")
  private @Nullable Path tlsKey;

  @Option(
      names = "--operators",
      paramLabel = "HOST:PORT",
      description =
          "Tell operators there, without TLS, how the vault stands: /live, /ready, /metrics.")
  private @Nullable String operators;

  @Override
  public SharedOptions shared() {
    return shared;
  }

  @Override
  public boolean isOfDevice() {
    return false;
  }

  @Override
  public Answer run(Surroundings surroundings) throws IOException {
    if (Files.isRegularFile(directory)) {
      return ofNode(surroundings);
    }
    Optional<Answer> unclear = unclear();
    if (unclear.isPresent()) {
      return unclear.get();
    }
    Path folder = directory.toAbsolutePath().normalize();
    Optional<InetSocketAddress> address =
        Optional.ofNullable(listen).map(typed -> parsed("--listen", typed));
    Optional<InetSocketAddress> forOperators =
        Optional.ofNullable(operators).map(typed -> parsed("--operators", typed));
    try (RestartingVault vault = opened(folder, surroundings);
        SweptVault swept =
            SweptVault.of(
                vault, surroundings.sweepsEach(), () -> tellOfFailedSweep(surroundings))) {
      return address.isEmpty()
          ? served(swept, surroundings)
          : new VaultListening(
                  folder,
                  address.get(),
                  surroundings,
                  new OneVault(swept, address.get(), forOperators))
              .serve(swept, Optional.ofNullable(certificates), Optional.ofNullable(tlsKey));
    }
  }

  private static RestartingVault opened(Path folder, Surroundings surroundings) {
    SteadyClock clock = new SteadyClock(surroundings.clock(), System::nanoTime);
    return OpenVault.inFolder(
        folder,
        directory ->
            RestartingVault.of(
                () -> directory.openVault(clock, new SecureRandom(), surroundings.disk()), clock));
  }

  /** What is said where the options do not fit together. */
  private Optional<Answer> unclear() {
    if (stdio == (listen != null)) {
      return Optional.of(
          Answer.usage(
              "It is not said how to serve the vault, or twice.",
              "Run the command again with --listen HOST:PORT, or with --stdio."));
    }
    if (shared.json()) {
      return Optional.of(
          Answer.usage(
              "Standard output carries what devices need, so there is no room for --json.",
              "Leave out --json."));
    }
    if ((certificates == null) != (tlsKey == null)
        || (stdio && (tlsKey != null || operators != null))) {
      return Optional.of(
          Answer.usage(
              "--tls-certificate and --tls-key belong together, and they and --operators to"
                  + " --listen.",
              "Name both or none of the two, and --listen with them."));
    }
    return Optional.empty();
  }

  @Implements("ATR-13~2")
  private static void tellOfFailedSweep(Surroundings surroundings) {
    surroundings
        .errors()
        .println(
            "The vault could not erase what is over; it goes on trying. Look whether its disk is"
                + " full or broken, or another program reads its database.");
  }

  private Answer ofNode(Surroundings surroundings) throws IOException {
    boolean hasTls = certificates != null || tlsKey != null;
    if (stdio || listen != null || operators != null || hasTls || shared.json()) {
      return Answer.usage(
          "A node's configuration says how it is served: no option belongs beside it.",
          "Leave out the options, or change the file.");
    }
    return new NodeServing(surroundings).serve(directory.toAbsolutePath().normalize());
  }

  private static InetSocketAddress parsed(String option, String text) {
    return VaultAddress.toListenOn(text)
        .orElseThrow(
            () ->
                new Ended(
                    Answer.usage(
                        "The value of " + option + " is not HOST:PORT.",
                        "Write it like 127.0.0.1:8443, 0.0.0.0:8443 or [::1]:8443.")));
  }

  @Implements("DOR-2")
  private static Answer served(SweptVault vault, Surroundings surroundings) {
    try {
      new StreamService(vault).serve(surroundings.input(), new Replies(surroundings));
      return Answer.done("");
    } catch (MessageFrame.TooLong garbled) {
      return Answer.refused(
          "What came on standard input is no frame of a message.",
          "A frame is a length of four bytes and a message of at most 16,384 bytes.");
    } catch (IOException gone) {
      return Answer.of(
          Outcome.UNEXPECTED,
          "Standard input or output ended within a frame.",
          "Start lockstep vault serve again with both ends open.");
    }
  }

  /** A print stream swallows failures: nobody would notice that the reader has gone. */
  private static final class Replies extends OutputStream {

    private final Surroundings surroundings;

    private Replies(Surroundings surroundings) {
      this.surroundings = surroundings;
    }

    @Override
    public void write(int one) throws IOException {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      surroundings.output().write(bytes, offset, length);
      flush();
    }

    @Override
    public void flush() throws IOException {
      if (surroundings.output().checkError()) {
        throw new IOException("standard output is closed");
      }
    }
  }
}
