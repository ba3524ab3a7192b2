package lockstep.spec;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Names the clauses, each as {@code id~revision}, that the annotated code carries out. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.CONSTRUCTOR})
public @interface Implements {

  /** Citations such as {@code "LIM-3~1"}; the build fails when one is unknown or outdated. */
  String[] value();
}
