package lockstep.ideal;

import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;

/** {@code -Dlockstep.ideal.schedules=n} plays n schedules, in place of as many as a build does. */
final class LongerRun implements AroundPropertyHook {

  private static final String SCHEDULES = "lockstep.ideal.schedules";

  @Override
  public PropertyExecutionResult aroundProperty(
      PropertyLifecycleContext context, PropertyExecutor property) {
    Integer schedules = Integer.getInteger(SCHEDULES);
    if (schedules != null) {
      context.attributes().setTries(schedules);
    }
    return property.execute();
  }
}
