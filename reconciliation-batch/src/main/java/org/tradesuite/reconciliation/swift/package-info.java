/**
 * SWIFT FIN messages of custodians read as lines and pages of statements: holdings (MT535), movements (MT536), pending
 * instructions (MT537), cash (MT940, MT942, MT950) and single advices (MT900, MT910, MT544 to MT547). Prowide parses;
 * what it made of a message is held against the text, line by line, so that nothing is lost in silence.
 */
@NullMarked
package org.tradesuite.reconciliation.swift;

import org.jspecify.annotations.NullMarked;
