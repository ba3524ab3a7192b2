package lockstep.backup.restore;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import lockstep.format.BackupPath;
import lockstep.format.LinkTarget;
import lockstep.spec.NonNormative;

/**
 * The folder that a restore fills: first a tree under a temporary name inside it, then, at once and
 * after everything is durable, the final names (RST-3).
 *
 * <p>Paths are those of one manifest that was checked whole, so every parent is a directory that
 * was made before. A full disk is {@link TargetFull}; every other failure another {@link
 * IOException}. Files may be written by several threads.
 */
@NonNormative("a port; its adapter carries the clauses out")
public interface TargetTree {

  /**
   * Whether a restore may begin: nothing is there, or only what an interrupted one left (RST-2).
   */
  boolean isFree() throws IOException;

  /**
   * Makes the folder where it is missing and removes what an interrupted restore had written; never
   * while {@link #interrupted} has a note.
   */
  void begin() throws IOException;

  /** Whether the file system takes names that differ in case for one (RST-5). */
  boolean foldsCase() throws IOException;

  /** Makes a directory of the tree. */
  void makeDirectory(BackupPath path) throws IOException;

  /** Makes a file of the tree, which the caller closes. */
  TargetFile makeFile(BackupPath path) throws IOException;

  /** Removes a file of the tree that is not to be restored, after all. */
  void dropFile(BackupPath path) throws IOException;

  /**
   * Makes a link of the tree, its target as the bytes say (MAN-6); never before the files (RST-4).
   *
   * @return what it does not keep of it
   */
  List<Unkept> makeLink(BackupPath path, LinkTarget target, Instant modifiedAt) throws IOException;

  /**
   * Gives a directory, whose content is complete, its mode and time (RST-9); durable after the
   * sync, which also tells what it does not keep of them.
   */
  PendingSync finishDirectory(BackupPath path, int mode, Instant modifiedAt) throws IOException;

  /** Makes a scratch file outside the tree; closing it removes it. */
  ScratchFile makeScratch(int number) throws IOException;

  /** Moves the tree to its final names; {@code note}, at most 60,000 bytes, is for a rerun. */
  void install(byte[] note) throws IOException;

  /** Finishes an {@link #install} that was interrupted. */
  void finishInstall() throws IOException;

  /** The note of an {@link #install} that was interrupted, if one was; changes nothing. */
  Optional<byte[]> interrupted() throws IOException;

  /** Whether what was made durable is; false where the file system has no sync. */
  boolean isSynced();

  /** Hands out each name at the top of the tree, those that {@link #install} has moved included. */
  void forEachName(Consumer<byte[]> taker) throws IOException;

  /**
   * Removes what {@link #interrupted} found, which is somebody else's.
   *
   * @return false where something else stands in the folder, too; then nothing was removed
   */
  boolean startOver() throws IOException;

  /** Removes the tree as far as that can be done, after a failure. */
  void abandon();

  /** A file being written. */
  interface TargetFile extends AutoCloseable {

    /** Writes bytes at a position. */
    void write(long position, byte[] from, int offset, int length) throws IOException;

    /**
     * Sets mode and time (RST-9) and makes the file durable; nothing is written after that.
     *
     * @return what the target does not keep of them
     */
    List<Unkept> finish(int mode, Instant modifiedAt) throws IOException;

    @Override
    void close() throws IOException;
  }

  /** Content that several files are made of. */
  interface ScratchFile extends AutoCloseable {

    /** Appends bytes. */
    void append(byte[] from, int offset, int length) throws IOException;

    /** Reads exactly {@code length} bytes from {@code position}. */
    void read(long position, byte[] to, int offset, int length) throws IOException;

    @Override
    void close() throws IOException;
  }

  /** A change that is made and not yet durable. */
  @FunctionalInterface
  interface PendingSync {

    /**
     * Makes it durable.
     *
     * @return what the target did not keep of the change
     */
    List<Unkept> sync() throws IOException;
  }
}
