package lockstep.evidence;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.lifecycle.LifecycleContext;
import net.jqwik.api.lifecycle.PropagationMode;
import net.jqwik.api.lifecycle.SkipExecutionHook;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Leaves out the tests that {@link Needs} a program which is not there, in either engine. */
public final class NeededTool implements ExecutionCondition, SkipExecutionHook {

  /** The program that the class needs and the machine has not. */
  public static Optional<String> missing(Class<?> testClass) {
    return Optional.ofNullable(testClass.getAnnotation(Needs.class))
        .map(Needs::value)
        .filter(name -> !isThere(name));
  }

  private static boolean isThere(String name) {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Stream.of(path.split(File.pathSeparator))
        .map(folder -> Path.of(folder).resolve(name))
        .anyMatch(Files::isExecutable);
  }

  private static String reason(String tool) {
    return "there is no " + tool + " on the PATH";
  }

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    return context
        .getTestClass()
        .flatMap(NeededTool::missing)
        .map(tool -> ConditionEvaluationResult.disabled(reason(tool)))
        .orElse(ConditionEvaluationResult.enabled("no program is missing"));
  }

  @Override
  public PropagationMode propagateTo() {
    return PropagationMode.ALL_DESCENDANTS;
  }

  @Override
  public SkipResult shouldBeSkipped(LifecycleContext context) {
    return context
        .optionalContainerClass()
        .flatMap(NeededTool::missing)
        .map(tool -> SkipResult.skip(reason(tool)))
        .orElse(SkipResult.doNotSkip());
  }
}
