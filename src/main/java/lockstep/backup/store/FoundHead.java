package lockstep.backup.store;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import lockstep.format.BackupKeys;
import lockstep.format.HeadContent;
import lockstep.format.SealedHead;
import lockstep.format.SetName;
import lockstep.spec.Implements;
import org.jspecify.annotations.Nullable;

/** What lies where a root key's head belongs. */
@Implements("BAK-12~1")
public sealed interface FoundHead {

  /** The provider holds no head of that name. */
  record Missing() implements FoundHead {}

  /** The head opened. */
  record Opened(HeadContent content) implements FoundHead {}

  /** Something is there that does not open; it is never taken for nothing. */
  record Damaged(String objectName) implements FoundHead {}

  static FoundHead read(BackupStorage storage, BackupKeys keys) throws ProviderUnavailable {
    Optional<byte[]> bytes = storage.readHead(keys.setName());
    if (bytes.isEmpty()) {
      return new Missing();
    }
    FoundHead damaged = new Damaged(nameOf(keys.setName()));
    Optional<SealedHead> head = SealedHead.parse(bytes.get());
    if (head.isEmpty()) {
      return damaged;
    }
    return head.get().open(keys).match(Opened::new, () -> damaged, () -> damaged);
  }

  /** A head's name for a person to read. */
  static String nameOf(SetName set) {
    return "heads/" + set;
  }

  default <R extends @Nullable Object> R match(
      Supplier<R> missing, Function<HeadContent, R> opened, Function<String, R> damaged) {
    if (this instanceof Opened head) {
      return opened.apply(head.content());
    }
    return this instanceof Damaged head ? damaged.apply(head.objectName()) : missing.get();
  }
}
