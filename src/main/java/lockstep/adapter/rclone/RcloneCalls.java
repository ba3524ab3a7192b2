package lockstep.adapter.rclone;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URL;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import lockstep.backup.store.ProviderUnavailable;
import lockstep.spec.Implements;

/** rclone's remote control, called over the loopback. No call waits for ever. */
@Implements({"PRV-11", "PRV-4~2"})
final class RcloneCalls {

  static final String USER = "lockstep";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int CONNECT_MILLIS = 10_000;
  // rclone asks a server again and again before it gives up; it has to be let do so.
  private static final int ANSWER_MILLIS = 600_000;
  private static final int CHUNK_BYTES = 128 * 1024;
  private static final int SUCCESS = 200;
  private static final String BOUNDARY = "lockstep-object-a8d1f6f0c7e94b55";

  private final String address;
  private final String authorization;

  RcloneCalls(int port, String word) {
    this.address = "http://127.0.0.1:" + port + "/";
    this.authorization =
        "Basic "
            + Base64.getEncoder()
                .encodeToString((USER + ":" + word).getBytes(StandardCharsets.US_ASCII));
  }

  /** An answer: what was asked for, or why it is not to be had. */
  record Reply<R>(Optional<R> given, Optional<RcloneFailure> failure) {

    static <R> Reply<R> of(R given) {
      return new Reply<>(Optional.of(given), Optional.empty());
    }

    static <R> Reply<R> failed(RcloneFailure failure) {
      return new Reply<>(Optional.empty(), Optional.of(failure));
    }

    boolean isMissing() {
      return failure.filter(RcloneFailure::isMissing).isPresent();
    }

    boolean isNoFile() {
      return failure.filter(RcloneFailure::isNoFile).isPresent();
    }

    /** What was given, or the provider's failure. */
    R orUnavailable() throws ProviderUnavailable {
      if (failure.isPresent()) {
        throw new ProviderUnavailable(failure.get().words());
      }
      return given.orElseThrow();
    }
  }

  /** Calls a command that has to succeed. */
  JsonNode call(String command, Map<String, Object> parameters) throws ProviderUnavailable {
    return ask(command, parameters).orUnavailable();
  }

  /** Calls a command. */
  Reply<JsonNode> ask(String command, Map<String, Object> parameters) throws ProviderUnavailable {
    try {
      byte[] body = JSON.writeValueAsBytes(parameters);
      HttpURLConnection connection = connection(command);
      connection.setRequestMethod("POST");
      connection.setRequestProperty("Content-Type", "application/json");
      connection.setDoOutput(true);
      connection.setFixedLengthStreamingMode(body.length);
      try (OutputStream out = connection.getOutputStream()) {
        out.write(body);
      }
      return reply(connection);
    } catch (IOException failed) {
      throw unreachable(failed);
    }
  }

  /** Writes the content of an object. */
  @FunctionalInterface
  interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Uploads a file of a length not known before, streaming.
   *
   * @throws ProviderUnavailable when rclone fails
   * @throws IOException when the content does; rclone may have stored a part of it then
   */
  void upload(String folder, String name, Content content) throws IOException {
    HttpURLConnection connection;
    OutputStream out;
    try {
      connection =
          connection(
              "operations/uploadfile?fs="
                  + encoded(RcloneProcess.REMOTE)
                  + "&remote="
                  + encoded(folder));
      connection.setRequestMethod("POST");
      connection.setRequestProperty("Content-Type", "multipart/form-data; boundary=" + BOUNDARY);
      connection.setDoOutput(true);
      connection.setChunkedStreamingMode(CHUNK_BYTES);
      out = connection.getOutputStream();
    } catch (IOException failed) {
      throw unreachable(failed);
    }
    ToProvider toProvider = new ToProvider(out);
    try {
      toProvider.write(ascii(head(name)));
      content.writeTo(toProvider);
      toProvider.write(ascii("\r\n--" + BOUNDARY + "--\r\n"));
      toProvider.close();
    } catch (IOException failed) {
      if (failed != toProvider.failure) {
        connection.disconnect();
        throw failed;
      }
    }
    try {
      reply(connection).orUnavailable();
    } catch (IOException failed) {
      throw unreachable(failed);
    }
    if (toProvider.failure != null) {
      throw unreachable(toProvider.failure);
    }
  }

  private static String head(String name) {
    return "--"
        + BOUNDARY
        + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\""
        + name
        + "\"\r\nContent-Type: application/octet-stream\r\n\r\n";
  }

  /**
   * A file that is open; the caller closes it.
   *
   * @param lengthBytes what is to come; the stream may end before
   */
  record Opened(InputStream in, long lengthBytes) {}

  /** Opens a file from an offset on. */
  Reply<Opened> open(String path, long offset) throws ProviderUnavailable {
    try {
      HttpURLConnection connection =
          connection(encoded("[" + RcloneProcess.REMOTE + "]") + "/" + path);
      if (offset > 0) {
        connection.setRequestProperty("Range", "bytes=" + offset + "-");
      }
      int status = connection.getResponseCode();
      return status == (offset > 0 ? HttpURLConnection.HTTP_PARTIAL : SUCCESS)
          ? Reply.of(new Opened(connection.getInputStream(), connection.getContentLengthLong()))
          : Reply.failed(failure(connection, status));
    } catch (IOException failed) {
      throw unreachable(failed);
    }
  }

  private HttpURLConnection connection(String path) throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection) new URL(address + path).openConnection(Proxy.NO_PROXY);
    connection.setRequestProperty("Authorization", authorization);
    connection.setConnectTimeout(CONNECT_MILLIS);
    connection.setReadTimeout(ANSWER_MILLIS);
    connection.setInstanceFollowRedirects(false);
    connection.setUseCaches(false);
    return connection;
  }

  private static Reply<JsonNode> reply(HttpURLConnection connection) throws IOException {
    int status = connection.getResponseCode();
    if (status != SUCCESS) {
      return Reply.failed(failure(connection, status));
    }
    try (InputStream in = connection.getInputStream()) {
      return Reply.of(JSON.readTree(in));
    }
  }

  private static RcloneFailure failure(HttpURLConnection connection, int status)
      throws IOException {
    try (InputStream in = connection.getErrorStream()) {
      byte[] body = in == null ? new byte[0] : in.readAllBytes();
      try {
        JsonNode told = JSON.readTree(body);
        return new RcloneFailure(status, told == null ? "" : told.path("error").asText());
      } catch (JsonProcessingException notJson) {
        return new RcloneFailure(status, new String(body, StandardCharsets.UTF_8));
      }
    }
  }

  private static ProviderUnavailable unreachable(IOException failed) {
    return failed instanceof ProviderUnavailable already
        ? already
        : new ProviderUnavailable("rclone does not answer any more", failed);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
