/**
 * The transaction report under MiFIR article 26 and RTS 22: one record per execution in a reportable instrument, in the
 * authority's form auth.016.001.01 inside BizData. Every execution is reported, or kept out with a named reason, or held
 * back with what must be repaired first. We are the firm that decides and executes for the accounts it manages and are
 * never the member of the venue: capacity is AOTC, the broker is the counterparty, and the venue field says XOFF (ESMA
 * guidelines on transaction reporting, chains).
 */
@NullMarked
package org.tradesuite.reporting.mifir;

import org.jspecify.annotations.NullMarked;
