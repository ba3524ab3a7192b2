/** Benchmarks: {@code mvn -Pbench test-compile exec:exec}. They measure, and assert nothing. */
package lockstep.bench;
