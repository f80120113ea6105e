package org.tradesuite.reconciliation.dropcopy;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What a broker has sent of a date that is not over.
 *
 * @param file what came, in the order of its numbers, a message a line; null if nothing came
 * @param length octets of it that are on disk and stay as they are; behind them more may be written
 * @param connected whether the session is up, and what comes is written down
 * @param gap whether messages are missing before others that came already, and wait
 * @param says how the session stands, for a person
 */
public record HeardSoFar(
        String broker, @Nullable Path file, long length, boolean connected, boolean gap, String says) {}
