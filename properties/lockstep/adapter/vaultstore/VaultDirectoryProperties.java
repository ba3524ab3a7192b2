package lockstep.adapter.vaultstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import lockstep.adapter.durable.DurableFiles;
import lockstep.adapter.durable.DurableStep;
import lockstep.evidence.Exhaustive;
import lockstep.evidence.Points;
import lockstep.spec.Verifies;
import lockstep.vault.StateSealing;
import lockstep.vault.machine.AttemptPolicy;
import lockstep.vault.machine.VaultDamagedException;
import lockstep.wire.AccountName;
import lockstep.wire.Authority;
import lockstep.wire.Bytes;
import lockstep.wire.Refusal;
import lockstep.wire.Reply;
import lockstep.wire.Request;
import lockstep.wire.SignedReply;
import lockstep.wire.VaultId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A vault's directory: whole or not at all, for its owner only, damage noticed. */
class VaultDirectoryProperties {

  private static final AttemptPolicy POLICY = new AttemptPolicy(7, 3, 60_000);
  private static final AccountName ACCOUNT = new AccountName("alice");
  private static final InstantSource CLOCK = InstantSource.system();
  private static final SecureRandom RANDOM = new SecureRandom();

  @TempDir private Path place;

  @Test
  @Verifies({"ATR-9", "ATR-2"})
  void onlyItsOwnerReadsAVaultAndItsKeysLieApartFromItsDatabase() throws IOException {
    Path vault = place.resolve("a/vault");
    make(vault);
    try (EmbeddedVault open = open(vault)) {
      assertThat(status(open, vault)).isInstanceOf(Reply.StatusReport.class);
      List<String> names = new ArrayList<>();
      for (Path path : tree(vault)) {
        String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
        assertThat(mode)
            .as(path.toString())
            .isEqualTo(Files.isDirectory(path) ? "rwx------" : "rw-------");
        names.add(vault.relativize(path).toString());
      }
      assertThat(names)
          .contains(
              "vault.json",
              "identity.pub",
              "db/vault.db",
              "keys/vault.keys",
              "keys/records.keyset",
              "messenger/messenger.key",
              "messenger/messenger.pub");
    }
    assertThat(Files.size(vault.resolve("keys/vault.keys"))).isEqualTo(97);
  }

  /** The keys, each of 32 bytes behind the format's one, stand in no file beside their own. */
  @Test
  @Verifies("ATR-2")
  void noFileOutsideTheKeysFolderHoldsAKey() throws IOException {
    Path vault = place.resolve("vault");
    make(vault);
    open(vault).close();
    String keys = hex(vault.resolve("keys/vault.keys"));
    List<String> secrets = new ArrayList<>(List.of(hex(vault.resolve("keys/records.keyset"))));
    for (int at = 1; at < 97; at += 32) {
      secrets.add(keys.substring(2 * at, 2 * at + 64));
    }
    for (Path path : tree(vault)) {
      if (Files.isRegularFile(path) && !path.startsWith(vault.resolve("keys"))) {
        String content = hex(path);
        assertThat(secrets).as(path.toString()).noneMatch(content::contains);
      }
    }
  }

  private static String hex(Path file) throws IOException {
    return HexFormat.of().formatHex(Files.readAllBytes(file));
  }

  @Test
  @Verifies({"ATR-9", "ATR-8"})
  void whatWasMadeIsFoundAgain() throws IOException {
    VaultDirectory made = make(place.resolve("vault"));
    VaultDirectory found = VaultDirectory.open(place.resolve("vault"));
    assertThat(found.policy()).isEqualTo(POLICY).isEqualTo(made.policy());
    assertThat(found.publicKey()).isEqualTo(made.publicKey());
    assertThat(make(place.resolve("another")).publicKey()).isNotEqualTo(made.publicKey());
  }

  @Test
  @Verifies({"AUT-2", "ATR-9"})
  void theLocalMessengersTokenOpensItsOwnVaultOnly() throws IOException {
    Path one = place.resolve("one");
    Path other = place.resolve("other");
    make(one);
    make(other);
    try (EmbeddedVault vault = open(one)) {
      assertThat(status(vault, one)).isInstanceOf(Reply.StatusReport.class);
      Authority foreign = token(other, VaultDirectory.open(one).publicKey(), ACCOUNT);
      assertThat(exchange(vault, new Request.Status(ACCOUNT, foreign)))
          .isInstanceOf(Refusal.Refused.class);
      Authority elsewhere = token(one, VaultDirectory.open(other).publicKey(), ACCOUNT);
      assertThat(exchange(vault, new Request.Status(ACCOUNT, elsewhere)))
          .isInstanceOf(Refusal.Refused.class);
      Authority somebody = token(one, VaultDirectory.open(one).publicKey(), new AccountName("bob"));
      assertThat(exchange(vault, new Request.Status(ACCOUNT, somebody)))
          .isInstanceOf(Refusal.Refused.class);
    }
  }

  @Test
  @Verifies("ATR-10")
  void aDirectoryThatHoldsAnythingIsLeftAlone() throws IOException {
    Path occupied = Files.createDirectory(place.resolve("occupied"));
    Files.writeString(occupied.resolve("letter"), "mine");
    assertThat(initialisation(DurableStep.NONE).make(occupied)).isEmpty();
    Path file = Files.writeString(place.resolve("file"), "mine");
    assertThat(initialisation(DurableStep.NONE).make(file)).isEmpty();
    assertThat(tree(place)).hasSize(4);

    Path empty = Files.createDirectory(place.resolve("empty"));
    make(empty);
    assertThat(initialisation(DurableStep.NONE).make(empty)).isEmpty();
    assertThat(empty.resolve("vault.json")).exists();
  }

  @Test
  @Verifies("ATR-10")
  void ofTwoThatMakeTheSameVaultOneIsRefused() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      for (int round = 0; round < 5; round++) {
        Path vault = place.resolve("vault" + round);
        CyclicBarrier start = new CyclicBarrier(4);
        List<Future<Optional<VaultDirectory>>> made = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
          made.add(
              threads.submit(
                  () -> {
                    start.await();
                    return initialisation(DurableStep.NONE).make(vault);
                  }));
        }
        int winners = 0;
        for (Future<Optional<VaultDirectory>> one : made) {
          winners += one.get().isPresent() ? 1 : 0;
        }
        assertThat(winners).isEqualTo(1);
        open(vault).close();
      }
      assertThat(place.toFile().list()).hasSize(5);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  @Verifies("ATR-10")
  @Exhaustive("durable step of making a vault")
  void whereverMakingItFailsTheDirectoryIsAbsentOrWhole() throws IOException {
    int steps = 0;
    boolean failed = true;
    while (failed) {
      Path vault = place.resolve("vault" + steps);
      int[] left = {steps};
      DurableStep crash =
          (kind, path) -> {
            if (left[0]-- == 0) {
              throw new IOException("disk");
            }
          };
      failed = false;
      try {
        initialisation(crash).make(vault);
      } catch (IOException expected) {
        failed = true;
      }
      if (Files.exists(vault)) {
        assertThatCode(() -> open(vault).close()).as("step " + steps).doesNotThrowAnyException();
      }
      steps++;
      Points.visited();
    }
    assertThat(steps).isGreaterThan(20);
  }

  @Test
  @Verifies("ATR-10")
  void theVaultHasItsNameLastAndItIsOnTheDiskBeforeTheAnswer() throws IOException {
    List<String> steps = new ArrayList<>();
    Path vault = place.resolve("vault");
    assertThat(initialisation((kind, path) -> steps.add(kind + " " + path)).make(vault))
        .isPresent();
    assertThat(steps.subList(steps.size() - 2, steps.size()))
        .containsExactly("RENAME " + vault, "DIRECTORY_SYNC " + place);
  }

  /** A stage was left behind by a vault that did not run when its time came. */
  @Test
  @Verifies("ATR-13~2")
  void aVaultThatIsOpenedErasesWhatWasOverMeanwhile() throws IOException {
    Path vault = place.resolve("vault");
    Bytes publicKey = make(vault).publicKey();
    StateSealing sealing =
        new StateSealing(new KeyDirectory(vault.resolve("keys")).keyset(), VaultId.of(publicKey));
    Path database = vault.resolve("db/vault.db");
    try (SqliteVaultStore store = SqliteVaultStore.open(database, sealing, DurableStep.NONE)) {
      new StoredAccount("alice", POLICY).reserve(store);
      assertThat(store.due(Long.MAX_VALUE, 9)).hasSize(1);
    }
    open(vault).close();
    try (SqliteVaultStore store = SqliteVaultStore.open(database, sealing, DurableStep.NONE)) {
      assertThat(store.due(Long.MAX_VALUE, 9)).isEmpty();
    }
  }

  @Test
  @Verifies("ATR-9")
  void aMissingVaultIsUnavailableAndADamagedOneDamaged() throws IOException {
    assertThatThrownBy(() -> VaultDirectory.open(place.resolve("nowhere")))
        .isInstanceOf(NoSuchFileException.class);
    Path vault = place.resolve("vault");
    make(vault);
    for (String name :
        List.of("identity.pub", "keys/vault.keys", "keys/records.keyset", "db/vault.db")) {
      Path file = vault.resolve(name);
      byte[] whole = Files.readAllBytes(file);
      for (int length : new int[] {0, 1, whole.length / 2, whole.length - 60}) {
        Files.write(file, Arrays.copyOf(whole, length));
        assertThat(catchThrowable(() -> open(vault)))
            .as(name + " cut to " + length)
            .isInstanceOf(VaultDamagedException.class);
      }
      if (name.equals("identity.pub") || name.equals("keys/vault.keys")) {
        Files.write(file, Arrays.copyOf(whole, whole.length + 1));
        assertThat(catchThrowable(() -> open(vault)))
            .as(name + " with a byte more")
            .isInstanceOf(VaultDamagedException.class);
      }
      Files.delete(file);
      assertThatThrownBy(() -> open(vault)).isInstanceOf(NoSuchFileException.class);
      Files.write(file, whole);
      open(vault).close();
    }
  }

  @Test
  @Verifies("ATR-9")
  void settingsAreReadStrictly() throws IOException {
    Path vault = place.resolve("vault");
    make(vault);
    Path file = vault.resolve("vault.json");
    String good = Files.readString(file);
    assertThat(VaultDirectory.open(vault).policy()).isEqualTo(POLICY);
    for (String bad :
        List.of(
            "",
            "{}",
            "null",
            good.substring(0, good.length() - 3),
            good + "{}",
            good.replace("\"rounds\"", "\"round\""),
            good.replace("\"format\" : 1", "\"format\" : 2"),
            good.replace("\"attempts\" : 7", "\"attempts\" : 1001"),
            good.replace("\"attempts\" : 7", "\"attempts\" : 7.5"),
            good.replace("\"attempts\" : 7", "\"attempts\" : \"7\""),
            good.replace("\"attempts\" : 7", "\"attempts\" : 7, \"attempts\" : 9"),
            good.replace("60000", "60000.5"),
            good.replace("60000", "99999999999999999999"),
            good.replace("\"keys\" : \"keys\"", "\"keys\" : 1"))) {
      assertThat(bad).isNotEqualTo(good);
      Files.writeString(file, bad);
      assertThatThrownBy(() -> VaultDirectory.open(vault))
          .as(bad)
          .isInstanceOf(VaultDamagedException.class);
    }
  }

  @Test
  @Verifies("ATR-9")
  void theKeysMayBeMovedElsewhereButNotExchanged() throws IOException {
    Path vault = place.resolve("vault");
    make(vault);
    Path keys = Files.move(vault.resolve("keys"), place.resolve("elsewhere"));
    assertThatThrownBy(() -> open(vault)).isInstanceOf(NoSuchFileException.class);
    Path settings = vault.resolve("vault.json");
    Files.writeString(
        settings,
        Files.readString(settings).replace("\"keys\" : \"keys\"", "\"keys\" : \"" + keys + "\""));
    assertThatCode(() -> open(vault).close()).doesNotThrowAnyException();

    make(place.resolve("another"));
    Files.copy(
        place.resolve("another/keys/vault.keys"),
        keys.resolve("vault.keys"),
        StandardCopyOption.REPLACE_EXISTING);
    assertThatThrownBy(() -> open(vault)).isInstanceOf(VaultDamagedException.class);
  }

  private VaultDirectory make(Path vault) throws IOException {
    return initialisation(DurableStep.NONE).make(vault).orElseThrow();
  }

  private static VaultInitialisation initialisation(DurableStep observer) {
    return new VaultInitialisation(POLICY, new DurableFiles(observer), RANDOM);
  }

  private static EmbeddedVault open(Path vault) throws IOException {
    return VaultDirectory.open(vault).openVault(CLOCK, RANDOM, DurableStep.NONE);
  }

  private static Authority token(Path issuer, Bytes vaultKey, AccountName account)
      throws IOException {
    byte[] token =
        VaultDirectory.open(issuer)
            .messenger(CLOCK, RANDOM)
            .tokenFor(account, VaultId.of(vaultKey))
            .encode();
    return new Authority.Token(Bytes.copyOf(token));
  }

  private static Reply status(EmbeddedVault vault, Path directory) throws IOException {
    Bytes key = VaultDirectory.open(directory).publicKey();
    return exchange(vault, new Request.Status(ACCOUNT, token(directory, key, ACCOUNT)));
  }

  private static Reply exchange(EmbeddedVault vault, Request request) throws IOException {
    return SignedReply.decode(vault.exchange(request.encode(Bytes.zero(32)))).orElseThrow().reply();
  }

  private static List<Path> tree(Path root) throws IOException {
    try (Stream<Path> walk = Files.walk(root)) {
      return walk.toList();
    }
  }
}
