package lockstep.conformance;

import java.util.List;
import lockstep.conformance.Faults.Expected;
import lockstep.models.FaultyJava;
import lockstep.models.FaultyJava.Fault;

/** What implementations get wrong in formats and cryptography, each as one change of the source. */
// A replacement stands as it is looked for, line by line.
@SuppressWarnings("StringConcatToTextBlock")
final class FormatFaults {

  private FormatFaults() {}

  static final List<Expected> ALL =
      List.of(
          format(
              "nonce reuse",
              "kernel.ChunkArithmetic",
              "(rest & 0xff)",
              "(rest & 1)",
              "chunked.",
              "PAY-1~1",
              "chunked.seal: other ciphertext"),
          format(
              "no key commitment",
              "backup.BackupCipher",
              "if (!MessageDigest.isEqual(cipher.commitment(), commitment)) {",
              "if (cipher.commitment().length != commitment.length) {",
              "chunked.",
              "PAY-3~1",
              "chunked.open: result for Damaged"),
          format(
              "truncation accepted",
              "backup.OpeningStream",
              "      if (lastLength < ChunkArithmetic.TAG_BYTES) {\n"
                  + "        throw damage();\n"
                  + "      }\n"
                  + "      opened += openChunk(full * SEALED_CHUNK, lastLength, opened);",
              "      if (lastLength >= ChunkArithmetic.TAG_BYTES) {\n"
                  + "        opened += openChunk(full * SEALED_CHUNK, lastLength, opened);\n"
                  + "      }",
              "chunked.",
              "PAY-4~1",
              "chunked.open: result for Damaged"),
          format(
              "final chunk unchecked",
              "backup.OpeningStream",
              "    if (plain < 0) {",
              "    if (plain < 0 && length < SEALED_CHUNK) {\n"
                  + "      return length - ChunkArithmetic.TAG_BYTES;\n    }\n    if (plain < 0) {",
              "chunked.",
              "PAY-4~1",
              "chunked.open: result for Damaged"),
          format(
              "the context is not bound",
              "backup.ChunkCipher",
              "System.arraycopy(context, 0, info, INFO.length + salt.length, context.length);",
              "Arrays.fill(info, INFO.length + salt.length, info.length, (byte) 0);",
              "chunked.",
              "PAY-1~1",
              "chunked.open: Damaged for result"),
          format(
              "recovery key lenient",
              "keys.RecoveryKey",
              "        || character == '-'\n",
              "        || character == '-'\n"
                  + "        || character == '.'\n"
                  + "        || character == '_'\n",
              "recoverykey.",
              "RKY-3~2",
              "recoverykey.parse: result for BadCharacter"),
          format(
              "recovery key cut to fit",
              "keys.RecoveryKey",
              "return digits == DIGITS\n",
              "return digits >= DIGITS\n",
              "recoverykey.",
              "RKY-3~2",
              "recoverykey.parse: result for WrongLength"),
          format(
              "labels without their length",
              "secret.KeyLabel",
              "info[0] = (byte) label.length;",
              "info[0] = 0;",
              "keys.",
              "KEY-2~1",
              "keys.derive: other key"),
          format(
              "identity accepted",
              "opaque.P256",
              "if (encoded.length != OpaqueSuite.ELEMENT_BYTES || (encoded[0] != 2 && encoded[0] !="
                  + " 3)) {\n"
                  + "      return Optional.empty();\n"
                  + "    }",
              "if (encoded.length == 1 || (encoded.length == 33 && encoded[0] == 0)) {\n"
                  + "      return Optional.of(GENERATOR);\n    }",
              "oprf.",
              "OPR-2~1",
              "oprf.evaluate: result for Malformed"),
          format(
              "uncompressed elements accepted",
              "opaque.P256",
              "encoded.length != OpaqueSuite.ELEMENT_BYTES || (encoded[0] != 2 && encoded[0] != 3)",
              "encoded.length == 1",
              "oprf.",
              "OPR-2~1",
              "oprf.evaluate: result for Malformed"),
          format(
              "scalars beyond the order accepted",
              "opaque.P256",
              "return value.signum() > 0 && value.compareTo(ORDER) < 0;",
              "return value.signum() > 0;",
              "oprf.",
              "OPR-3~1",
              "oprf.evaluate: result for Malformed"),
          format(
              "the server's proof unchecked",
              "opaque.client.ClientLogin",
              "if (!handshake.isServerMac(ke2.mac())) {",
              "if (handshake.clientMac().length == 0) {",
              "opaque.",
              "OPQ-6~2",
              "opaque.ke3: result for LoginFailed"),
          format(
              "the envelope unchecked",
              "opaque.client.EnvelopeKeys",
              "return MessageDigest.isEqual(tag(serverPublicKey, identities), envelope.tag());",
              "return tag(serverPublicKey, identities).length == envelope.tag().length;",
              "opaque.",
              "OPQ-6~2",
              "opaque.ke3: result for LoginFailed"),
          format(
              "KE3 unchecked",
              "opaque.server.ServerLogin",
              "return expectedMac.isEqualTo(received)\n",
              "return expectedMac.length() == received.length()\n",
              "opaque.",
              "SES-6~2",
              "opaque.finish: result for WrongProof"),
          format(
              "receipt unsigned",
              "wire.Receipt",
              "return Ed25519Signature.isValid(vaultKey, body.signedInput(VaultId.of(vaultKey)),"
                  + " signature);",
              "return vaultKey.length() == 32;",
              "receipt.",
              "RCP-1~2",
              "receipt.verify: result for VaultNotTrusted"),
          format(
              "expired tokens accepted",
              "vault.MessengerTokens",
              "        && time < body.expiresAt()\n",
              "",
              "token.",
              "AUT-2~1",
              "token.verify: result for Refused"),
          format(
              "padding one unit short",
              "kernel.PaddingArithmetic",
              "return over == 0 ? length : length + (unit - over);",
              "return length - over;",
              "padme",
              "PAD-1~1",
              "padme: other paddedLength"),
          format(
              "a wrap of another length opens",
              "protocol.RootKeyWrap",
              "    if (wrap.length() != LENGTH_BYTES) {\n      return Optional.empty();\n    }",
              "    if (wrap.length() != LENGTH_BYTES) {\n"
                  + "      return Optional.of(RootKey.copyOf(new byte[32]));\n    }",
              "rootkey.",
              "WRP-1~1",
              "rootkey.unwrap: result for VaultNotTrusted"),
          format(
              "an older backup accepted",
              "backup.store.ChosenBackup",
              "if (isOlder && !freshness.olderAccepted()) {",
              "if (isOlder && head == null) {",
              "restore.",
              "RST-6~2",
              "restore.verify: result for OlderBackup"),
          format(
              "trailing bytes accepted",
              "wire.WireReader",
              "      reader.require(reader.remaining() == 0);\n",
              "",
              "wire.",
              "ENC-2~1",
              "wire.decode: result for Malformed"));

  private static Expected format(
      String name, String type, String from, String to, String ops, String clause, String outcome) {
    return new Expected(
        new Fault(name, FaultyJava.named(type.substring(type.lastIndexOf('.') + 1)), from, to),
        ops,
        clause,
        outcome);
  }
}
