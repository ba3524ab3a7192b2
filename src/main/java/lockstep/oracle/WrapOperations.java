package lockstep.oracle;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import lockstep.device.state.VaultBinding;
import lockstep.device.vault.ReleasedRecord;
import lockstep.device.vault.RootKeyWrap;
import lockstep.keys.RootKey;
import lockstep.secret.SecretBytes;
import lockstep.wire.AccountName;
import lockstep.wire.Bytes;
import lockstep.wire.Ed25519Signature;
import lockstep.wire.Policy;
import lockstep.wire.StretchingParameters;

/**
 * The wrapped root key and its release. The library draws the wrap's nonce, so it cannot be named.
 */
final class WrapOperations {

  private static final int EXPORT_KEY_BYTES = 32;
  private static final int SESSION_KEY_BYTES = 32;
  private static final int SESSION_ID_BYTES = 16;
  private static final int U16 = 0xffff;

  private WrapOperations() {}

  static Map<String, Operation> table() {
    return Map.of(
        "rootkey.wrap", WrapOperations::wrap,
        "rootkey.unwrap", WrapOperations::unwrap,
        "release.open", WrapOperations::openRelease);
  }

  private static ObjectNode wrap(Fields input) {
    AccountName account = input.account("account");
    VaultBinding binding = binding(input);
    try (SecretBytes exportKey = input.secret("exportKey", EXPORT_KEY_BYTES);
        RootKey rootKey = PrimitiveOperations.rootKey(input)) {
      Bytes wrap = RootKeyWrap.wrap(rootKey, exportKey, account, binding);
      return Fields.empty().put("wrap", Hex.of(wrap.toArray()));
    }
  }

  private static ObjectNode unwrap(Fields input) {
    AccountName account = input.account("account");
    VaultBinding binding = binding(input);
    Bytes wrap = Bytes.copyOf(input.bytes("wrap"));
    try (SecretBytes exportKey = input.secret("exportKey", EXPORT_KEY_BYTES);
        RootKey rootKey =
            RootKeyWrap.unwrap(wrap, exportKey, account, binding)
                .orElseThrow(() -> Unanswerable.rejected(RejectedAs.VAULT_NOT_TRUSTED))) {
      return Fields.empty().put("rootKey", rootKey.expose(Hex::of));
    }
  }

  private static ObjectNode openRelease(Fields input) {
    Bytes sessionId = input.wireBytes("sessionId", SESSION_ID_BYTES);
    Bytes release = Bytes.copyOf(input.bytes("release"));
    try (SecretBytes sessionKey = input.secret("sessionKey", SESSION_KEY_BYTES)) {
      return ReleasedRecord.open(sessionKey, sessionId, release)
          .map(RecordJson::write)
          .orElseThrow(() -> Unanswerable.rejected(RejectedAs.VAULT_NOT_TRUSTED));
    }
  }

  private static VaultBinding binding(Fields input) {
    Fields policy = input.object("policy");
    Fields stretching = input.object("stretching");
    return new VaultBinding(
        input.wireBytes("vaultPublicKey", Ed25519Signature.PUBLIC_KEY_LENGTH),
        input.u64("generation"),
        new Policy(
            (int) policy.number("attempts", 0, U16),
            (int) policy.number("rounds", 0, U16),
            policy.u64("waitMillis")),
        new StretchingParameters(
            stretching.u32("memoryKib"), stretching.u32("passes"), stretching.u32("lanes")));
  }
}
