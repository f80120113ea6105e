/**
 * Files as others deliver them: found in a folder once they are whole, known by their hash, unpacked within bounds and
 * recognised by what is in them, never by what they are called.
 */
@NullMarked
package org.tradesuite.reconciliation.delivery;

import org.jspecify.annotations.NullMarked;
