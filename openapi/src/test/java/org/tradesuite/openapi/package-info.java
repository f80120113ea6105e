/** The contract itself: its examples keep to what it says. */
@NullMarked
package org.tradesuite.openapi;

import org.jspecify.annotations.NullMarked;
