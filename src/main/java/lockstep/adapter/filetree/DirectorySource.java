package lockstep.adapter.filetree;

import java.io.IOException;
import java.nio.file.Path;
import lockstep.backup.run.SourceTree;
import lockstep.backup.run.SourceUnavailable;
import lockstep.spec.Implements;

/** A source that is a directory of the file system; it needs one with Unix attributes. */
@Implements({"BAK-8~1", "MAN-6~1", "CLI-8~1"})
public final class DirectorySource implements SourceTree {

  private final Path top;

  /** The directory {@code top}, which may itself be named through links. */
  public DirectorySource(Path top) {
    this.top = top.toAbsolutePath();
  }

  @Override
  public Walk walk() throws IOException {
    try {
      return DirectoryWalk.begin(OpenDirectory.top(top));
    } catch (IOException failed) {
      throw new SourceUnavailable(failed);
    }
  }
}
