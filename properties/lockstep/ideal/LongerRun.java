package lockstep.ideal;

import java.security.SecureRandom;
import java.util.Optional;
import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;

/**
 * {@code -Dlockstep.ideal.schedules=n} plays n schedules, in place of as many as a build does, and
 * {@code -Dlockstep.ideal.seed=n} those of that seed; {@code fresh} draws one. It is printed, so
 * that a story that it tells can be told again.
 */
final class LongerRun implements AroundPropertyHook {

  private static final String SCHEDULES = "lockstep.ideal.schedules";
  private static final String SEED = "lockstep.ideal.seed";

  @Override
  public PropertyExecutionResult aroundProperty(
      PropertyLifecycleContext context, PropertyExecutor property) {
    Optional.ofNullable(Integer.getInteger(SCHEDULES)).ifPresent(context.attributes()::setTries);
    Optional<String> seed = Optional.ofNullable(System.getProperty(SEED)).map(LongerRun::drawn);
    seed.ifPresent(context.attributes()::setSeed);
    seed.ifPresent(
        one ->
            System.out.println("schedules of seed " + one + ": again with -D" + SEED + "=" + one));
    return property.execute();
  }

  private static String drawn(String asked) {
    return asked.equals("fresh") ? Integer.toUnsignedString(new SecureRandom().nextInt()) : asked;
  }

  /** Inside of what gives every property a seed that depends on its name alone. */
  @Override
  public int aroundPropertyProximity() {
    return 90;
  }
}
