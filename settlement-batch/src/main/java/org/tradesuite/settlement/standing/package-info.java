/**
 * Standing settlement instructions: where each counterparty takes and delivers securities. One person enters a change,
 * another approves it after calling the counterparty back; every version is kept. A trade uses the most specific one
 * that is valid on its settlement date, and two that are equally specific are an error, never a guess.
 */
@NullMarked
package org.tradesuite.settlement.standing;

import org.jspecify.annotations.NullMarked;
