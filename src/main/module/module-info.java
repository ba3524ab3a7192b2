/**
 * What the artifact publishes; all else is internal.
 *
 * <p>The command and its adapters run from the class path, so nothing that they alone need is
 * required here.
 */
module lockstep {
  exports lockstep.conformance;
  exports lockstep.format;
  exports lockstep.keys;
  exports lockstep.opaque;
  exports lockstep.opaque.client;
  exports lockstep.opaque.server;
  exports lockstep.oracle;
  exports lockstep.secret;
  exports lockstep.vault;
  exports lockstep.vault.machine;
  exports lockstep.wire;

  requires transitive com.fasterxml.jackson.databind;
  requires transitive com.google.crypto.tink;
  requires org.bouncycastle.provider;
  requires static com.google.errorprone.annotations;
  requires static org.jspecify;
  requires static transitive org.junit.jupiter.api;
}
