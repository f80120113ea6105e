/** Settlement over HTTP: instructions with their history, fails, exceptions, and the editing of standing instructions. */
@NullMarked
package org.tradesuite.settlement.web;

import org.jspecify.annotations.NullMarked;
