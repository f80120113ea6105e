/** What traders and operations clerks do on the page, done by a browser. */
@NullMarked
package org.tradesuite.suite.console;

import org.jspecify.annotations.NullMarked;
