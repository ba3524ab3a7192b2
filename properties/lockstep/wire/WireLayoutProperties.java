package lockstep.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import lockstep.evidence.Rule;
import lockstep.spec.ByConstruction;
import lockstep.spec.Verifies;
import org.junit.jupiter.api.Test;

/** Every message, byte by byte, against the tables of the spec rather than the codec. */
class WireLayoutProperties {

  private static final AccountName ACCOUNT = new AccountName("zoë");
  private static final String HEAD = "0004" + "7a6fc3ab";
  private static final long NUMBER = 0x1122334455667788L;
  private static final String U64 = "1122334455667788";
  private static final Policy POLICY = new Policy(5, 2, 86_400_000);
  private static final String POLICY_HEX = "0005" + "0002" + "0000000005265c00";
  private static final StretchingParameters STRETCHING = new StretchingParameters(65_536, 3, 4);
  private static final String STRETCHING_HEX = "00010000" + "00000003" + "00000004";
  private static final Authority SESSION = new Authority.SessionMac(fill(16, 0xa1), fill(32, 0xa2));
  private static final String SESSION_HEX = "03" + hex(16, 0xa1) + hex(32, 0xa2);
  private static final String RECEIPT_BODY =
      "02"
          + HEAD
          + U64
          + "0000000000000009"
          + "00000003"
          + "00000002"
          + U64
          + U64
          + "0000000000000007"
          + hex(32, 0xb1);
  private static final String LIST_OF_BYTES = "java.util.List<lockstep.wire.Bytes>";
  private static final String KNOWN_NONE = hex(8, 0) + hex(32, 0);
  private static final Receipt RECEIPT =
      new Receipt(
          new Receipt.Body(
              Receipt.Kind.ATTEMPT, ACCOUNT, NUMBER, 9, 3, 2, NUMBER, NUMBER, 7, fill(32, 0xb1)),
          fill(64, 0xb2));
  private static final String RECEIPT_HEX = "0057" + RECEIPT_BODY + hex(64, 0xb2);

  @Test
  @Verifies("WIR-1~2")
  void requestsWithoutStage() {
    is("0201" + HEAD, new Request.Challenge(ACCOUNT));
    is("0202" + HEAD + KNOWN_NONE + SESSION_HEX, new Request.Status(ACCOUNT, SESSION));
    is(
        "0220" + HEAD + hex(98, 1) + SESSION_HEX,
        new Request.Attempt(ACCOUNT, fill(98, 1), SESSION));
    is(
        "0221" + HEAD + hex(16, 1) + hex(32, 2),
        new Request.Finish(ACCOUNT, fill(16, 1), fill(32, 2)));
    is("0222" + HEAD + hex(16, 1), new Request.Abandon(ACCOUNT, fill(16, 1)));
    is("0230" + HEAD + SESSION_HEX, new Request.Disable(ACCOUNT, SESSION));
    is("0231" + HEAD + SESSION_HEX, new Request.Restart(ACCOUNT, SESSION));
    is("0232" + HEAD + SESSION_HEX, new Request.CompleteRestart(ACCOUNT, SESSION));
    is(
        "0240" + HEAD + U64 + hex(32, 1) + SESSION_HEX,
        new Request.Mark(ACCOUNT, NUMBER, fill(32, 1), SESSION));
  }

  @Test
  @Verifies({"WIR-1~2", "WIR-6"})
  void requestsOfAStage() {
    is(
        "0210" + HEAD + U64 + hex(32, 1) + hex(33, 2) + SESSION_HEX,
        new Request.Register(ACCOUNT, NUMBER, fill(32, 1), fill(33, 2), SESSION));
    is(
        "0211"
            + HEAD
            + U64
            + hex(129, 1)
            + hex(60, 2)
            + hex(32, 3)
            + hex(64, 4)
            + "0001"
            + STRETCHING_HEX
            + SESSION_HEX,
        new Request.Stage(
            ACCOUNT,
            NUMBER,
            fill(129, 1),
            fill(60, 2),
            fill(32, 3),
            fill(64, 4),
            1,
            STRETCHING,
            SESSION));
    is(
        "0212" + HEAD + U64 + hex(98, 1) + SESSION_HEX,
        new Request.Confirm(ACCOUNT, NUMBER, fill(98, 1), SESSION));
    is("0213" + HEAD + U64 + SESSION_HEX, new Request.Activate(ACCOUNT, NUMBER, SESSION));
  }

  @Test
  @Verifies("WIR-1~2")
  void aStatusNamesTheReceiptThatTheDeviceKnows() {
    is(
        "0202" + HEAD + U64 + hex(32, 4) + SESSION_HEX,
        new Request.Status(ACCOUNT, NUMBER, fill(32, 4), SESSION));
  }

  @Test
  @Verifies("WIR-1~2")
  void authorities() {
    is(
        "0202" + HEAD + KNOWN_NONE + "01" + "0003" + hex(3, 9),
        status(new Authority.Token(fill(3, 9))));
    is(
        "0202" + HEAD + KNOWN_NONE + "02" + hex(32, 8) + hex(64, 9),
        status(new Authority.CommandSignature(fill(32, 8), fill(64, 9))));
    is(
        "0202" + HEAD + KNOWN_NONE + "04" + hex(64, 9),
        status(new Authority.StageSignature(fill(64, 9))));
  }

  @Test
  @Verifies({"WIR-2~3", "WIR-5"})
  void answers() {
    is("0281" + hex(32, 1), new Reply.Challenged(fill(32, 1)));
    is(
        statusReport(),
        new Reply.StatusReport(
            Reply.RecordState.RESTARTED,
            1,
            2,
            3,
            POLICY,
            4,
            5,
            6,
            7,
            8,
            fill(32, 9),
            10,
            fill(32, 11),
            NUMBER,
            12,
            STRETCHING,
            fill(32, 15),
            List.of(fill(32, 13), fill(32, 14))));
  }

  private static String statusReport() {
    return "0282"
        + "03"
        + "0000000000000001"
        + "0000000000000002"
        + "0000000000000003"
        + POLICY_HEX
        + "00000004"
        + "00000005"
        + "0000000000000006"
        + "0000000000000007"
        + "0000000000000008"
        + hex(32, 9)
        + "000000000000000a"
        + hex(32, 11)
        + U64
        + "000000000000000c"
        + STRETCHING_HEX
        + hex(32, 15)
        + "02"
        + hex(32, 13)
        + hex(32, 14);
  }

  @Test
  @Verifies({"WIR-2~3", "WIR-5"})
  void answersWithAReceipt() {
    is(
        "0290" + hex(66, 1) + POLICY_HEX + U64 + RECEIPT_HEX,
        new Reply.Registered(fill(66, 1), POLICY, NUMBER, RECEIPT));
    is("0291", new Reply.Staged());
    is("0293" + RECEIPT_HEX, new Reply.Activated(RECEIPT));
    is("02a1" + "0088" + hex(136, 1) + RECEIPT_HEX, new Reply.Released(fill(136, 1), RECEIPT));
    is("02a2" + "00000004" + U64, new Reply.Ended(4, NUMBER));
    is("02b0" + RECEIPT_HEX, new Reply.Disabled(RECEIPT));
    is("02b2" + RECEIPT_HEX, new Reply.Restarted(RECEIPT));
    is("02c0" + RECEIPT_HEX, new Reply.Marked(RECEIPT));
  }

  @Test
  @Verifies("WIR-2~3")
  void answersThatMayLackAReceipt() {
    String evaluated =
        "02a0"
            + hex(16, 1)
            + U64
            + "0001"
            + STRETCHING_HEX
            + POLICY_HEX
            + "00000004"
            + U64
            + "01"
            + hex(259, 2);
    is(evaluated + "01" + RECEIPT_HEX, evaluated(Optional.of(RECEIPT)));
    is(evaluated + "00", evaluated(Optional.empty()));
    is("02b1" + U64 + RECEIPT_HEX, new Reply.RestartPending(NUMBER, Optional.of(RECEIPT)));
    is("02b1" + U64 + hex(66, 0), new Reply.RestartPending(NUMBER, Optional.empty()));
  }

  @Test
  @Verifies("WIR-2~3")
  void refusals() {
    is("02e0", new Refusal.Refused());
    is("02e1" + U64, new Refusal.Locked(NUMBER));
    is("02e2", new Refusal.Destroyed());
    is("02e3", new Refusal.NotEnrolled());
    is("02e4" + "00000004" + U64, new Refusal.WrongProof(4, NUMBER));
    int code = 0;
    for (Refusal.Reason reason : Refusal.Reason.values()) {
      code++;
      is("02e5" + hex(1, code) + U64, new Refusal.Conflict(reason, NUMBER));
    }
    is("02e6", new Refusal.Malformed());
    is("02e7", new Refusal.SessionUnknown());
    is("02e8", new Refusal.Unavailable());
  }

  @Test
  @Verifies({"RCP-1~2", "AUT-2"})
  void receiptsAndTokens() {
    assertThat(format(RECEIPT.encode())).isEqualTo(RECEIPT_HEX);
    List<Receipt.Kind> kinds = List.of(Receipt.Kind.values());
    assertThat(kinds.stream().map(Receipt.Kind::code))
        .containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
    AccountToken token =
        new AccountToken(
            new AccountToken.Body(ACCOUNT, new VaultId(fill(32, 1)), 2, NUMBER, fill(16, 3)),
            fill(64, 4));
    assertThat(format(token.encode()))
        .isEqualTo(HEAD + hex(32, 1) + "0000000000000002" + U64 + hex(16, 3) + hex(64, 4));
  }

  @Test
  @Verifies("WIR-7")
  @ByConstruction("looks at the types of all messages' fields")
  @Rule
  void noFieldOfAMessageCanHoldASecretType() {
    List<RecordComponent> fields =
        Stream.of(Request.class, Reply.class, Authority.class)
            .flatMap(WireLayoutProperties::cases)
            .flatMap(type -> Arrays.stream(type.getRecordComponents()))
            .toList();
    assertThat(fields).hasSizeGreaterThan(60);
    assertThat(fields)
        .allSatisfy(
            field -> {
              Class<?> type = field.getType();
              assertThat(
                      type.isPrimitive()
                          || type == Optional.class
                          || field.getGenericType().getTypeName().equals(LIST_OF_BYTES)
                          || type.getPackage() == Request.class.getPackage())
                  .isTrue();
              assertThat(field.getName().toLowerCase(Locale.ROOT))
                  .doesNotContain("password", "rootkey", "exportkey", "sessionkey", "private");
            });
  }

  private static Stream<Class<?>> cases(Class<?> type) {
    return type.isSealed()
        ? Arrays.stream(type.getPermittedSubclasses()).flatMap(WireLayoutProperties::cases)
        : Stream.of(type);
  }

  private static Request status(Authority authority) {
    return new Request.Status(ACCOUNT, authority);
  }

  private static Reply evaluated(Optional<Receipt> receipt) {
    return new Reply.Evaluated(
        fill(16, 1), NUMBER, 1, STRETCHING, POLICY, 4, NUMBER, true, fill(259, 2), receipt);
  }

  private static void is(String expected, Request request) {
    assertThat(format(request.encode(fill(32, 0xcc)))).isEqualTo(expected + hex(32, 0xcc));
  }

  private static void is(String expected, Reply reply) {
    assertThat(format(reply.encode())).isEqualTo(expected);
    Bytes signature = fill(64, 0xee);
    assertThat(format(new SignedReply(reply, signature).encode()))
        .isEqualTo(expected + hex(64, 0xee));
  }

  private static Bytes fill(int length, int value) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) value);
    return Bytes.copyOf(bytes);
  }

  private static String hex(int length, int value) {
    return format(fill(length, value).toArray());
  }

  private static String format(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
