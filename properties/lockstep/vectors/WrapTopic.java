package lockstep.vectors;

import com.fasterxml.jackson.databind.node.ObjectNode;
import lockstep.oracle.RejectedAs;

/**
 * The wrapped root key. The library draws a wrap's nonce, so the wraps here were made once, by
 * {@code rootkey.wrap}.
 */
final class WrapTopic {

  static final String EXPORT_KEY = Sample.of("export key", 32);
  private static final String WRAP =
      "eb7f6ba139b2e00b4b8f62b3ff05aa0c2781c55f9f5ca1046308439ed77f894880b95ba1c61a95ba"
          + "2c2baacaf5e7d63acd0a03df15e52d14fa129f27";
  private static final String LARGEST_WRAP =
      "99013c2de12d4748408f57ece90e07bff05cb0e2505ec956574d793382c56acfb529aaa1134fe63f"
          + "44ed6917a806afba1e692b0c3bd6cfc868baa59b";

  private WrapTopic() {}

  static void wrap(Draft draft) {
    ObjectNode input = Json.with(binding(draft), "exportKey", EXPORT_KEY, "wrap", WRAP);
    String wrappingKey =
        draft.text(
            "keys.derive",
            Json.object("parent", EXPORT_KEY, "label", "lockstep/v1/root-key-wrap"),
            "key");
    String valid =
        draft.valid(
            "WRP-1 WRP-2",
            "a wrap opens",
            "rootkey.unwrap",
            input,
            Json.object("wrappingKey", wrappingKey));
    draft.valid(
        "WRP-1 WRP-2",
        "a wrap under the largest numbers",
        "rootkey.unwrap",
        Json.with(largest(input), "wrap", LARGEST_WRAP));
    refused(draft, valid);
  }

  private static void refused(Draft draft, String valid) {
    Object[][] refused = {
      {"WRP-1", Mutation.flip("wrap", 0), "the nonce"},
      {"WRP-1", Mutation.flip("wrap", 12), "the wrapped key"},
      {"WRP-1", Mutation.flip("wrap", -1), "the tag"},
      {"WRP-1", Mutation.cut("wrap", 1), "a wrap of 59 bytes"},
      {"WRP-1", Mutation.append("wrap", "00"), "a wrap of 61 bytes"},
      {"WRP-1", Mutation.replace("wrap", "", "nothing"), "no wrap"},
      {"WRP-1", Mutation.flip("exportKey", 0), "another exportKey"},
      {"WRP-2", Mutation.set("account", "bob", "another account"), "another account's wrap"},
      {"WRP-2", Mutation.flip("vaultPublicKey", 0), "another vault's wrap"},
      {"WRP-2", Mutation.set("generation", 2, "another generation"), "an older wrap"},
      {"WRP-2", Mutation.set("policy.attempts", 6, "one attempt more"), "a looser policy"},
      {"WRP-2", Mutation.set("policy.rounds", 3, "one round more"), "a looser policy"},
      {"WRP-2", Mutation.set("policy.waitMillis", 1000, "a second"), "a shorter wait"},
      {"WRP-2", Mutation.set("stretching.memoryKib", 131_072, "other memory"), "other memory"},
      {"WRP-2", Mutation.set("stretching.passes", 4, "other passes"), "other passes"},
      {"WRP-2", Mutation.set("stretching.lanes", 1, "other lanes"), "other lanes"}
    };
    for (Object[] one : refused) {
      draft.negative(
          valid,
          (String) one[0],
          RejectedAs.VAULT_NOT_TRUSTED,
          (Mutation) one[1],
          "not bound, or not checked: " + one[2]);
    }
    draft.negative(
        valid,
        "WRP-1",
        RejectedAs.MALFORMED,
        Mutation.cut("exportKey", 1),
        "an exportKey of 31 bytes");
  }

  static ObjectNode binding(Draft draft) {
    return Json.object(
        "account", Sample.ALICE,
        "vaultPublicKey", Login.vaultPublicKey(draft),
        "generation", 1,
        "policy", Json.object("attempts", 5, "rounds", 2, "waitMillis", 86_400_000),
        "stretching", Json.object("memoryKib", 65_536, "passes", 3, "lanes", 4));
  }

  static ObjectNode largest(ObjectNode input) {
    return Json.with(
        input,
        "generation",
        Long.MAX_VALUE,
        "policy",
        Json.object("attempts", 1000, "rounds", 100, "waitMillis", 31_536_000_000L));
  }
}
