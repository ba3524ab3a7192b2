package lockstep.adapter.filetree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import lockstep.adapter.durable.Patience;
import lockstep.backup.run.Omission;
import lockstep.backup.run.SourceEntry;
import lockstep.backup.run.SourceFile;
import lockstep.backup.run.SourceTree;
import lockstep.evidence.TestsFolder;
import lockstep.spec.Verifies;
import net.jqwik.api.Example;
import net.jqwik.api.lifecycle.AfterTry;
import net.jqwik.api.lifecycle.BeforeTry;

/** A source in which somebody else puts pipes and other folders, and one that is very deep. */
final class HostileSourceProperties {

  private static final Duration SHORT = Duration.ofMillis(200);
  private static final Duration LONG = Duration.ofSeconds(30);

  private Path top;

  @BeforeTry
  void makeTop() throws IOException {
    top = Files.createTempDirectory(TestsFolder.path(), "lockstep-hostile");
  }

  @AfterTry
  void removeTop() throws IOException {
    List<Path> all;
    try (Stream<Path> found = Files.walk(top)) {
      all = found.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : all) {
      Files.delete(path);
    }
  }

  private SourceTree source(Duration patience) {
    return new DirectorySource(top, Exclusion.none(), patience);
  }

  private static void mkfifo(Path path) throws IOException {
    try {
      assertThat(new ProcessBuilder("mkfifo", path.toString()).start().waitFor()).isZero();
    } catch (InterruptedException interrupted) {
      throw new IOException(interrupted);
    }
  }

  @Example
  @Verifies({"BAK-8~2", "BAK-7~3"})
  void aPipeInAFilesPlaceIsNotWaitedForForEver() throws IOException {
    Path file = Files.writeString(top.resolve("a"), "content");
    Files.writeString(top.resolve("b"), "after it");
    // Patience is long: what is given up is a pipe that is seen in the file's place.
    try (SourceTree.Walk walk = source(LONG).walk()) {
      SourceEntry.RegularFile found = (SourceEntry.RegularFile) walk.next().orElseThrow();
      Files.delete(file);
      mkfifo(file);
      long begun = System.nanoTime();
      assertThatThrownBy(() -> found.opening().open()).isInstanceOf(IOException.class);
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(LONG.dividedBy(2));
      SourceEntry.RegularFile next = (SourceEntry.RegularFile) walk.next().orElseThrow();
      try (SourceFile opened = next.opening().open()) {
        assertThat(opened.read(0, new byte[9], 0, 9)).isEqualTo("after it".length());
      }
      assertThat(walk.next()).isEmpty();
    }
  }

  @Example
  @Verifies("BAK-8~2")
  void aPipeInAFoldersPlaceIsNotWaitedForForEver() throws IOException {
    Path folder = Files.createDirectory(top.resolve("a"));
    ListedAttributes listed = ListedAttributes.of(folder);
    OpenDirectory open = OpenDirectory.top(top, new Patience(SHORT));
    Files.delete(folder);
    mkfifo(folder);
    assertThatThrownBy(() -> open.child(Path.of("a"), listed)).isInstanceOf(IOException.class);
    open.release();
  }

  @Example
  @Verifies("BAK-8~2")
  void aFileThatOpensTooLateIsGivenBack() throws Exception {
    List<String> given = new ArrayList<>();
    Object came = new Object();
    Patience.Call<String> slow =
        () -> {
          synchronized (came) {
            return "late";
          }
        };
    synchronized (came) {
      assertThatThrownBy(() -> new Patience(SHORT).await(slow, given::add))
          .isInstanceOf(Patience.Expired.class);
    }
    String inTime = new Patience(LONG).await(() -> "in time", given::add);
    assertThat(inTime).isEqualTo("in time");
    for (int i = 0; i < 1_000 && given.isEmpty(); i++) {
      Thread.sleep(5);
    }
    assertThat(given).containsExactly("late");
  }

  private static long openFiles() throws IOException {
    try (Stream<Path> listed = Files.list(Path.of("/proc/self/fd"))) {
      return listed.count();
    }
  }

  /** A chain of folders, each with a file before and one after the next folder. */
  private void makeChain(int depth) throws IOException {
    Path folder = top;
    for (int i = 0; i < depth; i++) {
      Files.writeString(folder.resolve("a"), "first");
      Files.writeString(folder.resolve("z"), "last");
      folder = Files.createDirectory(folder.resolve("m"));
    }
    for (String name : List.of("p", "q")) {
      Files.createDirectory(top.resolve(name));
      Files.writeString(top.resolve(name).resolve("f"), "beside");
    }
  }

  @Example
  @Verifies("BAK-50")
  void aDeepSourceIsReadToItsEndWithAFewFoldersOpen() throws IOException {
    int depth = 200;
    makeChain(depth);
    int files = 0;
    long most = 0;
    long before = openFiles();
    try (SourceTree.Walk walk = source(LONG).walk()) {
      for (Optional<SourceEntry> entry = walk.next(); entry.isPresent(); entry = walk.next()) {
        if (entry.get() instanceof SourceEntry.RegularFile file) {
          try (SourceFile opened = file.opening().open()) {
            files += opened.read(0, new byte[9], 0, 9) > 0 ? 1 : 0;
          }
          most = Math.max(most, openFiles() - before);
        } else {
          assertThat(entry.get()).isInstanceOf(SourceEntry.Directory.class);
        }
      }
    }
    assertThat(files).isEqualTo(2 * depth + 2);
    // A folder that is held open takes two descriptors.
    assertThat(most).isBetween(64L, 2L * 64 + 20);
    assertThat(openFiles()).isLessThan(before + 20);
  }

  @Example
  @Verifies({"BAK-50", "BAK-8~2"})
  void aFolderThatWasExchangedMeanwhileIsNotGoneOnWith() throws IOException {
    makeChain(70);
    TreeSet<String> unread = new TreeSet<>();
    boolean exchanged = false;
    try (SourceTree.Walk walk = source(LONG).walk()) {
      for (Optional<SourceEntry> entry = walk.next(); entry.isPresent(); entry = walk.next()) {
        if (entry.get() instanceof SourceEntry.LeftOut left) {
          assertThat(left.omission().reason())
              .isIn(Omission.Reason.UNREADABLE, Omission.Reason.GONE_WHILE_READ);
          unread.add(left.omission().path());
        }
        boolean deep =
            entry.get() instanceof SourceEntry.Directory directory
                && directory.path().toString().equals("m" + "/m".repeat(69));
        if (deep && !exchanged) {
          exchanged = true;
          Files.move(top.resolve("m"), top.resolve("moved"));
          Files.createDirectory(top.resolve("m"));
          Files.writeString(top.resolve("m").resolve("z"), "another user's");
        }
      }
    }
    assertThat(exchanged).isTrue();
    assertThat(unread).contains("m/z").doesNotContain("z", "p/f");
  }
}
