package lockstep.cli;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import lockstep.wire.Bytes;
import lockstep.wire.Ed25519Signature;
import lockstep.wire.Sha256;
import lockstep.wire.WireReader;
import lockstep.wire.WireWriter;

/** Where a vault is, and who vouches for the account there. */
sealed interface VaultPlace {

  int MAX_PATH_BYTES = 4_096;

  /** The longest command, in bytes of UTF-8. */
  int MAX_COMMAND_BYTES = 32_768;

  /** Writes what {@link #read} gives again. */
  void write(WireWriter writer);

  /** The vault's folder, where the vault is one. */
  default Optional<Path> folder() {
    return Optional.empty();
  }

  /**
   * A vault in a folder, run by the device's own command.
   *
   * @param tokens who vouches; empty for the messenger in the vault's folder
   */
  record Folder(Path path, Optional<TokenPlace> tokens) implements VaultPlace {

    @Override
    public Optional<Path> folder() {
      return Optional.of(path);
    }

    @Override
    public void write(WireWriter writer) {
      writer.u8(tokens.isEmpty() ? 1 : 2).text16(path.toString());
      tokens.ifPresent(source -> source.write(writer));
    }
  }

  /**
   * A vault that a command serves.
   *
   * @param identity its public key, 32 bytes
   */
  record Program(String command, Bytes identity, TokenPlace tokens) implements VaultPlace {

    @Override
    public void write(WireWriter writer) {
      writer.u8(3).text16(command).bytes(identity);
      tokens.write(writer);
    }
  }

  /**
   * A vault over HTTPS.
   *
   * @param addresses {@code https://host:port} of each of its nodes
   * @param identity its public key, 32 bytes
   * @param tlsKey SHA-256 of its server's public key; empty where an authority vouches for it
   */
  record Network(List<URI> addresses, Bytes identity, Optional<Bytes> tlsKey, TokenPlace tokens)
      implements VaultPlace {

    @Override
    public void write(WireWriter writer) {
      writer.u8(4).text16(VaultAddress.text(addresses)).bytes(identity).flag(tlsKey.isPresent());
      tlsKey.ifPresent(writer::bytes);
      tokens.write(writer);
    }

    private static Network read(WireReader reader) {
      return new Network(
          reader.orRefuse(VaultAddress.parseAll(reader.text16(MAX_PATH_BYTES))),
          reader.fixed(Ed25519Signature.PUBLIC_KEY_LENGTH),
          reader.flag() ? Optional.of(reader.fixed(Sha256.LENGTH_BYTES)) : Optional.empty(),
          TokenPlace.read(reader));
    }
  }

  /** Reads a place, or none. */
  static Optional<VaultPlace> read(WireReader reader) {
    int kind = reader.u8();
    reader.require(kind <= 4);
    return switch (kind) {
      case 0 -> Optional.empty();
      case 1 -> Optional.of(new Folder(path(reader), Optional.empty()));
      case 2 -> Optional.of(new Folder(path(reader), Optional.of(TokenPlace.read(reader))));
      case 4 -> Optional.of(Network.read(reader));
      default ->
          Optional.of(
              new Program(
                  reader.text16(MAX_COMMAND_BYTES),
                  reader.fixed(Ed25519Signature.PUBLIC_KEY_LENGTH),
                  TokenPlace.read(reader)));
    };
  }

  private static Path path(WireReader reader) {
    return Path.of(reader.text16(MAX_PATH_BYTES));
  }
}
