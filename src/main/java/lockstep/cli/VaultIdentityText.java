package lockstep.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;
import lockstep.adapter.durable.SmallFile;
import lockstep.spec.Implements;
import lockstep.wire.Bytes;

/** What stands after {@code --vault-identity}: 64 hexadecimal digits, or a file that holds them. */
@Implements({"DOR-6", "DOR-4~2"})
final class VaultIdentityText {

  private static final String DIGITS = "[0-9a-fA-F]{64}";

  // Digits and some white space.
  private static final int MAX_BYTES = 128;

  private VaultIdentityText() {}

  /** The public key, 32 bytes, or a usage error. */
  static Bytes parse(String typed) {
    return digits(typed)
        .or(() -> file(typed).flatMap(VaultIdentityText::digits))
        .orElseThrow(
            () ->
                new Ended(
                    Answer.usage(
                        "What --vault-identity names is neither a public key of 64 hexadecimal"
                            + " digits nor a file that holds one.",
                        "Take the file identity.pub of the vault's folder, or what the vault's"
                            + " operator publishes.")));
  }

  private static Optional<Bytes> digits(String text) {
    return text.strip().matches(DIGITS)
        ? Optional.of(Bytes.copyOf(HexFormat.of().parseHex(text.strip())))
        : Optional.empty();
  }

  private static Optional<String> file(String name) {
    try {
      byte[] text = SmallFile.read(Path.of(name), MAX_BYTES);
      return text.length > MAX_BYTES
          ? Optional.empty()
          : Optional.of(new String(text, StandardCharsets.ISO_8859_1));
    } catch (IOException | InvalidPathException noSuchFile) {
      return Optional.empty();
    }
  }
}
