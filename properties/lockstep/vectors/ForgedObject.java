package lockstep.vectors;

import static lockstep.vectors.ForgedMessage.ascii;
import static lockstep.vectors.ForgedMessage.join;
import static lockstep.vectors.ForgedMessage.mac;
import static lockstep.vectors.ForgedMessage.subkey;
import static lockstep.vectors.ForgedMessage.withLength;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.UnaryOperator;
import lockstep.wire.Sha256;

/**
 * A data object, a manifest or a head's sealed part, with every field of its sealing open to a
 * change. What refers to it describes it as it came out ({@link #described}), unless it is told to
 * lie, so that a change breaks the one rule that it is about.
 */
final class ForgedObject {

  static final byte DATA = 1;
  static final byte MANIFEST = 2;
  static final byte HEAD = 3;

  private static final String[] LABELS = {
    "", "lockstep/v1/data", "lockstep/v1/manifest", "lockstep/v1/head"
  };
  private static final int NAME_BYTES = 16;

  String prefix = "lockstep/v1/object";
  String account = Sample.ALICE;
  byte kind;
  long number;
  byte[] id;
  byte[] content;

  /** What is sealed: the content and its padding. */
  UnaryOperator<byte[]> padded = ForgedObject::padme;

  /** The context that is sealed with. */
  UnaryOperator<byte[]> bound = UnaryOperator.identity();

  /** Changes the message's shape. */
  UnaryOperator<ForgedMessage> shape = UnaryOperator.identity();

  /** Changes the sealed bytes; what describes the object follows. */
  UnaryOperator<byte[]> afterwards = UnaryOperator.identity();

  /** Changes what is stored; what describes the object does not follow. */
  UnaryOperator<byte[]> stored = UnaryOperator.identity();

  /** Changes the 64 bytes by which a table or a header describes it. */
  UnaryOperator<byte[]> described = UnaryOperator.identity();

  private final byte[] salt;

  ForgedObject(byte kind, long number, String name, byte[] content) {
    this.kind = kind;
    this.number = number;
    this.id = Sample.bytes(Sample.of("hostile id " + name, NAME_BYTES));
    this.salt = Sample.bytes(Sample.of("hostile salt " + name, ForgedMessage.SALT_BYTES));
    this.content = content;
  }

  byte[] context() {
    byte[] numbered = ByteBuffer.allocate(9).put(kind).putLong(number).array();
    return join(ascii(prefix), withLength(account.getBytes(StandardCharsets.UTF_8)), numbered, id);
  }

  /** The object as it is sealed, before anything is done to what is stored. */
  byte[] seal(byte[] rootKey) {
    ForgedMessage message = new ForgedMessage(LABELS[kind], salt.clone(), bound.apply(context()));
    return afterwards.apply(shape.apply(message).seal(rootKey, padded.apply(content)));
  }

  /** Its 64 bytes in a table: id, number, content length, digest. */
  byte[] description(byte[] rootKey) {
    byte[] numbers = ByteBuffer.allocate(16).putLong(number).putLong(content.length).array();
    byte[] digest = Sha256.of(seal(rootKey)).toArray();
    return described.apply(join(id, numbers, digest));
  }

  /** OBJ-4. */
  String name(byte[] rootKey) {
    return shortHash(subkey(rootKey, "lockstep/v1/object-name"), id);
  }

  static String shortHash(byte[] key, byte[] message) {
    return HexFormat.of().formatHex(mac(key, message), 0, NAME_BYTES);
  }

  /** PAD-1. */
  static byte[] padme(byte[] content) {
    return Arrays.copyOf(content, padmeLength(Math.max(content.length, 256)));
  }

  static int padmeLength(int length) {
    int exponent = 31 - Integer.numberOfLeadingZeros(length);
    int bits = 32 - Integer.numberOfLeadingZeros(exponent);
    int unit = 1 << (exponent - bits);
    return (length + unit - 1) / unit * unit;
  }

  /** A change of the bytes at a place, the rest kept. */
  static UnaryOperator<byte[]> putting(int place, byte... bytes) {
    return whole -> {
      byte[] changed = whole.clone();
      System.arraycopy(bytes, 0, changed, place < 0 ? whole.length + place : place, bytes.length);
      return changed;
    };
  }

  static UnaryOperator<byte[]> puttingLong(int place, long value) {
    return putting(place, ByteBuffer.allocate(8).putLong(value).array());
  }

  /** One bit changed; a negative place counts from the end. */
  static UnaryOperator<byte[]> flipping(int place) {
    return whole -> {
      byte[] changed = whole.clone();
      changed[place < 0 ? whole.length + place : place] ^= 1;
      return changed;
    };
  }

  static UnaryOperator<byte[]> cutting(int bytes) {
    return whole -> Arrays.copyOf(whole, whole.length - bytes);
  }

  static UnaryOperator<byte[]> appending(byte... bytes) {
    return whole -> join(whole, bytes);
  }
}
