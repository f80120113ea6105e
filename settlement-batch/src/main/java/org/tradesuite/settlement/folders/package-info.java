/** Where files of settlement lie: the custodian's drop folder and the folder of a business date's results. */
@NullMarked
package org.tradesuite.settlement.folders;

import org.jspecify.annotations.NullMarked;
