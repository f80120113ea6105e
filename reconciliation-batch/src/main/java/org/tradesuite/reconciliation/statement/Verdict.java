package org.tradesuite.reconciliation.statement;

/** Why a statement is refused, as a class and in words that say what to do. */
public record Verdict(Refusal refusal, String reason) {}
