package lockstep.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import lockstep.evidence.Rule;
import lockstep.spec.ByConstruction;
import lockstep.spec.Verifies;
import org.junit.jupiter.api.Test;

/** What the artifact publishes is listed, told of when it changes, and needs little. */
@ByConstruction("a rule over compiled classes; nothing of them runs")
@Rule
final class PublicApiRules {

  private static final Path PROJECT = Path.of(System.getProperty("lockstep.basedir", ""));
  private static final Path BUILD = Path.of(System.getProperty("lockstep.build", "target"));
  private static final Path SOURCES = PROJECT.resolve("src/main/java");

  /** The packages of what pom.xml marks optional. */
  private static final String[] OPTIONAL = {"picocli..", "me.tongfei..", "org.sqlite.."};

  private static final String NOT_PUBLISHED = "Not part of the published API.";

  @Test
  @Verifies("ARC-7~3")
  void listAndChangelogSayWhatIsPublished() throws IOException {
    String api = PublicApi.of(BUILD.resolve("classes"), getClass().getClassLoader());
    Files.writeString(BUILD.resolve("api.txt"), api);
    String listed = Files.readString(PROJECT.resolve("spec/api.txt"));
    String changelog = Files.readString(PROJECT.resolve("CHANGELOG.md"));
    assertThat(PublishedList.faults(listed, api, changelog)).isEmpty();
    assertThat(api).contains("\nlockstep.conformance.Testee public abstract interface");
  }

  @Test
  @Verifies("ARC-7~3")
  void whatIsPublishedNamesNothingThatIsNot() throws IOException {
    String listed = Files.readString(PROJECT.resolve("spec/api.txt"));
    assertThat(PublicApi.NOT_PUBLISHED).allSatisfy(name -> assertThat(listed).doesNotContain(name));
  }

  @Test
  @Verifies("ARC-7~3")
  void theModuleDescriptorExportsWhatIsPublished() throws IOException {
    String descriptor = Files.readString(PROJECT.resolve("src/main/module/module-info.java"));
    List<String> exported =
        Pattern.compile("(?m)^  exports ([a-z.]+);$")
            .matcher(descriptor)
            .results()
            .map(found -> found.group(1))
            .toList();
    try (Stream<Path> files = Files.walk(SOURCES)) {
      assertThat(
              files
                  .filter(file -> file.endsWith("package-info.java"))
                  .map(PublicApiRules::packageOf)
                  .filter(PublicApi::isPublished))
          .containsExactlyInAnyOrderElementsOf(exported);
    }
  }

  @Test
  void aPackageThatIsNotPublishedSaysSo() throws IOException {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      assertThat(files.filter(file -> file.endsWith("package-info.java")))
          .hasSizeGreaterThan(PublicApi.NOT_PUBLISHED.size())
          .allSatisfy(
              file ->
                  assertThat(saysNotPublished(file))
                      .as(packageOf(file))
                      .isNotEqualTo(PublicApi.isPublished(packageOf(file))));
    }
  }

  @Test
  @Verifies("ARC-8")
  void whatIsPublishedNeedsNothingOptional() {
    JavaClasses product = new ClassFileImporter().importPath(BUILD.resolve("classes"));
    usesNothingOptional("published", name -> PublicApi.isPublished(name)).check(product);
    for (String user : List.of("lockstep.cli", "lockstep.adapter.vaultstore")) {
      ArchRule ofUser = usesNothingOptional(user, user::equals);
      assertThat(ofUser.evaluate(product).hasViolation()).as(user).isTrue();
    }
  }

  private static ArchRule usesNothingOptional(String who, Predicate<String> packages) {
    return noClasses()
        .that(describe(who, type -> packages.test(type.getPackageName())))
        .should()
        .dependOnClassesThat(resideInAnyPackage(OPTIONAL));
  }

  private static String packageOf(Path packageInfo) {
    return SOURCES.relativize(packageInfo.getParent()).toString().replace('/', '.');
  }

  private static boolean saysNotPublished(Path packageInfo) {
    try {
      return Files.readString(packageInfo).replaceAll("\\s*\\n \\*", "").contains(NOT_PUBLISHED);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
