package lockstep.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A citation of code that comes or goes without its lock fails the gate, for that and no other. */
class CitationFaultsTest {

  /** What only the lock of the citations can show. */
  static final Set<Finding.Kind> KINDS =
      EnumSet.of(Finding.Kind.LOST_CITATION, Finding.Kind.UNLOCKED_CITATION);

  private static final Set<Finding.Kind> SHOWN = EnumSet.noneOf(Finding.Kind.class);
  private static final String LIMITER = "lockstep.vault.sample.SampleLimiter";

  @TempDir Path directory;
  private SmallProject project;

  @BeforeEach
  void start() throws IOException {
    project = new SmallProject(directory);
  }

  @AfterAll
  static void everyKindOfFindingHasItsFault() {
    assertThat(SHOWN).containsAll(KINDS);
  }

  private void fails(Finding.Kind kind, String file, String lineWith) throws IOException {
    project.fails(kind, file, lineWith);
    SHOWN.add(kind);
  }

  @Test
  void aDeletedCitationOfSeveral() throws IOException {
    project.decidedByItsClass();
    String second = "  @Implements(\"LIM-1~2\")\n  int no() {\n    return 0;\n  }\n\n  public int";
    project.replace(SmallProject.MAIN, "  public int", second).keepCitations();
    project.replace(SmallProject.MAIN, "  @Implements(\"LIM-1~2\")\n  int no", "  int no");
    project.compile();
    fails(Finding.Kind.LOST_CITATION, CitationLock.FILE, "LIM-1~2 " + LIMITER + ".no");
  }

  @Test
  void aDeletedCitationOfOneOverload() throws IOException {
    project.decidedByItsClass();
    String second = "  @Implements(\"LIM-1~2\")\n  public int charge() {\n    return 0;\n  }\n";
    String cited = "\n  @Implements(\"LIM-1~2\")\n  public int charge(int";
    project.replace(SmallProject.MAIN, "  public int charge(int", second + cited).keepCitations();
    project.replace(SmallProject.MAIN, cited, "\n  public int charge(int").compile();
    fails(Finding.Kind.LOST_CITATION, CitationLock.FILE, "LIM-1~2 " + LIMITER + ".charge");
  }

  @Test
  void aCitationThatIsNotLocked() throws IOException {
    project.decidedByItsClass();
    String cited = "  @Implements(\"LIM-1~2\")\n  public int";
    project.keepCitations().replace(SmallProject.MAIN, "  public int", cited).compile();
    fails(Finding.Kind.UNLOCKED_CITATION, SmallProject.MAIN, "  @Implements");
  }

  @Test
  void aLineThatLocksNoCitation() throws IOException {
    project.keepCitations().replace(CitationLock.FILE, "LIM-1~2 ", "LIM-1~2\nLIM-1~2 ");
    fails(Finding.Kind.MALFORMED_LOCK, CitationLock.FILE, "LIM-1~2");
  }
}
