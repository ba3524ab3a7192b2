package lockstep.vectors;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import lockstep.oracle.RejectedAs;

/** Paths and links that lead elsewhere, names twice, and names that only look hostile. */
final class HostilePaths {

  private static final String[] KINDS = {"", "a folder", "a file", "a link"};

  private final HostileDraft draft;

  private HostilePaths(HostileDraft draft) {
    this.draft = draft;
  }

  static void paths(HostileDraft draft) {
    HostilePaths paths = new HostilePaths(draft);
    paths.escaping();
    paths.sizes();
    paths.links();
    paths.parents();
    paths.order();
    paths.otherOrders();
    paths.reserved();
    paths.odd();
    paths.folding();
    paths.foldedDeep();
  }

  /** One entry more, where the order wants it. */
  private void added(String clauses, String change, ForgedEntry... entries) {
    draft.damaged(clauses, change, made -> List.of(entries).forEach(made.newest()::add));
  }

  /** The same name for a folder, a file and a link. */
  private void eachKind(String clauses, String what, String path, ForgedEntry... before) {
    for (int kind = 1; kind <= 3; kind++) {
      ForgedEntry entry = ForgedEntry.of(kind, path);
      draft.damaged(
          clauses,
          KINDS[kind] + " " + what,
          made -> {
            List.of(before).forEach(made.newest()::add);
            made.newest().add(entry);
          });
    }
  }

  private void escaping() {
    draft.attack("path-escape", "tree");
    eachKind("MAN-2", "named `..`", "..");
    eachKind("MAN-2", "named `.`", ".");
    eachKind("MAN-2", "at `docs/..`", "docs/..");
    eachKind("MAN-2", "at `docs/.`", "docs/.");
    eachKind(
        "MAN-2",
        "at `place/../x`, all its parents there",
        "place/../x",
        ForgedEntry.directory("place/.."));
    eachKind("MAN-2", "at `../x`, its parent there", "../x", ForgedEntry.directory(".."));
    eachKind("MAN-2", "at the absolute path `/x`", "/x");
    eachKind(
        "MAN-2", "at `docs//x`, all its parents there", "docs//x", ForgedEntry.directory("docs/"));
    eachKind("MAN-2", "at `docs/`, its folder there", "docs/");
    eachKind("MAN-2", "of the empty path", "");
    eachKind("MAN-2", "named with a NUL before `.txt`", "x\0.txt");
    eachKind("MAN-2", "named NUL alone", "\0");
    eachKind("MAN-2", "named with a NUL at its end", "x\0");
  }

  private void sizes() {
    draft.attack("limits", "tree");
    eachKind("MAN-2", "with a name of 256 bytes", "n".repeat(256));
    eachKind("MAN-2", "with a name of 256 bytes below a folder", "place/" + "n".repeat(256));
    draft.harmless(
        "MAN-2",
        "a file with a name of 255 bytes",
        made -> made.newest().add(ForgedEntry.file("n".repeat(255))));
    eachKind("MAN-2", "at a path of 4,097 bytes", deep(2), deepFolders());
    draft.harmless(
        "MAN-2",
        "a file at a path of 4,096 bytes",
        made -> {
          List.of(deepFolders()).forEach(made.newest()::add);
          made.newest().add(ForgedEntry.file(deep(1)));
        });
  }

  /** Sixteen folders of 255 bytes but the last, of 254, and a name of that length: 4,095 and it. */
  private static String deep(int length) {
    return deepFolder(16) + "/" + "n".repeat(length);
  }

  private static String deepFolder(int levels) {
    String full = ("n".repeat(255) + "/").repeat(levels);
    return levels < 16
        ? full.substring(0, full.length() - 1)
        : full.substring(0, full.length() - 2);
  }

  private static ForgedEntry[] deepFolders() {
    ForgedEntry[] folders = new ForgedEntry[16];
    for (int level = 1; level <= 16; level++) {
      folders[level - 1] = ForgedEntry.directory(deepFolder(level));
    }
    return folders;
  }

  private void links() {
    draft.attack("links", "tree");
    added("MAN-1", "a link with an empty target", ForgedEntry.link("x", ""));
    added("MAN-1", "a link with a NUL at its target's start", ForgedEntry.link("x", "\0etc"));
    added("MAN-1", "a link with a NUL within its target", ForgedEntry.link("x", "docs\0/etc"));
    added("MAN-1", "a link with a NUL at its target's end", ForgedEntry.link("x", "docs\0"));
    added("MAN-1", "a link with a target of 4,097 bytes", ForgedEntry.link("x", "t".repeat(4097)));
    for (String target :
        List.of("/etc/passwd", "../../../..", ".", "//server/share", "docs/../../x", "x")) {
      draft.harmless(
          "MAN-6 RST-4",
          "a link to `" + target + "`, which nothing is written through",
          made -> made.newest().add(ForgedEntry.link("x", target)));
    }
    draft.harmless(
        "MAN-1",
        "a link with a target of 4,096 bytes",
        made -> made.newest().add(ForgedEntry.link("x", "t".repeat(4096))));
  }

  private void parents() {
    draft.attack("links", "tree");
    for (int kind = 1; kind <= 3; kind++) {
      ForgedEntry below = ForgedEntry.of(kind, "docs/link/x");
      added("MAN-4", KINDS[kind] + " below a link", below);
      added("MAN-4", KINDS[kind] + " below a file", ForgedEntry.of(kind, "docs/a.txt/x"));
      added(
          "MAN-4",
          KINDS[kind] + " in a folder that is not there",
          ForgedEntry.of(kind, "nowhere/x"));
      added(
          "MAN-4",
          KINDS[kind] + " in a folder of a folder that is not there",
          ForgedEntry.of(kind, "docs/nowhere/x"));
      added(
          "MAN-4",
          KINDS[kind] + " below a link that points out",
          ForgedEntry.link("out", "/tmp"),
          ForgedEntry.of(kind, "out/x"));
      added(
          "MAN-4",
          KINDS[kind] + " in a folder whose name begins alike",
          ForgedEntry.of(kind, "docs2/x"));
    }
  }

  private void order() {
    draft.attack("duplicates", "tree");
    String[] twice = {"docs", "docs/a.txt", "docs/link", "empty"};
    for (String path : twice) {
      for (int kind = 1; kind <= 3; kind++) {
        ForgedEntry again = ForgedEntry.of(kind, path);
        draft.damaged(
            "MAN-3",
            "`" + path + "` once more, as " + KINDS[kind],
            made -> {
              List<ForgedEntry> entries = made.newest().entries;
              entries.add(entries.indexOf(made.newest().entry(path)) + 1, again);
            });
      }
    }
    draft.attack("order", "tree");
    draft.damaged(
        "MAN-3", "two neighbours exchanged", made -> exchange(made, "docs/a.txt", "docs/b.txt"));
    draft.damaged(
        "MAN-3",
        "an entry at the end that belongs to the beginning",
        made -> made.newest().entries.add(ForgedEntry.file("a")));
    draft.damaged(
        "MAN-3",
        "back into a folder that was left",
        made -> made.newest().entries.add(ForgedEntry.file("docs/z")));
    draft.damaged(
        "MAN-3 MAN-4",
        "a folder behind what it holds",
        made -> {
          List<ForgedEntry> entries = made.newest().entries;
          entries.add(4, entries.remove(0));
        });
  }

  private void otherOrders() {
    draft.damaged(
        "MAN-3",
        "plain byte order, in which `-` is before `/`",
        made -> made.newest().entries.add(0, ForgedEntry.directory("docs-")));
    draft.harmless(
        "MAN-3",
        "`docs-` behind all of `docs/`",
        made -> made.newest().entries.add(4, ForgedEntry.directory("docs-")));
    draft.damaged(
        "MAN-3",
        "order by signed bytes",
        made -> made.newest().entries.add(0, ForgedEntry.file("é")));
    draft.harmless(
        "MAN-3",
        "order by unsigned bytes",
        made -> made.newest().entries.add(ForgedEntry.file("é")));
    draft.damaged(
        "MAN-3",
        "order without regard to case",
        made -> made.newest().entries.add(ForgedEntry.file("Z")));
    draft.damaged(
        "MAN-3",
        "order by length first",
        made -> made.newest().entries.add(0, ForgedEntry.file("z")));
    draft.damaged(
        "MAN-3",
        "order by UTF-16, in which U+1F600 is before U+FF5E",
        made -> {
          made.newest().entries.add(ForgedEntry.file("\uD83D\uDE00"));
          made.newest().entries.add(ForgedEntry.file("\uFF5E"));
        });
  }

  private static void exchange(ForgedRepository made, String one, String other) {
    ForgedEntry first = made.newest().entry(one);
    ForgedEntry second = made.newest().entry(other);
    byte[] path = first.path;
    first.path = second.path;
    second.path = path;
  }

  private void reserved() {
    draft.attack("reserved-names", "tree");
    for (String name : List.of(".lockstep-restore", ".lockstep-moving")) {
      eachKind("MAN-9", "named `" + name + "` at the top", name);
      draft.harmless(
          "MAN-9",
          "a folder named `" + name + "` in a folder",
          made -> made.newest().add(ForgedEntry.directory("docs/" + name)));
      draft.harmless(
          "MAN-9",
          "a file with one letter more than `" + name + "`",
          made -> made.newest().add(ForgedEntry.file(name + "s")));
    }
  }

  private void odd() {
    draft.attack("odd-names", "tree");
    for (String name :
        List.of(
            "...",
            "..x",
            "x..",
            "-rf",
            "a\\..\\b",
            "C:",
            "con",
            "a\nb",
            "\u202Egpj.exe",
            " ",
            "~",
            "$(x)",
            "*")) {
      draft.harmless(
          "MAN-2 MAN-6",
          "a file named `" + printable(name) + "`",
          made -> made.newest().add(ForgedEntry.file(name)));
    }
    draft.harmless(
        "MAN-6",
        "a name that is no UTF-8",
        made -> {
          ForgedEntry entry = ForgedEntry.file("x");
          entry.path = new byte[] {'x', (byte) 0xff, (byte) 0xc0, (byte) 0xaf};
          made.newest().entries.add(entry);
        });
    draft.harmless(
        "MAN-6",
        "a slash in overlong UTF-8, which is no slash",
        made -> {
          ForgedEntry entry = ForgedEntry.file("x");
          entry.path = "x..\u00c0\u00af..".getBytes(StandardCharsets.ISO_8859_1);
          made.newest().entries.add(entry);
        });
  }

  private static String printable(String name) {
    StringBuilder text = new StringBuilder();
    name.chars()
        .forEach(
            c ->
                text.append(
                    c < ' ' || c > '~'
                        ? String.format(Locale.ROOT, "U+%04X", c)
                        : String.valueOf((char) c)));
    return text.toString();
  }

  private void folding() {
    draft.attack("folding", "tree");
    String[][] pairs = {
      {"z.TXT", "z.txt"},
      {"Docs", "docs"},
      {"STRASSE", "stra\u00dfe"},
      {"zK", "z\u212a"},
      {"zs", "z\u017f"},
      {"cafe\u0301", "caf\u00e9"},
      {"\u03a3a", "\u03c3a"},
      {"a\u03c2", "a\u03c3"},
      {"\u00c9t", "\u00e9t"},
      {"zfi", "z\ufb01"},
      {"\uac00x", "\u1100\u1161x"},
      {"\u01c4", "\u01c6"}
    };
    for (String[] pair : pairs) {
      String what = "`" + printable(pair[0]) + "` beside `" + printable(pair[1]) + "`";
      draft.rejected(
          "RST-5",
          RejectedAs.CASE_COLLISION,
          what + ", on a target that folds case",
          made -> {
            made.asked.put("foldsCase", true);
            beside(made, pair);
          });
    }
    folded(
        "a folder and a link to elsewhere that fold to one name",
        ForgedEntry.directory("Place2"),
        ForgedEntry.link("place2", "/tmp"));
  }

  private void foldedDeep() {
    folded("a link that folds to a folder which holds files", ForgedEntry.link("DOCS", "/tmp"));
    folded(
        "two files deep below that fold to one name",
        ForgedEntry.directory("place/deep"),
        ForgedEntry.file("place/deep/A"),
        ForgedEntry.file("place/deep/a"));
    draft.harmless(
        "RST-5",
        "`Z.txt` beside `z.txt`, on a target that keeps case",
        made -> beside(made, new String[] {"Z.txt", "z.txt"}));
    draft.harmless(
        "RST-5",
        "one name in two folders, on a target that folds case",
        made -> {
          made.asked.put("foldsCase", true);
          made.newest().add(ForgedEntry.file("place/A.TXT"));
        });
  }

  private void folded(String what, ForgedEntry... entries) {
    draft.rejected(
        "RST-5",
        RejectedAs.CASE_COLLISION,
        what,
        made -> {
          made.asked.put("foldsCase", true);
          List.of(entries).forEach(made.newest()::add);
        });
  }

  private static void beside(ForgedRepository made, String[] pair) {
    for (String name : pair) {
      if (made.newest().entries.stream().noneMatch(entry -> entry.text().equals(name))) {
        made.newest().add(ForgedEntry.file(name));
      }
    }
  }
}
