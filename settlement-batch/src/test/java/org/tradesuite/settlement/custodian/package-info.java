/** The custodian's languages, written and read. */
@NullMarked
package org.tradesuite.settlement.custodian;

import org.jspecify.annotations.NullMarked;
