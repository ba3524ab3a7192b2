package lockstep.adapter.storage;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import lockstep.backup.store.BackupStorage;
import lockstep.format.BackupKeys;
import lockstep.format.ContentSource;
import lockstep.format.HeadContent;
import lockstep.format.HeadName;
import lockstep.format.ObjectId;
import lockstep.format.ObjectKind;
import lockstep.format.ObjectName;
import lockstep.format.SealedDigest;
import lockstep.format.SealedHead;
import lockstep.format.SealedObject;
import lockstep.format.StoredObject;
import lockstep.keys.RootKey;

/** Objects and heads under a root key of their own, for an adapter to store. */
public final class SealedSamples {

  private final SecureRandom random = new SecureRandom();
  private final RootKey rootKey = RootKey.random(random);

  /** The keys that they are sealed under. */
  public final BackupKeys keys =
      BackupKeys.derive(rootKey, "alice".getBytes(StandardCharsets.UTF_8));

  /** A data object of the first backup. */
  public SealedObject object(long number, ContentSource content) {
    return keys.seal(ObjectKind.DATA, 1, new ObjectId(1, number), random, content);
  }

  /** The name of {@link #object}. */
  public ObjectName name(long number) {
    return keys.nameOf(new ObjectId(1, number));
  }

  /** The head of a backup. */
  public SealedObject head(long number) {
    StoredObject manifest =
        new StoredObject(
            new ObjectId(2, number),
            number,
            10,
            SealedDigest.of(new byte[SealedDigest.LENGTH_BYTES]));
    return SealedHead.seal(keys, random, new HeadContent(Instant.EPOCH, manifest));
  }

  /** The name of {@link #head}. */
  public HeadName headName(long number) {
    return new HeadName(keys.setName(), number);
  }

  /** How many of the devices, all at once, made that backup's head, each one of its own. */
  public int makers(long number, List<? extends BackupStorage> devices) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(devices.size());
    CyclicBarrier together = new CyclicBarrier(devices.size());
    List<Future<Boolean>> made = new ArrayList<>();
    try {
      for (BackupStorage device : devices) {
        SealedObject head = head(number);
        made.add(
            threads.submit(
                () -> {
                  together.await();
                  return device.addHead(headName(number), head);
                }));
      }
      int makers = 0;
      for (Future<Boolean> one : made) {
        makers += one.get() ? 1 : 0;
      }
      return makers;
    } finally {
      threads.shutdownNow();
    }
  }
}
