package lockstep.adapter.vaultstore;

import java.util.Optional;
import lockstep.spec.Implements;
import lockstep.vault.StateSealing;
import lockstep.vault.machine.VaultCommand;
import lockstep.vault.machine.VaultDamagedException;
import lockstep.wire.AccountName;
import lockstep.wire.Bytes;
import lockstep.wire.WireReader;
import lockstep.wire.WireWriter;

/**
 * One proposal as it stands in the agreed log: the proposer's term and number in clear, all else
 * sealed for them, so that whoever can write the log's files but has no key adds nothing to it.
 */
@Implements("REP-1~2")
final class LogEntry {

  private static final int FORMAT = 1;
  private static final int MAX_SEALED = 4_096;

  private final long term;
  private final long number;
  private final long time;
  private final AccountName account;
  private final byte[] content;

  private LogEntry(long term, long number, long time, AccountName account, byte[] content) {
    this.term = term;
    this.number = number;
    this.time = time;
    this.account = account;
    this.content = content;
  }

  /** The entry's bytes; its time is the command's. */
  static Bytes seal(
      StateSealing sealing, long term, long number, AccountName account, VaultCommand command) {
    WireWriter content = new WireWriter().u64(command.time()).account(account);
    VaultCommandCodec.write(content, command);
    return Bytes.copyOf(
        new WireWriter()
            .u8(FORMAT)
            .u64(term)
            .u64(number)
            .bytes16(sealing.sealEntry(term, number, content.toByteArray()))
            .toByteArray());
  }

  /**
   * The entry that {@link #seal} made.
   *
   * @throws VaultDamagedException for anything else
   */
  static LogEntry open(StateSealing sealing, byte[] entry) throws VaultDamagedException {
    record Outer(long term, long number, Bytes sealed) {}
    Outer outer =
        WireReader.decode(
                entry,
                in -> {
                  in.require(in.u8() == FORMAT);
                  return new Outer(in.u64(), in.u64(), Bytes.copyOf(in.bytes16(MAX_SEALED)));
                })
            .orElseThrow(LogEntry::damaged);
    byte[] content = sealing.openEntry(outer.term(), outer.number(), outer.sealed().toArray());
    return read(content, 0)
        .map(
            inner ->
                new LogEntry(outer.term(), outer.number(), inner.time(), inner.account(), content))
        .orElseThrow(LogEntry::damaged);
  }

  private record Inner(long time, AccountName account, VaultCommand command) {}

  private static Optional<Inner> read(byte[] content, long time) {
    return WireReader.decode(
        content, in -> new Inner(in.u64(), in.account(), VaultCommandCodec.read(in, time)));
  }

  private static VaultDamagedException damaged() {
    return new VaultDamagedException("an entry of the log is damaged");
  }

  AccountName account() {
    return account;
  }

  /** The command, to be decided at the group's time and not at its proposer's. */
  VaultCommand command(long groupTime) {
    return read(content, groupTime).orElseThrow().command();
  }

  /** What decides whether it counts, at its place in the log. */
  LogProgress.Entry at(long appendedIn, long index) {
    return new LogProgress.Entry(
        index, /* term= */ appendedIn, /* proposedIn= */ term, number, time);
  }
}
