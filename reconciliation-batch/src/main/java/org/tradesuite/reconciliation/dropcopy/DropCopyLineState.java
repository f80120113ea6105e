package org.tradesuite.reconciliation.dropcopy;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * How it stands with a broker's drop copy.
 *
 * @param version of FIX
 * @param calledByBroker whether the broker calls us
 * @param address where it listens, or where we do
 * @param says for a person: what it is doing, or what is wrong and what to do
 * @param recording false if what comes cannot be written down; then nothing is taken
 * @param since when it last came up or went down
 * @param lastMessage when something was written down last, null if not since the start
 * @param nextExpected the sequence number of what the broker sends next
 * @param nextToSend the sequence number of what we send next
 * @param early messages that came before their turn and wait for those that are missing
 * @param gaps how many stretches of messages are missing before those
 * @param recorded messages that were written down since the start, also those that came twice
 * @param date of the newest file, null if there is none
 * @param messages in it
 * @param handedIn how often it was handed in
 */
public record DropCopyLineState(
        String broker,
        String version,
        boolean calledByBroker,
        String address,
        boolean loggedOn,
        boolean recording,
        String says,
        Instant since,
        @Nullable Instant lastMessage,
        int nextExpected,
        int nextToSend,
        int early,
        int gaps,
        long recorded,
        @Nullable LocalDate date,
        @Nullable Path file,
        int messages,
        int handedIn) {}
