package org.tradesuite.reconciliation.swift;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.tradesuite.reconciliation.statement.UnreadableException;

/**
 * The pieces of a file in their order, the messages among them parsed ahead of whoever takes them in, on threads that do not
 * outlive it. Short messages wait together, of long ones one.
 */
final class FinAhead implements AutoCloseable {

    private static final int THREADS = 2;
    /** Characters of messages that wait together; one that is longer waits alone. */
    private static final int MOST = 1 << 20;

    /** A piece and, if it is a message, what it says. */
    record Read(FinFile.Piece piece, @Nullable Future<FinMessage> parsed) {

        /** @throws UnreadableException for a message that cannot be read */
        FinMessage message() throws UnreadableException, IOException {
            if (parsed == null) {
                throw new IllegalStateException("Only messages are parsed, not " + piece.span());
            }
            try {
                return parsed.get();
            } catch (ExecutionException failed) {
                if (failed.getCause() instanceof UnreadableException unreadable) {
                    throw unreadable;
                }
                throw new IllegalStateException("A message cannot be parsed: " + failed.getCause(), failed.getCause());
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw new IOException("The reading was stopped.", stopped);
            }
        }
    }

    private final FinFile file;
    private final ExecutorService threads = Executors.newFixedThreadPool(
            THREADS, Thread.ofPlatform().name("fin-", 1).factory());
    private final ArrayDeque<Read> waiting = new ArrayDeque<>();
    private long characters;
    private boolean ended;

    FinAhead(FinFile file) {
        this.file = file;
    }

    /** The next piece; null at the end of the file. */
    @Nullable
    Read next() throws IOException {
        while (!ended && (waiting.isEmpty() || characters < MOST)) {
            switch (file.next()) {
                case null -> ended = true;
                case FinFile.Message message -> {
                    characters += message.span().length();
                    waiting.add(new Read(message, threads.submit(() -> FinMessage.read(message))));
                }
                case FinFile.TooLarge rest -> {
                    waiting.add(new Read(rest, null));
                    ended = true;
                }
                case FinFile.Piece other -> waiting.add(new Read(other, null));
            }
        }
        var first = waiting.poll();
        if (first != null && first.parsed() != null) {
            characters -= first.piece().span().length();
        }
        return first;
    }

    @Override
    public void close() {
        threads.shutdownNow();
        threads.close();
    }
}
