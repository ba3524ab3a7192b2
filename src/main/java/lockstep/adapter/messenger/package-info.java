/**
 * The local stand-in for the messenger, which knows who holds an account: whoever can read its key
 * file holds them all. A product asks its messenger instead.
 *
 * <p>Trust zone: the account authority's. Clauses: AUT-2 (the issuing side), ATR-9.
 *
 * <p>Public type: {@link lockstep.adapter.messenger.LocalMessenger}.
 *
 * <p>Not part of the published API.
 */
@NullMarked
package lockstep.adapter.messenger;

import org.jspecify.annotations.NullMarked;
