package lockstep.cli;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import lockstep.adapter.messenger.LocalMessenger;
import lockstep.spec.Implements;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Makes an issuer of account tokens. */
@Command(name = "messenger init", description = "Make an issuer of account tokens in a new folder.")
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class MessengerInitCommand implements lockstep.cli.Command {

  @Mixin private SharedOptions shared;

  @Parameters(paramLabel = "DIR", description = "A new folder.")
  private Path directory;

  @Override
  public SharedOptions shared() {
    return shared;
  }

  @Override
  public boolean isOfDevice() {
    return false;
  }

  @Override
  @Implements("DOR-7")
  public Answer run(Surroundings surroundings) {
    Path folder = directory.toAbsolutePath().normalize();
    if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      return exists(folder);
    }
    try {
      LocalMessenger.create(folder, surroundings.files(), new SecureRandom());
      String key = HexFormat.of().formatHex(LocalMessenger.publicKey(folder).toArray());
      return Answer.done("The issuer is made in " + folder + ". Its public key is " + key + ".")
          .withDetail(
              "Whoever has messenger.key can speak for every account: keep it where only the"
                  + " account authority reads it.")
          .next("Give the public key to the vault's operator.")
          .with("messenger", folder.toString())
          .with("publicKey", key);
    } catch (FileAlreadyExistsException meanwhile) {
      return exists(folder);
    } catch (IOException unusable) {
      return Answer.refused(
              "The issuer could not be made in " + folder + ".",
              "Check that the folder around it is there and can be written.")
          .with("reason", "unusableFolder");
    }
  }

  private static Answer exists(Path folder) {
    return Answer.refused(folder + " exists.", "Choose a new folder.").with("reason", "exists");
  }
}
