package lockstep.format;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import lockstep.spec.Verifies;

/** Bytes are the one encoding of a well-formed manifest, or damage. */
class ManifestFuzz {

  @FuzzTest
  @Verifies({"MAN-1~2", "MAN-2", "MAN-3", "MAN-4", "MAN-5", "ENC-2", "ENC-3"})
  void aManifestIsReadAsExactlyWhatItEncodesOrRefused(byte[] manifest) throws IOException {
    Manifests.Contents contents;
    try {
      contents = Manifests.read(manifest);
    } catch (DamagedBackup e) {
      return;
    }
    assertThat(Manifests.write(contents)).isEqualTo(manifest);
    BackupPath last = null;
    for (ManifestEntry entry : contents.entries()) {
      BackupPath path = entry.path();
      assertThat(BackupPath.parse(path.bytes())).contains(path);
      assertThat(new String(path.bytes(), StandardCharsets.ISO_8859_1).split("/", -1))
          .doesNotContain("", ".", "..")
          .allMatch(component -> component.length() <= 255);
      assertThat(last == null || last.compareTo(path) < 0).isTrue();
      Optional<BackupPath> parent = path.parent();
      assertThat(
              parent.isEmpty()
                  || contents.entries().stream()
                      .anyMatch(
                          e ->
                              e instanceof ManifestEntry.DirectoryEntry
                                  && e.path().equals(parent.get())))
          .isTrue();
      last = path;
    }
  }
}
