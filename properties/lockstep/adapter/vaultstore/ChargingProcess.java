package lockstep.adapter.vaultstore;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import lockstep.adapter.durable.DurableStep;
import lockstep.evidence.TestsFolder;
import lockstep.vault.machine.AttemptPolicy;
import lockstep.vault.machine.VaultReply;

/** Another process that charges an account over and over, and says what it did line by line. */
final class ChargingProcess implements AutoCloseable {

  static final String ACCOUNT = "alice";
  static final AttemptPolicy POLICY = new AttemptPolicy(1000, 2, 60_000);

  private final Process process;
  private final BufferedReader lines;

  private ChargingProcess(Process process) {
    this.process = process;
    this.lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
  }

  /** Charges {@code args[1]} times in the database {@code args[0]}. */
  public static void main(String[] args) throws IOException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.US_ASCII);
    StoredAccount account = new StoredAccount(ACCOUNT, POLICY);
    try (SqliteVaultStore store =
        SqliteVaultStore.open(Path.of(args[0]), StoredAccount.sealing(), DurableStep.NONE)) {
      for (int i = 0; i < Integer.parseInt(args[1]); i++) {
        out.println("attempted");
        try {
          VaultReply reply = account.charge(store);
          out.println(reply instanceof VaultReply.Permit ? "charged" : "declined");
        } catch (IOException unavailable) {
          out.println("unavailable");
        }
      }
    }
  }

  static ChargingProcess start(Path database, int charges) throws IOException {
    return start(database, charges, "exec \"$@\"");
  }

  /** Starts it in a shell that prepares the process first. */
  static ChargingProcess start(Path database, int charges, String script) throws IOException {
    List<String> command = new ArrayList<>(List.of("bash", "-c", script, "bash"));
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            TestsFolder.option(),
            "-cp",
            System.getProperty("java.class.path"),
            ChargingProcess.class.getName(),
            database.toString(),
            Integer.toString(charges)));
    return new ChargingProcess(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start());
  }

  /** Waits until it has printed so many lines more, or has ended. */
  List<String> read(int count) throws IOException {
    List<String> read = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String line = lines.readLine();
      if (line == null) {
        break;
      }
      read.add(line);
    }
    return read;
  }

  /** Kills it where it stands, and gives what it had printed. */
  List<String> kill() throws IOException {
    process.toHandle().destroyForcibly();
    return read(Integer.MAX_VALUE);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
