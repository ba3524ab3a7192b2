package lockstep.vectors;

import static lockstep.vectors.ForgedMessage.ascii;
import static lockstep.vectors.ForgedMessage.join;
import static lockstep.vectors.ForgedObject.cutting;
import static lockstep.vectors.ForgedObject.flipping;
import static lockstep.vectors.ForgedObject.putting;
import static lockstep.vectors.ForgedObject.puttingLong;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import lockstep.oracle.RejectedAs;

/** Heads that were changed, half replaced, renamed, or that are somebody else's. */
final class HostileHeads {

  private final HostileDraft draft;

  private HostileHeads(HostileDraft draft) {
    this.draft = draft;
  }

  static void heads(HostileDraft draft) {
    HostileHeads heads = new HostileHeads(draft);
    heads.clear();
    heads.content();
    heads.halves();
    heads.names();
    heads.otherPlaces();
    heads.several();
    heads.numbersAtTheirEnds();
    heads.typedKeys();
    heads.wrongKeys();
    heads.plantedForTypos();
    heads.foreign();
  }

  private void changed(String clauses, String change, Consumer<ForgedBackup> edit) {
    draft.damaged(clauses, change, made -> edit.accept(made.newest()));
  }

  private void stored(String clauses, String change, UnaryOperator<byte[]> edit) {
    changed(clauses, change, backup -> backup.headStored = edit);
  }

  private void clear() {
    draft.attack("parameter-downgrade", "tree");
    for (String magic : List.of("LSH0", "LSH2", "LSM1", "LSC1")) {
      stored("HED-1", "a head of the magic `" + magic + "`", putting(0, ascii(magic)));
    }
    draft.attack("swapped-metadata", "tree");
    stored("HED-1 OBJ-1", "another number in clear and in the name", puttingLong(4, 4), ".4");
    stored("HED-5", "another number in clear alone", puttingLong(4, 4), ".3");
    stored("HED-1 OBJ-1", "another id in clear", flipping(12), ".3");
    stored("HED-3", "another check salt", flipping(28), ".3");
    stored("HED-3", "the first bit of the key-check value", flipping(44), ".3");
    stored("HED-3", "the last bit of the key-check value", flipping(75), ".3");
    stored("HED-3", "a key-check value of zeros", putting(44, new byte[32]), ".3");
    draft.attack("truncation", "tree");
    stored("HED-1", "an empty head", head -> new byte[0]);
    draft.attack("appended", "tree");
    stored("HED-1", "itself once more", head -> join(head, head));
    draft.attack("without-end", "tree");
    stored("HED-1", "a head of 64 KiB and a byte", head -> Arrays.copyOf(head, (64 << 10) + 1));
  }

  private void stored(String clauses, String change, UnaryOperator<byte[]> edit, String suffix) {
    changed(
        clauses,
        change,
        backup -> {
          backup.headStored = edit;
          backup.headSuffix = suffix;
        });
  }

  private void content(String clauses, String change, UnaryOperator<byte[]> edit) {
    changed(clauses, change, backup -> backup.headContent = edit);
  }

  private void content() {
    draft.attack("parameter-downgrade", "tree");
    for (String magic : List.of("LSC0", "LSC2", "LSH1")) {
      content("HED-2", "a content of the magic `" + magic + "`", putting(0, ascii(magic)));
    }
    draft.attack("swapped-metadata", "tree");
    for (long number : new long[] {0, 2, 4, Long.MAX_VALUE}) {
      content("HED-2", "a content of number " + number, puttingLong(4, number));
    }
    content("HED-2 ENC-1", "a content of number 2^63 and its own", putting(4, (byte) 0x80));
    content("HED-6", "a time that is not the manifest's", puttingLong(12, Sample.DAY + 4));
    content("HED-6", "a time of 0", puttingLong(12, 0));
    content("ENC-1", "a time of 2^63 and its own", putting(12, (byte) 0x80));
    content("RST-1", "the id of no manifest", flipping(20));
    content(
        "OBJ-8",
        "a manifest one byte shorter",
        content -> puttingLong(36, content(content, 36) - 1).apply(content));
    content("OBJ-8", "a manifest of no content", puttingLong(36, 0));
    content("HED-2", "a manifest of 2^51 + 1 bytes", puttingLong(36, (1L << 51) + 1));
    content("ENC-1", "a manifest of 2^63 bytes", puttingLong(36, Long.MIN_VALUE));
    draft.attack("truncation", "tree");
    content("OBJ-8", "a content of 75 bytes, so that its digest ends in zero", cutting(1));
  }

  private static long content(byte[] content, int place) {
    return java.nio.ByteBuffer.wrap(content).getLong(place);
  }

  private void halves() {
    draft.attack("half-replaced", "tree");
    for (int cut : new int[] {4, 12, 28, 44, 76, 100, 132, 202, 388}) {
      draft.damaged(
          "HED-1 PAY-3 PAY-4",
          "the newest head up to byte " + cut + ", the one before from there on",
          made -> made.files = mixed(made, made.newest(), made.backup(2), cut));
      if (cut > 4) {
        draft.damaged(
            "HED-1 PAY-3 PAY-4",
            "the head before up to byte " + cut + ", the newest from there on",
            made -> made.files = mixed(made, made.backup(2), made.newest(), cut));
      }
    }
  }

  private static UnaryOperator<Map<String, byte[]>> mixed(
      ForgedRepository made, ForgedBackup first, ForgedBackup then, int cut) {
    return files -> {
      byte[] start = first.sealHead(ForgedRepository.ROOT);
      byte[] rest = then.sealHead(ForgedRepository.ROOT);
      files.put(
          made.headPath(made.newest()),
          join(Arrays.copyOf(start, cut), Arrays.copyOfRange(rest, cut, rest.length)));
      return files;
    };
  }

  private void names() {
    draft.attack("misplaced", "tree");
    for (String suffix :
        List.of(
            "",
            ".",
            ".03",
            ".+3",
            ".3 ",
            ".0x3",
            ".3.",
            ".\uff13",
            ".18446744073709551619",
            ".-3",
            ".3.tmp")) {
      draft.rejected(
          "OBJ-5",
          RejectedAs.NO_BACKUP,
          "the head alone, under the set's name and `" + suffix.replace('\uff13', '?') + "`",
          made -> made.newest().headSuffix = suffix);
    }
    draft.rejected(
        "OBJ-5",
        RejectedAs.NO_BACKUP,
        "the head alone, its set's name in upper case",
        made ->
            made.files =
                files -> {
                  byte[] head = files.remove(made.headPath(made.newest()));
                  files.put("heads/" + made.set().toUpperCase(java.util.Locale.ROOT) + ".3", head);
                  return files;
                });
  }

  private void otherPlaces() {
    draft.rejected(
        "OBJ-5",
        RejectedAs.NO_BACKUP,
        "the head alone, in its set's folder",
        made ->
            made.files =
                files -> {
                  files.put(
                      made.set() + "/" + made.set() + ".3",
                      files.remove(made.headPath(made.newest())));
                  return files;
                });
    for (String suffix : List.of(".2", ".4", ".0", ".9223372036854775807")) {
      draft.damaged(
          "HED-5",
          "the head alone, under the number `" + suffix + "`",
          made -> made.newest().headSuffix = suffix);
    }
  }

  private void several() {
    draft.attack("planted-heads", "tree");
    harmless(
        "an empty head of number 4 beside",
        made -> Map.of("heads/" + made.set() + ".4", new byte[0]));
    harmless(
        "the newest head once more under number 4",
        made ->
            Map.of("heads/" + made.set() + ".4", made.newest().sealHead(ForgedRepository.ROOT)));
    harmless(
        "the head before beside",
        made ->
            Map.of(made.headPath(made.backup(2)), made.backup(2).sealHead(ForgedRepository.ROOT)));
    harmless(
        "a head of number 2^63 - 1 whose tag is changed",
        made ->
            Map.of(
                "heads/" + made.set() + ".9223372036854775807",
                flipping(-1)
                    .apply(numbered(made, Long.MAX_VALUE).sealHead(ForgedRepository.ROOT))));
    harmless(
        "what is no head in the folder of heads",
        made -> Map.of("heads/README", new byte[] {1}, "heads/" + made.set(), new byte[404]));
    harmless(
        "the head in a folder of heads",
        made -> Map.of("heads/heads/" + made.set() + ".4", new byte[404]));
    draft.damaged(
        "BAK-12",
        "every head that stands is empty",
        made -> {
          made.shown.add(made.backup(2));
          made.newest().headStored = head -> new byte[0];
          made.backup(2).headStored = head -> new byte[0];
        });
  }

  private void numbersAtTheirEnds() {
    draft.damaged(
        "HED-6",
        "a head of number 0 and its manifest",
        made -> {
          ForgedBackup zero = numbered(made, 0);
          made.backups.add(zero);
          made.shown.clear();
          made.shown.add(zero);
        });
    draft.harmless(
        "HED-6 OBJ-5",
        "a head of number 2^63 and its manifest, beside the newest",
        made -> {
          ForgedBackup wrapped = numbered(made, Long.MIN_VALUE);
          wrapped.headSuffix = ".9223372036854775808";
          made.backups.add(wrapped);
          made.shown.add(wrapped);
        });
    draft.harmless(
        "HED-6",
        "a backup of number 2^63 - 1",
        made -> {
          ForgedBackup last = numbered(made, Long.MAX_VALUE);
          made.backups.add(last);
          made.shown.add(last);
        });
  }

  /** The newest backup under another number, all of it sealed so. */
  static ForgedBackup numbered(ForgedRepository made, long number) {
    ForgedBackup backup = new ForgedBackup(number, "number " + number);
    backup.createdAt = Sample.DAY + 9;
    backup.entries.addAll(made.newest().entries);
    backup.table.addAll(made.newest().table);
    return backup;
  }

  private interface More {
    Map<String, byte[]> of(ForgedRepository made);
  }

  private void harmless(String what, More more) {
    draft.harmless(
        "HED-5",
        what,
        made ->
            made.files =
                files -> {
                  Map<String, byte[]> all = new TreeMap<>(files);
                  all.putAll(more.of(made));
                  return all;
                });
  }

  private void typed(
      RejectedAs outcome, String change, int group, Consumer<ForgedRepository> edit) {
    draft.rejected(
        "HED-4 RKY-4",
        outcome,
        group > 0 ? Json.object("group", group) : Json.object(),
        change,
        made -> {
          made.asked.put("typedKey", true);
          edit.accept(made);
        });
  }

  private void typedKeys() {
    draft.attack("another-key", "tree");
    for (int digit : new int[] {0, 3, 4, 31, 63}) {
      typed(
          RejectedAs.WRONG_RECOVERY_KEY,
          "a key whose digit " + (digit + 1) + " is wrong",
          digit / 4 + 1,
          made -> made.rootKey = mistyped(digit, 1));
    }
    for (int digit : new int[] {0, 2, 3, 62}) {
      typed(
          RejectedAs.WRONG_RECOVERY_KEY,
          "a key whose digits " + (digit + 1) + " and " + (digit + 2) + " are exchanged",
          digit / 4 + 1,
          made -> made.rootKey = swapped(digit));
    }
    typed(
        RejectedAs.WRONG_RECOVERY_KEY,
        "a key of which two digits are wrong",
        0,
        made -> made.rootKey = flipping(9).apply(mistyped(0, 1)));
    typed(
        RejectedAs.WRONG_RECOVERY_KEY,
        "another key altogether",
        0,
        made -> made.rootKey = Sample.bytes(Sample.of("another root key", 32)));
    typed(
        RejectedAs.WRONG_RECOVERY_KEY,
        "the right key for another account",
        0,
        made -> made.account = "bob");
  }

  private void wrongKeys() {
    typed(
        RejectedAs.NO_BACKUP,
        "no head of anybody",
        0,
        made -> made.files = files -> new TreeMap<>());
    typed(
        RejectedAs.DAMAGED,
        "the head gone, its set still there",
        0,
        made -> made.files = HostileObjects.without(made.headPath(made.newest())));
    typed(
        RejectedAs.DAMAGED,
        "the head under another set's name",
        0,
        made -> made.files = moved(made));
    typed(
        RejectedAs.DAMAGED,
        "the head cut by a byte",
        0,
        made -> made.newest().headStored = cutting(1));
    typed(
        RejectedAs.DAMAGED,
        "the head's key-check value changed",
        0,
        made -> made.newest().headStored = flipping(50));
  }

  private void plantedForTypos() {
    typed(
        RejectedAs.WRONG_RECOVERY_KEY,
        "a mistyped key whose own set's head was planted",
        1,
        made -> {
          made.rootKey = mistyped(1, 2);
          String set = ForgedRepository.set(made.rootKey, made.account);
          made.files =
              files -> {
                files.put("heads/" + set + ".9", new byte[404]);
                return files;
              };
        });
    typed(
        RejectedAs.WRONG_RECOVERY_KEY,
        "a mistyped key whose own set has objects",
        1,
        made -> {
          made.rootKey = mistyped(1, 2);
          String set = ForgedRepository.set(made.rootKey, made.account);
          made.files =
              files -> {
                files.put(set + "/" + "0".repeat(32), new byte[400]);
                return files;
              };
        });
    draft.harmless("HED-4", "the right key, typed", made -> made.asked.put("typedKey", true));
  }

  private static byte[] mistyped(int digit, int by) {
    byte[] changed = ForgedRepository.ROOT.clone();
    changed[digit / 2] ^= (byte) (digit % 2 == 0 ? by << 4 : by);
    return changed;
  }

  private static byte[] swapped(int digit) {
    char[] digits = Sample.hex(ForgedRepository.ROOT).toCharArray();
    char first = digits[digit];
    digits[digit] = digits[digit + 1];
    digits[digit + 1] = first;
    return Sample.bytes(new String(digits));
  }

  private static UnaryOperator<Map<String, byte[]>> moved(ForgedRepository made) {
    return files -> {
      byte[] head = files.remove(made.headPath(made.newest()));
      files.put("heads/" + ForgedRepository.set(ForgedRepository.ROOT, "bob") + ".3", head);
      return files;
    };
  }

  private void foreign() {
    draft.attack("another-account", "tree");
    harmless(
        "a head of another account beside",
        made ->
            Map.of(
                "heads/" + ForgedRepository.set(ForgedRepository.ROOT, "bob") + ".9",
                bobs(made).sealHead(ForgedRepository.ROOT)));
    draft.damaged(
        "HED-3 OBJ-1",
        "a head of another account in the place of this one's",
        made ->
            made.files =
                files -> {
                  files.put(
                      made.headPath(made.newest()), bobs(made).sealHead(ForgedRepository.ROOT));
                  return files;
                });
    draft.rejected(
        "HED-4",
        RejectedAs.WRONG_RECOVERY_KEY,
        "heads of another account alone, and a typed key",
        made -> {
          made.asked.put("typedKey", true);
          made.files =
              files ->
                  new TreeMap<>(
                      Map.of(
                          "heads/" + ForgedRepository.set(ForgedRepository.ROOT, "bob") + ".3",
                          bobs(made).sealHead(ForgedRepository.ROOT)));
        });
  }

  private static ForgedBackup bobs(ForgedRepository made) {
    ForgedBackup backup = numbered(made, 3);
    backup.head.account = "bob";
    backup.manifest.account = "bob";
    backup.sealManifest(ForgedRepository.ROOT);
    return backup;
  }
}
