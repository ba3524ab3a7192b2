package lockstep.adapter.storage;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lockstep.backup.store.BackupStorage;
import lockstep.backup.store.ProviderUnavailable;
import lockstep.format.HeadName;
import lockstep.format.SealedObject;
import lockstep.spec.Decides;
import lockstep.spec.Implements;
import org.jspecify.annotations.Nullable;

/**
 * Makes a head where the server cannot put what is absent.
 *
 * <p>The head is uploaded under an unfinished name that no one else draws: that is a claim, which
 * every device lists. Who sees no claim but its own, and after that no head, moves its claim to the
 * head's name. Of two devices the one that claims later sees the other's claim, or the head that it
 * has become; so at most one moves. Who sees others waits if its claim has the lowest name, and
 * otherwise withdraws it and tries again when theirs are gone.
 *
 * <p>A claim stands for {@link Pace#stale} at most: then its device is taken for dead, and whoever
 * waits removes it. A device that holds one for half of that gives it up, so that only one which
 * stands still for the other half, between looking at its clock and moving, can move too late.
 */
@Decides("PRV-12")
@Implements({"PRV-2~2", "OBJ-6~2", "PRV-17"})
public final class HeadClaim {

  /**
   * How long things may take.
   *
   * @param stale after which a claim that stands still is a dead device's
   * @param longestPause between two looks
   */
  public record Pace(Duration stale, Duration longestPause) {

    /** What PRV-12 says. */
    public static final Pace USUAL = new Pace(Duration.ofSeconds(120), Duration.ofSeconds(1));

    private long held() {
      return stale.toNanos() / 2;
    }

    // Long enough for five that died one after the other; a living device needs a moment.
    private long patience() {
      return 5 * stale.toNanos();
    }
  }

  private static final int FIRST_PAUSE_MILLIS = 20;

  private final ClaimFolder heads;
  private final HeadName head;
  private final Pace pace;
  private final SecureRandom random = new SecureRandom();
  private final Map<String, Long> seen = new HashMap<>();
  private byte[] sealed = {};
  private @Nullable String claim;
  private long claimedAt;
  private long pauseMillis = FIRST_PAUSE_MILLIS;

  /** A claim to that head, in the folder of heads. */
  public HeadClaim(ClaimFolder heads, HeadName head, Pace pace) {
    this.heads = heads;
    this.head = head;
    this.pace = pace;
  }

  /**
   * Makes the head.
   *
   * @return false when something has its name
   * @throws ProviderUnavailable when the provider fails, or shows others' claims for too long
   * @throws IOException when the head's content cannot be read; nothing is stored then
   */
  public boolean make(SealedObject object) throws IOException {
    if (heads.has(head.toString())) {
      return false;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    object.writeTo(bytes);
    sealed = bytes.toByteArray();
    long begun = System.nanoTime();
    try {
      while (true) {
        if (System.nanoTime() - begun > pace.patience()) {
          throw new ProviderUnavailable(
              "others have been making the same head for too long; wait, and look which devices"
                  + " back up there");
        }
        Optional<Boolean> made = look();
        if (made.isPresent()) {
          return made.get();
        }
        pause();
      }
    } finally {
      withdraw();
    }
  }

  /** One look at the folder; empty when it takes another. */
  private Optional<Boolean> look() throws IOException {
    String mine = claim;
    List<String> others = others();
    if (others == null) {
      return Optional.of(false);
    }
    if (mine == null) {
      if (others.isEmpty()) {
        claim();
        pauseMillis = 0;
      }
      return Optional.empty();
    }
    if (System.nanoTime() - claimedAt > pace.held()) {
      withdraw();
      return Optional.empty();
    }
    if (others.isEmpty()) {
      return Optional.of(!heads.has(head.toString()) && moved(mine));
    }
    if (others.stream().anyMatch(other -> other.compareTo(mine) < 0)) {
      withdraw();
    }
    return Optional.empty();
  }

  private void claim() throws IOException {
    String name = UnfinishedName.of(head);
    claimedAt = System.nanoTime();
    claim = name;
    heads.upload(name, sealed);
  }

  private void withdraw() throws ProviderUnavailable {
    String mine = claim;
    claim = null;
    if (mine != null) {
      heads.remove(mine);
    }
  }

  private boolean moved(String mine) throws IOException {
    if (System.nanoTime() - claimedAt > pace.held()) {
      throw new ProviderUnavailable("it takes too long to make the head of a backup there");
    }
    heads.move(mine, head.toString(), sealed);
    claim = null;
    return Arrays.equals(heads.read(head.toString(), BackupStorage.MAX_HEAD_BYTES), sealed);
  }

  /** The claims of others that are not stale; null when the head is there. */
  private @Nullable List<String> others() throws ProviderUnavailable {
    List<String> names = heads.names();
    if (names.contains(head.toString())) {
      return null;
    }
    List<String> others =
        names.stream()
            .filter(name -> UnfinishedName.head(name).filter(head::equals).isPresent())
            .filter(name -> !name.equals(claim))
            .toList();
    seen.keySet().retainAll(others);
    for (String other : others) {
      long since = seen.computeIfAbsent(other, unseen -> System.nanoTime());
      if (System.nanoTime() - since > pace.stale().toNanos()) {
        heads.remove(other);
      }
    }
    return others;
  }

  private void pause() throws IOException {
    try {
      Thread.sleep(pauseMillis);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for other devices", interrupted);
    }
    long longest =
        Math.min(pace.longestPause().toMillis(), 2 * Math.max(pauseMillis, FIRST_PAUSE_MILLIS / 2));
    pauseMillis = longest / 2 + random.nextInt((int) (longest / 2) + 1);
  }
}
