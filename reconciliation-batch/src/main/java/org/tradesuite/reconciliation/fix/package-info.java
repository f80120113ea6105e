/**
 * FIX messages in the log of an engine: found, held against their length and checksum, taken apart into fields. What is
 * no whole message is told, with its place; nothing is passed over in silence.
 */
@NullMarked
package org.tradesuite.reconciliation.fix;

import org.jspecify.annotations.NullMarked;
