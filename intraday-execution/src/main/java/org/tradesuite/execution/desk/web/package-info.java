/**
 * The desk's counter: where decisions are handed in, orders cancelled and amended, days opened and closed, and where
 * anybody signed in can see what became of them. What is answered here is in the journal already.
 */
@NullMarked
package org.tradesuite.execution.desk.web;

import org.jspecify.annotations.NullMarked;
