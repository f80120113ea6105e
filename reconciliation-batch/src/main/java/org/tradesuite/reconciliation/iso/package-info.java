/**
 * ISO 20022 messages of custodians read as lines and pages of statements: holdings (semt.002, semt.003), movements
 * (semt.017), pending instructions (semt.018) and cash (camt.052, camt.053, camt.054). They are read as a stream, one
 * entry in memory at a time, and checked against the message model as they pass: what the model does not know, or
 * requires and does not find, refuses the statement.
 */
@NullMarked
package org.tradesuite.reconciliation.iso;

import org.jspecify.annotations.NullMarked;
