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
 * @param vault empty in key mode
 */
record Places(ProviderPlace provider, Optional<VaultPlace> vault) {

  Bytes encode() {
    WireWriter writer = new WireWriter().text16(provider.text());
    vault.ifPresentOrElse(place -> place.write(writer), () -> writer.u8(0));
    return Bytes.copyOf(writer.toByteArray());
  }

  static Optional<Places> decode(Bytes encoded) {
    return WireReader.decode(
        encoded.toArray(),
        reader ->
            new Places(
                new ProviderPlace(reader.text16(VaultPlace.MAX_PATH_BYTES)),
                VaultPlace.read(reader)));
  }

  /** The vault's folder, where the vault is one. */
  Optional<Path> vaultFolder() {
    return vault.flatMap(VaultPlace::folder);
  }
}
