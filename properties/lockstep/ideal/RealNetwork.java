package lockstep.ideal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lockstep.device.vault.VaultClient;
import lockstep.ideal.Step.Fate;
import lockstep.wire.Reply;
import lockstep.wire.Request;
import lockstep.wire.SignedReply;

/** A network in the adversary's hands, between real devices and the real vault. */
final class RealNetwork implements VaultClient {

  private final RealSite site;
  private final Runnable attempt;
  private final Map<Moment, byte[]> seen = new EnumMap<>(Moment.class);
  private final Set<Moment> sent = EnumSet.noneOf(Moment.class);
  private final ByteArrayOutputStream transcript = new ByteArrayOutputStream();
  private final List<byte[]> replies = new ArrayList<>();
  private int turn;
  private Fate fate = Fate.NONE;

  /** {@code attempt} is what the adversary does when it comes between two messages. */
  RealNetwork(RealSite site, Runnable attempt) {
    this.site = site;
    this.attempt = attempt;
  }

  /** The device's process is gone; nothing of the command runs after it. */
  static final class Crash extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Crash() {
      super(null, null, false, false);
    }
  }

  /** A command begins. */
  void begin(Fate itsFate) {
    fate = itsFate;
    sent.clear();
  }

  @Override
  public byte[] exchange(byte[] request) throws IOException {
    Optional<Moment> moment = moment(Request.decode(request).orElseThrow());
    if (moment.isEmpty()) {
      return deliver(request);
    }
    boolean first = sent.add(moment.get());
    seen.put(moment.get(), request.clone());
    Mishap mishap = first && fate.moment() == moment.get() ? fate.mishap() : Mishap.NONE;
    switch (mishap) {
      case REQUEST_LOST -> throw new IOException("request lost");
      case CRASH_BEFORE -> throw new Crash();
      case VAULT_DIES -> site.restartVault();
      case ATTEMPT_BETWEEN -> attempt.run();
      default -> {}
    }
    byte[] reply = deliver(request);
    switch (mishap) {
      case SUBSTITUTED -> {
        return substitute(reply);
      }
      case REPLY_LOST -> throw new IOException("reply lost");
      case CRASH_AFTER -> throw new Crash();
      case TWICE -> deliver(request);
      default -> {}
    }
    return reply;
  }

  private byte[] deliver(byte[] request) throws IOException {
    byte[] reply = site.exchange(request);
    transcript.writeBytes(request);
    transcript.writeBytes(reply);
    replies.add(reply);
    return reply;
  }

  /** Any reply that ever was, to any request; one after the other comes to its turn. */
  private byte[] substitute(byte[] reply) {
    List<byte[]> others = replies.stream().filter(one -> !Arrays.equals(one, reply)).toList();
    turn++;
    return others.isEmpty() ? new byte[0] : others.get(turn % others.size()).clone();
  }

  /** Delivers what was seen last at that moment, whether or not it arrived then. */
  String replay(Moment moment) {
    byte[] request = seen.get(moment);
    return request == null ? "nothing was seen" : site.words(moment, send(request));
  }

  /** A message of the adversary's own. */
  Reply send(byte[] request) {
    try {
      return SignedReply.decode(deliver(request)).orElseThrow().reply();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Everything that went over it. */
  byte[] transcript() {
    return transcript.toByteArray();
  }

  private Optional<Moment> moment(Request request) {
    return Optional.ofNullable(
        switch (request.getClass().getSimpleName()) {
          case "Challenge" -> Moment.CHALLENGE;
          case "Status" -> Moment.STATUS;
          case "Attempt" -> Moment.ATTEMPT;
          case "Finish" -> sent.contains(Moment.CONFIRM) ? Moment.CONFIRMED : Moment.FINISH;
          case "Abandon" -> Moment.ABANDON;
          case "Register" -> Moment.REGISTER;
          case "Stage" -> Moment.STAGE;
          case "Confirm" -> Moment.CONFIRM;
          case "Activate" -> Moment.ACTIVATE;
          case "Mark" -> Moment.MARK;
          case "Disable" -> Moment.DISABLE;
          default -> null;
        });
  }
}
