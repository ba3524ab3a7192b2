package lockstep.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A page of the spec that ends with a table which the build makes. {@code
 * -Dlockstep.vectors.write=true} writes the table instead of comparing it.
 */
public final class GeneratedPage {

  private final Path file;
  private final String rule;

  /**
   * That page.
   *
   * @param file relative to the project
   * @param rule the line below the table's head, with its line feed; its first place counts
   */
  public GeneratedPage(String file, String rule) {
    this.file = Path.of(System.getProperty("lockstep.basedir", "."), file);
    this.rule = rule;
  }

  /** What the page says. */
  public String text() throws IOException {
    return Files.readString(file);
  }

  /** What stands above the table's rows is written by hand; the rest has to be {@code made}. */
  public void endsWith(String made) throws IOException {
    String page = text();
    String now = page.substring(0, page.indexOf(rule) + rule.length()) + made;
    if (Boolean.getBoolean("lockstep.vectors.write")) {
      Files.writeString(file, now);
    }
    assertThat(text()).isEqualTo(now);
  }
}
