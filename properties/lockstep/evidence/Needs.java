package lockstep.evidence;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The tests of the class need a program that not every machine has. Where it is not on the {@code
 * PATH} they are left out, and the gate counts their citations apart; where it is, nothing changes.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@ExtendWith(NeededTool.class)
public @interface Needs {

  /** The program's name. */
  String value();
}
