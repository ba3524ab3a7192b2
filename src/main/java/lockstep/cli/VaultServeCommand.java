package lockstep.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import lockstep.adapter.server.StreamService;
import lockstep.adapter.vaultstore.EmbeddedVault;
import lockstep.spec.Implements;
import lockstep.wire.MessageFrame;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Serves a Backup Key Vault to devices. */
@Command(name = "vault serve", description = "Serve a Backup Key Vault to devices.")
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class VaultServeCommand implements lockstep.cli.Command {

  @Mixin private SharedOptions shared;

  @Parameters(paramLabel = "DIR", description = "The vault's folder, made by lockstep vault init.")
  private Path directory;

  @Option(
      names = "--stdio",
      description = "Take requests from standard input and give replies on standard output.")
  private boolean stdio;

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
    if (!stdio || shared.json()) {
      return Answer.usage(
          stdio
              ? "Standard output carries the vault's replies, so there is no room for --json."
              : "It is not said how to serve the vault.",
          stdio ? "Leave out --json." : "Run the command again with --stdio.");
    }
    Path folder = directory.toAbsolutePath().normalize();
    try (EmbeddedVault vault =
        LocalVault.inFolder(
            folder,
            opened ->
                opened.openVault(surroundings.clock(), new SecureRandom(), surroundings.disk()))) {
      return served(vault, surroundings);
    }
  }

  @Implements("DOR-2")
  private static Answer served(EmbeddedVault vault, Surroundings surroundings) {
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
