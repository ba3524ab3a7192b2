/**
 * The command line: options, prompts, exit codes, and the only place where ports meet adapters.
 *
 * <p>Trust zone: client, but for the vault that it embeds, which it speaks to in encoded messages
 * only.
 *
 * <p>Clauses: CLI-1 to CLI-10, USR-1 to USR-5, BAK-11, and the user's side of ENR-4, ENR-7, BAK-10,
 * RST-7, CHG-5 and DIS-3.
 *
 * <p>Public types: {@link lockstep.cli.Main}.
 *
 * <p>Not part of the published API.
 */
@NullMarked
package lockstep.cli;

import org.jspecify.annotations.NullMarked;
