package lockstep.vectors;

import static lockstep.vectors.ForgedObject.flipping;
import static lockstep.vectors.ForgedObject.puttingLong;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import lockstep.oracle.RejectedAs;

/** Backups that were rolled back, forked, or mixed, and a vault whose word is not to be had. */
final class HostileChains {

  private final HostileDraft draft;

  private HostileChains(HostileDraft draft) {
    this.draft = draft;
  }

  static void chains(HostileDraft draft) {
    HostileChains chains = new HostileChains(draft);
    chains.rollback();
    chains.gone();
    chains.forks();
    chains.marksInReach();
    chains.brokenChains();
    chains.wrongLinks();
    chains.words();
    chains.mixed();
    chains.otherRuns();
  }

  private static Consumer<ForgedRepository> marked(int number, Consumer<ForgedRepository> edit) {
    return made -> {
      made.marks.put("mark", made.backup(number));
      edit.accept(made);
    };
  }

  private static void shows(ForgedRepository made, int number) {
    made.shown.clear();
    made.shown.add(made.backup(number));
  }

  private static ObjectNode older(int found, int marked) {
    return Json.object("backupNumber", found, "markedNumber", marked);
  }

  private void rollback() {
    draft.attack("rollback", "tree");
    for (int found = 1; found <= 2; found++) {
      int number = found;
      draft.rejected(
          "RST-6",
          RejectedAs.OLDER_BACKUP,
          older(found, 3),
          "backup " + found + " is shown, the mark is 3",
          marked(3, made -> shows(made, number)));
    }
    draft.rejected(
        "RST-6",
        RejectedAs.OLDER_BACKUP,
        older(1, 2),
        "backup 1 is shown, the mark is 2",
        marked(2, made -> shows(made, 1)));
    draft.rejected(
        "RST-6 RST-12",
        RejectedAs.OLDER_BACKUP,
        older(2, 3),
        "backup 2 is shown, the mark is 2, the device knows 3",
        marked(
            2,
            made -> {
              shows(made, 2);
              made.marks.put("deviceMark", made.backup(3));
            }));
    draft.rejected(
        "RST-6",
        RejectedAs.BACKUP_GONE,
        Json.object("markedNumber", 3),
        "no head is shown, the mark is 3",
        marked(3, made -> made.shown.clear()));
  }

  private void gone() {
    draft.rejected(
        "RST-6",
        RejectedAs.BACKUP_GONE,
        Json.object("markedNumber", 3),
        "nothing at all is shown, the mark is 3",
        marked(3, made -> made.files = files -> new TreeMap<>()));
    draft.rejected(
        "HED-4 RST-6",
        RejectedAs.NO_BACKUP,
        "no head is shown, and nobody knows of one",
        made -> made.shown.clear());
    draft.damaged(
        "HED-5",
        "backup 2's head under the name of 3",
        marked(
            3,
            made -> {
              shows(made, 2);
              made.backup(2).headSuffix = ".3";
            }));
    draft.harmless(
        "RST-6",
        "an older backup that the user takes by name",
        marked(
            3,
            made -> {
              shows(made, 2);
              made.asked.put("acceptOlder", true);
            }));
  }

  private void forks() {
    draft.attack("fork", "tree");
    draft.damaged(
        "RST-6",
        "another backup 3 than the mark's",
        marked(
            3,
            made ->
                made.asked.put("mark", Json.object("backupNumber", 3, "digest", "11".repeat(32)))));
    draft.damaged(
        "RST-6",
        "a mark whose digest differs in its last bit",
        made -> made.asked.put("mark", lastBit(ForgedRepository.mark(made.newest()))));
    draft.damaged(
        "RST-6",
        "another backup 3, and the user takes older ones",
        made -> {
          made.asked.put("mark", lastBit(ForgedRepository.mark(made.newest())));
          made.asked.put("acceptOlder", true);
        });
    draft.damaged(
        "RST-6",
        "a backup 3 upon another backup 2 than the mark's",
        made -> made.asked.put("mark", lastBit(ForgedRepository.mark(made.backup(2)))));
  }

  private void marksInReach() {
    draft.damaged(
        "RST-6",
        "a backup 3 upon another backup 1 than the mark's",
        made -> made.asked.put("mark", lastBit(ForgedRepository.mark(made.backup(1)))));
    draft.damaged(
        "RST-6 RST-12",
        "another backup 3 than the device's own",
        made -> {
          made.asked.put("deviceMark", lastBit(ForgedRepository.mark(made.newest())));
          made.asked.put("mark", ForgedRepository.mark(made.backup(2)));
        });
    draft.harmless(
        "RST-12",
        "a device that knows another backup 3 than the mark, which rules",
        marked(
            3,
            made -> made.asked.put("deviceMark", lastBit(ForgedRepository.mark(made.newest())))));
    draft.harmless("RST-6", "newer than the mark, and the chain reaches it", marked(1, made -> {}));
    draft.damaged(
        "RST-6",
        "a mark of number 0",
        made -> made.asked.put("mark", Json.object("backupNumber", 0, "digest", "00".repeat(32))));
  }

  private static ObjectNode lastBit(ObjectNode mark) {
    byte[] digest = Sample.bytes(mark.get("digest").textValue());
    return mark.put("digest", Sample.hex(flipping(-1).apply(digest)));
  }

  /** The newest backup's word on the one before, changed; the mark is backup 1's. */
  private void previous(String change, UnaryOperator<byte[]> edit) {
    draft.damaged(
        "RST-6",
        change,
        marked(
            1,
            made ->
                made.newest().content =
                    content -> {
                      byte[] described = java.util.Arrays.copyOfRange(content, 21, 85);
                      byte[] changed = content.clone();
                      System.arraycopy(edit.apply(described), 0, changed, 21, 64);
                      return changed;
                    }));
  }

  private void brokenChains() {
    draft.attack("fork", "tree");
    previous("the one before has another id", flipping(0));
    previous("the one before has another digest", flipping(-1));
    previous("the one before is said to be backup 1", puttingLong(16, 1));
    previous("the one before is said to be backup 3", puttingLong(16, 3));
    previous("the one before is said to be backup 4", puttingLong(16, 4));
    previous("the one before is said to have no content", puttingLong(24, 0));
    draft.damaged(
        "RST-6",
        "the chain ends at the newest",
        marked(
            1,
            made -> {
              made.newest().hasPrevious = 0;
              made.newest().previous = Optional.empty();
            }));
    draft.damaged(
        "RST-6",
        "the chain ends before the mark",
        marked(
            1,
            made -> {
              made.backup(2).hasPrevious = 0;
              made.backup(2).previous = Optional.empty();
            }));
  }

  private void wrongLinks() {
    draft.damaged(
        "RST-6",
        "the chain leaps over the mark",
        marked(2, made -> made.newest().previous = Optional.of(made.backup(1).manifest)));
    draft.damaged(
        "RST-6",
        "a manifest of the chain is missing",
        marked(1, made -> made.files = HostileObjects.without(made.path(made.backup(2).manifest))));
    draft.damaged(
        "RST-6",
        "a manifest of the chain is changed",
        marked(1, made -> made.backup(2).manifest.stored = flipping(-1)));
    draft.damaged(
        "RST-6 MAN-2",
        "a manifest of the chain has a path that leads up",
        marked(1, made -> made.backup(2).entries.add(0, ForgedEntry.file(".."))));
    draft.damaged(
        "RST-6 HED-6",
        "a manifest of the chain says another number",
        marked(1, made -> made.backup(2).content = puttingLong(4, 1)));
    draft.damaged(
        "RST-6 OBJ-1",
        "a manifest of the chain is another account's",
        marked(1, made -> made.backup(2).manifest.account = "bob"));
    higher("a chain from 3 to a backup 3 and then to the mark", 3);
    higher("a chain from 3 up to a backup 4 and then to the mark", 4);
  }

  /** Between backup 3 and the mark stands one whose number does not fall. */
  private void higher(String change, long number) {
    draft.damaged(
        "RST-6",
        change,
        marked(
            1,
            made -> {
              ForgedBackup between = new ForgedBackup(number, "between " + number);
              between.entries.addAll(made.backup(2).entries);
              between.table.addAll(made.backup(2).table);
              between.hasPrevious = 1;
              between.previous = Optional.of(made.backup(1).manifest);
              made.backups.add(2, between);
              made.newest().previous = Optional.of(between.manifest);
            }));
  }

  private void words() {
    draft.attack("vault-silent", "tree");
    for (String word : new String[] {"silent", "distrusted"}) {
      unchecked("nobody's mark, the vault is " + word, word, made -> {});
      unchecked(
          "newer than the device's own, the vault is " + word,
          word,
          made -> made.marks.put("deviceMark", made.backup(2)));
    }
    unchecked(
        "the device's own, from a vault that is not to be trusted",
        "distrusted",
        made -> made.marks.put("deviceMark", made.backup(3)));
    draft.harmless(
        "RST-13",
        "the device's own, the vault is silent",
        made -> {
          made.asked.put("vault", "silent");
          made.marks.put("deviceMark", made.backup(3));
        });
    draft.harmless(
        "RST-13",
        "the vault is silent, and the user takes it by name",
        made -> {
          made.asked.put("vault", "silent");
          made.asked.put("acceptUnchecked", true);
        });
    draft.rejected(
        "RST-6 RST-13",
        RejectedAs.OLDER_BACKUP,
        older(2, 3),
        "older than the device's own, and the user takes what is unchecked",
        made -> {
          shows(made, 2);
          made.asked.put("vault", "silent");
          made.asked.put("acceptUnchecked", true);
          made.marks.put("deviceMark", made.backup(3));
        });
  }

  private void unchecked(String change, String word, Consumer<ForgedRepository> edit) {
    draft.rejected(
        "RST-13",
        RejectedAs.UNCHECKED,
        Json.object("backupNumber", 3),
        change,
        made -> {
          made.asked.put("vault", word);
          edit.accept(made);
        });
  }

  private void mixed() {
    draft.attack("mixed", "tree");
    draft.damaged(
        "HED-6 OBJ-1",
        "backup 3's head refers to backup 2's manifest",
        made ->
            made.newest().headContent =
                content -> {
                  byte[] described = made.backup(2).manifest.description(ForgedRepository.ROOT);
                  byte[] changed = content.clone();
                  System.arraycopy(described, 0, changed, 20, 16);
                  System.arraycopy(described, 24, changed, 36, 40);
                  return changed;
                });
    draft.damaged(
        "OBJ-8",
        "a file's object of another run under its id",
        made ->
            made.files =
                files -> {
                  ForgedObject other =
                      ForgedRepository.object(
                          2, "second data", ForgedEntry.utf8("DELTA DELTAECHO"));
                  files.put(made.path(other), other.seal(ForgedRepository.ROOT));
                  return files;
                });
  }

  private void otherRuns() {
    draft.damaged(
        "OBJ-8",
        "the manifest of another run under its id",
        made ->
            made.files =
                files -> {
                  ForgedBackup other = HostileHeads.numbered(made, 3);
                  other.createdAt = made.newest().createdAt;
                  other.manifest.id = made.newest().manifest.id;
                  files.put(made.path(other.manifest), other.sealManifest(ForgedRepository.ROOT));
                  return files;
                });
    draft.damaged(
        "RST-1",
        "the head of one run, the objects of another key",
        made ->
            made.files =
                files -> {
                  Map<String, byte[]> all = new TreeMap<>(files);
                  made.data.forEach(
                      object ->
                          all.put(
                              made.path(object),
                              object.seal(Sample.bytes(Sample.of("another root key", 32)))));
                  return all;
                });
  }
}
