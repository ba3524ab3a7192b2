package lockstep.backup.store;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import lockstep.format.HeadName;
import lockstep.format.ObjectName;
import lockstep.format.SealedObject;
import lockstep.format.SetName;
import lockstep.spec.Decides;

/**
 * The provider, as the device uses it: sets of objects, and numbered heads, all of them immutable
 * (OBJ-5, OBJ-6). It asks for four things only, which a folder, an object store and a remote file
 * server all have: put what is absent, list, get, and delete.
 *
 * <p>What every adapter guarantees, and what {@code StorageContract} shows of it:
 *
 * <ul>
 *   <li><b>Whole or absent.</b> An object or head that has its name is complete and durable; one
 *       whose making failed has no name (PRV-1). An adapter that cannot do it in one step writes
 *       under another name first.
 *   <li><b>Put if absent.</b> Of several devices that make the same head, exactly one makes it
 *       (PRV-2); nothing that has a name is ever replaced. In an object store this is a conditional
 *       put ({@code If-None-Match: *}), in a folder a link or an exclusive creation.
 *   <li><b>Listing after writing.</b> What was put and settled is listed, and what was removed is
 *       not, to every device that lists afterwards.
 *   <li><b>Only names of its own</b> are listed, opened or removed. Whatever else lies there is
 *       left alone and stops nothing (PRV-9).
 *   <li><b>Nothing is trusted.</b> It is handed sealed objects only (PRV-3); what it gives back may
 *       have been tampered with, and its reader checks it.
 * </ul>
 *
 * <p>Every failure of the provider is {@link ProviderUnavailable}, whose message names the cause;
 * streams that it returns throw the same. No method waits for ever (PRV-8). Methods may be called
 * by several threads.
 */
@Decides("PRV-3")
public interface BackupStorage {

  /** The most that is read of what has a head's name, in bytes. */
  int MAX_HEAD_BYTES = 64 * 1024;

  /**
   * An object as the provider lists it.
   *
   * @param lengthBytes its length
   * @param storedAt when it was stored, by the provider's clock
   */
  record Listed(long lengthBytes, Instant storedAt) {}

  /** The names of all heads, whosever they are, in ascending order, each once. */
  List<HeadName> heads() throws ProviderUnavailable;

  /** The names of one set's heads, in ascending order of their numbers. */
  default List<HeadName> heads(SetName set) throws ProviderUnavailable {
    return heads().stream().filter(head -> head.set().equals(set)).toList();
  }

  /**
   * The bytes under a head's name, at most {@link #MAX_HEAD_BYTES} of them; nothing when there is
   * no such name. What has the name and cannot be a head (a folder, a link) reads as no bytes,
   * which is damage and not absence (BAK-12).
   */
  Optional<byte[]> readHead(HeadName head) throws ProviderUnavailable;

  /**
   * Makes a head, durably, if its name is free; whole under its name or not there at all (PRV-2).
   *
   * @return whether this call made it; false when something has that name already
   * @throws IOException when the head's content cannot be read; nothing is stored then
   */
  boolean addHead(HeadName head, SealedObject sealed) throws IOException;

  /** Removes a head, durably, if it is there. */
  void removeHead(HeadName head) throws ProviderUnavailable;

  /**
   * Stores an object if its name is free, its content durable; its name is durable after {@link
   * #settle} (PRV-1).
   *
   * @throws ProviderUnavailable when the provider fails, or something has that name already
   * @throws IOException when the object's content cannot be read; nothing is stored then
   */
  void put(SetName set, ObjectName name, SealedObject object) throws IOException;

  /** Makes the names of all objects of the set durable that {@link #put} has returned for. */
  void settle(SetName set) throws ProviderUnavailable;

  /** The bytes of an object, which the caller closes; nothing when it is missing. */
  Optional<InputStream> open(SetName set, ObjectName name) throws ProviderUnavailable;

  /** The objects of a set; none when the set is missing. */
  Map<ObjectName, Listed> list(SetName set) throws ProviderUnavailable;

  /** Removes an object, if it is there. */
  void remove(SetName set, ObjectName name) throws ProviderUnavailable;

  /**
   * Removes what interrupted {@link #put} and {@link #addHead} left of a set, where the adapter
   * leaves anything (PRV-7): of objects that are {@code own}, of heads up to a number (no head of
   * such a number will be made any more), and whatever was last written to before {@code before} by
   * the provider's clock.
   */
  void removeUnfinished(SetName set, long headsUpTo, Predicate<ObjectName> own, Instant before)
      throws ProviderUnavailable;

  /**
   * Removes the set with all its heads and objects and what was left unfinished. Foreign things
   * stay, and stop nothing; one object that cannot be removed does not keep the others.
   */
  void removeSet(SetName set) throws ProviderUnavailable;

  /** Names of earlier unencrypted backups at the provider (PRV-6). */
  List<String> plainCopies() throws ProviderUnavailable;
}
