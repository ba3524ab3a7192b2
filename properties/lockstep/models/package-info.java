/**
 * The Alloy models of {@code spec/models}, checked, and replayed on the code.
 *
 * <p>Duty: run every command and every mutant of each model, enumerate what the model can do, and
 * compare the Java with it state by state; then show that faults in the Java do not get through.
 *
 * <p>Clauses: those that each model cites.
 */
package lockstep.models;
