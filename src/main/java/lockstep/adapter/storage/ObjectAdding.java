package lockstep.adapter.storage;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import lockstep.adapter.durable.DurableStep;
import lockstep.adapter.durable.Forcing;
import lockstep.format.SealedObject;
import lockstep.spec.Decides;
import lockstep.spec.Implements;

/**
 * Puts a whole object under a name that is free.
 *
 * <p>It is written through the channel that made its unfinished file, forced to the disk, and given
 * its own name by a link, which fails where anything has that name. Where the file system has no
 * links, it is written anew under its own name, made exclusively: nobody's file is replaced there
 * either, but a crash may leave it cut.
 */
@Decides("OBJ-6~2")
@Implements({"PRV-1", "PRV-2~2", "PRV-7~3", "PRV-8~2"})
final class ObjectAdding {

  private static final int BUFFER_BYTES = 128 * 1024;

  private final ProviderFolder folder;
  private final DurableStep observer;
  private final Runnable forcingIsMissing;

  ObjectAdding(ProviderFolder folder, DurableStep observer, Runnable forcingIsMissing) {
    this.folder = folder;
    this.observer = observer;
    this.forcingIsMissing = forcingIsMissing;
  }

  /**
   * Adds it.
   *
   * @return false when something has the name
   * @throws lockstep.protocol.transfer.ProviderUnavailable when the provider fails
   * @throws IOException when the object's content does
   */
  boolean add(String name, String unfinished, SealedObject object) throws IOException {
    FileChannel made;
    try {
      made = folder.create(unfinished);
    } catch (IOException failed) {
      throw ProviderStreams.unavailable(failed);
    }
    try (FileChannel channel = made) {
      OutputStream out =
          new BufferedOutputStream(ProviderStreams.toProvider(channel), BUFFER_BYTES);
      object.writeTo(out);
      out.flush();
      return named(channel, name, unfinished);
    } finally {
      removeQuietly(unfinished);
    }
  }

  private boolean named(FileChannel channel, String name, String unfinished) throws IOException {
    try {
      force(channel, unfinished);
      observer.reached(DurableStep.Kind.RENAME, folder.path().resolve(name));
      return linked(unfinished, name) || (!isTaken(name) && copied(channel, name));
    } catch (IOException failed) {
      throw ProviderStreams.unavailable(failed);
    }
  }

  /** False where that name is taken, and where the file system makes no links. */
  private boolean linked(String unfinished, String name) throws IOException {
    try {
      folder.link(unfinished, name);
    } catch (IOException | UnsupportedOperationException notMade) {
      return false;
    }
    if (!isTaken(name)) {
      throw new IOException("a folder was replaced while an object was stored in it");
    }
    return true;
  }

  private boolean isTaken(String name) throws IOException {
    return folder.attributes(name).isPresent();
  }

  private boolean copied(FileChannel from, String name) throws IOException {
    try (FileChannel to = folder.create(name)) {
      try {
        long size = from.size();
        for (long done = 0; done < size; ) {
          long moved = from.transferTo(done, size - done, to);
          if (moved <= 0) {
            throw new IOException("the file system takes no more bytes");
          }
          done += moved;
        }
        force(to, name);
        return true;
      } catch (IOException failed) {
        folder.remove(name);
        throw failed;
      }
    } catch (FileAlreadyExistsException another) {
      return false;
    }
  }

  private void force(FileChannel channel, String name) throws IOException {
    observer.reached(DurableStep.Kind.FILE_SYNC, folder.path().resolve(name));
    if (!Forcing.force(channel)) {
      forcingIsMissing.run();
    }
  }

  /** What stays of it is removed later, as after a crash (PRV-7). */
  private void removeQuietly(String unfinished) {
    try {
      folder.remove(unfinished);
    } catch (IOException later) {
      // The object's own name stands, or the failure that is on its way out tells.
    }
  }
}
