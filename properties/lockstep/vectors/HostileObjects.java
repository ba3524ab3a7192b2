package lockstep.vectors;

import static lockstep.vectors.ForgedMessage.join;
import static lockstep.vectors.ForgedObject.flipping;
import static lockstep.vectors.ForgedObject.putting;
import static lockstep.vectors.ForgedObject.puttingLong;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Objects that are not the ones that a table or a head describes, or that stand elsewhere. */
final class HostileObjects {

  private static final List<Map.Entry<String, Function<ForgedRepository, ForgedObject>>> TARGETS =
      List.of(
          Map.entry("a data object", made -> made.data.get(1)),
          Map.entry("the newest manifest", made -> made.newest().manifest),
          Map.entry("the newest head", made -> made.newest().head));

  private final HostileDraft draft;

  private HostileObjects(HostileDraft draft) {
    this.draft = draft;
  }

  static void objects(HostileDraft draft) {
    HostileObjects objects = new HostileObjects(draft);
    objects.contexts();
    objects.descriptions();
    objects.exchanged();
    objects.otherKinds();
    objects.missing();
    objects.named();
    objects.beside();
  }

  private void each(String clauses, String change, int targets, Consumer<ForgedObject> edit) {
    for (int i = 0; i < targets; i++) {
      Map.Entry<String, Function<ForgedRepository, ForgedObject>> target = TARGETS.get(i);
      draft.damaged(
          clauses,
          target.getKey() + ": " + change,
          made -> edit.accept(target.getValue().apply(made)));
    }
  }

  private void bound(String change, int targets, UnaryOperator<byte[]> edit) {
    each("OBJ-1", change, targets, object -> object.bound = edit);
  }

  private void contexts() {
    int kind = "lockstep/v1/object".length() + 2 + Sample.ALICE.length();
    draft.attack("context-swap", "tree");
    bound("sealed as another account's", 3, putting(kind - 1, (byte) 'f'));
    bound("sealed as an account's whose name is longer by the kind", 3, putting(19, (byte) 6));
    bound("sealed as kind 0", 3, putting(kind, (byte) 0));
    bound(
        "sealed as a data object's successor in kind",
        3,
        context -> putting(kind, (byte) (context[kind] % 3 + 1)).apply(context));
    bound("sealed as backup 1's", 3, puttingLong(kind + 1, 1));
    bound("sealed as the next backup's", 3, puttingLong(kind + 1, 4));
    bound("sealed as another id's", 3, flipping(-1));
    draft.attack("parameter-downgrade", "tree");
    bound("sealed for version 2 of the format", 3, putting("lockstep/v".length(), (byte) '2'));
    bound("sealed without a context", 3, context -> new byte[0]);
    bound(
        "sealed without the account's length",
        3,
        context ->
            join(Arrays.copyOf(context, 18), Arrays.copyOfRange(context, 20, context.length)));
  }

  private void descriptions() {
    draft.attack("false-description", "tree");
    each("OBJ-8", "another digest of it", 2, object -> object.described = flipping(-1));
    each("OBJ-8", "another first byte of its digest", 2, object -> object.described = flipping(32));
    each(
        "OBJ-8 PAD-1",
        "a content of 300 bytes",
        2,
        object -> object.described = puttingLong(24, 400));
    each("OBJ-1", "another id's number", 1, object -> object.described = flipping(15));
    each("OBJ-1", "a later backup's number", 1, object -> object.described = puttingLong(16, 3));
    draft.attack("older-sealing", "tree");
    each(
        "OBJ-8",
        "another sealing of the same content under its id",
        2,
        object -> object.stored = bytes -> again(object));
  }

  /** The same content, sealed under the same id with another salt. */
  private static byte[] again(ForgedObject object) {
    ForgedObject second = new ForgedObject(object.kind, object.number, "once more", object.content);
    second.id = object.id;
    return second.seal(ForgedRepository.ROOT);
  }

  private void exchanged() {
    draft.attack("swapped-objects", "tree");
    draft.damaged(
        "OBJ-1",
        "two data objects of one length exchanged",
        made ->
            made.files =
                files ->
                    exchanged(files, made.path(made.data.get(0)), made.path(made.data.get(1))));
    draft.damaged(
        "OBJ-1",
        "a data object in place of the manifest",
        made ->
            made.files =
                files ->
                    copied(files, made.path(made.data.get(0)), made.path(made.newest().manifest)));
    draft.damaged(
        "OBJ-1",
        "the manifest before in place of the newest",
        made ->
            made.files =
                files ->
                    copied(
                        files,
                        made.path(made.backup(2).manifest),
                        made.path(made.newest().manifest)));
  }

  private void otherKinds() {
    draft.damaged(
        "OBJ-1",
        "the manifest in place of a data object",
        made ->
            made.files =
                files ->
                    copied(files, made.path(made.newest().manifest), made.path(made.data.get(0))));
    draft.damaged(
        "OBJ-1",
        "the head's sealed part in place of a data object",
        made ->
            made.files =
                files -> {
                  byte[] head = files.get(made.headPath(made.newest()));
                  files.put(made.path(made.data.get(0)), Arrays.copyOfRange(head, 76, head.length));
                  return files;
                });
  }

  private void missing() {
    draft.attack("withheld", "tree");
    draft.damaged(
        "RST-1", "no first data object", made -> made.files = without(made.path(made.data.get(0))));
    draft.damaged(
        "RST-1", "no last data object", made -> made.files = without(made.path(made.data.get(1))));
    draft.damaged(
        "RST-1", "no manifest", made -> made.files = without(made.path(made.newest().manifest)));
    draft.harmless(
        "RST-10",
        "no older manifests, which nothing asks for",
        made ->
            made.files =
                without(made.path(made.backup(1).manifest), made.path(made.backup(2).manifest)));
    draft.damaged(
        "RST-1",
        "nothing of the set but the head",
        made ->
            made.files =
                without(
                    made.path(made.data.get(0)),
                    made.path(made.data.get(1)),
                    made.path(made.backup(1).manifest),
                    made.path(made.backup(2).manifest),
                    made.path(made.newest().manifest)));
  }

  private void named() {
    draft.attack("misplaced", "tree");
    moved(
        "under its id in clear",
        (made, name) -> made.set() + "/" + Sample.hex(made.data.get(1).id));
    moved(
        "under its name in upper case",
        (made, name) -> made.set() + "/" + name.toUpperCase(java.util.Locale.ROOT));
    moved("under its name and more", (made, name) -> made.set() + "/" + name + ".tmp");
    moved(
        "under the first half of its name",
        (made, name) -> made.set() + "/" + name.substring(0, 16));
    moved("in the folder above", (made, name) -> name);
    moved("in the folder of heads", (made, name) -> "heads/" + name);
    moved("in another key's set", (made, name) -> otherSet() + "/" + name);
    moved("in a folder of the set", (made, name) -> made.set() + "/" + made.set() + "/" + name);
  }

  private interface Place {
    String of(ForgedRepository made, String name);
  }

  private void moved(String where, Place place) {
    draft.damaged(
        "OBJ-4 OBJ-5",
        "a data object " + where,
        made ->
            made.files =
                files -> {
                  byte[] sealed = files.remove(made.path(made.data.get(1)));
                  String name = made.data.get(1).name(ForgedRepository.ROOT);
                  files.put(place.of(made, name), sealed);
                  return files;
                });
  }

  private static String otherSet() {
    return ForgedRepository.set(ForgedRepository.ROOT, "bob");
  }

  private void beside() {
    draft.attack("injected-objects", "tree");
    beside(
        "an object of the set's key that no table names",
        made ->
            Map.of(
                made.path(stray(ForgedObject.DATA)),
                stray(ForgedObject.DATA).seal(ForgedRepository.ROOT)));
    beside(
        "a manifest of the set's key that no head names",
        made ->
            Map.of(
                made.path(stray(ForgedObject.MANIFEST)),
                stray(ForgedObject.MANIFEST).seal(ForgedRepository.ROOT)));
    beside(
        "bytes of nobody under an object's name",
        made -> Map.of(made.set() + "/" + "0".repeat(32), new byte[] {1, 2, 3}));
    beside(
        "a file of another name in the set",
        made -> Map.of(made.set() + "/README.txt", ForgedEntry.utf8("read me")));
    beside("a file beside the sets", made -> Map.of("desktop.ini", ForgedEntry.utf8("x")));
    beside("another set", made -> Map.of(otherSet() + "/" + "1".repeat(32), new byte[400]));
    beside(
        "a name that leads up",
        made -> Map.of("../" + made.set() + "/" + "2".repeat(32), new byte[400]));
    beside(
        "an older sealing of an object under a name of its own",
        made -> Map.of(made.set() + "/" + "3".repeat(32), again(made.data.get(0))));
  }

  private static ForgedObject stray(byte kind) {
    return new ForgedObject(kind, 3, "stray", ForgedEntry.utf8("stray"));
  }

  private void beside(String what, Function<ForgedRepository, Map<String, byte[]>> more) {
    draft.harmless(
        "OBJ-5 RST-10",
        what,
        made ->
            made.files =
                files -> {
                  files.putAll(more.apply(made));
                  return files;
                });
  }

  static UnaryOperator<Map<String, byte[]>> without(String... paths) {
    return files -> {
      List.of(paths).forEach(files::remove);
      return files;
    };
  }

  static Map<String, byte[]> copied(Map<String, byte[]> files, String from, String to) {
    files.put(to, files.get(from));
    return files;
  }

  private static Map<String, byte[]> exchanged(
      Map<String, byte[]> files, String one, String other) {
    Map<String, byte[]> changed = new TreeMap<>(files);
    changed.put(one, files.get(other));
    changed.put(other, files.get(one));
    return changed;
  }

  /** A number of eight bytes. */
  static byte[] eight(long value) {
    return ByteBuffer.allocate(8).putLong(value).array();
  }
}
