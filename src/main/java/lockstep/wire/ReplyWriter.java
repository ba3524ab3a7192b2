package lockstep.wire;

import lockstep.spec.Implements;
import lockstep.wire.Refusal.Conflict;
import lockstep.wire.Refusal.Destroyed;
import lockstep.wire.Refusal.Locked;
import lockstep.wire.Refusal.Malformed;
import lockstep.wire.Refusal.NotEnrolled;
import lockstep.wire.Refusal.Refused;
import lockstep.wire.Refusal.SessionUnknown;
import lockstep.wire.Refusal.Unavailable;
import lockstep.wire.Refusal.WrongProof;
import lockstep.wire.Reply.Activated;
import lockstep.wire.Reply.Challenged;
import lockstep.wire.Reply.Disabled;
import lockstep.wire.Reply.Ended;
import lockstep.wire.Reply.Evaluated;
import lockstep.wire.Reply.Marked;
import lockstep.wire.Reply.Registered;
import lockstep.wire.Reply.Released;
import lockstep.wire.Reply.RestartPending;
import lockstep.wire.Reply.Restarted;
import lockstep.wire.Reply.Staged;
import lockstep.wire.Reply.StatusReport;

/** Writes a reply up to its signature (WIR-2). */
@Implements("WIR-2~3")
final class ReplyWriter implements ReplyCases<WireWriter> {

  static final byte[] NO_RECEIPT = new byte[2 + Ed25519Signature.LENGTH];

  private static WireWriter begin(int tag) {
    return new WireWriter().u8(RequestCodec.VERSION).u8(tag);
  }

  @Override
  public WireWriter challenged(Challenged challenged) {
    return begin(0x81).bytes(challenged.challenge());
  }

  @Override
  public WireWriter statusReport(StatusReport statusReport) {
    WireWriter out =
        begin(0x82)
            .u8(statusReport.record().code())
            .u64(statusReport.activeGeneration())
            .u64(statusReport.lastGeneration())
            .u64(statusReport.epoch())
            .bytes(statusReport.policy().encode())
            .u32(statusReport.charges())
            .u32(statusReport.round())
            .u64(statusReport.lockedUntil())
            .u64(statusReport.restartAt())
            .u64(statusReport.markNumber())
            .bytes(statusReport.markDigest())
            .u64(statusReport.receiptSequence())
            .bytes(statusReport.receiptHash())
            .u64(statusReport.time())
            .u64(statusReport.successes())
            .bytes(statusReport.stretching().encode())
            .bytes(statusReport.commandKey())
            .u8(statusReport.receiptHashes().size());
    statusReport.receiptHashes().forEach(out::bytes);
    return out;
  }

  @Override
  public WireWriter registered(Registered registered) {
    return begin(0x90)
        .bytes(registered.registrationResponse())
        .bytes(registered.policy().encode())
        .u64(registered.expiresAt())
        .bytes(registered.receipt().encode());
  }

  @Override
  public WireWriter staged(Staged staged) {
    return begin(0x91);
  }

  @Override
  public WireWriter activated(Activated activated) {
    return begin(0x93).bytes(activated.receipt().encode());
  }

  @Override
  public WireWriter evaluated(Evaluated evaluated) {
    WireWriter out =
        begin(0xA0)
            .bytes(evaluated.sessionId())
            .u64(evaluated.generation())
            .u16(evaluated.suite())
            .bytes(evaluated.stretching().encode())
            .bytes(evaluated.policy().encode())
            .u32(evaluated.attemptsRemaining())
            .u64(evaluated.lockedUntil())
            .flag(evaluated.finalSession())
            .bytes(evaluated.ke2())
            .flag(evaluated.receipt().isPresent());
    evaluated.receipt().ifPresent(receipt -> out.bytes(receipt.encode()));
    return out;
  }

  @Override
  public WireWriter released(Released released) {
    return begin(0xA1).bytes16(released.release().toArray()).bytes(released.receipt().encode());
  }

  @Override
  public WireWriter ended(Ended ended) {
    return begin(0xA2).u32(ended.attemptsRemaining()).u64(ended.lockedUntil());
  }

  @Override
  public WireWriter disabled(Disabled disabled) {
    return begin(0xB0).bytes(disabled.receipt().encode());
  }

  @Override
  public WireWriter restartPending(RestartPending restartPending) {
    return begin(0xB1)
        .u64(restartPending.completesAt())
        .bytes(restartPending.receipt().map(Receipt::encode).orElse(NO_RECEIPT));
  }

  @Override
  public WireWriter restarted(Restarted restarted) {
    return begin(0xB2).bytes(restarted.receipt().encode());
  }

  @Override
  public WireWriter marked(Marked marked) {
    return begin(0xC0).bytes(marked.receipt().encode());
  }

  @Override
  public WireWriter refused(Refused refused) {
    return begin(0xE0);
  }

  @Override
  public WireWriter locked(Locked locked) {
    return begin(0xE1).u64(locked.until());
  }

  @Override
  public WireWriter destroyed(Destroyed destroyed) {
    return begin(0xE2);
  }

  @Override
  public WireWriter notEnrolled(NotEnrolled notEnrolled) {
    return begin(0xE3);
  }

  @Override
  public WireWriter wrongProof(WrongProof wrongProof) {
    return begin(0xE4).u32(wrongProof.attemptsRemaining()).u64(wrongProof.lockedUntil());
  }

  @Override
  public WireWriter conflict(Conflict conflict) {
    return begin(0xE5).u8(conflict.reason().code()).u64(conflict.detail());
  }

  @Override
  public WireWriter malformed(Malformed malformed) {
    return begin(0xE6);
  }

  @Override
  public WireWriter sessionUnknown(SessionUnknown sessionUnknown) {
    return begin(0xE7);
  }

  @Override
  public WireWriter unavailable(Unavailable unavailable) {
    return begin(0xE8);
  }
}
