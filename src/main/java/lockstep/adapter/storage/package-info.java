/**
 * The provider as a directory, such as a mounted Drive or iCloud folder.
 *
 * <p>Trust zone: none of its own; it holds ciphertext and names no key material. Clauses: PRV-1,
 * PRV-2, PRV-4, PRV-6, PRV-7, OBJ-5, OBJ-6.
 *
 * <p>Public types: {@link lockstep.adapter.storage.DirectoryStorage}; the names in it, which
 * another adapter uses too.
 *
 * <p>Not part of the published API.
 */
@NullMarked
package lockstep.adapter.storage;

import org.jspecify.annotations.NullMarked;
