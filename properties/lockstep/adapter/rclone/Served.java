package lockstep.adapter.rclone;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import lockstep.evidence.TestsFolder;

/** A folder of this test's, and a server in a process of its own that serves it. */
final class Served implements AutoCloseable {

  private static final Pattern PORT = Pattern.compile("(?:started on|listening on) .*?:([0-9]+)");

  final Path folder;
  private final List<Process> servers = new ArrayList<>();
  private final Map<String, String> environment = new HashMap<>(System.getenv());

  Served() throws IOException {
    folder = Files.createTempDirectory(TestsFolder.path(), "lockstep-rclone");
    Files.createDirectory(served());
    environment.put("RCLONE_CONFIG", folder.resolve("none.conf").toString());
  }

  /** The folder that is served. */
  Path served() {
    return folder.resolve("served");
  }

  /** The surroundings of an rclone that knows the servers. */
  Map<String, String> environment() {
    return environment;
  }

  /** The folder itself. */
  String local() {
    configure("here", "local");
    return "here:" + served();
  }

  String webDav() throws IOException {
    configureWebDav(serve("webdav"));
    return "dav:";
  }

  /** As {@link #webDav}, where something else answers for the server. */
  void configureWebDav(int port) {
    configure("dav", "webdav");
    environment.put("RCLONE_CONFIG_DAV_URL", "http://127.0.0.1:" + port + "/");
    environment.put("RCLONE_CONFIG_DAV_VENDOR", "other");
  }

  String sftp() throws IOException {
    int port = serve("sftp", "--user", "anyone", "--pass", "served-here");
    configure("files", "sftp");
    // The same word, as rclone obscure writes it.
    environment.put("RCLONE_CONFIG_FILES_PASS", "d89T4dEgSAl2Ju_BesIPl0Xux21huUFdEEur");
    environment.put("RCLONE_CONFIG_FILES_HOST", "127.0.0.1");
    environment.put("RCLONE_CONFIG_FILES_PORT", String.valueOf(port));
    environment.put("RCLONE_CONFIG_FILES_USER", "anyone");
    environment.put("RCLONE_CONFIG_FILES_SHELL_TYPE", "none");
    return "files:";
  }

  int serve(String protocol, String... options) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of("rclone", "serve", protocol, "--addr", "127.0.0.1:0", served().toString()));
    command.addAll(List.of(options));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    Process server = builder.redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    servers.add(server);
    BufferedReader log =
        new BufferedReader(new InputStreamReader(server.getErrorStream(), StandardCharsets.UTF_8));
    String line = log.readLine();
    while (line != null) {
      Matcher port = PORT.matcher(line);
      if (port.find()) {
        Thread drained = new Thread(() -> drain(log));
        drained.setDaemon(true);
        drained.start();
        return Integer.parseInt(port.group(1));
      }
      line = log.readLine();
    }
    throw new IOException("rclone serve did not start");
  }

  private static void drain(BufferedReader log) {
    try {
      log.transferTo(Writer.nullWriter());
    } catch (IOException ended) {
      return;
    }
  }

  private void configure(String name, String type) {
    environment.put("RCLONE_CONFIG_" + name.toUpperCase(java.util.Locale.ROOT) + "_TYPE", type);
  }

  @Override
  public void close() throws IOException {
    servers.forEach(Process::destroyForcibly);
    List<Path> all;
    try (Stream<Path> walked = Files.walk(folder)) {
      all = walked.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : all) {
      Files.delete(path);
    }
  }
}
