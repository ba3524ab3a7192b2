package lockstep.adapter.storage;

import java.io.IOException;
import java.util.List;
import lockstep.backup.store.ProviderUnavailable;

/**
 * The folder of heads at a provider that cannot put what is absent, as {@link HeadClaim} uses it.
 */
public interface ClaimFolder {

  /** The names of what lies there, nothing where the folder is missing. */
  List<String> names() throws ProviderUnavailable;

  /** Whether something that is a file has that name. */
  boolean has(String name) throws ProviderUnavailable;

  /** The first bytes of a file, at most so many. */
  byte[] read(String name, int most) throws IOException;

  /** Stores a small file; one of that name is replaced. */
  void upload(String name, byte[] content) throws IOException;

  /** Gives a file, which holds {@code content}, another name; what has that is replaced. */
  void move(String from, String to, byte[] content) throws IOException;

  /** Removes a file, if it is there. */
  void remove(String name) throws ProviderUnavailable;
}
