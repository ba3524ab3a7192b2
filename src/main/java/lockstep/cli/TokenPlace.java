package lockstep.cli;

import java.nio.file.Path;
import java.time.Duration;
import lockstep.adapter.remote.CommandTokens;
import lockstep.adapter.remote.FileTokens;
import lockstep.device.vault.AccountTokens;
import lockstep.wire.WireReader;
import lockstep.wire.WireWriter;

/**
 * Where account tokens come from.
 *
 * @param isCommand whether a command prints them; otherwise a file holds one
 * @param text the command, or the file's absolute path
 */
record TokenPlace(boolean isCommand, String text) {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  AccountTokens tokens() {
    return isCommand ? new CommandTokens(text, PATIENCE) : new FileTokens(Path.of(text));
  }

  void write(WireWriter writer) {
    writer.flag(isCommand).text16(text);
  }

  static TokenPlace read(WireReader reader) {
    return new TokenPlace(reader.flag(), reader.text16(VaultPlace.MAX_COMMAND_BYTES));
  }
}
