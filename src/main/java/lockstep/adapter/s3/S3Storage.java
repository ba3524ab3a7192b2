package lockstep.adapter.s3;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;
import lockstep.adapter.storage.HeadClaim;
import lockstep.adapter.storage.PlainCopyNames;
import lockstep.adapter.storage.UnfinishedName;
import lockstep.backup.store.BackupStorage;
import lockstep.backup.store.ProviderUnavailable;
import lockstep.format.HeadName;
import lockstep.format.ObjectName;
import lockstep.format.SealedObject;
import lockstep.format.SetName;
import lockstep.spec.Implements;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * A provider that is a bucket of an object store.
 *
 * <p>An object has its name when the request that puts it has taken all of it, and nothing of it
 * has one before (OBS-1). Heads are made by a conditional put where the server has it, otherwise by
 * claim (PRV-15).
 */
@Implements({"OBS-1", "PRV-1", "PRV-2~2", "PRV-3", "PRV-4~2", "PRV-9", "PRV-15"})
public final class S3Storage implements BackupStorage, AutoCloseable {

  private static final String ROOT = "lockstep-v1/";
  private static final String HEADS = "heads";

  private final S3Client client;
  private final S3Place place;
  private final S3Pace pace;
  private final S3Sizes sizes;
  private final ConditionalPuts conditional = new ConditionalPuts();

  S3Storage(S3Client client, S3Place place, S3Pace pace, S3Sizes sizes) {
    this.client = client;
    this.place = place;
    this.pace = pace;
    this.sizes = sizes;
  }

  /**
   * The provider at that place, whether it answers or not.
   *
   * @param environment where credentials, a region and a server may be named, as AWS's programs
   *     read them
   * @throws ProviderUnavailable when no credential is named
   */
  public static S3Storage open(S3Place place, Map<String, String> environment)
      throws ProviderUnavailable {
    return open(place, environment, S3Pace.USUAL, S3Sizes.USUAL);
  }

  static S3Storage open(S3Place place, Map<String, String> environment, S3Pace pace, S3Sizes sizes)
      throws ProviderUnavailable {
    return new S3Storage(S3Clients.open(place, environment, pace), place, pace, sizes);
  }

  /** Fails where the bucket is missing, which is the user's to make. */
  public void requireBucket() throws ProviderUnavailable {
    top().requireBucket();
  }

  @Override
  public List<HeadName> heads() throws ProviderUnavailable {
    TreeSet<HeadName> found = new TreeSet<>();
    for (S3Folder.Entry entry : in(HEADS).entries()) {
      HeadName.parse(entry.name()).ifPresent(found::add);
    }
    return List.copyOf(found);
  }

  @Override
  public Optional<byte[]> readHead(HeadName head) throws ProviderUnavailable {
    return in(HEADS).read(head.toString(), MAX_HEAD_BYTES);
  }

  @Override
  public boolean addHead(HeadName head, SealedObject sealed) throws IOException {
    return conditional.areKnownTo(in(head.set().hex()))
        ? uploaded(in(HEADS), head.toString(), sealed, true)
        : new HeadClaim(new S3Claims(in(HEADS)), head, pace.claims()).make(sealed);
  }

  @Override
  public void removeHead(HeadName head) throws ProviderUnavailable {
    in(HEADS).remove(head.toString());
  }

  @Override
  @Implements("OBJ-6~2")
  public void put(SetName set, ObjectName name, SealedObject object) throws IOException {
    S3Folder folder = in(set.hex());
    if (!uploaded(folder, name.hex(), object, conditional.areKnownTo(folder))) {
      throw new ProviderUnavailable("something already has the name of a new object");
    }
  }

  private boolean uploaded(S3Folder folder, String name, SealedObject object, boolean onCondition)
      throws IOException {
    boolean made = false;
    S3Upload upload = new S3Upload(folder, name, onCondition);
    try {
      object.writeTo(upload);
      made = upload.finish();
      return made;
    } finally {
      if (!made) {
        upload.abort();
      }
    }
  }

  /** What the server has answered for is the server's to keep. */
  @Override
  public void settle(SetName set) {}

  @Override
  public Optional<InputStream> open(SetName set, ObjectName name) throws ProviderUnavailable {
    return in(set.hex()).open(name.hex());
  }

  @Override
  public Map<ObjectName, Listed> list(SetName set) throws ProviderUnavailable {
    Map<ObjectName, Listed> found = new HashMap<>();
    for (S3Folder.Entry entry : in(set.hex()).entries()) {
      ObjectName.parse(entry.name())
          .ifPresent(name -> found.put(name, new Listed(entry.lengthBytes(), entry.storedAt())));
    }
    return found;
  }

  @Override
  public void remove(SetName set, ObjectName name) throws ProviderUnavailable {
    in(set.hex()).remove(name.hex());
  }

  @Override
  @Implements("PRV-7~3")
  public void removeUnfinished(
      SetName set, long headsUpTo, Predicate<ObjectName> own, Instant before)
      throws ProviderUnavailable {
    Predicate<String> object = name -> UnfinishedName.object(name).filter(own).isPresent();
    Predicate<String> head =
        name ->
            UnfinishedName.head(name)
                .filter(of -> of.set().equals(set) && of.backupNumber() <= headsUpTo)
                .isPresent();
    removeUnfinished(set.hex(), object, UnfinishedName::isObject, before);
    removeUnfinished(HEADS, head, name -> UnfinishedName.isHeadOf(set, name), before);
    new UnfinishedUploads(in(set.hex()))
        .abort(
            (name, begunAt) ->
                ObjectName.parse(name).isPresent()
                    && (begunAt.isBefore(before)
                        || ObjectName.parse(name).filter(own).isPresent()));
  }

  private void removeUnfinished(
      String folder, Predicate<String> now, Predicate<String> whenOld, Instant before)
      throws ProviderUnavailable {
    for (S3Folder.Entry entry : in(folder).entries()) {
      String name = entry.name();
      if (now.test(name) || (whenOld.test(name) && entry.storedAt().isBefore(before))) {
        in(folder).remove(name);
      }
    }
  }

  @Override
  @Implements("DIS-2")
  public void removeSet(SetName set) throws ProviderUnavailable {
    removeAll(
        HEADS,
        name ->
            HeadName.parse(name).filter(head -> head.set().equals(set)).isPresent()
                || UnfinishedName.isHeadOf(set, name));
    removeAll(
        set.hex(), name -> ObjectName.parse(name).isPresent() || UnfinishedName.isObject(name));
    new UnfinishedUploads(in(set.hex()))
        .abort((name, begunAt) -> ObjectName.parse(name).isPresent());
  }

  /** Removes all that can be, then tells of what could not. */
  private void removeAll(String folder, Predicate<String> ours) throws ProviderUnavailable {
    Optional<ProviderUnavailable> failure = Optional.empty();
    for (S3Folder.Entry entry : in(folder).entries()) {
      if (ours.test(entry.name())) {
        try {
          in(folder).remove(entry.name());
        } catch (ProviderUnavailable failed) {
          failure = Optional.of(failed);
        }
      }
    }
    if (failure.isPresent()) {
      throw failure.get();
    }
  }

  @Override
  @Implements({"ENR-7", "PRV-6"})
  public List<String> plainCopies() throws ProviderUnavailable {
    return top().namesAndFolders().stream().filter(PlainCopyNames::matches).sorted().toList();
  }

  @Override
  public void close() {
    client.close();
  }

  private S3Folder top() {
    return new S3Folder(client, place.bucket(), place.prefix(), sizes);
  }

  private S3Folder in(String name) {
    return new S3Folder(client, place.bucket(), place.prefix() + ROOT + name + "/", sizes);
  }
}
