package lockstep.vectors;

import lockstep.oracle.RejectedAs;

/**
 * Manifests that break one rule each and are whole otherwise: what a client that lacks just that
 * check would take. Each stands beside a manifest that keeps the rule at its edge.
 */
final class ForgedManifests {

  private static final String DECODE = "manifest.decode";
  private static final String CONTENT = "content";

  private final Draft draft;
  private final String sibling;

  private ForgedManifests(Draft draft) {
    this.draft = draft;
    this.sibling =
        valid(
            "MAN-1 MAN-4",
            "a folder, a file, a link",
            manifest().directory("d").file("d/f", 3).link("l", "d/f").hex());
  }

  static void manifests(Draft draft) {
    ForgedManifests forged = new ForgedManifests(draft);
    forged.order();
    forged.paths();
    forged.parents();
    forged.segments();
    forged.ends();
  }

  private static ForgedManifest manifest() {
    return new ForgedManifest();
  }

  private void order() {
    valid(
        "MAN-3",
        "a slash sorts before every other byte",
        manifest().directory("a").file("a/x", 1).file("a-b", 1).file("b", 1).hex());
    damaged(
        "MAN-3",
        "in plain byte order, - before /",
        manifest().directory("a").file("a-b", 1).file("a/x", 1).hex());
    damaged("MAN-3", "the same file twice", manifest().file("a", 1).file("a", 1).hex());
    damaged("MAN-3", "the same folder twice", manifest().directory("a").directory("a").hex());
    damaged("MAN-3", "a file and a link of one name", manifest().file("a", 1).link("a", "b").hex());
    damaged("MAN-3", "backwards", manifest().file("b", 1).file("a", 1).hex());
    damaged(
        "MAN-3",
        "back into a folder that was left",
        manifest().directory("a").file("a/x", 1).directory("b").file("a/y", 1).hex());
    valid("MAN-3", "bytes are compared unsigned", manifest().file("z", 1).file("é", 1).hex());
    damaged("MAN-3", "bytes compared as signed", manifest().file("é", 1).file("z", 1).hex());
  }

  private void paths() {
    String longest = "n".repeat(255);
    valid("MAN-2", "a component of 255 bytes", manifest().file(longest, 1).hex());
    damaged("MAN-2", "a component of 256 bytes", manifest().file(longest + "n", 1).hex());
    damaged("MAN-2", "the folder above", manifest().file("..", 1).hex());
    damaged("MAN-2", "the folder above as a folder", manifest().directory("..").hex());
    damaged(
        "MAN-2",
        "a way up whose parents are all there",
        manifest().directory("..").file("../f", 1).hex());
    damaged(
        "MAN-2",
        "a way up below a folder that is there",
        manifest().directory("d").directory("d/..").file("d/../f", 1).hex());
    damaged("MAN-2", "the folder itself", manifest().directory(".").file("./f", 1).hex());
    valid("MAN-2", "three dots are a name", manifest().file("...", 1).hex());
    damaged("MAN-2", "a NUL", manifest().file("a\0b", 1).hex());
    damaged("MAN-2", "an absolute path", manifest().file("/f", 1).hex());
    damaged("MAN-2", "an empty path", manifest().file("", 1).hex());
    damaged("MAN-2", "a slash at the end", manifest().directory("d/").hex());
    damaged("MAN-2", "two slashes", manifest().directory("d").file("d//f", 1).hex());
    valid("MAN-2", "a path of 4,096 bytes", deep("n").hex());
    damaged("MAN-2", "a path of 4,097 bytes", deep("nn").hex());
  }

  /** Folders of 255 bytes each, sixteen levels of them, and a file below. */
  private static ForgedManifest deep(String file) {
    ForgedManifest manifest = manifest();
    String component = "n".repeat(255);
    String path = component;
    manifest.directory(path);
    for (int level = 2; level <= 15; level++) {
      path += "/" + component;
      manifest.directory(path);
    }
    path += "/" + "n".repeat(254);
    return manifest.directory(path).file(path + "/" + file, 1);
  }

  private void parents() {
    damaged("MAN-4", "no parent", manifest().file("d/f", 1).hex());
    damaged(
        "MAN-4", "a parent two levels up only", manifest().directory("d").file("d/e/f", 1).hex());
    damaged("MAN-4", "below a file", manifest().file("d", 1).file("d/f", 1).hex());
    damaged("MAN-4", "below a link", manifest().link("d", "/etc").file("d/f", 1).hex());
    damaged(
        "MAN-4",
        "below a link that points to a folder of the backup",
        manifest().directory("c").link("d", "c").file("d/f", 1).hex());
    damaged("MAN-4", "a folder below a link", manifest().link("d", "/etc").directory("d/f").hex());
  }

  private void segments() {
    valid(
        "MAN-5",
        "segments up to the object's last byte",
        manifest().file("a", 100, new long[] {0, 0, 60}, new long[] {0, 60, 40}).hex());
    damaged(
        "MAN-5",
        "a segment one byte too far",
        manifest().file("a", 41, new long[] {0, 60, 41}).hex());
    damaged(
        "MAN-5",
        "a segment that begins at the object's end",
        manifest().file("a", 1, new long[] {0, 100, 1}).hex());
    damaged(
        "MAN-5",
        "an empty segment",
        manifest().file("a", 1, new long[] {0, 0, 1}, new long[] {0, 1, 0}).hex());
    damaged(
        "MAN-5",
        "an empty segment of an empty file",
        manifest().file("a", 0, new long[] {0, 0, 0}).hex());
    damaged(
        "MAN-5",
        "one byte less than the size",
        manifest().file("a", 4, new long[] {0, 0, 3}).hex());
    damaged(
        "MAN-5",
        "one byte more than the size",
        manifest().file("a", 2, new long[] {0, 0, 3}).hex());
    damaged("MAN-5", "a size without a segment", manifest().file("a", 3, new long[0][]).hex());
    damaged(
        "MAN-5", "an object beyond the table", manifest().file("a", 1, new long[] {1, 0, 1}).hex());
    damaged(
        "MAN-5",
        "an offset and a length whose sum overflows",
        manifest().file("a", 1, new long[] {0, Long.MAX_VALUE, 1}).hex());
  }

  private void ends() {
    damaged("MAN-1", "one entry more than there are", manifest().file("a", 1).hex(1, 0));
    damaged("MAN-1", "one entry less than there are", manifest().file("a", 1).hex(-1, 0));
    damaged("MAN-1", "a sum of sizes that is one too large", manifest().file("a", 1).hex(0, 1));
    damaged("MAN-1", "a sum of sizes that is one too small", manifest().file("a", 1).hex(0, -1));
    valid("MAN-1", "a target of 4,096 bytes", manifest().link("l", "t".repeat(4096)).hex());
    damaged("MAN-1", "a target of 4,097 bytes", manifest().link("l", "t".repeat(4097)).hex());
    damaged("MAN-1", "an empty target", manifest().link("l", "").hex());
    damaged("MAN-1", "a NUL in a target", manifest().link("l", "a\0b").hex());
  }

  private String valid(String clauses, String comment, String content) {
    return draft.valid(clauses, comment, DECODE, Json.object(CONTENT, content));
  }

  private void damaged(String clause, String what, String content) {
    draft.negative(
        sibling,
        clause,
        RejectedAs.DAMAGED,
        Mutation.set(CONTENT, content, what),
        "taken: " + what);
  }
}
