/**
 * What the custodian states, taken from the drop folder, put together from its pages and judged; holdings and cash are
 * compared with what has settled, or was traded, in our books.
 */
@NullMarked
package org.tradesuite.reconciliation.custodian;

import org.jspecify.annotations.NullMarked;
