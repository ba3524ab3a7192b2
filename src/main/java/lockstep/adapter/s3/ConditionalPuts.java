package lockstep.adapter.s3;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import lockstep.adapter.storage.UnfinishedName;
import lockstep.backup.store.ProviderUnavailable;
import lockstep.format.ObjectName;
import lockstep.spec.Decides;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.sync.RequestBody;

/**
 * Whether the server puts only what is absent when asked to. There are servers that refuse the
 * condition and servers that overlook it, so it is tried, once in a command: an object of an
 * unfinished name that nobody else draws is put twice.
 */
@Decides("PRV-15")
final class ConditionalPuts {

  private static final int NAME_BYTES = 16;

  private final SecureRandom random = new SecureRandom();
  private @Nullable Boolean known;

  /** Tries it in that folder, where it is not known. */
  synchronized boolean areKnownTo(S3Folder folder) throws ProviderUnavailable {
    Boolean answer = known;
    if (answer == null) {
      answer = tried(folder);
      known = answer;
    }
    return answer;
  }

  private boolean tried(S3Folder folder) throws ProviderUnavailable {
    byte[] drawn = new byte[NAME_BYTES];
    random.nextBytes(drawn);
    String name = UnfinishedName.of(new ObjectName(HexFormat.of().formatHex(drawn)));
    RequestBody content = RequestBody.fromBytes(drawn);
    Optional<Boolean> first =
        S3Folder.askedFor(() -> folder.putOnCondition(name, content), S3Failure::isNotImplemented);
    if (first.isEmpty()) {
      return false;
    }
    try {
      return !folder.putIfAbsent(name, content);
    } finally {
      folder.remove(name);
    }
  }
}
