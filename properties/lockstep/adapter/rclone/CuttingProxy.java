package lockstep.adapter.rclone;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/** Passes connections on, and cuts each once its answers have come to a number of bytes. */
final class CuttingProxy implements AutoCloseable {

  private final ServerSocket listening;
  private final AtomicInteger cuts = new AtomicInteger();
  private volatile long limit = Long.MAX_VALUE;

  CuttingProxy(int behind) throws IOException {
    listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    begin(
        () -> {
          while (true) {
            Socket client = listening.accept();
            Socket server = new Socket(InetAddress.getLoopbackAddress(), behind);
            begin(() -> pass(client, server, () -> Long.MAX_VALUE));
            begin(() -> pass(server, client, () -> limit));
          }
        });
  }

  int port() {
    return listening.getLocalPort();
  }

  void cutAnswersAfter(long bytes) {
    limit = bytes;
  }

  int cuts() {
    return cuts.get();
  }

  private void pass(Socket from, Socket to, LongSupplier atMost) throws IOException {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] buffer = new byte[8192];
      long passed = 0;
      int got = in.read(buffer);
      while (got >= 0) {
        if (passed + got > atMost.getAsLong()) {
          cuts.incrementAndGet();
          return;
        }
        passed += got;
        out.write(buffer, 0, got);
        got = in.read(buffer);
      }
    }
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
            "cutting-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }
}
