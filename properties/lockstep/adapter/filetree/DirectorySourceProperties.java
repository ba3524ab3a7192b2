package lockstep.adapter.filetree;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import lockstep.backup.run.SourceEntry;
import lockstep.backup.run.SourceTree;
import lockstep.evidence.TestsFolder;
import lockstep.spec.Verifies;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterTry;
import net.jqwik.api.lifecycle.BeforeTry;

/** A walk comes upon what a directory holds in the order of a manifest. */
final class DirectorySourceProperties {

  /** Characters around the slash, and bytes that are negative in Java. */
  private static final String[] NAMES = {
    "a", "a!", "a.b", "a0", "A", "a\u0001", "\u00ff", "\u0080"
  };

  private Path top;

  @BeforeTry
  void makeTop() throws IOException {
    top = Files.createTempDirectory(TestsFolder.path(), "lockstep-walk");
  }

  @AfterTry
  void removeTop() throws IOException {
    List<Path> all;
    try (var found = Files.walk(top)) {
      all = found.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : all) {
      Files.delete(path);
    }
  }

  @Property(tries = 100)
  @Verifies("MAN-3")
  void aWalkTakesEachPathOnceInTheManifestsOrder(
      @ForAll @Size(max = 12) List<@Size(min = 1, max = 3) List<@IntRange(max = 7) Integer>> paths)
      throws IOException {
    // Lowering the slash below every other byte makes it the order of plain text.
    Set<String> expected = new TreeSet<>();
    for (List<Integer> path : paths) {
      Path made = top;
      String text = "";
      for (int name : path) {
        made = made.resolve(RawNames.relative(NAMES[name].getBytes(StandardCharsets.ISO_8859_1)));
        text = text.isEmpty() ? NAMES[name] : text + '\0' + NAMES[name];
        expected.add(text);
      }
      Files.createDirectories(made);
    }
    assertThat(walked()).containsExactlyElementsOf(expected);
  }

  private List<String> walked() throws IOException {
    List<String> walked = new ArrayList<>();
    try (SourceTree.Walk walk = new DirectorySource(top).walk()) {
      for (Optional<SourceEntry> entry = walk.next(); entry.isPresent(); entry = walk.next()) {
        byte[] path = ((SourceEntry.Directory) entry.get()).path().bytes();
        walked.add(new String(path, StandardCharsets.ISO_8859_1).replace('/', '\0'));
      }
    }
    return walked;
  }
}
