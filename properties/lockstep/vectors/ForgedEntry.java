package lockstep.vectors;

import static lockstep.vectors.ForgedMessage.join;
import static lockstep.vectors.ForgedMessage.withLength;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** One entry of a manifest, every field of it open to a change. */
final class ForgedEntry {

  static final int DIRECTORY = 1;
  static final int FILE = 2;
  static final int LINK = 3;

  int type;
  byte[] path;
  int mode;
  long seconds = 1_634_169_600L + (1L << 42);
  long nanoseconds = 5;
  long size;
  byte[] target = {};
  int segmentsMore;
  final List<long[]> segments = new ArrayList<>();

  private ForgedEntry(int type, byte[] path, int mode) {
    this.type = type;
    this.path = path;
    this.mode = mode;
  }

  static ForgedEntry directory(String path) {
    return new ForgedEntry(DIRECTORY, utf8(path), 0755);
  }

  static ForgedEntry link(String path, String target) {
    ForgedEntry link = new ForgedEntry(LINK, utf8(path), 0);
    link.target = utf8(target);
    return link;
  }

  /** A file of segments, each an object's index, an offset and a length. */
  static ForgedEntry file(String path, long[]... segments) {
    ForgedEntry file = new ForgedEntry(FILE, utf8(path), 0644);
    for (long[] segment : segments) {
      file.segments.add(segment);
      file.size += segment[2];
    }
    return file;
  }

  static ForgedEntry of(int type, String path) {
    return switch (type) {
      case DIRECTORY -> directory(path);
      case LINK -> link(path, "a");
      default -> file(path);
    };
  }

  String text() {
    return new String(path, StandardCharsets.UTF_8);
  }

  byte[] bytes() {
    ByteBuffer attributes = ByteBuffer.allocate(14).putShort((short) mode);
    attributes.putLong(seconds).putInt((int) nanoseconds);
    return join(new byte[] {(byte) type}, withLength(path), attributes.array(), ofKind());
  }

  private byte[] ofKind() {
    if (type == LINK) {
      return withLength(target);
    }
    if (type != FILE) {
      return new byte[0];
    }
    ByteBuffer file = ByteBuffer.allocate(12 + 20 * segments.size());
    file.putLong(size).putInt(segments.size() + segmentsMore);
    for (long[] segment : segments) {
      file.putInt((int) segment[0]).putLong(segment[1]).putLong(segment[2]);
    }
    return file.array();
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
