package lockstep.adapter.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lockstep.evidence.Exhaustive;
import lockstep.evidence.Points;
import lockstep.spec.Verifies;
import lockstep.wire.AccountName;
import lockstep.wire.Bytes;
import lockstep.wire.Ed25519Signature;
import lockstep.wire.Refusal;
import lockstep.wire.Reply;
import lockstep.wire.Request;
import lockstep.wire.RequestMessage;
import lockstep.wire.SignedReply;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** What operators are told of a service, over a real socket and in its counters. */
class OperatorsServiceProperties {

  private static final Bytes NONCE = Bytes.zero(RequestMessage.NONCE_BYTES);
  private static final String ACCOUNT = "somebody@example.org";
  private static final List<Reply> REPLIES =
      List.of(new Refusal.Locked(5), new Reply.Staged(), new Refusal.Malformed());

  private final long[] now = {0};

  private int next;

  /** What comes of the next exchange. */
  private byte[] scripted(byte[] request) throws IOException {
    int kind = next;
    now[0] += kind * 40_000_000L;
    if (kind == REPLIES.size()) {
      throw new NotServedHere();
    }
    if (kind > REPLIES.size()) {
      throw new IOException("damaged");
    }
    return new SignedReply(REPLIES.get(kind), Bytes.zero(Ed25519Signature.LENGTH)).encode();
  }

  @Property(tries = 100)
  @Verifies("OPS-3")
  void everyExchangeIsCountedOnceByKindAndNoAccountIsNamed(
      @ForAll @Size(max = 12) List<@IntRange(max = 4) Integer> kinds) {
    ExchangeCounts counts = new ExchangeCounts(this::scripted, () -> now[0]);
    AccountName account = new AccountName(ACCOUNT);
    byte[] challenge = new Request.Challenge(account).encode(NONCE);
    for (int kind : kinds) {
      next = kind;
      try {
        counts.exchange(kind % 2 == 0 ? challenge : new byte[9]);
      } catch (IOException asScripted) {
        assertThat(kind).isGreaterThanOrEqualTo(REPLIES.size());
      }
    }
    String text = counts.text(Standing.SERVES);
    long even = kinds.stream().filter(kind -> kind % 2 == 0).count();
    assertThat(value(text, "lockstep_requests_total{kind=\"challenge\"}")).isEqualTo(even);
    assertThat(value(text, "lockstep_requests_total{kind=\"none\"}"))
        .isEqualTo(kinds.size() - even);
    List<String> words = List.of("locked", "staged", "malformed", "notServedHere", "none");
    for (int kind = 0; kind < words.size(); kind++) {
      int one = kind;
      assertThat(value(text, "lockstep_replies_total{kind=\"" + words.get(kind) + "\"}"))
          .isEqualTo(kinds.stream().filter(each -> each == one).count());
    }
    assertThat(value(text, "lockstep_exchange_seconds_bucket{le=\"0.1\"}"))
        .isEqualTo(kinds.stream().filter(each -> each <= 2).count());
    assertThat(value(text, "lockstep_exchange_seconds_count")).isEqualTo(kinds.size());
    assertThat(text)
        .contains("lockstep_requests_total{kind=\"attempt\"} 0\n")
        .contains("lockstep_replies_total{kind=\"released\"} 0\n")
        .doesNotContain("somebody")
        .endsWith("\n# EOF\n");
  }

  private static long value(String text, String sample) {
    Matcher found = Pattern.compile("(?m)^" + Pattern.quote(sample) + " (\\S+)$").matcher(text);
    assertThat(found.find()).as(sample).isTrue();
    return Long.parseLong(found.group(1));
  }

  @Test
  @Exhaustive("standing of a service")
  @Verifies("OPS-2")
  void eachStandingHasItsWordAndItsStatus() throws Exception {
    AtomicReference<Standing> standing = new AtomicReference<>();
    ExchangeCounts counts = new ExchangeCounts(this::scripted, () -> now[0]);
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try (OperatorsService service = OperatorsService.start(any, standing::get, counts)) {
      for (Standing one : Standing.values()) {
        standing.set(one);
        int status = one == Standing.NO_LEADER || one == Standing.TROUBLED ? 503 : 200;
        assertThat(got(service, "GET", "/ready")).isEqualTo(status + " " + one.word() + "\n");
        assertThat(got(service, "GET", "/live")).isEqualTo("200 live\n");
        assertThat(got(service, "GET", "/metrics"))
            .isEqualTo("200 " + counts.text(one))
            .contains("{lockstep_standing=\"" + one.word() + "\"} 1\n");
        Points.visited();
      }
    }
  }

  @Test
  @Verifies("OPS-1")
  void nothingElseIsAnsweredAndNothingCanBeChanged() throws Exception {
    ExchangeCounts counts = new ExchangeCounts(this::scripted, () -> now[0]);
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try (OperatorsService service = OperatorsService.start(any, () -> Standing.LEADS, counts)) {
      for (String method : List.of("POST", "PUT", "DELETE", "HEAD", "OPTIONS")) {
        assertThat(got(service, method, "/ready")).as(method).startsWith("405 ");
      }
      for (String path : List.of("/", "/v1/exchange", "/ready/", "/metrics/x")) {
        assertThat(got(service, "GET", path)).as(path).startsWith("404 ");
      }
      InetSocketAddress taken =
          new InetSocketAddress(InetAddress.getLoopbackAddress(), service.port());
      assertThatThrownBy(() -> OperatorsService.start(taken, () -> Standing.LEADS, counts))
          .isInstanceOf(IOException.class);
    }
  }

  private static String got(OperatorsService service, String method, String path)
      throws IOException {
    URI page = URI.create("http://127.0.0.1:" + service.port() + path);
    HttpURLConnection asked = (HttpURLConnection) page.toURL().openConnection();
    asked.setRequestMethod(method);
    int status = asked.getResponseCode();
    try (var body = status < 400 ? asked.getInputStream() : asked.getErrorStream()) {
      String text = body == null ? "" : new String(body.readAllBytes(), StandardCharsets.UTF_8);
      return status + " " + text;
    }
  }
}
