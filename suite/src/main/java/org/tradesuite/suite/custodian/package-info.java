/**
 * The simulated custodian. It reads settlement instructions from a folder, acknowledges, matches and settles them, in
 * part or late when the seed says so, keeps the holdings and cash of every account, and sends statements of both, with
 * errors put in on purpose and on record.
 */
@NullMarked
package org.tradesuite.suite.custodian;

import org.jspecify.annotations.NullMarked;
