package lockstep.ideal;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import lockstep.adapter.storage.DirectoryStorage;
import lockstep.backup.store.BackupStorage;
import lockstep.ideal.Step.Lie;

/** A provider's directory, every state that it was left in, and the provider's lies about it. */
final class RealProvider {

  private static final String HEADS = "heads";

  private final Path home;
  private final Path now;
  private final List<Path> states = new ArrayList<>();
  private int copies;

  /** A provider below {@code home} whose first states are given. */
  RealProvider(Path home, List<Path> given) {
    this.home = home;
    this.now = home.resolve("provider");
    Trees.copy(given.get(given.size() - 1), now);
    states.addAll(given);
  }

  BackupStorage storage() {
    return new DirectoryStorage(now);
  }

  Path directory() {
    return now;
  }

  void keepState() {
    states.add(copyOf(now));
  }

  List<Path> states() {
    return states;
  }

  /** What the provider shows to whoever reads now. */
  BackupStorage show(Lie lie) {
    int newest = states.size() - 1;
    return switch (lie) {
      case NONE -> storage();
      case ROLLED_BACK -> new DirectoryStorage(states.get(Math.max(0, newest - 1)));
      case FIRST -> new DirectoryStorage(states.get(Math.min(newest, 1)));
      default -> new DirectoryStorage(spoilt(lie));
    };
  }

  private Path spoilt(Lie lie) {
    Path copy = copyOf(now);
    List<Path> heads = new ArrayList<>();
    List<Path> objects = new ArrayList<>();
    for (Path file : Trees.files(copy)) {
      boolean head = file.getParent().getFileName().toString().equals(HEADS);
      (head ? heads : objects).add(file);
    }
    switch (lie) {
      case HEAD_DROPPED -> heads.forEach(Trees::remove);
      case HEAD_FLIPPED -> heads.forEach(Trees::flip);
      case OBJECT_DROPPED -> objects.forEach(Trees::remove);
      case OBJECT_FLIPPED -> objects.forEach(Trees::flip);
      default -> swap(objects);
    }
    return copy;
  }

  /** Each object gets the bytes of another one of its set. */
  private static void swap(List<Path> objects) {
    List<byte[]> contents = objects.stream().map(Trees::read).toList();
    for (int i = 0; i < objects.size(); i++) {
      Trees.write(objects.get(i), contents.get((i + 1) % objects.size()));
    }
  }

  private Path copyOf(Path state) {
    Path copy = home.resolve("state" + copies++);
    Trees.copy(state, copy);
    return copy;
  }

  static Path empty(Path directory) {
    try {
      return Files.createDirectories(directory);
    } catch (java.io.IOException failure) {
      throw new java.io.UncheckedIOException(failure);
    }
  }
}
