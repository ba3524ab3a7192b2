package lockstep.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lockstep.adapter.filetree.DirectorySource;
import lockstep.backup.PausedRun.Place;
import lockstep.backup.restore.RestoreOutcome;
import lockstep.backup.run.BackupRun;
import lockstep.backup.store.BackupMark;
import lockstep.backup.store.Freshness;
import lockstep.backup.store.ProviderUnavailable;
import lockstep.format.ObjectName;

/**
 * One trace of {@code backup.als}. An object of the model is a file of its name, and the pack that
 * a run stores it in.
 */
final class BackupTrace {

  private final World world;
  private final List<Map<String, String>> trace;
  private final Map<ObjectName, String> objects = new HashMap<>();
  private final Map<ObjectName, String> manifests = new HashMap<>();
  private final Map<String, BackupMark> marks = new HashMap<>();
  private final OfferedBackup offered;
  private Optional<PausedRun> running = Optional.empty();
  private Optional<String> mark = Optional.empty();

  BackupTrace(World world, List<Map<String, String>> trace) {
    this.world = world;
    this.trace = trace;
    this.offered = new OfferedBackup(trace.get(0), objects, manifests);
  }

  /** The first state in which the Java differs; empty if there is none. */
  String replay() {
    try {
      for (String object :
          pairs(trace.get(0), "Backup.objs").values().stream().flatMap(Set::stream).toList()) {
        world.write(
            object,
            ("the content of " + object).getBytes(java.nio.charset.StandardCharsets.US_ASCII));
      }
      for (int i = 1; i < trace.size(); i++) {
        String trouble = act(i);
        Map<String, String> found = found();
        Map<String, String> wanted = new TreeMap<>(trace.get(i));
        wanted.keySet().retainAll(Set.of("objects", "manifests", "head", "mark"));
        if (!trouble.isEmpty() || !found.equals(wanted)) {
          return "%s in step %d: %s%s for %s"
              .formatted(trace.get(i).get("did"), i, trouble, found, wanted);
        }
      }
      return restored();
    } catch (IOException | RuntimeException | InterruptedException failure) {
      return "threw " + failure;
    } finally {
      end();
    }
  }

  private String act(int i) throws IOException, InterruptedException {
    Map<String, String> expected = trace.get(i);
    return switch (expected.get("did")) {
      case "BeginRun" -> begin(i, expected.get("running"));
      case "PutObject" -> {
        String object = only(minus(expected, trace.get(i - 1), "objects"));
        objects.put(running.orElseThrow().name(), object);
        yield onFrom(Place.DATA);
      }
      case "PutManifest" -> {
        manifests.put(running.orElseThrow().name(), expected.get("running"));
        yield onFrom(Place.MANIFEST);
      }
      case "NoteHead" -> onFrom(Place.NOTE);
      case "PutHead" -> {
        String trouble = onFrom(Place.HEAD);
        offered.keepHead(expected.get("running"), world);
        marks.put(expected.get("running"), world.known.lastBackup().orElseThrow());
        yield trouble;
      }
      case "SetMark" -> {
        mark = Optional.of(expected.get("mark"));
        running.ifPresent(PausedRun::markIsSet);
        yield running.isPresent() ? onFrom(Place.MARK) : "";
      }
      case "Remove" -> onFrom(Place.REMOVAL);
      case "Crash" -> leaveOff();
      default -> throw new IllegalArgumentException(expected.get("did"));
    };
  }

  private String begin(int i, String backup) {
    Set<String> files = pairs(trace.get(0), "Backup.objs").get(backup);
    long marked = mark.map(marks::get).map(BackupMark::backupNumber).orElse(0L);
    world.known = new BackupRun.Known(world.known.lastBackup(), marked, 0, false);
    PausedRun run = new PausedRun(world, new SomeFiles(new DirectorySource(world.source), files));
    run.removing(() -> removals(i));
    running = Optional.of(run);
    run.begin();
    return "";
  }

  /** Takes the run on from a place where it must stand. */
  private String onFrom(Place place) throws IOException {
    PausedRun run = running.orElseThrow();
    if (run.place() != place) {
      return "the run stands at " + run.place() + ", not " + place + ": ";
    }
    run.goOn();
    offered.keepObjects(world);
    return "";
  }

  /** The end of a run, or of its process; where only the mark is left, the vault is silent. */
  private String leaveOff() throws IOException, InterruptedException {
    boolean silent = running.orElseThrow().place() == Place.MARK;
    String trouble = silent ? onFrom(Place.MARK) : "";
    trouble += silent && running.get().place() != Place.END ? "the run goes on: " : "";
    end();
    return trouble;
  }

  private void end() {
    try {
      if (running.isPresent()) {
        running.get().die();
        running = Optional.empty();
      }
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  /** What the trace removes next, in its order. */
  private List<ObjectName> removals(int from) {
    List<ObjectName> names = new ArrayList<>();
    for (int i = from; i < trace.size(); i++) {
      if (trace.get(i).get("did").equals("Remove")) {
        Map<String, String> before = trace.get(i - 1);
        names.addAll(named(objects, minus(before, trace.get(i), "objects")));
        names.addAll(named(manifests, minus(before, trace.get(i), "manifests")));
      }
    }
    return names;
  }

  private Map<String, String> found() throws ProviderUnavailable {
    Set<ObjectName> listed = world.storage.list(world.keys.setName()).keySet();
    Map<String, String> found = new TreeMap<>();
    put(found, "objects", atoms(objects, listed));
    put(found, "manifests", atoms(manifests, listed));
    if (listed.stream().anyMatch(one -> !objects.containsKey(one) && !manifests.containsKey(one))) {
      found.put("unknown", "Yes");
    }
    offered.headOf(world.headBytes()).ifPresent(h -> found.put("head", h));
    mark.ifPresent(one -> found.put("mark", one));
    return found;
  }

  /** What a restore from the offer at the trace's end comes to, against what the model accepts. */
  private String restored() throws IOException {
    end();
    Path target = world.newTarget();
    world.storage = offered.storage(world.storage);
    RestoreOutcome outcome =
        world.restore(
            target, mark.map(marks::get).map(Freshness::mark).orElse(Freshness.unknown()));
    boolean accepted = offered.isAccepted();
    if (!(outcome instanceof RestoreOutcome.Restored)) {
      return accepted ? "a whole and fresh backup was refused: " + outcome : "";
    }
    try (Stream<Path> files = Files.list(target)) {
      Set<String> names =
          files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
      return accepted && names.equals(offered.files()) ? "" : "restored " + names;
    }
  }

  private static void put(Map<String, String> found, String field, Set<String> atoms) {
    if (!atoms.isEmpty()) {
      found.put(field, String.join(",", atoms));
    }
  }

  private static Set<String> atoms(Map<ObjectName, String> names, Set<ObjectName> listed) {
    return names.entrySet().stream()
        .filter(entry -> listed.contains(entry.getKey()))
        .map(Map.Entry::getValue)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static List<ObjectName> named(Map<ObjectName, String> names, Set<String> atoms) {
    return names.entrySet().stream()
        .filter(entry -> atoms.contains(entry.getValue()))
        .map(Map.Entry::getKey)
        .toList();
  }

  private static Set<String> minus(
      Map<String, String> from, Map<String, String> less, String field) {
    Set<String> rest = set(from, field);
    rest.removeAll(set(less, field));
    return rest;
  }

  private static String only(Set<String> atoms) {
    return atoms.iterator().next();
  }

  /** A field that is a set. */
  static Set<String> set(Map<String, String> state, String field) {
    return state.containsKey(field)
        ? new TreeSet<>(Arrays.asList(state.get(field).split(",")))
        : new TreeSet<>();
  }

  /** A field that is a relation. */
  static Map<String, Set<String>> pairs(Map<String, String> state, String field) {
    Map<String, Set<String>> pairs = new TreeMap<>();
    for (String pair : set(state, field)) {
      int arrow = pair.indexOf('>');
      pairs
          .computeIfAbsent(pair.substring(0, arrow), any -> new TreeSet<>())
          .add(pair.substring(arrow + 1));
    }
    return pairs;
  }
}
