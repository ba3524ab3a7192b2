package lockstep.spec;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names the clauses that the annotated code decides: whether they hold is settled here, and the
 * other places that cite them, with {@link Implements}, rely on it. A clause has one such place;
 * where only one place cites it, that one decides. What decides is mutated to the last mutant.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.CONSTRUCTOR})
public @interface Decides {

  /** Citations such as {@code "LIM-3"}; the build fails when one is unknown or outdated. */
  String[] value();
}
