package lockstep.evidence;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The test visits every point of a space that it enumerates, such as each moment at which a command
 * can die, each message that can be lost, or each row of a table. How many there were is counted at
 * run time: the cases of a parameterised test, or what {@link Points} counted.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Exhaustive {

  /** What a point is, in a few words that follow "every": {@code "moment of dying"}; not blank. */
  String value();
}
