/**
 * The provider as a bucket of an object store that speaks S3.
 *
 * <p>Trust zone: none of its own; it holds ciphertext and names no key material. Clauses: PRV-1,
 * PRV-2, PRV-4, PRV-14, PRV-15, PRV-16, PRV-17, PRV-18, OBS-1.
 *
 * <p>Public types: {@link lockstep.adapter.s3.S3Storage}, {@link lockstep.adapter.s3.S3Place}.
 * Nothing of the client library is loaded before one is opened.
 *
 * <p>Not part of the published API.
 */
@NullMarked
package lockstep.adapter.s3;

import org.jspecify.annotations.NullMarked;
