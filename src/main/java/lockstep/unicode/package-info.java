/**
 * What a person types, made the same on every machine: NFC, the OpaqueString profile and the
 * folding of case over one frozen version of Unicode.
 *
 * <p>Trust zone: both; it sees passwords on the device only. Clauses: TXT-1, PWD-1, PWD-4, PWD-5,
 * RST-5.
 *
 * <p>Public types: {@link lockstep.unicode.OpaqueString}, {@link lockstep.unicode.Normalization},
 * {@link lockstep.unicode.FoldedName}.
 *
 * <p>Not part of the published API.
 */
@NullMarked
package lockstep.unicode;

import org.jspecify.annotations.NullMarked;
