package lockstep.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import lockstep.spec.ByConstruction;
import lockstep.spec.Verifies;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** What is signed: layout, one purpose each, and only the signer's word counts. */
@Domain(WireArbitraries.class)
class WireSignaturesProperties {

  private static final byte[] SEED = new byte[32];
  private static final Bytes KEY = publicKey(SEED);
  private static final Bytes OTHER_KEY = publicKey(new byte[] {1, 2, 3});
  private static final VaultId VAULT = VaultId.of(KEY);
  private static final int TRIES = 100;

  @Example
  @Verifies("ATR-8")
  void theVaultIdIsTheHashOfItsPublicKey() throws Exception {
    byte[] input = concat("lockstep/v1/vault-id".getBytes(US_ASCII), KEY.toArray());
    assertThat(VaultId.of(KEY).value().toArray())
        .isEqualTo(MessageDigest.getInstance("SHA-256").digest(input));
  }

  @Property(tries = TRIES)
  @Verifies("WIR-4~2")
  void aReplyCountsForItsVaultAndItsRequestOnly(
      @ForAll RequestMessage request, @ForAll RequestMessage other, @ForAll Reply reply)
      throws Exception {
    byte[] message = request.encode();
    byte[] input =
        concat(
            "lockstep/v1/reply".getBytes(US_ASCII),
            VAULT.value().toArray(),
            MessageDigest.getInstance("SHA-256").digest(message),
            reply.encode());
    assertThat(SignedReply.signedInput(VAULT, message, reply)).isEqualTo(input);

    SignedReply signed = new SignedReply(reply, sign(input));
    assertThat(signed.isSignedBy(KEY, message)).isTrue();
    assertThat(signed.isSignedBy(OTHER_KEY, message)).isFalse();
    assertThat(signed.isSignedBy(KEY, other.encode())).isEqualTo(request.equals(other));
    assertThat(new SignedReply(reply, Bytes.zero(64)).isSignedBy(KEY, message)).isFalse();
  }

  @Property(tries = TRIES)
  @Verifies("WIR-4~2")
  void aReplyAnswersOneSendingOnly(
      @ForAll RequestMessage first, @ForAll RequestMessage second, @ForAll Reply reply) {
    byte[] message = first.encode();
    byte[] sameAgain = new RequestMessage(first.request(), second.nonce()).encode();
    SignedReply signed =
        new SignedReply(reply, sign(SignedReply.signedInput(VAULT, message, reply)));
    assertThat(signed.isSignedBy(KEY, sameAgain)).isEqualTo(first.nonce().equals(second.nonce()));
  }

  @Property(tries = TRIES)
  @Verifies("WIR-4~2")
  void anotherReplyUnderASignatureIsRefused(@ForAll Reply reply, @ForAll Reply other) {
    byte[] message = {1};
    Bytes signature = sign(SignedReply.signedInput(VAULT, message, reply));
    assertThat(new SignedReply(other, signature).isSignedBy(KEY, message))
        .isEqualTo(reply.equals(other));
  }

  @Property(tries = TRIES)
  @Verifies("RCP-1~2")
  void aReceiptCountsForItsVaultOnly(@ForAll Receipt any) throws Exception {
    byte[] body = any.body().encode();
    byte[] input = concat("lockstep/v1/receipt".getBytes(US_ASCII), VAULT.value().toArray(), body);
    assertThat(any.body().signedInput(VAULT)).isEqualTo(input);
    assertThat(any.body().hash().toArray())
        .isEqualTo(MessageDigest.getInstance("SHA-256").digest(body));

    Receipt receipt = new Receipt(any.body(), sign(input));
    assertThat(receipt.isSignedBy(KEY)).isTrue();
    assertThat(receipt.isSignedBy(OTHER_KEY)).isFalse();
    assertThat(new Receipt(any.body(), Bytes.zero(64)).isSignedBy(KEY)).isFalse();
  }

  @Property(tries = TRIES)
  @Verifies("AUT-2")
  void aTokenCountsUnderItsMessengersKeyOnly(@ForAll AccountToken any) {
    byte[] encoded = any.encode();
    byte[] body = Arrays.copyOf(encoded, encoded.length - 64);
    byte[] input = concat("lockstep/v1/account-token".getBytes(US_ASCII), body);
    assertThat(any.body().signedInput()).isEqualTo(input);

    AccountToken token = new AccountToken(any.body(), sign(input));
    assertThat(token.isSignedBy(KEY)).isTrue();
    assertThat(token.isSignedBy(OTHER_KEY)).isFalse();
  }

  @Property(tries = TRIES)
  @Verifies({"AUT-4", "AUT-5", "AUT-6"})
  void whatAnAuthorityCoversIsLaidOutAsSpecified(@ForAll Request request) {
    byte[] part = request.signedPart();
    byte[] vault = VAULT.value().toArray();
    assertThat(Authority.CommandSignature.signedInput(VAULT, Bytes.zero(32), part))
        .isEqualTo(concat(ascii("signed-command"), vault, new byte[32], part));
    assertThat(Authority.SessionMac.macInput(VAULT, Bytes.zero(16), part))
        .isEqualTo(concat(ascii("session-command"), vault, new byte[16], part));
    assertThat(Authority.StageSignature.signedInput(VAULT, part))
        .isEqualTo(concat(ascii("stage-command"), vault, part));
  }

  @Property(tries = TRIES)
  @Verifies("AUT-9")
  void whatACommandKeyProvesIsLaidOutAsSpecified(@ForAll Request request) {
    long generation = Integer.toUnsignedLong(request.hashCode());
    byte[] key = new byte[32];
    Arrays.fill(key, (byte) 7);
    byte[] name = request.account().utf8();
    byte[] rest =
        ByteBuffer.allocate(2 + name.length + 8)
            .putShort((short) name.length)
            .put(name)
            .putLong(generation)
            .array();
    assertThat(Request.Stage.keyProofInput(VAULT, Bytes.copyOf(key), request.account(), generation))
        .isEqualTo(concat(ascii("command-key-proof"), VAULT.value().toArray(), key, rest));
  }

  @Example
  @Verifies({"AUT-2", "AUT-4", "AUT-5", "AUT-6", "RCP-1~2", "WIR-4~2"})
  @ByConstruction("compares the labels, which are constants")
  void noLabelBeginsAnother() {
    List<String> labels = Stream.of(SignedDomain.values()).map(SignedDomain::label).toList();
    for (String label : labels) {
      List<String> others = new ArrayList<>(labels);
      others.remove(label);
      assertThat(others).hasSize(labels.size() - 1).noneMatch(other -> other.startsWith(label));
    }
  }

  @Property(tries = TRIES)
  @Verifies("WIR-1~2")
  void anAuthorityIsMadeFromTheRestOfTheMessage(@ForAll AccountName account) {
    byte[] name = account.text().getBytes(UTF_8);
    byte[] rest = concat(new byte[] {2, 0x30, 0, (byte) name.length}, name);
    Request.Disable disable =
        Request.authorised(
            authority -> new Request.Disable(account, authority),
            part -> new Authority.StageSignature(sign(part)));
    Bytes signature = ((Authority.StageSignature) disable.authority()).signature();
    assertThat(disable.signedPart()).isEqualTo(rest);
    assertThat(Ed25519Signature.isValid(KEY, rest, signature)).isTrue();
  }

  @Property(tries = TRIES)
  @Verifies({"AUT-2", "AUT-4", "AUT-6"})
  void oneFlippedBitInvalidatesASignature(@ForAll AccountName account) {
    byte[] input = account.utf8();
    byte[] signature = sign(input).toArray();
    assertThat(Ed25519Signature.isValid(KEY, input, Bytes.copyOf(signature))).isTrue();
    for (int bit = 0; bit < signature.length * 8; bit += 7) {
      byte[] flipped = signature.clone();
      flipped[bit / 8] ^= (byte) (1 << (bit % 8));
      assertThat(Ed25519Signature.isValid(KEY, input, Bytes.copyOf(flipped))).isFalse();
    }
    assertThat(Ed25519Signature.isValid(KEY, input, Bytes.zero(63))).isFalse();
    assertThat(Ed25519Signature.isValid(Bytes.zero(31), input, Bytes.copyOf(signature))).isFalse();
  }

  private static byte[] ascii(String name) {
    return ("lockstep/v1/" + name).getBytes(US_ASCII);
  }

  private static byte[] concat(byte[]... parts) {
    WireWriter writer = new WireWriter();
    for (byte[] part : parts) {
      writer.bytes(part);
    }
    return writer.toByteArray();
  }

  private static Bytes publicKey(byte[] seed) {
    byte[] key = new byte[32];
    Ed25519.generatePublicKey(Arrays.copyOf(seed, 32), 0, key, 0);
    return Bytes.copyOf(key);
  }

  private static Bytes sign(byte[] input) {
    byte[] signature = new byte[64];
    Ed25519.sign(SEED, 0, input, 0, input.length, signature, 0);
    return Bytes.copyOf(signature);
  }
}
