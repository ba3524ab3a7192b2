package lockstep.cli;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The demo's chat archive: a message database and media files of a few MiB, the same on every run.
 */
final class SampleArchive {

  private static final long SEED = 20211014;
  private static final int MESSAGES = 12_000;
  private static final int PICTURES = 24;
  private static final int PICTURE_BYTES = 120_000;
  private static final int VOICE_NOTES = 12;
  private static final int VOICE_NOTE_BYTES = 30_000;
  private static final long FIRST_MESSAGE_AT = 1_634_169_600_000L;

  private static final String[] NAMES = {"Amara", "Bjørn", "Chloé", "大輔", "Елена"};
  private static final String[] WORDS = {
    "see", "you", "at", "the", "station", "tomorrow", "photos", "from", "yesterday", "thanks",
    "dinner", "is", "ready", "who", "took", "my", "umbrella", "happy", "birthday", "🎉"
  };

  private final RepeatableBytes random = new RepeatableBytes(SEED);

  private SampleArchive() {}

  /** Writes the archive into {@code directory}, which must not exist. */
  static void write(Path directory) throws IOException {
    Files.createDirectories(directory);
    SampleArchive archive = new SampleArchive();
    archive.writeMessages(directory.resolve("messages.db"));
    Path media = Files.createDirectory(directory.resolve("media"));
    archive.writeMedia(Files.createDirectory(media.resolve("pictures")), PICTURES, "jpg");
    archive.writeMedia(Files.createDirectory(media.resolve("voice")), VOICE_NOTES, "opus");
    Files.createDirectory(media.resolve("stickers"));
    Files.createFile(media.resolve(".nomedia"));
    Files.writeString(directory.resolve("Chloé’s notes.txt"), "Buy milk, call 大輔.\n");
    Files.createSymbolicLink(media.resolve("newest"), Path.of("pictures/0024.jpg"));
  }

  /** Copies a folder of the user's: files, folders, links, with their times. */
  static void copy(Path source, Path directory) throws IOException {
    Files.walkFileTree(
        source,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path from, BasicFileAttributes attributes)
              throws IOException {
            Files.createDirectories(directory.resolve(source.relativize(from).toString()));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path from, BasicFileAttributes attributes)
              throws IOException {
            if (!attributes.isOther()) {
              Files.copy(
                  from,
                  directory.resolve(source.relativize(from).toString()),
                  StandardCopyOption.COPY_ATTRIBUTES,
                  LinkOption.NOFOLLOW_LINKS);
            }
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private void writeMessages(Path file) throws IOException {
    try (Connection database = DriverManager.getConnection("jdbc:sqlite:" + file)) {
      database.setAutoCommit(false);
      try (Statement statement = database.createStatement()) {
        statement.executeUpdate(
            "CREATE TABLE message(id INTEGER PRIMARY KEY, chat TEXT, sender TEXT, sent_at INTEGER,"
                + " body TEXT)");
      }
      try (PreparedStatement insert =
          database.prepareStatement("INSERT INTO message VALUES (?, ?, ?, ?, ?)")) {
        for (int id = 1; id <= MESSAGES; id++) {
          insert.setInt(1, id);
          insert.setString(2, "chat " + random.nextInt(8));
          insert.setString(3, NAMES[random.nextInt(NAMES.length)]);
          insert.setLong(4, FIRST_MESSAGE_AT + id * 60_000L);
          insert.setString(5, sentence());
          insert.addBatch();
        }
        insert.executeBatch();
      }
      database.commit();
    } catch (SQLException e) {
      throw new IOException("the sample database could not be written", e);
    }
  }

  private String sentence() {
    StringBuilder words = new StringBuilder();
    int count = 3 + random.nextInt(20);
    for (int i = 0; i < count; i++) {
      words.append(i == 0 ? "" : " ").append(WORDS[random.nextInt(WORDS.length)]);
    }
    return words.toString();
  }

  private void writeMedia(Path directory, int files, String extension) throws IOException {
    int meanBytes = extension.equals("jpg") ? PICTURE_BYTES : VOICE_NOTE_BYTES;
    for (int i = 1; i <= files; i++) {
      byte[] content = new byte[meanBytes / 2 + random.nextInt(meanBytes)];
      random.nextBytes(content);
      Files.write(directory.resolve("%04d.%s".formatted(i, extension)), content);
    }
  }
}
