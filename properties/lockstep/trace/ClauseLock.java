package lockstep.trace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * {@code spec/clauses.lock}: the number of clauses, then one line a clause with id, revision,
 * status and hash. It makes a lost or reworded clause visible.
 *
 * @param declaredCount the number on the first line
 * @param entries by id, in the file's order
 * @param findings lines that are not in the form
 */
record ClauseLock(int declaredCount, Map<String, Entry> entries, List<Finding> findings) {

  /** The file, relative to the project. */
  static final String FILE = "spec/clauses.lock";

  private static final Pattern COUNT = Pattern.compile("clauses ([0-9]{1,6})");
  private static final Pattern LINE =
      Pattern.compile("(\\S+) ~([0-9]{1,4}) (active|planned|withdrawn) ([0-9a-f]{64})");

  /** One locked clause; {@code line} counts from 1. */
  record Entry(int revision, String status, String hash, int line) {}

  static ClauseLock read(Path project) throws IOException {
    Path file = project.resolve(FILE);
    return parse(Files.exists(file) ? Files.readAllLines(file) : List.of());
  }

  static ClauseLock parse(List<String> lines) {
    List<Finding> findings = new ArrayList<>();
    Map<String, Entry> entries = new LinkedHashMap<>();
    int declared = 0;
    Matcher count = COUNT.matcher(lines.isEmpty() ? "" : lines.get(0));
    if (count.matches()) {
      declared = Integer.parseInt(count.group(1));
    } else {
      findings.add(malformed(1, "the first line is `clauses` and their number"));
    }
    for (int i = 1; i < lines.size(); i++) {
      Matcher line = LINE.matcher(lines.get(i));
      if (!line.matches()) {
        findings.add(malformed(i + 1, "a line is `id ~revision status sha256`"));
        continue;
      }
      Entry entry = new Entry(Integer.parseInt(line.group(2)), line.group(3), line.group(4), i + 1);
      if (entries.putIfAbsent(line.group(1), entry) != null) {
        findings.add(malformed(i + 1, line.group(1) + " is locked twice"));
      }
    }
    return new ClauseLock(declared, entries, findings);
  }

  /** The lock's text for a spec. */
  static String textFor(Spec spec) {
    return spec.byId().values().stream()
        .sorted(Comparator.comparingInt(spec.clauses()::indexOf))
        .map(c -> c.id() + " ~" + c.revision() + " " + c.status().word() + " " + c.hash() + "\n")
        .collect(Collectors.joining("", "clauses " + spec.byId().size() + "\n", ""));
  }

  /** Every way in which the spec differs from this lock. */
  List<Finding> differences(Spec spec) {
    List<Finding> found = new ArrayList<>(findings);
    int count = spec.byId().size();
    if (count != declaredCount || count != entries.size()) {
      found.add(
          new Finding(
              Finding.Kind.LOCK_DIFFERS,
              FILE,
              1,
              "the spec has " + count + " clauses, the lock says " + declaredCount));
    }
    Map<String, Clause> byId = spec.byId();
    entries.forEach(
        (id, entry) -> {
          if (!byId.containsKey(id)) {
            found.add(
                differs(
                    FILE, entry.line(), id + " is gone; a withdrawn clause stays as tombstone"));
          }
        });
    byId.values().forEach(clause -> difference(clause).ifPresent(found::add));
    return found;
  }

  private Optional<Finding> difference(Clause clause) {
    Entry entry = entries.get(clause.id());
    if (entry == null) {
      return Optional.of(differs(clause.file(), clause.line(), clause.id() + " is not locked"));
    }
    if (rewordedWithoutRevision(clause, entry)) {
      return Optional.of(
          new Finding(
              Finding.Kind.REWORDED_WITHOUT_REVISION,
              clause.file(),
              clause.line(),
              clause.citation() + " is reworded and needs a new revision"));
    }
    boolean same =
        entry.revision() == clause.revision()
            && entry.status().equals(clause.status().word())
            && entry.hash().equals(clause.hash());
    return same
        ? Optional.empty()
        : Optional.of(
            differs(clause.file(), clause.line(), clause.id() + " differs from the lock"));
  }

  /** An active clause has other words, or its revision went back. A draft may change freely. */
  private static boolean rewordedWithoutRevision(Clause clause, Entry entry) {
    boolean bothActive =
        clause.status() == ClauseStatus.ACTIVE && entry.status().equals(ClauseStatus.ACTIVE.word());
    return bothActive
        && (clause.revision() < entry.revision()
            || (clause.revision() == entry.revision() && !clause.hash().equals(entry.hash())));
  }

  /**
   * What forbids writing a new lock over this one: a clause that is gone, an active clause reworded
   * without a new revision, or a withdrawn one that is back.
   */
  List<Finding> refusals(Spec spec) {
    Map<String, Clause> byId = spec.byId();
    List<Finding> refused = new ArrayList<>();
    entries.forEach(
        (id, entry) -> {
          Clause clause = byId.get(id);
          if (clause == null) {
            refused.add(differs(FILE, entry.line(), id + " is gone"));
          } else if (rewordedWithoutRevision(clause, entry)) {
            difference(clause).ifPresent(refused::add);
          } else if (entry.status().equals(ClauseStatus.WITHDRAWN.word())
              && clause.status() != ClauseStatus.WITHDRAWN) {
            refused.add(
                differs(clause.file(), clause.line(), id + " was withdrawn; take a new id"));
          }
        });
    return refused;
  }

  private static Finding malformed(int line, String message) {
    return new Finding(Finding.Kind.MALFORMED_LOCK, FILE, line, message);
  }

  private static Finding differs(String file, int line, String message) {
    return new Finding(
        Finding.Kind.LOCK_DIFFERS, file, line, message + " (mvn exec:exec@spec-lock)");
  }
}
