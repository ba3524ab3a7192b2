package lockstep.backup.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Supplier;
import lockstep.format.BackupKeys;
import lockstep.format.HeadContent;
import lockstep.format.HeadName;
import lockstep.format.HeadResult;
import lockstep.format.SealedHead;
import lockstep.format.SetName;
import lockstep.spec.Decides;
import lockstep.spec.Implements;
import org.jspecify.annotations.Nullable;

/**
 * What lies where a root key's heads belong: the highest that opens counts (HED-5).
 *
 * <p>A head that does not open, or that is not the one its name says, never hides a lower one that
 * does: it may have been cut by a crash, or be the provider's. That the provider cannot roll a
 * backup back by it is the business of the freshness check, not of this one.
 */
@Decides("BAK-12~2")
@Implements("HED-5")
public sealed interface FoundHead {

  /** The provider holds no head of that set. */
  record Missing() implements FoundHead {}

  /** This is the highest head that opened. */
  record Opened(HeadContent content) implements FoundHead {}

  /** There are heads, and none of them opens; they are never taken for nothing. */
  record Damaged(String objectName) implements FoundHead {}

  /** How often the heads are listed again when another device replaced what was listed. */
  int MAX_LISTINGS = 10;

  static FoundHead read(BackupStorage storage, BackupKeys keys) throws ProviderUnavailable {
    for (int listing = 0; listing < MAX_LISTINGS; listing++) {
      Optional<FoundHead> found = read(storage, keys, storage.heads(keys.setName()));
      if (found.isPresent()) {
        return found.get();
      }
    }
    throw new ProviderUnavailable("its heads are listed and are not there");
  }

  /** Nothing when a head was listed and is gone, for then a higher one may stand. */
  private static Optional<FoundHead> read(
      BackupStorage storage, BackupKeys keys, List<HeadName> names) throws ProviderUnavailable {
    Optional<HeadName> damaged = Optional.empty();
    for (int i = names.size() - 1; i >= 0; i--) {
      Optional<byte[]> bytes = storage.readHead(names.get(i));
      if (bytes.isEmpty()) {
        return Optional.empty();
      }
      Optional<HeadContent> content = open(keys, names.get(i), bytes.get());
      if (content.isPresent()) {
        return Optional.of(new Opened(content.get()));
      }
      damaged = damaged.isPresent() ? damaged : Optional.of(names.get(i));
    }
    return Optional.of(
        damaged.<FoundHead>map(name -> new Damaged(nameOf(name))).orElseGet(Missing::new));
  }

  /**
   * The lowest number above {@code above} that no head of the set has; empty where none is left.
   */
  @Implements("BAK-2~3")
  static OptionalLong freeNumber(BackupStorage storage, SetName set, long above)
      throws ProviderUnavailable {
    long taken = above;
    for (HeadName head : storage.heads(set)) {
      if (taken < Long.MAX_VALUE && head.backupNumber() == taken + 1) {
        taken++;
      }
    }
    return taken == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(taken + 1);
  }

  /** All heads of the set that open, in ascending order of their numbers. */
  @Implements({"BAK-43", "RST-42"})
  static List<HeadContent> all(BackupStorage storage, BackupKeys keys) throws ProviderUnavailable {
    List<HeadContent> all = new ArrayList<>();
    for (HeadName name : storage.heads(keys.setName())) {
      storage.readHead(name).flatMap(bytes -> open(keys, name, bytes)).ifPresent(all::add);
    }
    return all;
  }

  /** What a head says, when it opens and is the one that its name says. */
  static Optional<HeadContent> open(BackupKeys keys, HeadName name, byte[] bytes) {
    return SealedHead.parse(bytes)
        .filter(head -> head.backupNumber() == name.backupNumber())
        .flatMap(
            head ->
                head.open(keys) instanceof HeadResult.Opened opened
                    ? Optional.of(opened.content())
                    : Optional.empty());
  }

  /** A head's name for a person to read. */
  static String nameOf(HeadName name) {
    return "heads/" + name;
  }

  default <R extends @Nullable Object> R match(
      Supplier<R> missing, Function<HeadContent, R> opened, Function<String, R> damaged) {
    if (this instanceof Opened head) {
      return opened.apply(head.content());
    }
    return this instanceof Damaged head ? damaged.apply(head.objectName()) : missing.get();
  }
}
