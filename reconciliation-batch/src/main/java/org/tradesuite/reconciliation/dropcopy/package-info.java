/**
 * Drop copies as they come: a FIX session to each broker that sends its executions live. Every message is written down and
 * on disk before the session counts it as received; at the end of the broker's day, and before a run, what was written
 * is handed in as a file like any other.
 */
@NullMarked
package org.tradesuite.reconciliation.dropcopy;

import org.jspecify.annotations.NullMarked;
