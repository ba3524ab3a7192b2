/**
 * Secrets in memory: copied in, wiped by {@code close()}, compared in constant time, redacted as
 * text.
 *
 * <p>Trust zone: both; a secret of one zone never crosses into the other through this package.
 * Clauses: SEC-1 to SEC-5, PWD-1, PWD-2, KEY-2, KEY-3.
 *
 * <p>Public types: {@link lockstep.secret.SecretBytes}, {@link lockstep.secret.Password}, {@link
 * lockstep.secret.PasswordResult}, {@link lockstep.secret.Hkdf}, {@link lockstep.secret.Hmac},
 * {@link lockstep.secret.KeyLabel}. Every place that reads a secret calls {@code expose}.
 */
@NullMarked
package lockstep.secret;

import org.jspecify.annotations.NullMarked;
