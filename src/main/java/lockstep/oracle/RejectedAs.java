package lockstep.oracle;

import lockstep.spec.Decides;

/** The outcomes of the spec that an operation may reject its input with. */
@Decides("ORC-3")
public enum RejectedAs {
  /** Bytes or numbers that are no value of their field (ENC-2, OPR-2, OPR-3, WIR-1). */
  MALFORMED("Malformed"),
  /** A sealed object, manifest or head that does not open or breaks a rule (PAY, OBJ, MAN, HED). */
  DAMAGED("Damaged"),
  /** A character that is no hexadecimal digit (RKY-3). */
  BAD_CHARACTER("BadCharacter"),
  /** Other than 64 digits (RKY-3). */
  WRONG_LENGTH("WrongLength"),
  /** A 64-digit key that is not the head's (HED-4). */
  WRONG_RECOVERY_KEY("WrongRecoveryKey"),
  /** A password of less than six code points (PWD-2). */
  TOO_SHORT("TooShort"),
  /** A password of more than 1,024 bytes (PWD-2). */
  TOO_LONG("TooLong"),
  /** A password that the profile refuses (PWD-1). */
  NOT_ALLOWED("NotAllowed"),
  /** A KE2 that does not fit the password, whatever the reason (OPQ-6). */
  LOGIN_FAILED("LoginFailed"),
  /** A KE3 that is not the one expected (SES-6). */
  WRONG_PROOF("WrongProof"),
  /** A signature, wrap, policy or parameter that a device does not accept (ENR-2, OPQ-5, WRP-1). */
  VAULT_NOT_TRUSTED("VaultNotTrusted"),
  /** A receipt that cannot follow the one known (RCP-3). */
  VAULT_ROLLED_BACK("VaultRolledBack"),
  /** No authority, or a policy out of bounds (AUT-3, LIM-1). */
  REFUSED("Refused"),
  /** No attempt for now (LIM-5, LIM-7). */
  LOCKED("Locked"),
  /** A tombstone (LIM-8). */
  DESTROYED("Destroyed"),
  /** No record (SES-1). */
  NOT_ENROLLED("NotEnrolled"),
  /** A command that does not fit the state (STG, MRK, LEA). */
  CONFLICT("Conflict"),
  /** No such session, or it has ended (SES-3, LIM-10). */
  SESSION_UNKNOWN("SessionUnknown"),
  /** Nothing durable was possible (LIM-2). */
  UNAVAILABLE("Unavailable"),
  /** No head (HED-4). */
  NO_BACKUP("NoBackup"),
  /** A backup older than the vault's mark (RST-6). */
  OLDER_BACKUP("OlderBackup"),
  /** No head, though a mark tells of a backup (RST-6). */
  BACKUP_GONE("BackupGone"),
  /** A backup that no vault's word stands behind (RST-13). */
  UNCHECKED("Unchecked"),
  /** Names that a target takes for one (RST-5). */
  CASE_COLLISION("CaseCollision");

  private final String text;

  RejectedAs(String text) {
    this.text = text;
  }

  /** The name in an answer. */
  public String text() {
    return text;
  }
}
