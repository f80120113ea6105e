package org.tradesuite.reporting.mifir;

/** Takes back a record that was reported for an execution which the broker has cancelled since. */
record Cancellation(String trn, String fillId) {}
