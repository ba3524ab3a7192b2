package lockstep.adapter.server;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import lockstep.device.vault.VaultClient;
import lockstep.spec.Decides;
import lockstep.wire.Reply;
import lockstep.wire.Request;
import lockstep.wire.SignedReply;

/**
 * A vault whose exchanges are counted, by kind and never by account. Safe for use by several
 * threads.
 */
@Decides("OPS-3")
public final class ExchangeCounts implements VaultClient {

  private static final String NO_REQUEST = "none";
  private static final String NO_REPLY = "none";
  private static final String ELSEWHERE = "notServedHere";
  private static final double[] BOUNDS = {0.01, 0.03, 0.1, 0.3, 1, 3, 10};

  private final VaultClient vault;
  private final LongSupplier nanos;
  private final Map<String, LongAdder> requests = fromZero(kinds(Request.class), NO_REQUEST);
  private final Map<String, LongAdder> replies = fromZero(kinds(Reply.class), NO_REPLY, ELSEWHERE);
  private final List<LongAdder> durations =
      Stream.generate(LongAdder::new).limit(BOUNDS.length + 1L).toList();
  private final LongAdder spent = new LongAdder();

  /**
   * Counts the exchanges with that vault.
   *
   * @param nanos the time that has passed, in nanoseconds from any beginning
   */
  public ExchangeCounts(VaultClient vault, LongSupplier nanos) {
    this.vault = vault;
    this.nanos = nanos;
  }

  private static Stream<String> kinds(Class<?> sealed) {
    return Stream.of(sealed.getPermittedSubclasses())
        .flatMap(kind -> kind.isSealed() ? kinds(kind) : Stream.of(word(kind)));
  }

  private static String word(Class<?> kind) {
    String name = kind.getSimpleName();
    return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
  }

  private static Map<String, LongAdder> fromZero(Stream<String> kinds, String... more) {
    Map<String, LongAdder> counters = new TreeMap<>();
    Stream.concat(kinds, Arrays.stream(more)).forEach(kind -> counters.put(kind, new LongAdder()));
    return counters;
  }

  @Override
  public byte[] exchange(byte[] request) throws IOException {
    count(requests, Request.decode(request).map(sent -> word(sent.getClass())).orElse(NO_REQUEST));
    long began = nanos.getAsLong();
    String kind = NO_REPLY;
    try {
      byte[] reply = vault.exchange(request);
      kind = SignedReply.decode(reply).map(made -> word(made.reply().getClass())).orElse(NO_REPLY);
      return reply;
    } catch (NotServedHere elsewhere) {
      kind = ELSEWHERE;
      throw elsewhere;
    } finally {
      count(replies, kind);
      took(nanos.getAsLong() - began);
    }
  }

  private static void count(Map<String, LongAdder> counters, String kind) {
    LongAdder counter = counters.get(kind);
    if (counter != null) {
      counter.increment();
    }
  }

  private void took(long duration) {
    double seconds = seconds(duration);
    int slot = 0;
    while (slot < BOUNDS.length && seconds > BOUNDS[slot]) {
      slot++;
    }
    durations.get(slot).increment();
    spent.add(duration);
  }

  private static double seconds(long nanos) {
    return nanos / (double) Duration.ofSeconds(1).toNanos();
  }

  /** All counters and the standing in the text form of OpenMetrics 1.0. */
  String text(Standing standing) {
    StringBuilder text = new StringBuilder();
    counters(text, "lockstep_requests", "Requests that came, by kind.", requests);
    counters(text, "lockstep_replies", "Replies that were given, by kind.", replies);
    histogram(text);
    String name = "lockstep_standing";
    head(text, name, "stateset", "What this service would say now.");
    for (Standing one : Standing.values()) {
      String label = name + "=\"" + one.word() + "\"";
      sample(text, name, label, one == standing ? "1" : "0");
    }
    return text.append("# EOF\n").toString();
  }

  private void histogram(StringBuilder text) {
    String name = "lockstep_exchange_seconds";
    head(text, name, "histogram", "How long the vault took for a request.");
    text.append("# UNIT " + name + " seconds\n");
    long sum = 0;
    for (int i = 0; i <= BOUNDS.length; i++) {
      sum += durations.get(i).sum();
      String bound = i < BOUNDS.length ? Double.toString(BOUNDS[i]) : "+Inf";
      sample(text, name + "_bucket", "le=\"" + bound + "\"", Long.toString(sum));
    }
    text.append(name + "_count " + sum + "\n");
    text.append(name + "_sum " + seconds(spent.sum()) + "\n");
  }

  private static void counters(
      StringBuilder text, String name, String help, Map<String, LongAdder> counters) {
    head(text, name, "counter", help);
    counters.forEach(
        (kind, counter) ->
            sample(text, name + "_total", "kind=\"" + kind + "\"", Long.toString(counter.sum())));
  }

  private static void head(StringBuilder text, String name, String type, String help) {
    text.append("# TYPE " + name + " " + type + "\n# HELP " + name + " " + help + "\n");
  }

  private static void sample(StringBuilder text, String name, String label, String value) {
    text.append(name + "{" + label + "} " + value + "\n");
  }
}
