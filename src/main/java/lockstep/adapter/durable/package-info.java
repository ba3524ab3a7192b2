/**
 * Files that survive loss of power, for every adapter that keeps something on disk.
 *
 * <p>Trust zone: none of its own; it moves bytes that its callers have sealed or that are public.
 * Clauses: ATR-3, BAK-8, DOR-4, PRV-8, and the durability that PRV and DEV demand of their
 * adapters.
 *
 * <p>Public types: {@link lockstep.adapter.durable.DurableFiles}, {@link
 * lockstep.adapter.durable.DurableStep}, {@link lockstep.adapter.durable.Forcing}, {@link
 * lockstep.adapter.durable.Patience}, {@link lockstep.adapter.durable.SmallFile}.
 *
 * <p>Not part of the published API.
 */
@NullMarked
package lockstep.adapter.durable;

import org.jspecify.annotations.NullMarked;
