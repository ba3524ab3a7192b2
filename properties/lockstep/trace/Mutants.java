package lockstep.trace;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pitest.classinfo.ClassName;
import org.pitest.classpath.ClassloaderByteArraySource;
import org.pitest.classpath.CodeSource;
import org.pitest.coverage.NoCoverage;
import org.pitest.mutationtest.EngineArguments;
import org.pitest.mutationtest.MutationConfig;
import org.pitest.mutationtest.build.MutationInterceptor;
import org.pitest.mutationtest.build.MutationSource;
import org.pitest.mutationtest.config.PluginServices;
import org.pitest.mutationtest.config.ReportOptions;
import org.pitest.mutationtest.config.SettingsFactory;
import org.pitest.mutationtest.engine.Mutater;
import org.pitest.mutationtest.engine.MutationDetails;
import org.pitest.mutationtest.engine.MutationEngine;
import org.pitest.mutationtest.engine.MutationIdentifier;
import org.pitest.mutationtest.incremental.NullHistory;
import org.pitest.process.JavaAgent;
import org.pitest.process.LaunchOptions;

/**
 * PIT's mutants of compiled classes: its engine, its mutators and its filters, which leave out what
 * the compiler has written and static initialisers.
 */
final class Mutants {

  /** Those that scores count. */
  static final List<String> DEFAULTS = List.of("DEFAULTS");

  /** Those that also change assignments, constants, and calls that give a value. */
  static final List<String> FURTHER =
      List.of(
          "INLINE_CONSTS",
          "NON_VOID_METHOD_CALLS",
          "CONSTRUCTOR_CALLS",
          "EXPERIMENTAL_MEMBER_VARIABLE",
          "EXPERIMENTAL_ARGUMENT_PROPAGATION",
          "EXPERIMENTAL_NAKED_RECEIVER",
          "REMOVE_INCREMENTS");

  private final ClassloaderByteArraySource classes = ClassloaderByteArraySource.fromContext();
  private final Map<String, List<Mutant>> found = new HashMap<>();
  private final MutationSource source;
  private final Mutater mutater;

  /** The classes themselves are found through the thread's class loader. */
  Mutants(List<String> mutators, Path mainClasses, Path testClasses) {
    ReportOptions options = new ReportOptions();
    options.setCodePaths(List.of(mainClasses.toString()));
    options.setTargetClasses(List.of("lockstep.*"));
    options.setClassPathElements(List.of(mainClasses.toString(), testClasses.toString()));
    options.setMutators(mutators);
    SettingsFactory settings = new SettingsFactory(options, PluginServices.makeForContextLoader());
    MutationEngine engine =
        settings.createEngine().createEngine(EngineArguments.arguments().withMutators(mutators));
    CodeSource code = settings.createCodeSource(options.getMutationClassPaths());
    MutationInterceptor filters =
        settings
            .getInterceptor()
            .createInterceptor(
                options, new NoCoverage(), classes, mutant -> List.of(), code, new NullHistory());
    filters.initialise(code);
    source =
        new MutationSource(
            new MutationConfig(engine, new LaunchOptions(new NoAgent())),
            mutant -> List.of(),
            classes,
            filters);
    mutater = engine.createMutator(classes);
  }

  /** Every mutant of a class, in the order of its lines; none of an interface. */
  synchronized List<Mutant> of(String type) {
    return found.computeIfAbsent(type, this::find);
  }

  private List<Mutant> find(String type) {
    Map<String, Integer> same = new HashMap<>();
    List<Mutant> mutants = new ArrayList<>();
    for (MutationDetails details : source.createMutations(ClassName.fromString(type))) {
      String method =
          ExecutionProbes.declaredName(
              details.getClassName().asInternalName(), details.getMethod());
      String change = details.getDescription();
      int ordinal = same.merge(details.getLineNumber() + change, 1, Integer::sum);
      mutants.add(
          new Mutant(
              type, method, details.getLineNumber(), change, ordinal, details.getId(), this));
    }
    return List.copyOf(mutants);
  }

  /** The class file of a mutant's class with its change. */
  synchronized byte[] classFile(MutationIdentifier mutant) {
    return mutater.getMutation(mutant).getBytes();
  }

  /** Nothing is launched through PIT. */
  private static final class NoAgent implements JavaAgent {
    @Override
    public Optional<String> getJarLocation() {
      return Optional.empty();
    }

    @Override
    public void close() {}
  }
}
