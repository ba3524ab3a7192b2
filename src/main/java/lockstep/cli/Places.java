package lockstep.cli;

import java.nio.file.Path;
import java.util.Optional;
import lockstep.wire.Bytes;
import lockstep.wire.WireReader;
import lockstep.wire.WireWriter;

/**
 * Where an account's provider and vault are; the device keeps it sealed.
 *
 * @param provider a folder is absolute
 * @param vault absolute; empty in key mode
 */
record Places(ProviderPlace provider, Optional<Path> vault) {

  private static final int MAXIMUM_PATH_BYTES = 4096;

  Bytes encode() {
    WireWriter writer = new WireWriter().text16(provider.text()).flag(vault.isPresent());
    vault.ifPresent(path -> writer.text16(path.toString()));
    return Bytes.copyOf(writer.toByteArray());
  }

  static Optional<Places> decode(Bytes encoded) {
    return WireReader.decode(
        encoded.toArray(),
        reader -> {
          ProviderPlace provider = new ProviderPlace(reader.text16(MAXIMUM_PATH_BYTES));
          Optional<Path> vault =
              reader.flag()
                  ? Optional.of(Path.of(reader.text16(MAXIMUM_PATH_BYTES)))
                  : Optional.empty();
          return new Places(provider, vault);
        });
  }
}
