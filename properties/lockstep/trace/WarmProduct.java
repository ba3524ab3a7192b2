package lockstep.trace;

import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.ClassDefinition;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lockstep.models.FaultyJava;

/**
 * The product and its tests in one class loader that outlives a fault: the faulty classes are
 * swapped in and out again, so that all others stay loaded and compiled. Not for several threads.
 *
 * <p>What a class computed when it was first used stays as it was, so that a fault in that has to
 * be tried in a loader of its own, as has one that changes what members a class has.
 */
final class WarmProduct {

  private final Instrumentation swaps;
  private final List<ClassDefinition> sound = new ArrayList<>();
  private ClassLoader loader = FaultyJava.without().loader();

  WarmProduct(Instrumentation swaps) {
    this.swaps = swaps;
  }

  /** Finds the product's classes, faulty or not, and the tests. */
  ClassLoader loader() {
    return loader;
  }

  /** Puts the faulty classes in place of the sound ones; false where that cannot be done. */
  boolean swapIn(FaultyJava faulty) throws IOException {
    List<ClassDefinition> spoiled = new ArrayList<>();
    try {
      for (Map.Entry<String, byte[]> changed : faulty.classes().entrySet()) {
        Optional<byte[]> original = original(changed.getKey());
        if (original.isEmpty()) {
          return false;
        }
        if (!Arrays.equals(original.get(), changed.getValue())) {
          Class<?> type = Class.forName(changed.getKey(), true, loader);
          spoiled.add(new ClassDefinition(type, changed.getValue()));
          sound.add(new ClassDefinition(type, original.get()));
        }
      }
      redefine(spoiled);
      return true;
    } catch (ClassNotFoundException | LinkageError | UnsupportedOperationException other) {
      sound.clear();
      return false;
    }
  }

  /** Puts the sound classes back. */
  void swapOut() {
    redefine(sound);
    sound.clear();
  }

  /** Another loader, where the old one is in doubt; what was swapped in is gone with that. */
  void startAgain() {
    sound.clear();
    loader = FaultyJava.without().loader();
  }

  private void redefine(List<ClassDefinition> classes) {
    try {
      swaps.redefineClasses(classes.toArray(ClassDefinition[]::new));
    } catch (UnmodifiableClassException | ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  private Optional<byte[]> original(String type) throws IOException {
    try (InputStream in =
        WarmProduct.class.getClassLoader().getResourceAsStream(type.replace('.', '/') + ".class")) {
      return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
    }
  }
}
