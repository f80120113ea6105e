/**
 * The custodian's answers: every file that arrives is read once, every message in it is kept, and each is put to the
 * instruction it is about. What cannot be read or does not fit is quarantined with its reason and can be released.
 */
@NullMarked
package org.tradesuite.settlement.status;

import org.jspecify.annotations.NullMarked;
