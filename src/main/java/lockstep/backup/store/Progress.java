package lockstep.backup.store;

import lockstep.spec.NonNormative;

/** Is told how far a run has come; several threads may call it. */
@NonNormative("shows progress; decides nothing")
public interface Progress {

  /** Shows nothing. */
  Progress NONE =
      new Progress() {
        @Override
        public void advanced(long bytes) {}

        @Override
        public void fileDone() {}
      };

  /** Whether a backup should count the source first, so that it can tell what to expect. */
  default boolean wantsTotals() {
    return false;
  }

  /** How much there will be, as far as is known. */
  default void expect(long files, long bytes) {}

  /** That many bytes of files were taken over, sealed, restored or checked. */
  void advanced(long bytes);

  /** One file is done. */
  void fileDone();
}
