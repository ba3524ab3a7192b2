package lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.stream.Stream;
import lockstep.cli.Sandbox.Said;
import lockstep.format.BackupKeys;
import lockstep.format.HeadContent;
import lockstep.format.ObjectId;
import lockstep.format.ObjectKind;
import lockstep.format.SealedHead;
import lockstep.format.SealedObject;
import lockstep.format.StoredObject;
import lockstep.keys.RootKey;
import lockstep.spec.Verifies;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Manifests that only somebody with the key could have made, and that no device makes. */
class ForgedManifestProperties {

  private static final long TIME_SHIFT = 1L << 42;

  @TempDir Path directory;
  private Sandbox user;
  private String key;

  @BeforeEach
  void userWithAKey() throws Exception {
    user = new Sandbox(directory.toRealPath());
    Said enabled =
        user.run(
            "first",
            "enable",
            "--account",
            Sandbox.ACCOUNT,
            "--provider",
            user.provider.toString(),
            "--recovery-key",
            "--yes",
            "--json");
    assertThat(enabled.exitCode()).isZero();
    key = enabled.json().get("recoveryKey").asText().replaceAll("\\s", "");
  }

  @Test
  @Verifies({"MAN-2", "RST-1", "CLI-4"})
  void noEntryLeadsOutOfTheTarget() throws Exception {
    String tooLong = "n".repeat(300);
    for (String path :
        new String[] {"..", "../escaped", "/escaped", "a/../b", "./a", "a//b", "", tooLong}) {
      forge(path);
      Said said = restore("target");
      assertThat(said.exitCode()).as(path).isEqualTo(20);
      assertThat(Files.exists(directory.resolve("escaped"))).isFalse();
      assertThat(Files.exists(Path.of("/escaped"))).isFalse();
      if (Files.exists(user.path("target"))) {
        try (Stream<Path> left = Files.list(user.path("target"))) {
          assertThat(left.filter(p -> !p.getFileName().toString().startsWith(".lockstep")))
              .isEmpty();
        }
      }
    }
    // The same forgery with a name that may be is restored, so the names were the reason.
    forge("allowed");
    assertThat(restore("target").exitCode()).isZero();
    assertThat(user.path("target/allowed")).isDirectory();
  }

  private Said restore(String target) {
    DemoCommand.removeAll(user.home("second"));
    return user.run(
        "second",
        "restore",
        user.path(target).toString(),
        "--account",
        Sandbox.ACCOUNT,
        "--provider",
        user.provider.toString(),
        "--recovery-key-file",
        user.file("key", key));
  }

  private void forge(String path) throws IOException {
    SecureRandom random = new SecureRandom();
    try (RootKey rootKey = RootKey.copyOf(HexFormat.of().parseHex(key));
        BackupKeys keys =
            BackupKeys.derive(rootKey, Sandbox.ACCOUNT.getBytes(StandardCharsets.UTF_8))) {
      Path base = user.provider.resolve("lockstep-v1");
      Path set = Files.createDirectories(base.resolve(keys.setName().toString()));
      Path heads = Files.createDirectories(base.resolve("heads"));
      byte[] content = manifest(path);
      ObjectId id = ObjectId.random(random);
      SealedObject sealed =
          keys.seal(ObjectKind.MANIFEST, 1, id, random, sink -> sink.write(content));
      write(sealed, set.resolve(keys.nameOf(id).toString()));
      StoredObject stored = new StoredObject(id, 1, sealed.contentBytes(), sealed.digest());
      write(
          SealedHead.seal(keys, random, new HeadContent(Instant.EPOCH, stored)),
          heads.resolve(keys.setName() + ".1"));
    }
  }

  private static byte[] manifest(String path) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    byte[] name = path.getBytes(StandardCharsets.UTF_8);
    out.writeBytes("LSM1");
    out.writeLong(1);
    out.writeLong(0);
    out.writeByte(0);
    out.writeByte(1);
    out.writeShort(name.length);
    out.write(name);
    out.writeShort(0755);
    out.writeLong(TIME_SHIFT);
    out.writeInt(0);
    out.writeByte(0);
    out.writeInt(0);
    out.writeLong(1);
    out.writeLong(0);
    return bytes.toByteArray();
  }

  private static void write(SealedObject object, Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      object.writeTo(out);
    }
  }
}
