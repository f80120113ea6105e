package org.tradesuite.reporting.audit;

/**
 * How far an export reaches into a chain.
 *
 * @param lastSeq one less than firstSeq when the chain has not grown
 * @param lastHash hash of the event lastSeq, 64 lower-case hex digits
 */
record Checkpoint(String chain, long firstSeq, long lastSeq, String lastHash) {

    long events() {
        return lastSeq - firstSeq + 1;
    }
}
