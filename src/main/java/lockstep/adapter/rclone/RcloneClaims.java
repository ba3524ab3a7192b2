package lockstep.adapter.rclone;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import lockstep.adapter.storage.ClaimFolder;
import lockstep.backup.store.ProviderUnavailable;

/**
 * Claims to heads, in a folder of rclone's.
 *
 * @param folder the heads'
 */
record RcloneClaims(RcloneFolder folder) implements ClaimFolder {

  @Override
  public List<String> names() throws ProviderUnavailable {
    return folder.entries().orElse(List.of()).stream().map(RcloneFolder.Entry::name).toList();
  }

  @Override
  public boolean has(String name) throws ProviderUnavailable {
    return folder.has(name);
  }

  @Override
  public byte[] read(String name, int most) throws IOException {
    try (InputStream in = folder.open(name, 0).orUnavailable().in()) {
      return in.readNBytes(most);
    }
  }

  @Override
  public void upload(String name, byte[] content) throws IOException {
    folder.upload(name, out -> out.write(content));
  }

  @Override
  public void move(String from, String to, byte[] content) throws ProviderUnavailable {
    folder.move(from, to);
  }

  @Override
  public void remove(String name) throws ProviderUnavailable {
    folder.remove(name);
  }
}
