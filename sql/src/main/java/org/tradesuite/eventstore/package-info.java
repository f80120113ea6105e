/**
 * The journal: everything that changes state is recorded here as an event with who did it, why and what caused it, in
 * one gapless order per chain. Each event carries a hash over itself and the event before it, so a changed, removed or
 * inserted event shows. Events are added and read, never changed.
 */
@NullMarked
package org.tradesuite.eventstore;

import org.jspecify.annotations.NullMarked;
