package lockstep.opaque;

import static lockstep.opaque.OpaqueParties.RANDOM;
import static lockstep.opaque.OpaqueParties.plain;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import lockstep.opaque.client.LoginResult;
import lockstep.opaque.client.Registered;
import lockstep.opaque.server.ServerSetup;
import lockstep.secret.SecretBytes;
import lockstep.spec.Verifies;
import net.jqwik.api.Assume;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

/** Every generation of every account has an OPRF key of its own. */
class CredentialIdentifierProperties {

  @Example
  @Verifies("OPQ-3~2")
  void theEncodingIsTheClauses() {
    byte[] encoded = CredentialIdentifier.of(new byte[] {'b', 'o', 'b'}, 258).encode();
    assertThat(HexFormat.of().formatHex(encoded)).isEqualTo("0003626f620000000000000102");
  }

  @Property
  @Verifies("OPQ-3~2")
  void aGenerationIsWrittenInFull(@ForAll @LongRange(max = Long.MAX_VALUE) long generation) {
    byte[] encoded = CredentialIdentifier.of(new byte[] {'b', 'o', 'b'}, generation).encode();
    assertThat(HexFormat.of().formatHex(encoded))
        .isEqualTo(String.format("0003626f62%016x", generation));
  }

  @Example
  @Verifies("OPQ-3~2")
  void nothingButAnAccountAndAGenerationIsTaken() {
    assertThatThrownBy(() -> CredentialIdentifier.of(new byte[0], 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> CredentialIdentifier.of(new byte[256], 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> CredentialIdentifier.of(new byte[1], -1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Property
  @Verifies("OPQ-3~2")
  void twoAccountsOrGenerationsNeverShareAnIdentifier(
      @ForAll @Size(min = 1, max = 12) byte[] account,
      @ForAll @LongRange(min = 0, max = Long.MAX_VALUE) long generation,
      @ForAll @Size(min = 1, max = 12) byte[] otherAccount,
      @ForAll @LongRange(min = 0, max = Long.MAX_VALUE) long otherGeneration) {
    Assume.that(!Arrays.equals(account, otherAccount) || generation != otherGeneration);
    assertThat(CredentialIdentifier.of(account, generation).encode())
        .isNotEqualTo(CredentialIdentifier.of(otherAccount, otherGeneration).encode());
  }

  @Example
  @Verifies("OPQ-3~2")
  void everyGenerationAndEveryAccountHasAnotherOprfKey() {
    Set<String> keys = new HashSet<>();
    try (SecretBytes seed = SecretBytes.random(RANDOM, 32)) {
      for (String account : new String[] {"alice", "alicf", "a"}) {
        for (long generation = 0; generation < 40; generation++) {
          byte[] name = account.getBytes(StandardCharsets.US_ASCII);
          CredentialIdentifier identifier = CredentialIdentifier.of(name, generation);
          try (Scalar key = identifier.oprfKey(seed);
              SecretBytes encoded = key.encode()) {
            keys.add(HexFormat.of().formatHex(plain(encoded)));
          }
        }
      }
    }
    assertThat(keys).hasSize(120);
  }

  @Property(tries = 100)
  @Verifies("OPQ-8")
  void aRecordsSeedIsExtractedFromItsSecretUnderTheVaults(@ForAll @Size(32) byte[] secret)
      throws GeneralSecurityException {
    try (ServerSetup vault = ServerSetup.generate(RANDOM);
        SecretBytes vaultsOwn = vault.encode();
        SecretBytes recordSecret = SecretBytes.absorb(secret.clone());
        ServerSetup record = vault.forRecord(recordSecret);
        SecretBytes records = record.encode()) {
      byte[] before = plain(vaultsOwn);
      byte[] after = plain(records);
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(Arrays.copyOf(before, 32), "HmacSHA256"));
      assertThat(Arrays.copyOf(after, 32)).isEqualTo(mac.doFinal(secret));
      assertThat(Arrays.copyOfRange(after, 32, 64)).isEqualTo(Arrays.copyOfRange(before, 32, 64));
    }
  }

  @Example
  @Verifies("OPQ-3~2")
  void aRecordOpensUnderItsOwnGenerationOnly() {
    OpaqueParties parties = OpaqueParties.of("alice");
    try (Registered registered = parties.register("correct horse", 7)) {
      assertThat(parties.login("correct horse", registered.record(), 7))
          .isInstanceOf(LoginResult.Authenticated.class);
      assertThat(parties.login("correct horse", registered.record(), 8))
          .isEqualTo(new LoginResult.Failed());
    }
  }
}
