/**
 * The custodian's languages: instructions written as SWIFT MT541 and MT543 and as ISO 20022 sese.023, answers read from
 * MT548 and MT544 to MT547. What cannot be read in full is refused with its reason; nothing is guessed and nothing is
 * dropped. The only package that knows Prowide.
 */
@NullMarked
package org.tradesuite.settlement.custodian;

import org.jspecify.annotations.NullMarked;
