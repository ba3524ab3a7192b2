package lockstep.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The rules of {@code spec/80-architecture.md} over the packages below one root. */
final class Architecture {

  private static final List<String> CORE =
      List.of(
          "kernel", "unicode", "secret", "keys", "format", "opaque", "wire", "vault", "backup",
          "device");

  /** The oracle stands in both zones, above the core and beside the adapters. */
  private static final List<String> OF_BOTH_ZONES =
      List.of(
          "kernel",
          "unicode",
          "secret",
          "keys",
          "format",
          "opaque",
          "opaque.client",
          "opaque.server",
          "wire",
          "vault",
          "vault.machine",
          "backup.store",
          "backup.notes",
          "backup.run",
          "backup.restore",
          "device.state",
          "device.notices",
          "device.vault",
          "device.enrol",
          "device.password",
          "device.rotation",
          "device.leaving",
          "device.contact");

  /** What each package may depend on, itself aside: the architecture table of ARC-4. */
  private static final Map<String, List<String>> MAY_USE = mayUse();

  private static final Set<String> CLOCKS_AND_DICE =
      Set.of(
          "java.lang.System.currentTimeMillis",
          "java.lang.System.nanoTime",
          "java.time.Instant.now",
          "java.time.InstantSource.system",
          "java.time.Clock.systemUTC",
          "java.time.Clock.systemDefaultZone",
          "java.security.SecureRandom.<init>",
          "java.security.SecureRandom.getInstance",
          "java.security.SecureRandom.getInstanceStrong");

  private static final Set<String> WEAK_RANDOMNESS =
      Set.of(
          "java.util.Random",
          "java.util.SplittableRandom",
          "java.util.concurrent.ThreadLocalRandom",
          "java.util.random.RandomGenerator");

  private static final Set<String> HASTY_COMPARISONS =
      Set.of(
          "java.util.Arrays.equals",
          "java.util.Arrays.compare",
          "java.util.Arrays.compareUnsigned",
          "java.util.Arrays.mismatch",
          "java.util.Objects.deepEquals",
          "java.nio.ByteBuffer.equals",
          "java.nio.ByteBuffer.compareTo",
          "java.nio.ByteBuffer.mismatch");

  /** Take longer for some scalars than for others. */
  private static final Set<String> HASTY_ARITHMETIC =
      Set.of(
          "org.bouncycastle.math.ec.ECPoint.multiply",
          "org.bouncycastle.math.ec.ECMultiplier.multiply",
          "org.bouncycastle.math.ec.ECAlgorithms.referenceMultiply",
          "org.bouncycastle.math.ec.ECAlgorithms.sumOfTwoMultiplies",
          "org.bouncycastle.math.ec.ECAlgorithms.shamirsTrick",
          "org.bouncycastle.util.BigIntegers.modOddInverseVar",
          "java.math.BigInteger.modInverse",
          "java.math.BigInteger.modPow");

  private static final Pattern SECRET_NAME =
      Pattern.compile(
          "(?i).*(password|secret|rootKey|recoveryKey|exportKey|sessionKey|privateKey|passphrase)");

  private final String root;

  Architecture(String root) {
    this.root = root;
  }

  private static Map<String, List<String>> mayUse() {
    Map<String, List<String>> table = new LinkedHashMap<>();
    table.put("spec", List.of());
    table.put("kernel", List.of());
    table.put("unicode", List.of());
    table.put("secret", List.of("unicode"));
    table.put("keys", List.of("secret", "kernel", "unicode"));
    table.put("format", List.of("keys", "secret", "kernel"));
    table.put("opaque", List.of("secret"));
    table.put("opaque.client", List.of("opaque", "secret"));
    table.put("opaque.server", List.of("opaque", "secret"));
    table.put("wire", List.of("kernel", "unicode"));
    table.put("vault.machine", List.of("wire", "kernel"));
    table.put(
        "vault", List.of("vault.machine", "opaque.server", "opaque", "wire", "secret", "kernel"));
    device(table);
    outside(table);
    return table;
  }

  private static void device(Map<String, List<String>> table) {
    List<String> client = List.of("format", "keys", "secret", "kernel");
    table.put("backup.store", client);
    table.put("backup.notes", with(client, "backup.store"));
    table.put("backup.run", with(client, "backup.notes", "backup.store"));
    table.put("backup.restore", with(client, "backup.notes", "backup.store", "unicode"));
    List<String> device = with(client, "backup.store", "opaque.client", "opaque", "wire");
    table.put("device.state", device);
    table.put("device.notices", with(device, "device.state"));
    table.put("device.vault", with(device, "device.state", "device.notices"));
    List<String> procedure =
        with(
            device, "device.state", "device.notices", "device.vault", "backup.notes", "backup.run");
    table.put("device.enrol", with(procedure, "device.password"));
    table.put("device.password", procedure);
    table.put("device.rotation", procedure);
    table.put("device.leaving", with(procedure, "device.rotation"));
    table.put("device.contact", with(procedure, "device.password"));
  }

  private static void outside(Map<String, List<String>> table) {
    table.put("adapter.durable", List.of());
    table.put("adapter.device", List.of("adapter.durable", "device.state"));
    table.put("adapter.messenger", List.of("adapter.durable", "device.vault", "wire"));
    table.put("adapter.storage", List.of("adapter.durable", "backup.store", "format"));
    table.put("adapter.rclone", List.of("adapter.storage", "backup.store", "format"));
    table.put("adapter.s3", List.of("adapter.storage", "backup.store", "format"));
    table.put(
        "adapter.filetree",
        List.of(
            "adapter.durable",
            "backup.notes",
            "backup.restore",
            "backup.run",
            "backup.store",
            "format",
            "kernel"));
    table.put(
        "adapter.vaultstore",
        List.of(
            "adapter.durable",
            "adapter.messenger",
            "adapter.raft",
            "device.vault",
            "vault",
            "vault.machine",
            "wire"));
    table.put("adapter.raft", List.of());
    table.put("adapter.remote", List.of("adapter.durable", "device.vault", "wire"));
    table.put("adapter.server", List.of("device.vault", "wire"));
    table.put("oracle", OF_BOTH_ZONES);
    table.put("conformance", List.of("oracle", "wire", "secret", "opaque", "opaque.client"));
    commandLine(table);
  }

  private static void commandLine(Map<String, List<String>> table) {
    table.put(
        "cli",
        with(
            OF_BOTH_ZONES,
            "adapter.device",
            "adapter.durable",
            "adapter.filetree",
            "adapter.messenger",
            "adapter.raft",
            "adapter.rclone",
            "adapter.remote",
            "adapter.s3",
            "adapter.server",
            "adapter.storage",
            "adapter.vaultstore",
            "oracle",
            "conformance"));
  }

  private static List<String> with(List<String> some, String... more) {
    return Stream.concat(some.stream(), Stream.of(more)).toList();
  }

  /** ARC-1: client-zone code and server-zone code know nothing of each other. */
  List<ArchRule> zoneWall() {
    String[] client = in("keys..", "format..", "backup..", "opaque.client..", "device..");
    String[] server = in("opaque.server..", "vault..");
    return List.of(
        noClasses()
            .that()
            .resideInAnyPackage(client)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(server)
            .allowEmptyShould(true),
        noClasses()
            .that()
            .resideInAnyPackage(server)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(client)
            .allowEmptyShould(true));
  }

  /** ARC-2: no file, network, clock or randomness of its own. */
  List<ArchRule> coreIsPure() {
    String[] core = in(CORE.stream().map(name -> name + "..").toArray(String[]::new));
    return List.of(
        noClasses()
            .that()
            .resideInAnyPackage(core)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "java.net..", "java.nio.file..", "java.nio.channels..", "java.sql..")
            .allowEmptyShould(true),
        noClasses()
            .that()
            .resideInAnyPackage(core)
            .should()
            .dependOnClassesThat(
                describe(
                    "open files",
                    type ->
                        type.getPackageName().equals("java.io")
                            && (type.getSimpleName().startsWith("File")
                                || type.getSimpleName().equals("RandomAccessFile"))))
            .allowEmptyShould(true),
        noClasses()
            .that()
            .resideInAnyPackage(core)
            .should()
            .accessTargetWhere(isOneOf("reads a clock or draws by itself", CLOCKS_AND_DICE))
            .allowEmptyShould(true));
  }

  /** ARC-3: adapters see sealed types only. */
  List<ArchRule> adaptersSeeNoKeys() {
    return List.of(
        noClasses()
            .that()
            .resideInAnyPackage(in("adapter.."))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(in("secret..", "keys.."))
            .allowEmptyShould(true));
  }

  /** ARC-4: each core package uses what the table allows; no cycles anywhere. */
  List<ArchRule> dependencies() {
    List<ArchRule> rules = new java.util.ArrayList<>();
    for (Map.Entry<String, List<String>> row : MAY_USE.entrySet()) {
      String from = root + "." + row.getKey();
      String[] allowed =
          Stream.concat(Stream.of(row.getKey(), "spec"), row.getValue().stream())
              .map(name -> root + "." + name)
              .toArray(String[]::new);
      DescribedPredicate<JavaClass> ours = resideInAnyPackage(root + "..");
      rules.add(
          noClasses()
              .that()
              .resideInAPackage(from)
              .should()
              .dependOnClassesThat(
                  ours.and(DescribedPredicate.not(resideInAnyPackage(allowed)))
                      .as("of a package outside %s", Arrays.toString(allowed)))
              .allowEmptyShould(true));
    }
    rules.add(slices().matching(root + ".(**)").should().beFreeOfCycles().allowEmptyShould(true));
    return rules;
  }

  /** ARC-5: no predictable randomness. */
  List<ArchRule> noWeakRandomness() {
    return List.of(
        noClasses()
            .that()
            .resideInAPackage(root + "..")
            .should()
            .dependOnClassesThat(
                describe("weak randomness", type -> WEAK_RANDOMNESS.contains(type.getFullName())))
            .allowEmptyShould(true),
        noClasses()
            .that()
            .resideInAPackage(root + "..")
            .should()
            .accessTargetWhere(
                isOneOf(
                    "draws weak randomness",
                    Set.of("java.lang.Math.random", "java.util.UUID.randomUUID")))
            .allowEmptyShould(true));
  }

  /** ARC-6: no text or record holds a secret; secret types are final. */
  List<ArchRule> noTextForASecret() {
    return List.of(
        fields()
            .that()
            .areDeclaredInClassesThat()
            .resideInAPackage(root + "..")
            .should(notHoldASecretAsText())
            .allowEmptyShould(true),
        classes()
            .that()
            .resideInAnyPackage(in("secret"))
            .and()
            .implement(AutoCloseable.class)
            .should()
            .haveModifier(JavaModifier.FINAL)
            .andShould()
            .notBeRecords()
            .allowEmptyShould(true));
  }

  /** SEC-4: who sees secrets leaves comparing bytes to what takes the same time for all. */
  List<ArchRule> noHastyComparison() {
    DescribedPredicate<JavaClass> secrets = resideInAnyPackage(in("secret..", "keys.."));
    DescribedPredicate<JavaClass> seeing =
        describe(
            "see secrets",
            type ->
                type.getDirectDependenciesFromSelf().stream()
                    .anyMatch(dependency -> secrets.test(dependency.getTargetClass())));
    return List.of(
        noClasses()
            .that(secrets.or(seeing))
            .should()
            .accessTargetWhere(isOneOf("ends at the first difference", HASTY_COMPARISONS))
            .allowEmptyShould(true));
  }

  /** OPR-4: a scalar is multiplied and inverted by what takes the same time for all. */
  List<ArchRule> noHastyArithmetic() {
    return List.of(
        noClasses()
            .that()
            .resideInAPackage(root + "..")
            .should()
            .accessTargetWhere(isOneOf("takes longer for some scalars", HASTY_ARITHMETIC))
            .allowEmptyShould(true));
  }

  private static ArchCondition<JavaField> notHoldASecretAsText() {
    return new ArchCondition<>("not hold a secret as text, or as bytes of a record") {
      @Override
      public void check(JavaField field, ConditionEvents events) {
        boolean constant = field.getModifiers().contains(JavaModifier.STATIC);
        boolean text = field.getRawType().isAssignableTo(CharSequence.class);
        boolean bytesOfRecord =
            field.getOwner().isRecord() && field.getRawType().isEquivalentTo(byte[].class);
        if (!constant
            && SECRET_NAME.matcher(field.getName()).matches()
            && (text || bytesOfRecord)) {
          events.add(SimpleConditionEvent.violated(field, field.getFullName() + " holds a secret"));
        }
      }
    };
  }

  private static DescribedPredicate<JavaAccess<?>> isOneOf(String text, Set<String> targets) {
    return describe(
        text,
        access -> targets.contains(access.getTargetOwner().getFullName() + "." + access.getName()));
  }

  private String[] in(String... packages) {
    return Arrays.stream(packages).map(name -> root + "." + name).toArray(String[]::new);
  }
}
