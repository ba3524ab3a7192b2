/**
 * KeY's proofs of the contracts in {@code lockstep.kernel}, and the faults that they must notice.
 *
 * <p>KeY is GPL-2.0-only. It and its driver, {@code spec/proofs/KeyDriver.java}, run as a process
 * of their own; nothing here is compiled or linked against them.
 */
package lockstep.proofs;
