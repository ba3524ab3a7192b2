package lockstep.trace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The findings that {@code spec/waivers.md} accepts for a while. Only what one clause lacks can be
 * waived; a fault of the spec, of a citation or of a waiver cannot.
 *
 * @param findings rows that are not in the form
 */
record Waivers(List<Waiver> all, List<Finding> findings) {

  /** The file, relative to the project. */
  static final String FILE = "spec/waivers.md";

  private static final Pattern ROW =
      Pattern.compile(
          "\\| (WVR-[1-9][0-9]{0,4}) \\| ([a-z-]+) \\| (\\S+~[0-9]+) \\| (\\S[^|]*) \\|"
              + " ([0-9]{4}-[0-9]{2}-[0-9]{2}) \\|");
  private static final Pattern TABLE_HEAD = Pattern.compile("\\| id \\| .*|[|-]+");

  static Waivers read(Path project) throws IOException {
    Path file = project.resolve(FILE);
    List<Waiver> waivers = new ArrayList<>();
    List<Finding> findings = new ArrayList<>();
    List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (!line.startsWith("|") || TABLE_HEAD.matcher(line).matches()) {
        continue;
      }
      Optional<Waiver> waiver = parse(line, i + 1);
      boolean again = waivers.stream().anyMatch(w -> line.startsWith("| " + w.id() + " "));
      if (waiver.isEmpty() || again) {
        findings.add(
            new Finding(
                Finding.Kind.MALFORMED_WAIVER,
                FILE,
                i + 1,
                "a row is `| WVR-number | what it waives | clause~revision | reason | date |`,"
                    + " each id once"));
      } else {
        waivers.add(waiver.get());
      }
    }
    return new Waivers(List.copyOf(waivers), List.copyOf(findings));
  }

  private static Optional<Waiver> parse(String line, int number) {
    Matcher row = ROW.matcher(line);
    if (!row.matches()) {
      return Optional.empty();
    }
    return kind(row.group(2))
        .flatMap(
            kind -> {
              try {
                LocalDate expires = LocalDate.parse(row.group(5));
                return Optional.of(
                    new Waiver(row.group(1), kind, row.group(3), row.group(4), expires, number));
              } catch (DateTimeParseException e) {
                return Optional.empty();
              }
            });
  }

  private static Optional<Finding.Kind> kind(String word) {
    return Arrays.stream(Finding.Kind.values())
        .filter(k -> k.group() == Finding.Group.EVIDENCE || k.group() == Finding.Group.RUN)
        .filter(k -> k != Finding.Kind.TEST_FAILED)
        .filter(k -> k.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(word))
        .findFirst();
  }

  /** The findings that no waiver covers, whether it has expired or not. */
  List<Finding> without(List<Finding> found) {
    return found.stream().filter(f -> all.stream().noneMatch(w -> w.covers(f))).toList();
  }

  /**
   * What is wrong with the waivers themselves.
   *
   * @param found everything that the gate found, waived or not
   * @param commitDate of the commit that is checked; where it is not known, no waiver holds
   */
  List<Finding> faults(List<Finding> found, Optional<LocalDate> commitDate) {
    List<Finding> faults = new ArrayList<>(findings);
    for (Waiver waiver : all) {
      if (found.stream().noneMatch(waiver::covers)) {
        faults.add(fault(Finding.Kind.UNUSED_WAIVER, waiver, " covers nothing any more"));
      } else if (commitDate.isEmpty()) {
        faults.add(
            fault(
                Finding.Kind.EXPIRED_WAIVER, waiver, " needs the commit's date, which is unknown"));
      } else if (commitDate.get().isAfter(waiver.expires())) {
        faults.add(
            fault(Finding.Kind.EXPIRED_WAIVER, waiver, " has expired on " + waiver.expires()));
      }
    }
    return faults;
  }

  private static Finding fault(Finding.Kind kind, Waiver waiver, String message) {
    return new Finding(
        kind, FILE, waiver.line(), waiver.id() + " for " + waiver.clause() + message);
  }
}
