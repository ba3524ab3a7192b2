package lockstep.trace;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Whom a clause binds, so that an implementer in another language knows which are his. */
enum Addressee {
  /** Whoever writes or reads a backup. */
  FORMAT,
  /** The user's device. */
  DEVICE,
  /** The Backup Key Vault. */
  VAULT,
  /** This project's command line, oracle, kit and code alone. */
  IMPLEMENTATION;

  /** The word that the spec uses. */
  String word() {
    return this == IMPLEMENTATION ? "this implementation" : name().toLowerCase(Locale.ROOT);
  }

  static Optional<Addressee> ofWord(String word) {
    return Arrays.stream(values()).filter(a -> a.word().equals(word)).findFirst();
  }
}
