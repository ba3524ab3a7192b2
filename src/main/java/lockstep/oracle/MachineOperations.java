package lockstep.oracle;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import lockstep.vault.machine.SealedRecord;
import lockstep.vault.machine.SealedSecret;
import lockstep.vault.machine.VaultCommand;
import lockstep.vault.machine.VaultCommand.Mandate;
import lockstep.vault.machine.VaultReply;
import lockstep.wire.AccountName;
import lockstep.wire.Bytes;
import lockstep.wire.Reply;
import lockstep.wire.StretchingParameters;

/**
 * The vault's decisions without its cryptography: whether an attempt is charged, and what follows
 * when its proof is said to be right or wrong.
 */
final class MachineOperations {

  private static final int KEY_BYTES = 32;
  private static final int DIGEST_BYTES = 32;
  private static final int ID_BYTES = 16;
  private static final StretchingParameters STRETCHING = new StretchingParameters(65_536, 3, 4);
  private static final MachineAnswers ANSWERS = new MachineAnswers();

  /** An operation on one session's accounts. */
  @FunctionalInterface
  interface OnAccounts {
    ObjectNode apply(Fields input, MachineAccounts accounts) throws IOException;
  }

  private MachineOperations() {}

  static Map<String, OnAccounts> table() {
    Map<String, OnAccounts> table = new HashMap<>();
    table.put("register", MachineOperations::register);
    table.put("attempt", MachineOperations::attempt);
    table.put("finish", MachineOperations::finish);
    table.put("abandon", MachineOperations::abandon);
    table.put("observe", MachineOperations::observe);
    table.put("stage.reserve", MachineOperations::reserve);
    table.put("stage.record", MachineOperations::record);
    table.put("stage.confirm", MachineOperations::confirm);
    table.put("stage.activate", MachineOperations::activate);
    table.put("disable", MachineOperations::disable);
    table.put("restart", MachineOperations::restart);
    table.put("completeRestart", MachineOperations::completeRestart);
    table.put("mark", MachineOperations::mark);
    return table;
  }

  /** A whole registration: reserve, record, confirm with the right proof, activate. */
  private static ObjectNode register(Fields input, MachineAccounts accounts) throws IOException {
    AccountName account = input.account("account");
    Mandate mandate = mandate(input);
    long generation = report(account, accounts).lastGeneration() + 1;
    long now = accounts.now();
    submit(accounts, account, reservation(accounts, account, generation, mandate, key(generation)));
    submit(accounts, account, staged(now, generation, commandKey(input)));
    Bytes session = accounts.newAttempt(account);
    submit(accounts, account, new VaultCommand.Confirm(now, session, generation, key(generation)));
    submit(accounts, account, new VaultCommand.Finish(now, session, true));
    return submit(accounts, account, new VaultCommand.Activate(now, generation, session))
        .put("generation", generation);
  }

  private static ObjectNode attempt(Fields input, MachineAccounts accounts) throws IOException {
    AccountName account = input.account("account");
    Mandate mandate = mandate(input);
    Bytes attempt = accounts.newAttempt(account);
    return submit(accounts, account, new VaultCommand.Charge(accounts.now(), attempt, mandate))
        .put("attempt", Hex.of(attempt.toArray()));
  }

  private static ObjectNode finish(Fields input, MachineAccounts accounts) throws IOException {
    Bytes attempt = id(input, "attempt");
    boolean verified = input.flag("verified");
    return submit(
        accounts,
        owner(attempt, accounts),
        new VaultCommand.Finish(accounts.now(), attempt, verified));
  }

  private static ObjectNode abandon(Fields input, MachineAccounts accounts) throws IOException {
    Bytes attempt = id(input, "attempt");
    return submit(
        accounts, owner(attempt, accounts), new VaultCommand.Abandon(accounts.now(), attempt));
  }

  private static ObjectNode observe(Fields input, MachineAccounts accounts) throws IOException {
    return submit(
        accounts,
        input.account("account"),
        new VaultCommand.Observe(accounts.now(), accounts.policy(), mandate(input)));
  }

  private static ObjectNode reserve(Fields input, MachineAccounts accounts) throws IOException {
    AccountName account = input.account("account");
    long generation = input.u64("generation");
    Bytes requestDigest =
        input.has("requestDigest")
            ? input.wireBytes("requestDigest", DIGEST_BYTES)
            : key(generation);
    return submit(
        accounts,
        account,
        reservation(accounts, account, generation, mandate(input), requestDigest));
  }

  private static ObjectNode record(Fields input, MachineAccounts accounts) throws IOException {
    AccountName account = input.account("account");
    return submit(
        accounts, account, staged(accounts.now(), input.u64("generation"), commandKey(input)));
  }

  private static ObjectNode confirm(Fields input, MachineAccounts accounts) throws IOException {
    AccountName account = input.account("account");
    long generation = input.u64("generation");
    Bytes session = accounts.newAttempt(account);
    return submit(
            accounts,
            account,
            new VaultCommand.Confirm(accounts.now(), session, generation, key(generation)))
        .put("attempt", Hex.of(session.toArray()));
  }

  private static ObjectNode activate(Fields input, MachineAccounts accounts) throws IOException {
    return submit(
        accounts,
        input.account("account"),
        new VaultCommand.Activate(accounts.now(), input.u64("generation"), id(input, "attempt")));
  }

  private static ObjectNode disable(Fields input, MachineAccounts accounts) throws IOException {
    return submit(
        accounts,
        input.account("account"),
        new VaultCommand.Disable(accounts.now(), mandate(input)));
  }

  private static ObjectNode restart(Fields input, MachineAccounts accounts) throws IOException {
    return submit(accounts, input.account("account"), new VaultCommand.Restart(accounts.now()));
  }

  private static ObjectNode completeRestart(Fields input, MachineAccounts accounts)
      throws IOException {
    return submit(
        accounts, input.account("account"), new VaultCommand.CompleteRestart(accounts.now()));
  }

  private static ObjectNode mark(Fields input, MachineAccounts accounts) throws IOException {
    AccountName account = input.account("account");
    return submit(
        accounts,
        account,
        new VaultCommand.Mark(
            accounts.now(),
            input.u64("backupNumber"),
            input.wireBytes("digest", DIGEST_BYTES),
            new Mandate.Signature(commandKey(input))));
  }

  /**
   * {@code token}, which is what is taken where none is named, {@code signature} or {@code
   * session}.
   */
  private static Mandate mandate(Fields input) {
    String authority = input.text("authority", "token");
    return switch (authority) {
      case "token" -> new Mandate.Token();
      case "signature" -> new Mandate.Signature(commandKey(input));
      case "session" -> new Mandate.Session(id(input, "attempt"));
      default -> throw Unanswerable.failed("unknown authority " + Fields.shortened(authority));
    };
  }

  private static VaultCommand reservation(
      MachineAccounts accounts,
      AccountName account,
      long generation,
      Mandate mandate,
      Bytes requestDigest) {
    return new VaultCommand.Register(
        accounts.now(),
        accounts.newAttempt(account),
        generation,
        key(generation),
        requestDigest,
        secret(generation),
        accounts.policy(),
        mandate);
  }

  private static VaultCommand staged(long now, long generation, Bytes commandKey) {
    SealedRecord record = new SealedRecord(key(generation));
    return new VaultCommand.Stage(
        now,
        generation,
        key(generation),
        key(generation),
        secret(generation),
        record,
        STRETCHING,
        commandKey);
  }

  private static SealedSecret secret(long generation) {
    return new SealedSecret(key(generation));
  }

  /** What stands for a generation's one-time key, request and record: its number in 32 bytes. */
  private static Bytes key(long generation) {
    byte[] bytes = new byte[KEY_BYTES];
    ByteBuffer.wrap(bytes).putLong(KEY_BYTES - Long.BYTES, generation);
    return Bytes.copyOf(bytes);
  }

  /** The one that a request names, or zero. */
  private static Bytes commandKey(Fields input) {
    return input.has("commandKey")
        ? input.wireBytes("commandKey", KEY_BYTES)
        : Bytes.zero(KEY_BYTES);
  }

  private static Bytes id(Fields input, String name) {
    return input.wireBytes(name, ID_BYTES);
  }

  private static AccountName owner(Bytes attempt, MachineAccounts accounts) {
    return accounts
        .accountOf(attempt)
        .orElseThrow(() -> Unanswerable.rejected(RejectedAs.SESSION_UNKNOWN));
  }

  private static Reply.StatusReport report(AccountName account, MachineAccounts accounts)
      throws IOException {
    VaultReply reply =
        accounts.submit(
            account,
            new VaultCommand.Observe(accounts.now(), accounts.policy(), new Mandate.Token()));
    return ((VaultReply.Observed) reply).report();
  }

  private static ObjectNode submit(
      MachineAccounts accounts, AccountName account, VaultCommand command) throws IOException {
    return accounts.submit(account, command).match(ANSWERS);
  }
}
