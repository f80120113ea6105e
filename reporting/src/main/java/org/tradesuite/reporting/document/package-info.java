/** How reports are set: PDF pages from templates, and CSV that a spreadsheet opens without being tricked by it. */
@NullMarked
package org.tradesuite.reporting.document;

import org.jspecify.annotations.NullMarked;
