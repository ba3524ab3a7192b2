package lockstep.adapter.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import lockstep.adapter.durable.DurableFiles;
import lockstep.adapter.durable.DurableStep;
import lockstep.adapter.durable.Patience;
import lockstep.backup.store.ProviderUnavailable;
import lockstep.evidence.TestsFolder;
import lockstep.format.BackupKeys;
import lockstep.format.ContentSource;
import lockstep.format.HeadContent;
import lockstep.format.HeadName;
import lockstep.format.ObjectId;
import lockstep.format.ObjectKind;
import lockstep.format.ObjectName;
import lockstep.format.SealedDigest;
import lockstep.format.SealedHead;
import lockstep.format.SealedObject;
import lockstep.format.StoredObject;
import lockstep.keys.RootKey;
import lockstep.spec.Verifies;
import net.jqwik.api.Example;
import net.jqwik.api.lifecycle.AfterTry;
import net.jqwik.api.lifecycle.BeforeTry;

/** A provider's directory in which somebody else puts links, pipes and other things. */
final class HostileProviderProperties {

  private static final ContentSource CONTENT = sink -> sink.write(new byte[300_000]);

  private final SecureRandom random = new SecureRandom();
  private final RootKey rootKey = RootKey.random(random);
  private final BackupKeys keys =
      BackupKeys.derive(rootKey, "alice".getBytes(StandardCharsets.UTF_8));
  private final ObjectId id = new ObjectId(1, 2);
  private final ObjectName name = keys.nameOf(id);
  private final HeadName headName = new HeadName(keys.setName(), 1);
  private Path top;
  private Path provider;
  private Path docs;
  private Path set;
  private DirectoryStorage storage;

  @BeforeTry
  void makeProvider() throws IOException {
    top = Files.createTempDirectory(TestsFolder.path(), "lockstep-hostile");
    provider = Files.createDirectory(top.resolve("provider"));
    docs = Files.createDirectory(top.resolve("docs"));
    set = provider.resolve("lockstep-v1").resolve(keys.setName().hex());
    storage = new DirectoryStorage(provider);
  }

  @AfterTry
  void removeAll() throws IOException {
    List<Path> all;
    try (Stream<Path> walked = Files.walk(top)) {
      all = walked.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : all) {
      Files.delete(path);
    }
  }

  private SealedObject object() {
    return keys.seal(ObjectKind.DATA, 1, id, random, CONTENT);
  }

  private SealedObject head() {
    StoredObject manifest =
        new StoredObject(id, 1, 10, SealedDigest.of(new byte[SealedDigest.LENGTH_BYTES]));
    return SealedHead.seal(keys, random, new HeadContent(Instant.EPOCH, manifest));
  }

  private static void mkfifo(Path path) throws IOException {
    try {
      Process process = new ProcessBuilder("mkfifo", path.toString()).start();
      assertThat(process.waitFor()).isZero();
    } catch (InterruptedException interrupted) {
      throw new IOException(interrupted);
    }
  }

  /** The user's documents, some under names that the device uses. */
  private List<Path> documents() throws IOException {
    return List.of(
        Files.writeString(docs.resolve("thesis.txt"), "thesis"),
        Files.writeString(docs.resolve(name.hex()), "an object elsewhere"),
        Files.writeString(docs.resolve(headName.toString()), "a head elsewhere"),
        Files.writeString(docs.resolve(".unfinished-" + name), "unfinished elsewhere"),
        Files.writeString(docs.resolve(".unfinished-" + headName + "-x"), "unfinished head"));
  }

  private static void tryEach(List<Attempt> attempts) {
    for (Attempt attempt : attempts) {
      try {
        attempt.run();
      } catch (ProviderUnavailable refused) {
        assertThat(refused).hasMessageNotContaining("null");
      } catch (IOException other) {
        throw new AssertionError("not the provider's failure", other);
      }
    }
  }

  /** One call of the storage. */
  @FunctionalInterface
  private interface Attempt {
    void run() throws IOException;
  }

  private List<Attempt> everyCall() {
    return List.of(
        () -> assertThat(storage.list(keys.setName())).isEmpty(),
        () -> assertThat(storage.open(keys.setName(), name)).isEmpty(),
        () -> storage.heads(),
        () -> storage.readHead(headName),
        () -> storage.put(keys.setName(), name, object()),
        () -> storage.addHead(headName, head()),
        () -> storage.settle(keys.setName()),
        () -> storage.remove(keys.setName(), name),
        () -> storage.removeHead(headName),
        () -> storage.removeUnfinished(keys.setName(), 9, any -> true, Instant.MAX),
        () -> storage.removeSet(keys.setName()));
  }

  @Example
  @Verifies({"PRV-8~2", "PRV-4~2"})
  void aLinkInPlaceOfAFolderIsNotFollowedByAnything() throws IOException {
    for (String replaced :
        List.of("lockstep-v1/" + keys.setName(), "lockstep-v1/heads", "lockstep-v1")) {
      Path empty = Files.createTempDirectory(top, "provider");
      Path folder = empty.resolve(replaced);
      storage = new DirectoryStorage(empty);
      List<Path> documents = documents();
      List<byte[]> contents = List.of(Files.readAllBytes(documents.get(0)));
      Files.createDirectories(folder.getParent());
      Files.createSymbolicLink(folder, docs);
      tryEach(everyCall());
      assertThat(documents).allMatch(Files::exists);
      assertThat(documents.get(0)).hasBinaryContent(contents.get(0));
      assertThat(documents.get(1)).hasContent("an object elsewhere");
      try (Stream<Path> listed = Files.list(docs)) {
        assertThat(listed).hasSize(documents.size());
      }
    }
  }

  @Example
  @Verifies("PRV-8~2")
  void aLinkUnderAnObjectsOrHeadsNameIsNeitherReadNorReplacedNorFollowed() throws IOException {
    Path victim = Files.writeString(docs.resolve("victim"), "mine");
    Files.createDirectories(set);
    Path heads = Files.createDirectories(set.resolveSibling("heads"));
    Files.createSymbolicLink(set.resolve(name.hex()), victim);
    Files.createSymbolicLink(heads.resolve(headName.toString()), victim);
    assertThat(storage.open(keys.setName(), name)).isEmpty();
    assertThat(storage.list(keys.setName())).isEmpty();
    assertThat(storage.readHead(headName)).hasValueSatisfying(none -> assertThat(none).isEmpty());
    assertThatThrownBy(() -> storage.put(keys.setName(), name, object()))
        .isInstanceOf(ProviderUnavailable.class);
    assertThat(storage.addHead(headName, head())).isFalse();
    storage.removeSet(keys.setName());
    assertThat(victim).hasContent("mine");
    assertThat(set).doesNotExist();
  }

  @Example
  @Verifies({"PRV-8~2", "PRV-1", "PRV-7~3"})
  void aLinkPutInTheUnfinishedFilesPlaceIsNotWrittenThrough() throws IOException {
    Path victim = Files.writeString(docs.resolve("victim"), "mine");
    DurableStep swapping =
        (kind, path) -> {
          if (kind == DurableStep.Kind.FILE_SYNC) {
            Files.delete(path);
            Files.createSymbolicLink(path, victim);
          }
        };
    storage = new DirectoryStorage(provider, new DurableFiles(swapping));
    ContentSource swappedWhileWriting =
        sink -> {
          Path unfinished = set.resolve(".unfinished-" + name);
          Files.delete(unfinished);
          Files.createSymbolicLink(unfinished, victim);
          sink.write(new byte[300_000]);
        };
    SealedObject object = keys.seal(ObjectKind.DATA, 1, id, random, swappedWhileWriting);
    tryEach(List.of(() -> storage.put(keys.setName(), name, object)));
    tryEach(List.of(() -> storage.addHead(headName, head())));
    assertThat(victim).hasContent("mine");
  }

  @Example
  @Verifies({"PRV-2~2", "OBJ-6~2"})
  void whatAppearsUnderTheNameAtTheLastMomentIsNotReplaced() throws IOException {
    DurableStep appearing =
        (kind, path) -> {
          if (kind == DurableStep.Kind.RENAME) {
            Files.writeString(path, "first");
          }
        };
    storage = new DirectoryStorage(provider, new DurableFiles(appearing));
    assertThat(storage.addHead(headName, head())).isFalse();
    assertThatThrownBy(() -> storage.put(keys.setName(), name, object()))
        .isInstanceOf(ProviderUnavailable.class);
    assertThat(set.resolve(name.hex())).hasContent("first");
    assertThat(storage.readHead(headName).orElseThrow()).hasSize("first".length());
    try (Stream<Path> left = Files.list(set)) {
      assertThat(left).hasSize(1);
    }
  }

  @Example
  @Verifies({"PRV-8~2", "BAK-12~2"})
  void pipesFoldersAndOtherThingsUnderANameAreNotOpened() throws IOException {
    Files.createDirectories(set);
    Path heads = Files.createDirectories(set.resolveSibling("heads"));
    mkfifo(set.resolve(name.hex()));
    mkfifo(heads.resolve(headName.toString()));
    assertThat(storage.open(keys.setName(), name)).isEmpty();
    assertThat(storage.list(keys.setName())).isEmpty();
    assertThat(storage.readHead(headName)).hasValueSatisfying(none -> assertThat(none).isEmpty());
    Files.delete(heads.resolve(headName.toString()));
    Files.createDirectories(heads.resolve(headName.toString()).resolve("x"));
    assertThat(storage.readHead(headName)).hasValueSatisfying(none -> assertThat(none).isEmpty());
    assertThat(storage.addHead(headName, head())).isFalse();
    storage.removeSet(keys.setName());
    assertThat(heads.resolve(headName.toString()).resolve("x")).exists();
  }

  @Example
  @Verifies("PRV-8~2")
  void aPipePutInAFilesPlaceBetweenLookAndUseEndsInAnOutcome() throws Exception {
    storage.put(keys.setName(), name, object());
    Path file = set.resolve(name.hex());
    var looked = Files.readAttributes(file, java.nio.file.attribute.BasicFileAttributes.class);
    Files.delete(file);
    mkfifo(file);
    long begun = System.nanoTime();
    try (ProviderFolder folder = ProviderFolder.top(set, new Patience(Duration.ofMillis(300)))) {
      assertThatThrownBy(() -> folder.read(name.hex(), looked))
          .isInstanceOf(Patience.Expired.class)
          .hasMessageContaining("answer");
    }
    assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun)).isLessThan(30);
    try (ProviderFolder folder = ProviderFolder.top(set, new Patience(Duration.ofSeconds(20)))) {
      // A pipe that somebody writes to opens at once, and is refused for what it is.
      Process writer = new ProcessBuilder("sh", "-c", "sleep 5 > '" + file + "'").start();
      assertThatThrownBy(() -> folder.read(name.hex(), looked))
          .isInstanceOf(IOException.class)
          .isNotInstanceOf(Patience.Expired.class);
      writer.destroyForcibly().waitFor();
    }
  }

  @Example
  @Verifies("PRV-8~2")
  void anotherFilePutInPlaceBetweenLookAndUseIsRefused() throws IOException {
    storage.put(keys.setName(), name, object());
    Path file = set.resolve(name.hex());
    var looked = Files.readAttributes(file, java.nio.file.attribute.BasicFileAttributes.class);
    Path other = Files.writeString(docs.resolve("other"), "other");
    Files.delete(file);
    Files.createLink(file, other);
    try (ProviderFolder folder = ProviderFolder.top(set, new Patience(Duration.ofSeconds(20)))) {
      assertThatThrownBy(() -> folder.read(name.hex(), looked))
          .hasMessageContaining("was replaced");
    }
    // Looked at anew it is read; that it is the wrong one is for the reader of its seal to find.
    try (InputStream in = storage.open(keys.setName(), name).orElseThrow()) {
      assertThat(in.readAllBytes()).hasSize("other".length());
    }
  }

  @Example
  @Verifies({"PRV-9", "DIS-2"})
  void foreignThingsStayAndStopNothing() throws IOException {
    storage.put(keys.setName(), name, object());
    storage.addHead(headName, head());
    Path heads = set.resolveSibling("heads");
    List<Path> foreign =
        List.of(
            Files.createDirectories(set.resolve("@eaDir").resolve("x")),
            Files.createFile(set.resolve(".DS_Store")),
            Files.createFile(set.resolve(name + " (1)")),
            Files.createFile(set.resolve(".unfinished-report")),
            Files.createDirectories(set.resolve("f".repeat(32)).resolve("y")),
            Files.createFile(heads.resolve(headName + " (1)")),
            Files.createFile(heads.resolve(keys.setName().hex())),
            Files.createFile(heads.resolve(keys.setName() + ".01")),
            Files.createFile(heads.resolve(keys.setName() + ".9223372036854775808")));
    assertThat(storage.list(keys.setName())).containsOnlyKeys(name);
    assertThat(storage.heads()).containsExactly(headName);
    storage.removeSet(keys.setName());
    storage.removeSet(keys.setName());
    assertThat(foreign).allMatch(Files::exists);
    assertThat(storage.heads()).isEmpty();
    assertThat(storage.list(keys.setName())).isEmpty();
  }

  @Example
  @Verifies("PRV-4~2")
  void theCauseIsNamed() throws IOException {
    Files.createDirectories(set.getParent());
    Files.createFile(set);
    assertThatThrownBy(() -> storage.list(keys.setName()))
        .isInstanceOf(ProviderUnavailable.class)
        .hasMessageContaining("no folder");
    Files.delete(set);
    Files.createSymbolicLink(set, docs);
    assertThatThrownBy(() -> storage.list(keys.setName())).isInstanceOf(ProviderUnavailable.class);
    assertThat(ProviderStreams.unavailable(new IOException("No space left on device")))
        .hasMessageContaining("full");
    assertThat(ProviderStreams.unavailable(new IOException("Stale file handle")))
        .hasMessageContaining("Stale file handle");
    assertThat(Optional.of(storage.forcingIsMissing())).contains(false);
  }
}
