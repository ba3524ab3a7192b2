package lockstep.trace;

import org.pitest.mutationtest.engine.MutationIdentifier;

/**
 * One small change of compiled main code.
 *
 * @param type binary name of the changed class
 * @param method as in the source; a lambda's is that of the method around it
 * @param line counted from 1
 * @param change what PIT did, in its words
 * @param ordinal counted from 1 among those of the same line and change
 * @param id names it to PIT's engine
 * @param origin which makes its class file
 */
record Mutant(
    String type,
    String method,
    int line,
    String change,
    int ordinal,
    MutationIdentifier id,
    Mutants origin) {

  byte[] classFile() {
    return origin.classFile(id);
  }

  /** What PIT did, and to which of several on the line. */
  String numberedChange() {
    return change + (ordinal == 1 ? "" : " #" + ordinal);
  }

  /** Names it within one build. */
  String display() {
    return type + "." + method + ":" + line + " " + numberedChange();
  }

  /** The binary name of the outermost class. */
  String topLevelType() {
    int nested = type.indexOf('$');
    return nested < 0 ? type : type.substring(0, nested);
  }

  /** Relative to the folder of sources. */
  String sourceFile() {
    return topLevelType().replace('.', '/') + ".java";
  }
}
