package lockstep.trace;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.AroundTryHook;
import net.jqwik.api.lifecycle.PropagationMode;
import net.jqwik.api.lifecycle.PropertyAttributes;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;
import net.jqwik.api.lifecycle.TryExecutionResult;
import net.jqwik.api.lifecycle.TryExecutor;
import net.jqwik.api.lifecycle.TryLifecycleContext;

/**
 * Gives every jqwik property a seed of its own that depends on its name alone, so that each build
 * tries the same cases and a witness found once is found again, and counts the tries. A seed in an
 * annotation stays; {@code -Dlockstep.seeds=random} looks for new cases. {@value #MOST_TRIES}
 * bounds the tries where a test runs many times, against mutants.
 */
public final class PropertySeeds implements AroundPropertyHook, AroundTryHook {

  /** A property's seed and the tries that were not discarded. */
  record Tries(String seed, int count) {}

  /** The property of the JVM that bounds the tries; a failure is then not made smaller either. */
  static final String MOST_TRIES = "lockstep.tries";

  private static final int TRIES_UNLESS_SAID = 1_000;
  private static final Map<String, Tries> TRIES = new ConcurrentHashMap<>();

  /** What is known of a property; a test of another engine has none. */
  static Optional<Tries> of(String testClass, String method) {
    return Optional.ofNullable(TRIES.get(key(testClass, method)));
  }

  private static String key(String testClass, String method) {
    return testClass + "#" + method;
  }

  @Override
  public PropagationMode propagateTo() {
    return PropagationMode.ALL_DESCENDANTS;
  }

  @Override
  public PropertyExecutionResult aroundProperty(
      PropertyLifecycleContext context, PropertyExecutor property) {
    String key = key(context.containerClass().getName(), context.targetMethod().getName());
    boolean random = "random".equals(System.getProperty("lockstep.seeds"));
    if (context.attributes().seed().isEmpty() && !random) {
      context.attributes().setSeed(Long.toString(Integer.toUnsignedLong(key.hashCode())));
    }
    Optional.ofNullable(Integer.getInteger(MOST_TRIES)).ifPresent(most -> bound(context, most));
    TRIES.remove(key);
    PropertyExecutionResult result = property.execute();
    TRIES.merge(
        key,
        new Tries(result.seed().orElse(""), 0),
        (counted, seeded) -> new Tries(seeded.seed(), counted.count()));
    return result;
  }

  private static void bound(PropertyLifecycleContext context, int most) {
    PropertyAttributes attributes = context.attributes();
    attributes.setTries(Math.min(most, attributes.tries().orElse(TRIES_UNLESS_SAID)));
    attributes.setShrinking(ShrinkingMode.OFF);
  }

  @Override
  public TryExecutionResult aroundTry(
      TryLifecycleContext context, TryExecutor executor, List<Object> parameters) {
    TryExecutionResult result = executor.execute(parameters);
    if (result.isSatisfied()) {
      TRIES.merge(
          key(context.containerClass().getName(), context.targetMethod().getName()),
          new Tries("", 1),
          (before, one) -> new Tries(before.seed(), before.count() + 1));
    }
    return result;
  }
}
