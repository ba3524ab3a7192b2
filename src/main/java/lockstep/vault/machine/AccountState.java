package lockstep.vault.machine;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import lockstep.spec.Implements;
import lockstep.vault.machine.VaultCommand.Mandate.TokenUse;
import lockstep.wire.AccountName;
import lockstep.wire.Bytes;
import lockstep.wire.StretchingParameters;

/**
 * Everything the vault keeps of one account. Times are milliseconds since 1970.
 *
 * @param account whose it is
 * @param standing record, tombstone or neither
 * @param limiter the budget epoch's limiter
 * @param epoch number of the budget epoch, from 1
 * @param finalSession what ends the limiter's final phase; present in that phase only
 * @param lastGeneration highest generation ever staged
 * @param everActive whether the account ever had an active record
 * @param stage the live stage
 * @param sessions the sessions that have not ended, oldest first
 * @param restartAt when a requested restart may be completed, 0 for none
 * @param mark the freshness mark
 * @param clock largest time seen
 * @param receiptSequence number of the newest receipt, 0 for none
 * @param receiptHashes SHA-256 of the bodies of the newest receipts, oldest first
 * @param successes logins on an active record that were ever completed
 * @param usedTokens uses of tokens that have not expired
 */
@Implements({"LEA-5", "STG-10"})
public record AccountState(
    AccountName account,
    Standing standing,
    AttemptLimiter limiter,
    long epoch,
    Optional<FinalSession> finalSession,
    long lastGeneration,
    boolean everActive,
    Optional<Stage> stage,
    List<Session> sessions,
    long restartAt,
    Optional<FreshnessMark> mark,
    long clock,
    long receiptSequence,
    List<Bytes> receiptHashes,
    long successes,
    List<TokenUse> usedTokens) {

  /** Most sessions of an account at one time. */
  public static final int MAX_SESSIONS = 64;

  /** Most used tokens that have not expired and that an account remembers at one time. */
  static final int MAX_USED_TOKENS = 256;

  /** Uses that are remembered beyond their token's end. */
  static final int USES_KEPT = 16;

  /** Most receipts of which the hash is kept. */
  static final int MAX_RECEIPT_HASHES = 64;

  public AccountState {
    sessions = List.copyOf(sessions);
    receiptHashes = List.copyOf(receiptHashes);
    usedTokens = List.copyOf(usedTokens);
  }

  /** An account of which nothing is stored. */
  static AccountState fresh(AccountName account, AttemptPolicy policy) {
    return new AccountState(
        account,
        new None(),
        AttemptLimiter.full(policy, 0),
        1,
        Optional.empty(),
        0,
        false,
        Optional.empty(),
        List.of(),
        0,
        Optional.empty(),
        0,
        0,
        List.of(),
        0,
        List.of());
  }

  /** When something that is kept has to be erased, if nothing happens before. */
  @Implements({"LIM-8~2", "STG-5~2", "ATR-13~2"})
  public OptionalLong due() {
    LongStream ends =
        LongStream.concat(
            finalSession.stream().mapToLong(FinalSession::expiresAt),
            stage.stream().mapToLong(Stage::expiresAt));
    return ends.min();
  }

  /** What an account has: the vault tells a tombstone from an absence. */
  public sealed interface Standing {

    /** The command key that the account's device signs with, if there is one. */
    Optional<Bytes> commandKey();
  }

  /** No record: never enrolled, or disabled. */
  public record None() implements Standing {

    @Override
    public Optional<Bytes> commandKey() {
      return Optional.empty();
    }
  }

  /**
   * The active record; there is never more than this one.
   *
   * @param generation its generation
   * @param record the record, sealed
   * @param secret its own secret, sealed
   * @param stretching what a password is stretched for it with
   * @param key its command key
   */
  public record Active(
      long generation,
      SealedRecord record,
      SealedSecret secret,
      StretchingParameters stretching,
      Bytes key)
      implements Standing {

    @Override
    public Optional<Bytes> commandKey() {
      return Optional.of(key);
    }
  }

  /**
   * What is left of a destroyed or restarted account.
   *
   * @param commandKey the command key of the record that died, if there was one
   * @param diedInEpoch the budget epoch that it died in
   * @param restarted whether a restart left it
   */
  public record Tombstone(Optional<Bytes> commandKey, long diedInEpoch, boolean restarted)
      implements Standing {}

  /**
   * What ends the final phase: an attempt's session or a stage, whose charge was the last.
   *
   * @param attemptId of the charge
   * @param expiresAt when it ends unfinished
   */
  public record FinalSession(Bytes attemptId, long expiresAt) {}

  /**
   * A record on its way in.
   *
   * @param generation its generation
   * @param oneTimeKey public key that signs Stage and Confirm
   * @param requestDigest SHA-256 of the registration request
   * @param expiresAt when it ends
   * @param attemptId of its charge
   * @param charge its reserved charge
   * @param inNewEpoch whether it began the budget epoch
   * @param secret the record's own, sealed
   * @param staged the record, once there
   * @param confirmation how far its confirmation is
   */
  public record Stage(
      long generation,
      Bytes oneTimeKey,
      Bytes requestDigest,
      long expiresAt,
      Bytes attemptId,
      AttemptLimiter.Charge charge,
      boolean inNewEpoch,
      SealedSecret secret,
      Optional<StagedRecord> staged,
      Confirmation confirmation) {

    Stage with(StagedRecord record) {
      return new Stage(
          generation,
          oneTimeKey,
          requestDigest,
          expiresAt,
          attemptId,
          charge,
          inNewEpoch,
          secret,
          Optional.of(record),
          confirmation);
    }

    Stage with(Confirmation reached) {
      return new Stage(
          generation,
          oneTimeKey,
          requestDigest,
          expiresAt,
          attemptId,
          charge,
          inNewEpoch,
          secret,
          staged,
          reached);
    }
  }

  /**
   * The record of a stage.
   *
   * @param record the record, sealed
   * @param stretching what a password is stretched for it with
   * @param commandKey its command key
   * @param requestDigest SHA-256 of the message that brought it
   */
  public record StagedRecord(
      SealedRecord record,
      StretchingParameters stretching,
      Bytes commandKey,
      Bytes requestDigest) {}

  /** How far a stage's one confirmation is. */
  public enum Confirmation {
    OUTSTANDING(0),
    ANSWERED(1),
    VERIFIED(2);

    private final int number;

    Confirmation(int number) {
      this.number = number;
    }

    /** The number that it is stored as. */
    int number() {
      return number;
    }

    /** The one that has that number. */
    static Optional<Confirmation> of(int number) {
      return Arrays.stream(values()).filter(one -> one.number == number).findFirst();
    }
  }

  /**
   * A session, as the machine knows it; its secrets are in the shell's memory.
   *
   * @param attemptId its id
   * @param generation the generation that its KE2 is under
   * @param confirming whether it confirms a stage
   * @param expiresAt when it ends
   * @param verified whether its KE3 was valid
   */
  public record Session(
      Bytes attemptId, long generation, boolean confirming, long expiresAt, boolean verified) {

    Session asVerified() {
      return new Session(attemptId, generation, confirming, expiresAt, true);
    }
  }
}
