package lockstep.backup;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import lockstep.backup.run.SourceEntry;
import lockstep.backup.run.SourceTree;

/** A folder of which only some files are there, and nothing is changed in those. */
record SomeFiles(SourceTree all, Set<String> names) implements SourceTree {

  @Override
  public Walk walk() throws IOException {
    Walk walk = all.walk();
    return new Walk() {
      @Override
      public Optional<SourceEntry> next() throws IOException {
        Optional<SourceEntry> next = walk.next();
        while (next.isPresent()
            && next.get() instanceof SourceEntry.RegularFile file
            && !names.contains(
                new String(file.path().bytes(), java.nio.charset.StandardCharsets.UTF_8))) {
          next = walk.next();
        }
        return next;
      }

      @Override
      public void close() throws IOException {
        walk.close();
      }
    };
  }
}
