package lockstep.backup.store;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lockstep.format.ObjectName;
import lockstep.format.SealedObject;
import lockstep.format.SetName;
import lockstep.spec.Implements;

/**
 * The provider, as the device uses it: sets of immutable objects (OBJ-5, OBJ-6), and one head for
 * each set.
 *
 * <p>It is handed sealed objects only. Everything that it gives back may have been tampered with.
 * Every failure of the provider is {@link ProviderUnavailable}; streams that it returns throw the
 * same. Methods may be called by several threads.
 */
@Implements("PRV-3~1")
public interface BackupStorage {

  /** The bytes under the set's head, at most 64 KiB of them; nothing when there is no head. */
  Optional<byte[]> readHead(SetName set) throws ProviderUnavailable;

  /** Makes the object the set's head, durably and in one step (PRV-2). */
  void replaceHead(SetName set, SealedObject head) throws IOException;

  /** Removes the set's head, durably, if there is one. */
  void removeHead(SetName set) throws ProviderUnavailable;

  /** The names of all heads, whosever they are. */
  List<SetName> heads() throws ProviderUnavailable;

  /**
   * Stores an object, its content durable; its name is durable after {@link #settle} (PRV-1).
   *
   * @throws ProviderUnavailable when the provider fails, or holds an object of that name
   * @throws IOException when the object's content cannot be read; nothing is stored then
   */
  void put(SetName set, ObjectName name, SealedObject object) throws IOException;

  /** Makes the names of all objects of the set durable that {@link #put} has returned for. */
  void settle(SetName set) throws ProviderUnavailable;

  /** The bytes of an object, which the caller closes; nothing when it is missing. */
  Optional<InputStream> open(SetName set, ObjectName name) throws ProviderUnavailable;

  /** The objects of a set and their lengths in bytes; none when the set is missing. */
  Map<ObjectName, Long> list(SetName set) throws ProviderUnavailable;

  /** Removes an object, if it is there. */
  void remove(SetName set, ObjectName name) throws ProviderUnavailable;

  /** Removes what interrupted {@link #put} and {@link #replaceHead} left (PRV-7). */
  void removeUnfinished(SetName set) throws ProviderUnavailable;

  /** Removes the set with all its objects, but not its head. */
  void removeSet(SetName set) throws ProviderUnavailable;

  /** Names of earlier unencrypted backups at the provider (PRV-6). */
  List<String> plainCopies() throws ProviderUnavailable;
}
