/**
 * The annotations that tie code and tests to the clauses of {@code spec/}: {@link
 * lockstep.spec.Implements}, {@link lockstep.spec.Verifies}, {@link lockstep.spec.NonNormative} and
 * {@link lockstep.spec.ByConstruction}. Every package may use them. The gate that reads them is
 * part of the build, not of the product.
 *
 * <p>Trust zone: none.
 *
 * <p>Not part of the published API.
 */
@NullMarked
package lockstep.spec;

import org.jspecify.annotations.NullMarked;
