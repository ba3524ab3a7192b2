package lockstep.adapter.s3;

import java.util.List;
import lockstep.adapter.storage.ClaimFolder;
import lockstep.backup.store.ProviderUnavailable;
import software.amazon.awssdk.core.sync.RequestBody;

/**
 * Claims to heads at a server without conditional puts.
 *
 * @param folder the heads'
 */
record S3Claims(S3Folder folder) implements ClaimFolder {

  @Override
  public List<String> names() throws ProviderUnavailable {
    return folder.entries().stream().map(S3Folder.Entry::name).toList();
  }

  @Override
  public boolean has(String name) throws ProviderUnavailable {
    return folder.has(name);
  }

  @Override
  public byte[] read(String name, int most) throws ProviderUnavailable {
    return folder
        .read(name, most)
        .orElseThrow(() -> new ProviderUnavailable("a head that was just made is gone"));
  }

  @Override
  public void upload(String name, byte[] content) throws ProviderUnavailable {
    folder.put(name, RequestBody.fromBytes(content));
  }

  /** No object can be given another name: it is put anew, whole, and the claim removed. */
  @Override
  public void move(String from, String to, byte[] content) throws ProviderUnavailable {
    folder.put(to, RequestBody.fromBytes(content));
    folder.remove(from);
  }

  @Override
  public void remove(String name) throws ProviderUnavailable {
    folder.remove(name);
  }
}
