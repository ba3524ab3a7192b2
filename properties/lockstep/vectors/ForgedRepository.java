package lockstep.vectors;

import static lockstep.vectors.ForgedMessage.subkey;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import lockstep.wire.Sha256;

/**
 * All that a provider holds of one account, made anew for each case, changed in one point, and
 * sealed: what a hostile provider, a second device with a fault, or a thief of the key would leave.
 */
final class ForgedRepository {

  static final byte[] ROOT = Sample.bytes(Sample.of("hostile root key", 32));

  final List<ForgedObject> data = new ArrayList<>();
  final List<ForgedBackup> backups = new ArrayList<>();

  /** Which backups' heads still stand. */
  final List<ForgedBackup> shown = new ArrayList<>();

  /** What else the request says: marks, a key that somebody typed. */
  final Map<String, Object> asked = new LinkedHashMap<>();

  /** The last change, of the provider's files by path. */
  UnaryOperator<Map<String, byte[]>> files = UnaryOperator.identity();

  /** Whose mark is asked with, as field and backup. */
  final Map<String, ForgedBackup> marks = new LinkedHashMap<>();

  byte[] rootKey = ROOT;
  String account = Sample.ALICE;

  ForgedBackup newest() {
    return backups.get(backups.size() - 1);
  }

  ForgedBackup backup(int number) {
    return backups.get(number - 1);
  }

  /** OBJ-5. */
  static String set(byte[] rootKey, String account) {
    byte[] key = subkey(rootKey, "lockstep/v1/set-name");
    return ForgedObject.shortHash(key, ForgedEntry.utf8(account));
  }

  String set() {
    return set(ROOT, Sample.ALICE);
  }

  String path(ForgedObject object) {
    return set() + "/" + object.name(ROOT);
  }

  String headPath(ForgedBackup backup) {
    return "heads/" + set() + backup.headSuffix;
  }

  /** The provider's files, sealed in the order in which each is described. */
  Map<String, byte[]> provider() {
    Map<String, byte[]> made = new TreeMap<>();
    data.forEach(object -> made.put(path(object), object.stored.apply(object.seal(ROOT))));
    for (ForgedBackup backup : backups) {
      byte[] sealed = backup.sealManifest(ROOT);
      made.put(path(backup.manifest), backup.manifest.stored.apply(sealed));
      if (shown.contains(backup)) {
        made.put(headPath(backup), backup.sealHead(ROOT));
      }
    }
    return new TreeMap<>(files.apply(made));
  }

  /** The request. */
  ObjectNode input() {
    ObjectNode provider = Json.object();
    provider().forEach((path, bytes) -> provider.put(path, Sample.hex(bytes)));
    ObjectNode input =
        Json.object("rootKey", Sample.hex(rootKey), "account", account, "provider", provider);
    marks.forEach((field, backup) -> input.set(field, mark(backup)));
    asked.forEach((field, value) -> input.set(field, Json.node(value)));
    return input;
  }

  static ObjectNode mark(ForgedBackup backup) {
    byte[] digest = Sha256.of(backup.sealManifest(ROOT)).toArray();
    return Json.object("backupNumber", backup.number, "digest", Sample.hex(digest));
  }

  /** Three backups of a small tree, each naming the one before; the newest one's head stands. */
  static ForgedRepository tree() {
    ForgedRepository made = new ForgedRepository();
    made.data.add(object(1, "first data", ForgedEntry.utf8("alpha" + "bravo bravo" + "charlie")));
    made.data.add(object(2, "second data", ForgedEntry.utf8("delta delta" + "echo")));
    for (int number = 1; number <= 3; number++) {
      ForgedBackup backup = made.next(number, "tree " + number);
      backup.entries.add(ForgedEntry.directory("docs"));
      backup.entries.add(ForgedEntry.file("docs/a.txt", new long[] {0, 0, 5}));
      backup.entries.add(ForgedEntry.file("docs/b.txt", new long[] {0, 5, 11}));
      backup.entries.add(ForgedEntry.link("docs/link", "a.txt"));
      backup.table.add(made.data.get(0));
      if (number > 1) {
        backup.table.add(made.data.get(1));
        backup.add(ForgedEntry.file("two.txt", new long[] {0, 16, 7}, new long[] {1, 0, 11}));
      }
    }
    made.newest().add(ForgedEntry.file("empty"));
    made.newest().add(ForgedEntry.directory("place"));
    made.shown.add(made.newest());
    return made;
  }

  /** One backup of one file, whose object has that many bytes of content. */
  static ForgedRepository file(String name, int bytes) {
    ForgedRepository made = new ForgedRepository();
    made.data.add(object(1, name, Sample.bytes(Sample.counting(bytes))));
    ForgedBackup backup = made.next(1, name);
    backup.entries.add(ForgedEntry.file("file", new long[] {0, 0, bytes}));
    backup.table.add(made.data.get(0));
    made.shown.add(backup);
    return made;
  }

  static ForgedObject object(long number, String name, byte[] content) {
    return new ForgedObject(ForgedObject.DATA, number, name, content);
  }

  /** The next backup, empty, which names the one before. */
  ForgedBackup next(long number, String name) {
    ForgedBackup backup = new ForgedBackup(number, name);
    if (!backups.isEmpty()) {
      backup.hasPrevious = 1;
      backup.previous = Optional.of(newest().manifest);
    }
    backups.add(backup);
    return backup;
  }
}
