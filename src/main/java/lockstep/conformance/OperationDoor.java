package lockstep.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import lockstep.secret.SecretBytes;
import lockstep.spec.Implements;
import lockstep.wire.AccountName;
import lockstep.wire.Bytes;
import lockstep.wire.Policy;

/**
 * A vault that a testee makes with {@code vault.new} and speaks for with {@code vault.exchange}.
 */
@Implements("CNF-12")
final class OperationDoor implements VaultDoor {

  private static final String SESSION = "messages";
  private static final int SEED_BYTES = 32;
  private static final long MILLIS = 1_000;
  private static final Policy POLICY = new Policy(3, 2, 10 * MILLIS);
  private static final long START = 1_700_000_000_000L;

  private final Testee testee;
  private final Set<String> ops;
  private final Bytes publicKey;
  private final byte[] seed = new byte[SEED_BYTES];
  private long now = START;

  private OperationDoor(Testee testee, Set<String> ops) {
    this.testee = testee;
    this.ops = Set.copyOf(ops);
    new SecureRandom().nextBytes(seed);
    ObjectNode input = input().put("now", now).put("messengerSeed", hex(seed));
    input
        .putObject("policy")
        .put("attempts", POLICY.attempts())
        .put("rounds", POLICY.rounds())
        .put("waitSeconds", POLICY.waitMillis() / MILLIS);
    this.publicKey = Bytes.copyOf(bytes("vault.new", input, "vaultPublicKey"));
  }

  /**
   * A new vault with an empty store, three attempts in each of two rounds and a wait of ten
   * seconds.
   */
  static OperationDoor open(Testee testee, Set<String> ops) {
    return new OperationDoor(testee, ops);
  }

  @Override
  public synchronized byte[] exchange(byte[] request) throws IOException {
    Answer answer = testee.answer("vault.exchange", input().put("request", hex(request)));
    if (answer instanceof Answer.Result result && result.value().path("reply").isTextual()) {
      try {
        return HexFormat.of().parseHex(result.value().get("reply").textValue());
      } catch (IllegalArgumentException noHex) {
        throw new IOException("the reply is not hexadecimal", noHex);
      }
    }
    throw new IOException("vault.exchange gave no reply");
  }

  @Override
  public boolean carries(int length) {
    return true;
  }

  @Override
  public Bytes publicKey() {
    return publicKey;
  }

  @Override
  public SecretBytes messengerSeed() {
    return SecretBytes.absorb(seed.clone());
  }

  @Override
  public long now() {
    return now;
  }

  @Override
  public Optional<Policy> policy() {
    return Optional.of(POLICY);
  }

  @Override
  public Optional<Bytes> issued(AccountName account) {
    return Optional.of(
        Bytes.copyOf(bytes("token.issue", input().put("account", account.text()), "token")));
  }

  @Override
  public boolean advance(long millis) {
    if (!ops.contains("advance")) {
      return false;
    }
    require("advance", input().put("millis", millis));
    now += millis;
    return true;
  }

  @Override
  public boolean crash() {
    if (!ops.contains("vault.restart")) {
      return false;
    }
    require("vault.restart", input());
    return true;
  }

  @Override
  public void close() {
    testee.answer("vault.close", input());
  }

  private JsonNode require(String op, ObjectNode input) {
    Answer answer = testee.answer(op, input);
    if (answer instanceof Answer.Result result) {
      return result.value();
    }
    throw differs(op, input, answer);
  }

  private byte[] bytes(String op, ObjectNode input, String field) {
    JsonNode result = require(op, input);
    try {
      return HexFormat.of().parseHex(result.path(field).asText("none"));
    } catch (IllegalArgumentException noHex) {
      throw differs(op, input, new Answer.Result(result));
    }
  }

  private static Mismatch differs(String op, ObjectNode input, Answer came) {
    ObjectNode expected = JsonNodeFactory.instance.objectNode();
    expected.putObject("result");
    return new Mismatch(
        new Verdict.Differs(0, new Step(op, input, expected), came, "", Optional.empty()));
  }

  private static ObjectNode input() {
    return JsonNodeFactory.instance.objectNode().put("session", SESSION);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
