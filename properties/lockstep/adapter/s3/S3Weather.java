package lockstep.adapter.s3;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What may happen between a device and its server: each request is passed on, answered by somebody
 * else, or lost, as a test says. The server sees each on a connection of its own.
 */
public final class S3Weather implements AutoCloseable {

  private static final Pattern LENGTH = Pattern.compile("(?im)^content-length: *([0-9]+)");

  /** What becomes of a request. */
  public sealed interface Fate {

    /** It is passed on, with that head, and its answer comes back, up to so many bytes. */
    record Passed(String head, long answerBytes) implements Fate {}

    /** Somebody else answers. */
    record Answered(String answer) implements Fate {}

    /** The connection is cut after so many bytes of the request's content. */
    record Lost(long contentBytes) implements Fate {}

    /** Nobody says anything. */
    record Unanswered() implements Fate {}
  }

  private final ServerSocket listening;
  private final int behind;
  private final List<String> heads = new CopyOnWriteArrayList<>();
  private volatile Function<String, Fate> fates = S3Weather::passed;

  /** Fair weather before the server at that port. */
  public S3Weather(int behind) throws IOException {
    this.behind = behind;
    listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    begin(
        () -> {
          while (true) {
            Socket client = listening.accept();
            begin(() -> serve(client));
          }
        });
  }

  /** Where devices reach it. */
  public int port() {
    return listening.getLocalPort();
  }

  /** Says what becomes of each request from now on, by its head. */
  public void becomes(Function<String, Fate> ofEach) {
    fates = ofEach;
  }

  /** The heads of all requests. */
  public List<String> heads() {
    return heads;
  }

  /** It is passed on. */
  public static Fate passed(String head) {
    return new Fate.Passed(head, Long.MAX_VALUE);
  }

  /** A failure, as S3's servers tell it. */
  static Fate failure(int status, String code, String... headers) {
    String body = "<Error><Code>" + code + "</Code><Message>words of a server</Message></Error>";
    return answer(status, body, headers);
  }

  static Fate answer(int status, String body, String... headers) {
    StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " Said\r\n");
    for (String header : headers) {
      head.append(header).append("\r\n");
    }
    head.append("Content-Type: application/xml\r\nContent-Length: ")
        .append(body.getBytes(StandardCharsets.UTF_8).length)
        .append("\r\nConnection: close\r\n\r\n");
    return new Fate.Answered(head + body);
  }

  private void serve(Socket client) throws IOException {
    try (client) {
      InputStream in = client.getInputStream();
      String head = head(in);
      heads.add(head);
      Fate fate = fates.apply(head);
      if (fate instanceof Fate.Passed passed) {
        pass(client, in, passed);
      } else if (fate instanceof Fate.Answered answered) {
        in.skipNBytes(length(head));
        client.getOutputStream().write(answered.answer().getBytes(StandardCharsets.UTF_8));
      } else if (fate instanceof Fate.Lost lost) {
        in.skipNBytes(Math.min(lost.contentBytes(), length(head)));
      } else {
        in.transferTo(OutputStream.nullOutputStream());
      }
    }
  }

  private void pass(Socket client, InputStream in, Fate.Passed passed) throws IOException {
    try (Socket server = new Socket(InetAddress.getLoopbackAddress(), behind)) {
      OutputStream out = server.getOutputStream();
      String closing =
          passed.head().replaceAll("(?im)^connection: .*\r\n", "").replaceAll("\r\n\r\n$", "\r\n");
      out.write((closing + "Connection: close\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
      byte[] buffer = new byte[8192];
      long left = length(passed.head());
      while (left > 0) {
        int got = in.read(buffer, 0, (int) Math.min(left, buffer.length));
        if (got < 0) {
          return;
        }
        out.write(buffer, 0, got);
        left -= got;
      }
      InputStream answer = server.getInputStream();
      long most = passed.answerBytes();
      int got = answer.read(buffer);
      while (got >= 0 && most > 0) {
        client.getOutputStream().write(buffer, 0, (int) Math.min(got, most));
        most -= got;
        got = answer.read(buffer);
      }
    }
  }

  private static long length(String head) {
    Matcher length = LENGTH.matcher(head);
    return length.find() ? Long.parseLong(length.group(1)) : 0;
  }

  private static String head(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    int ends = 0;
    while (ends < 4) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("no request");
      }
      head.write(next);
      ends = next == (ends % 2 == 0 ? '\r' : '\n') ? ends + 1 : 0;
    }
    return head.toString(StandardCharsets.ISO_8859_1);
  }

  /** Whether the request has a header of that name. */
  static boolean has(String head, String header) {
    return head.toLowerCase(Locale.ROOT).contains("\r\n" + header + ":");
  }

  @FunctionalInterface
  private interface Work {
    void run() throws IOException;
  }

  private static void begin(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException ended) {
                return;
              }
            },
            "s3-weather");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }
}
