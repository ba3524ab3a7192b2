package lockstep.backup.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import lockstep.format.HeadName;
import lockstep.format.ObjectName;
import lockstep.format.SealedObject;
import lockstep.format.SetName;
import lockstep.spec.ByConstruction;
import lockstep.spec.Verifies;
import net.jqwik.api.Example;

/** The port through which everything reaches the provider. */
class StoragePortProperties {

  private static final List<Class<?>> TAKEN =
      List.of(
          SealedObject.class,
          HeadName.class,
          SetName.class,
          ObjectName.class,
          Instant.class,
          Predicate.class,
          long.class);

  @Example
  @ByConstruction("reads what the port's methods take; a port has no code to run")
  @Verifies("PRV-3")
  void thePortTakesSealedObjectsAndNamesOnly() {
    assertThat(BackupStorage.class.getDeclaredMethods()).as("the port has methods").isNotEmpty();
    for (Method method : BackupStorage.class.getDeclaredMethods()) {
      if (!method.isSynthetic()) {
        assertThat(Arrays.asList(method.getParameterTypes()))
            .as(method.getName())
            .isSubsetOf(TAKEN);
      }
    }
  }
}
