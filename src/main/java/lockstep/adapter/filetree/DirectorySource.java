package lockstep.adapter.filetree;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import lockstep.adapter.durable.Patience;
import lockstep.backup.notes.SourceIdentity;
import lockstep.backup.run.SourceTree;
import lockstep.backup.run.SourceUnavailable;
import lockstep.spec.Implements;

/** A source that is a directory of the file system; it needs one with Unix attributes. */
@Implements({"BAK-8~2", "MAN-6", "CLI-8"})
public final class DirectorySource implements SourceTree {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Path top;
  private final Exclusion exclusion;
  private final Patience patience;

  /** The directory {@code top}, which may itself be named through links. */
  public DirectorySource(Path top) {
    this(top, Exclusion.none());
  }

  /** The same without what is excluded. */
  public DirectorySource(Path top, Exclusion exclusion) {
    this(top, exclusion, PATIENCE);
  }

  /** The same, waiting for a file or folder to open no longer than {@code patience}. */
  DirectorySource(Path top, Exclusion exclusion, Duration patience) {
    this.top = top.toAbsolutePath();
    this.exclusion = exclusion;
    this.patience = new Patience(patience);
  }

  @Override
  @Implements("BAK-20")
  public Optional<SourceIdentity> identity() throws IOException {
    try {
      Path real = top.toRealPath();
      ListedAttributes listed = ListedAttributes.of(real);
      String path = new String(RawNames.bytes(real), StandardCharsets.ISO_8859_1);
      return Optional.of(new SourceIdentity(path, listed.device(), listed.stamp().fileNumber()));
    } catch (IOException failed) {
      throw new SourceUnavailable(failed);
    }
  }

  @Override
  public Walk walk() throws IOException {
    try {
      return DirectoryWalk.begin(OpenDirectory.top(top, patience), exclusion);
    } catch (IOException failed) {
      throw new SourceUnavailable(failed);
    }
  }
}
