/**
 * The operations desk's counter: statements handed in, breaks worked on and signed off over HTTP, in the words of the
 * contract.
 */
@NullMarked
package org.tradesuite.reconciliation.web;

import org.jspecify.annotations.NullMarked;
