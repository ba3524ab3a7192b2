package lockstep.models;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lockstep.models.FaultyJava.Fault;
import org.junit.jupiter.api.Test;

/**
 * A negative control for each fuzz target: one fault in the parser, and at least one of the seeds
 * that are kept beside the target finds it. Without a fault no seed finds anything.
 */
final class FuzzFaultsTest {

  private static final Fault NONE =
      new Fault("none", "lockstep.wire.WireReader", "private WireReader(", "private WireReader(");
  private static final Path SEEDS =
      Path.of(System.getProperty("lockstep.basedir", "."), "properties");

  /** A target and the fault that it must find. */
  private record Control(String type, String method, Fault fault) {}

  private static final List<Control> CONTROLS =
      List.of(
          control(
              "format.HeadFuzz#onlyTheHeadThatWasSealedOpens",
              "format.SealedHead",
              "if (magic != MAGIC || backupNumber < 1) {",
              "if (backupNumber < 1) {"),
          control(
              "format.ManifestFuzz#aManifestIsReadAsExactlyWhatItEncodesOrRefused",
              "format.BackupPath",
              "return !(dot && (length == 1 || (length == 2 && bytes[start + 1] == '.')));",
              "return true;"),
          control(
              "format.SealedObjectFuzz#bytesOfTheProvidersOwnNeverOpen",
              "format.ContentStream",
              "if (given < 0) {\n      throw damage();",
              "if (given < 0) {\n      return -1;"),
          control(
              "format.SealedObjectFuzz#anEditedObjectNeverGivesAWrongByte",
              "format.OpeningStream",
              "if (plain < 0) {\n      throw damage();",
              "if (plain < 0) {\n      plain = length - ChunkArithmetic.TAG_BYTES;"),
          control(
              "keys.RecoveryKeyFuzz#aTypedTextIsReadByTheRules",
              "keys.RecoveryKey",
              "BadCharacter(characters)",
              "BadCharacter(1)"),
          control(
              "opaque.OpaqueMessagesFuzz#registrationRequest",
              "opaque.P256",
              "catch (IllegalArgumentException notOnTheCurve)",
              "catch (ArithmeticException notOnTheCurve)"),
          control(
              "opaque.OpaqueMessagesFuzz#recordUnderLogin",
              "opaque.P256",
              "catch (IllegalArgumentException notOnTheCurve)",
              "catch (ArithmeticException notOnTheCurve)"),
          longer("registrationResponse", "RegistrationResponse"),
          longer("registrationRecord", "RegistrationRecord"),
          longer("ke1", "KE1"),
          longer("ke2", "KE2"),
          control(
              "opaque.OpaqueMessagesFuzz#ke3",
              "opaque.KE3",
              "return encoded.length == LENGTH_BYTES",
              "return encoded.length >= LENGTH_BYTES"),
          control(
              "vault.VaultRecordFuzz#storedBytesDecodeExactlyOrNotAtAll",
              "wire.WireReader",
              "reader.require(reader.remaining() == 0);",
              ""),
          control(
              "wire.WireMessagesFuzz#aRequestIsRefusedOrCanonical",
              "wire.WireReader",
              "reader.require(reader.remaining() == 0);",
              ""),
          control(
              "wire.WireMessagesFuzz#aReplyIsRefusedOrCanonical",
              "wire.WireReader",
              "require(value <= 1);",
              ""),
          control(
              "wire.WireMessagesFuzz#aReceiptIsRefusedOrCanonical",
              "wire.WireReader",
              "reader.require(reader.remaining() == 0);",
              ""),
          control(
              "wire.WireMessagesFuzz#aTokenIsRefusedOrCanonical",
              "wire.WireReader",
              "reader.require(reader.remaining() == 0);",
              ""));

  @Test
  void eachFaultIsFoundByAKeptSeedOfItsTarget() throws Exception {
    for (Control control : CONTROLS) {
      assertThat(finding(control, FaultyJava.with(control.fault())))
          .as("%s#%s with %s", control.type(), control.method(), control.fault())
          .isPresent();
    }
  }

  @Test
  void withoutAFaultNoSeedFindsAnything() throws Exception {
    FaultyJava sound = FaultyJava.with(NONE);
    for (Control control : CONTROLS) {
      assertThat(finding(control, sound)).as(control.method()).isEmpty();
    }
  }

  @Test
  void everyTargetHasItsControl() throws Exception {
    Set<String> controlled =
        CONTROLS.stream()
            .map(control -> control.type() + "#" + control.method())
            .collect(Collectors.toSet());
    Set<String> targets;
    try (Stream<Path> files = Files.walk(SEEDS)) {
      targets =
          files
              .filter(file -> file.toString().endsWith("Fuzz.java"))
              .map(file -> SEEDS.relativize(file).toString())
              .map(name -> name.substring(0, name.length() - ".java".length()).replace('/', '.'))
              .flatMap(FuzzFaultsTest::targets)
              .collect(Collectors.toSet());
    }
    assertThat(controlled).isEqualTo(targets);
  }

  private static Stream<String> targets(String type) {
    try {
      return Arrays.stream(Class.forName(type).getDeclaredMethods())
          .filter(method -> method.isAnnotationPresent(FuzzTest.class))
          .map(method -> type + "#" + method.getName());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The first seed with which the target fails over the classes with that fault. */
  private static Optional<Path> finding(Control control, FaultyJava classes) throws Exception {
    Class<?> type = classes.load(control.type());
    Method target =
        Arrays.stream(type.getDeclaredMethods())
            .filter(method -> method.getName().equals(control.method()))
            .filter(method -> method.getParameterCount() == 1)
            .findFirst()
            .orElseThrow();
    Constructor<?> constructor = type.getDeclaredConstructor();
    constructor.setAccessible(true);
    target.setAccessible(true);
    Path folder = SEEDS.resolve(control.type().replace('.', '/') + "Inputs/" + control.method());
    try (Stream<Path> seeds = Files.list(folder)) {
      for (Path seed : seeds.sorted().toList()) {
        if (fails(target, constructor.newInstance(), Files.readAllBytes(seed))) {
          return Optional.of(seed);
        }
      }
    }
    return Optional.empty();
  }

  private static boolean fails(Method target, Object instance, byte[] seed)
      throws IllegalAccessException {
    try {
      target.invoke(instance, seed);
      return false;
    } catch (InvocationTargetException finding) {
      return true;
    }
  }

  private static Control longer(String method, String message) {
    return control(
        "opaque.OpaqueMessagesFuzz#" + method,
        "opaque." + message,
        "if (encoded.length != LENGTH_BYTES) {",
        "if (encoded.length < LENGTH_BYTES) {");
  }

  private static Control control(String target, String type, String from, String to) {
    String[] parts = target.split("#", -1);
    return new Control(
        "lockstep." + parts[0],
        parts[1],
        new Fault("a fault for " + parts[1], "lockstep." + type, from, to));
  }
}
