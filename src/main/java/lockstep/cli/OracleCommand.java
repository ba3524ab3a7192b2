package lockstep.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.security.SecureRandom;
import lockstep.oracle.Oracle;
import lockstep.oracle.OracleService;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Answers JSON lines with what the core does. */
@Command(
    name = "oracle",
    description =
        "Answer requests, one JSON line each, as the spec does. For test keys only."
            + " See spec/oracle.md.")
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class OracleCommand implements lockstep.cli.Command {

  @Mixin private SharedOptions shared;

  @Override
  public boolean isOfDevice() {
    return false;
  }

  @Override
  public SharedOptions shared() {
    return shared;
  }

  @Override
  public Answer run(Surroundings surroundings) {
    Oracle oracle = new Oracle(Main.version(), new SecureRandom());
    try {
      new OracleService(oracle).serve(surroundings.input(), answers(surroundings));
    } catch (IOException theOtherSideHasGone) {
      return Answer.of(
          Outcome.UNEXPECTED,
          "Standard input or output failed.",
          "Start lockstep oracle again with both ends open.");
    }
    return Answer.done("");
  }

  // A print stream swallows failures: nobody would notice that the reader has gone.
  private static OutputStream answers(Surroundings surroundings) {
    return new OutputStream() {
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
    };
  }
}
