/** The files that report jobs have made: where they are, how large, and their hash, for whoever downloads them later. */
@NullMarked
package org.tradesuite.reporting.archive;

import org.jspecify.annotations.NullMarked;
