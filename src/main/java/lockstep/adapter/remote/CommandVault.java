package lockstep.adapter.remote;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import lockstep.device.vault.VaultClient;
import lockstep.spec.Decides;
import lockstep.spec.Implements;
import lockstep.wire.MessageFrame;
import org.jspecify.annotations.Nullable;

/**
 * A vault that a command serves on its standard input and output. The command is started for the
 * first message and never again: what it knew of sessions and challenges ended with it.
 */
@Decides("DOR-3")
@Implements("DOR-1")
public final class CommandVault implements VaultClient, AutoCloseable {

  private final String command;
  private final Duration patience;
  private @Nullable ShellCommand running;
  private VaultUnreachable.@Nullable Reason over;

  /** The vault of that command, which has so much time for each reply. */
  public CommandVault(String command, Duration patience) {
    this.command = command;
    this.patience = patience;
  }

  @Override
  public synchronized byte[] exchange(byte[] request) throws VaultUnreachable {
    if (over != null) {
      throw new VaultUnreachable(over);
    }
    byte[] reply;
    try {
      ShellCommand vault = started();
      reply = vault.within(patience, () -> reply(vault, request));
    } catch (TimeoutException silent) {
      throw ended(VaultUnreachable.Reason.SILENT);
    } catch (MessageFrame.TooLong garbled) {
      throw ended(VaultUnreachable.Reason.NO_MESSAGE);
    } catch (IOException failed) {
      throw ended(VaultUnreachable.Reason.COMMAND_ENDED);
    }
    if (reply.length == 0) {
      throw new VaultUnreachable(VaultUnreachable.Reason.NO_REPLY);
    }
    return reply;
  }

  private ShellCommand started() throws IOException {
    if (running == null) {
      running = ShellCommand.start(command, Map.of());
    }
    return running;
  }

  private static byte[] reply(ShellCommand vault, byte[] request) throws IOException {
    MessageFrame.write(vault.input(), request);
    return MessageFrame.read(vault.output())
        .orElseThrow(() -> new IOException("the vault's command has ended"));
  }

  /** Ends the command at once, as a crash does. */
  public synchronized void kill() {
    ended(VaultUnreachable.Reason.COMMAND_ENDED);
  }

  private VaultUnreachable ended(VaultUnreachable.Reason reason) {
    over = reason;
    if (running != null) {
      running.end();
    }
    return new VaultUnreachable(reason);
  }

  @Override
  public synchronized void close() {
    over = VaultUnreachable.Reason.COMMAND_ENDED;
    if (running != null) {
      running.close();
      running = null;
    }
  }
}
