package lockstep.spec;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says why a test shows its clauses without executing the code that cites them, such as a rule over
 * the compiled classes. The gate asks such a citation for no witness; the dossier lists it.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.FIELD})
public @interface ByConstruction {

  /** The reason, in a few words; never blank. */
  String value();
}
