package lockstep.vectors;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The classes of attacks, what each is, and where it was published. */
final class HostileSources {

  private static final String CLOUD =
      "Hofmann, Truong: End-to-End Encrypted Cloud Storage in the Wild"
          + " (https://eprint.iacr.org/2024/1616)";
  private static final String MEGA =
      "Backendal, Haller, Paterson: MEGA: Malleable Encryption Goes Awry"
          + " (https://eprint.iacr.org/2022/959)";
  private static final String STREAM =
      "Hoang, Reyhanitabar, Rogaway, Vizár: Online Authenticated-Encryption"
          + " (https://eprint.iacr.org/2015/189)";
  private static final String PARTITION =
      "Len, Grubbs, Ristenpart: Partitioning Oracle Attacks (https://eprint.iacr.org/2020/1491)";
  private static final String TUF =
      "The Update Framework, attacks and weaknesses (https://theupdateframework.io/docs/security/)";
  private static final String BORG =
      "CVE-2023-36811, CVE-2016-10099: spoofed archives and manifests of BorgBackup";

  private static final Map<String, Attack> CLASSES = new LinkedHashMap<>();

  private record Attack(String what, List<String> sources) {}

  static {
    add("changed-bits", "Single bits of ciphertext, tag, salt or commitment are changed.", MEGA);
    add("reordered-chunks", "Chunks of one message stand in another order.", STREAM, CLOUD);
    add("dropped-chunks", "A chunk of a message is left out.", STREAM, CLOUD);
    add("duplicated-chunks", "A chunk of a message stands twice.", STREAM);
    add(
        "spliced-chunks",
        "Chunks of several messages under one key are put together.",
        STREAM,
        CLOUD);
    add("truncation", "Something ends too early, at a boundary or within.", STREAM);
    add("appended", "Something goes on behind its end.", STREAM);
    add("without-end", "More is offered than can be held.", "CVE-2019-13232: a better zip bomb");
    add("parameter-downgrade", "Sealed or written by other rules than this version's.", CLOUD);
    add(
        "no-key-commitment",
        "A message that says under another key what it says under one.",
        PARTITION);
    add("key-substitution", "Sealed under a key that has another purpose.", MEGA, CLOUD);
    add(
        "padding",
        "Padding that hides bytes, or tells a length.",
        "Nikitin et al.: Reducing Metadata Leakage from Encrypted Files and Communication with"
            + " PURBs (https://arxiv.org/abs/1806.03160)");
    add("context-swap", "Sealed for another account, kind, backup or id.", CLOUD, BORG);
    add("false-description", "A table describes another object than the one that is there.", BORG);
    add(
        "older-sealing",
        "Another sealing of the same content stands in the place of the one described.",
        TUF);
    add("swapped-objects", "Objects of one account stand in each other's place.", CLOUD);
    add("withheld", "Something that is needed is not given out.", TUF);
    add("misplaced", "The right bytes lie under another name.", CLOUD);
    add("injected-objects", "Files and folders of somebody else are put beside.", CLOUD, MEGA);
    add("injected-entries", "Entries, counts and sums that do not belong together.", CLOUD);
    add("swapped-metadata", "Names, numbers and times of another object or backup.", CLOUD);
    add("malformed", "Encodings that a lenient reader takes.");
    add("limits", "Numbers and lengths at and beyond their limits.");
    add(
        "segments",
        "Parts of files that lie outside of their objects, overlap, or do not add up.",
        "CVE-2019-13232: a better zip bomb");
    add(
        "path-escape",
        "Paths that lead out of the target.",
        "CVE-2007-4559: tarfile of Python",
        "CVE-2018-1002200: zip slip");
    add(
        "links",
        "Links that are written through, or whose targets are cut by a NUL.",
        "CVE-2021-37701, CVE-2021-37712: node-tar",
        "CVE-2024-32002: Git");
    add(
        "duplicates",
        "The same name twice.",
        "CVE-2021-37701: node-tar",
        "CVE-2013-4787: Android master key");
    add("order", "Entries in another order than the one rule allows.");
    add("reserved-names", "Names that a restore works with itself.", "CVE-2014-9390: Git");
    add("odd-names", "Names that look hostile and are not: they must come back byte for byte.");
    add(
        "folding",
        "Names that a file system takes for one, by case or normalisation.",
        "CVE-2014-9390, CVE-2021-21300, CVE-2024-32002: Git",
        "CVE-2021-37712: node-tar");
    add(
        "half-replaced",
        "Half of one head and half of another, as a torn or a clever write leaves.");
    add(
        "planted-heads",
        "Heads that are none, or are not the newest, beside the one that is.",
        BORG,
        TUF);
    add("another-key", "A key that was mistyped, exchanged, or belongs to somebody else.", CLOUD);
    add("another-account", "What belongs to another account of the same key.", CLOUD);
    add("rollback", "An older backup is shown, or none.", TUF, BORG);
    add("fork", "Another backup of a number that is known, or a chain that goes elsewhere.", TUF);
    add(
        "vault-silent",
        "Nobody says which backup is the newest, or nobody who is to be trusted.",
        TUF);
    add("mixed", "Objects of several runs are shown as one backup.", TUF);
  }

  private HostileSources() {}

  private static void add(String name, String what, String... sources) {
    CLASSES.put(name, new Attack(what, List.of(sources)));
  }

  static void require(String name) {
    if (!CLASSES.containsKey(name)) {
      throw new IllegalArgumentException("no class of attacks " + name);
    }
  }

  static ObjectNode file() {
    ObjectNode file = Json.object("corpus", "classes", "version", 1);
    ObjectNode classes = file.putObject("classes");
    CLASSES.forEach(
        (name, attack) -> {
          ObjectNode one = classes.putObject(name).put("what", attack.what());
          ArrayNode sources = one.putArray("sources");
          attack.sources().forEach(sources::add);
        });
    return file;
  }
}
