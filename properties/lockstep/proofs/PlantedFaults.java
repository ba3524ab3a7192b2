package lockstep.proofs;

import java.util.ArrayList;
import java.util.List;

/** For each contract a fault that breaks it; the proof must then leave a goal open. */
final class PlantedFaults {

  private static final String TAKEN_STILL_OPEN = "charge(long).0";
  private static final String TAKEN_IN_A_NEW_ROUND = "charge(long).1";
  private static final String REFUSED = "charge(long).2";

  private final List<PlantedFault> faults = new ArrayList<>();

  private PlantedFaults() {}

  static List<PlantedFault> all() {
    PlantedFaults planted = new PlantedFaults();
    planted.inTheLimitersAnswers();
    planted.inTheLimitersState();
    planted.inChunks();
    planted.inPadding();
    planted.inDigitsAndWiping();
    return List.copyOf(planted.faults);
  }

  private void inTheLimitersAnswers() {
    String limiter = "lockstep.kernel.LimiterDecision";
    plant(limiter, TAKEN_STILL_OPEN, "    charges = charges + 1;", "    charges = charges + 2;");
    plant(limiter, TAKEN_IN_A_NEW_ROUND, "round = round + 1;", "round = round;");
    plant(limiter, REFUSED, "if (phase == LOCKED && lockedUntil <= time)", "if (phase == LOCKED)");
    plant(limiter, "succeed().0", "      round = 1;\n", "");
    plant(limiter, "succeed().1", "    if (phase != DESTROYED) {", "    if (phase >= OPEN) {");
    plant(limiter, "giveBack(long,boolean).0", "charges = charges - 1;", "charges = 0;");
    plant(limiter, "giveBack(long,boolean).1", "if (chargeSerial != serial || ", "if (");
    plant(limiter, "destroy().0", "    phase = DESTROYED;", "    phase = FINAL;");
  }

  private void inTheLimitersState() {
    String limiter = "lockstep.kernel.LimiterDecision";
    plant(
        limiter,
        "LimiterDecision(int,int,long,int,int,int,long,long).0",
        "this.attempts = attempts;",
        "this.attempts = attempts + 1;");
    plant(limiter, "isPolicy(int,int,long).0", "return 1 <= attempts", "return 0 <= attempts");
    plant(
        limiter,
        "isState(int,int,int,int,int,long).0",
        "return charges < attempts && lockedUntil == 0;",
        "return charges <= attempts && lockedUntil == 0;");
    plant(
        limiter,
        "observe(long,long).0",
        "if (time <= seen) {\n      return seen;",
        "if (time <= seen) {\n      return time;");
    plant(
        limiter,
        TAKEN_STILL_OPEN,
        "MAXIMUM_TIME = 4611686018427387904L",
        "MAXIMUM_TIME = 9223372036854775807L");
  }

  private void inChunks() {
    String chunks = "lockstep.kernel.ChunkArithmetic";
    plant(chunks, "chunkCount(long).0", "/ CHUNK_BYTES + 1;\n  }", "/ CHUNK_BYTES;\n  }");
    plant(chunks, "chunkCount(long).1", "if (plaintextBytes < 0 || ", "if (");
    plant(chunks, "sealedLength(long).0", "chunks * TAG_BYTES;", "TAG_BYTES;");
    plant(
        chunks,
        "sealedLength(long).1",
        "if (chunks < 0) {\n      return -1;",
        "if (chunks < 0) {\n      return 0;");
    plant(
        chunks, "plaintextLength(long).0", "lastChunk < TAG_BYTES ||", "lastChunk <= TAG_BYTES ||");
    plant(
        chunks,
        "writeNonce([B,long,[B).0",
        "chunkNumber >= MAX_CHUNKS) {",
        "chunkNumber > MAX_CHUNKS) {");
  }

  private void inPadding() {
    String padding = "lockstep.kernel.PaddingArithmetic";
    plant(
        padding,
        "paddedLength(long).0",
        "      return MIN_PADDED_BYTES;",
        "      return contentBytes;");
    plant(
        padding,
        "paddedLength(long).1",
        "unitOf(highestBit(contentBytes))",
        "highestBit(contentBytes)");
    plant(
        padding,
        "paddedLength(long).2",
        "contentBytes > MAX_CONTENT_BYTES) {",
        "contentBytes > MAX_CONTENT_BYTES + 1) {");
    plant(padding, "highestBit(long).0", "while (bit <= value / 2) {", "while (bit < value / 2) {");
    plant(padding, "unitOf(long).0", "return bit / 32;", "return bit / 8;");
    plant(padding, "roundedUp(long,long).0", "length + (unit - over);", "length - over;");
  }

  private void inDigitsAndWiping() {
    String digits = "lockstep.kernel.HexDigits";
    plant(digits, "valueOf(char).0", "digit <= 'F') {", "digit <= 'G') {");
    plant(digits, "digitOf(int).0", "if (value < 10) {", "if (value <= 10) {");
    plant(digits, "unsigned(byte).0", "return value + 256;", "return value + 255;");
    plant(digits, "encode([B).0", "digitOf(value / 16)", "digitOf(value / 8)");
    plant("lockstep.secret.Wiping", "zero([B).0", "bytes[i] = 0;", "bytes[i] = 1;");
  }

  private void plant(String type, String contract, String from, String to) {
    faults.add(new PlantedFault(faults.size() + 1, type, contract, from, to));
  }
}
