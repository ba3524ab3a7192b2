package lockstep.vectors;

import static lockstep.vectors.ForgedMessage.ascii;
import static lockstep.vectors.ForgedMessage.join;
import static lockstep.vectors.ForgedMessage.mac;
import static lockstep.vectors.ForgedMessage.subkey;
import static lockstep.vectors.ForgedMessage.withLength;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A manifest and its head, every field of both open to a change; counts and sums follow. */
final class ForgedBackup {

  final ForgedObject manifest;
  final ForgedObject head;
  final List<ForgedEntry> entries = new ArrayList<>();
  final List<ForgedObject> table = new ArrayList<>();

  String magic = "LSM1";
  long number;
  long createdAt;
  int hasPrevious;
  Optional<ForgedObject> previous = Optional.empty();
  int endTag;
  long objectsMore;
  long entriesMore;
  long sizesMore;

  /** Changes the manifest's content. */
  UnaryOperator<byte[]> content = UnaryOperator.identity();

  /** Changes the head's content. */
  UnaryOperator<byte[]> headContent = UnaryOperator.identity();

  /** Changes the 76 bytes in clear of the head. */
  UnaryOperator<byte[]> headClear = UnaryOperator.identity();

  /** Changes the head as it is stored. */
  UnaryOperator<byte[]> headStored = UnaryOperator.identity();

  /** The name in {@code heads/}, behind the set's name. */
  String headSuffix;

  ForgedBackup(long number, String name) {
    this.number = number;
    this.createdAt = Sample.DAY + number;
    this.headSuffix = "." + number;
    this.manifest = new ForgedObject(ForgedObject.MANIFEST, number, "manifest " + name, bytes());
    this.head = new ForgedObject(ForgedObject.HEAD, number, "head " + name, bytes());
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  ForgedEntry entry(String path) {
    return entries.stream().filter(entry -> entry.text().equals(path)).findFirst().orElseThrow();
  }

  /** Adds an entry where the order of MAN-3 wants it. */
  void add(ForgedEntry entry) {
    entries.add(entry);
    entries.sort((one, other) -> Arrays.compareUnsigned(ranked(one.path), ranked(other.path)));
  }

  private static byte[] ranked(byte[] path) {
    byte[] ranked = path.clone();
    for (int i = 0; i < path.length; i++) {
      ranked[i] = path[i] == '/' ? 0 : path[i];
    }
    return ranked;
  }

  /** Seals the manifest's content as the fields say. */
  byte[] sealManifest(byte[] rootKey) {
    byte[] before =
        ByteBuffer.allocate(17).putLong(number).putLong(createdAt).put((byte) hasPrevious).array();
    List<byte[]> parts = new ArrayList<>(List.of(ascii(magic), before));
    previous.ifPresent(object -> parts.add(object.description(rootKey)));
    long sum = sizesMore;
    for (ForgedEntry entry : entries) {
      parts.add(entry.bytes());
      sum += entry.size;
    }
    parts.add(
        ByteBuffer.allocate(5)
            .put((byte) endTag)
            .putInt((int) (table.size() + objectsMore))
            .array());
    table.forEach(object -> parts.add(object.description(rootKey)));
    parts.add(ByteBuffer.allocate(16).putLong(entries.size() + entriesMore).putLong(sum).array());
    manifest.content = content.apply(join(parts.toArray(byte[][]::new)));
    return manifest.seal(rootKey);
  }

  /** Seals the head that refers to the manifest. */
  byte[] sealHead(byte[] rootKey) {
    byte[] described = manifest.description(rootKey);
    byte[] numbers = ByteBuffer.allocate(16).putLong(number).putLong(createdAt).array();
    ByteBuffer rest = ByteBuffer.allocate(56).put(described, 0, 16).put(described, 24, 40);
    head.content = headContent.apply(join(ascii("LSC1"), numbers, rest.array()));
    byte[] salt = Sample.bytes(Sample.of("hostile check salt " + number, 16));
    byte[] account = withLength(ForgedEntry.utf8(head.account));
    byte[] check = mac(subkey(rootKey, "lockstep/v1/key-check"), join(salt, account));
    byte[] own = ByteBuffer.allocate(8).putLong(head.number).array();
    byte[] clear = headClear.apply(join(ascii("LSH1"), own, head.id, salt, check));
    return headStored.apply(join(clear, head.seal(rootKey)));
  }
}
