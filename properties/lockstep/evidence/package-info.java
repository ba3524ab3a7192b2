/**
 * What a test says of itself: of which kind its evidence is. jqwik's {@code @Property} and Jazzer's
 * {@code @FuzzTest} say it already, and so does ArchUnit's {@code @ArchTest}; a test without any of
 * these annotations is an example.
 */
package lockstep.evidence;
