/**
 * Holdings (MT535) and cash (MT950) as the custodian states them, put together from their pages, checked to be complete
 * and to add up, and compared with what has settled in our books.
 */
@NullMarked
package org.tradesuite.reconciliation.custodian;

import org.jspecify.annotations.NullMarked;
