package org.tradesuite.execution.engine;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.tradesuite.eventstore.ChainHead;
import org.tradesuite.eventstore.EventStore;
import org.tradesuite.eventstore.NewEvent;
import org.tradesuite.eventstore.RecordedEvent;

/**
 * Reads the journal at start. One thread fetches events and checks that each follows from the one before it, others make
 * facts of them, and the caller is given the facts in their order.
 */
final class JournalReader {

    private static final int PORTION = 1_000;
    private static final int PORTIONS_AHEAD = 16;

    private final EventStore store;
    private final FactCodec codec;

    JournalReader(EventStore store, FactCodec codec) {
        this.store = store;
        this.codec = codec;
    }

    /**
     * @throws IllegalStateException if the chain is broken or an event is not known to this build; what came before it was
     *     given to the reader
     */
    void read(Connection connection, ChainHead after, Consumer<Recorded> reader) throws SQLException {
        BlockingQueue<Future<List<Recorded>>> ahead = new ArrayBlockingQueue<>(PORTIONS_AHEAD);
        var fetching =
                Thread.ofPlatform().name("journal-reading").daemon(true).start(() -> fetch(connection, after, ahead));
        try {
            while (true) {
                var portion = ahead.take().get();
                if (portion.isEmpty()) {
                    return;
                }
                portion.forEach(reader);
            }
        } catch (ExecutionException failed) {
            var cause = failed.getCause();
            if (cause instanceof SQLException database) {
                throw database;
            }
            if (cause instanceof RuntimeException broken) {
                throw broken;
            }
            throw new IllegalStateException("The journal cannot be read.", failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The journal was not read to its end: somebody stopped it.", stopped);
        } finally {
            fetching.interrupt();
            join(fetching);
        }
    }

    /** The connection is not ours alone again before the thread has let go of it. */
    private static void join(Thread fetching) {
        try {
            fetching.join();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void fetch(Connection connection, ChainHead after, BlockingQueue<Future<List<Recorded>>> ahead) {
        try {
            var portion = new Portion(ahead);
            store.replay(connection, after, portion);
            portion.send();
            ahead.put(CompletableFuture.completedFuture(List.of()));
        } catch (SQLException | RuntimeException failed) {
            giveUp(failed, ahead);
        } catch (InterruptedException stopped) {
            // Nobody reads any more.
            Thread.currentThread().interrupt();
        }
    }

    private static void giveUp(Exception failed, BlockingQueue<Future<List<Recorded>>> ahead) {
        try {
            ahead.put(CompletableFuture.failedFuture(failed));
        } catch (InterruptedException stopped) {
            // Nobody reads any more.
            Thread.currentThread().interrupt();
        }
    }

    /** Events that are decoded together, on a thread of their own. */
    private final class Portion implements Consumer<RecordedEvent> {
        private final BlockingQueue<Future<List<Recorded>>> ahead;
        private List<RecordedEvent> events = new ArrayList<>(PORTION);

        Portion(BlockingQueue<Future<List<Recorded>>> ahead) {
            this.ahead = ahead;
        }

        @Override
        public void accept(RecordedEvent event) {
            events.add(event);
            if (events.size() == PORTION) {
                try {
                    send();
                } catch (InterruptedException stopped) {
                    Thread.currentThread().interrupt();
                    throw new IllegalStateException("Nobody reads any more.", stopped);
                }
            }
        }

        void send() throws InterruptedException {
            if (!events.isEmpty()) {
                var full = events;
                events = new ArrayList<>(PORTION);
                ahead.put(CompletableFuture.supplyAsync(() -> decoded(full)));
            }
        }
    }

    private List<Recorded> decoded(List<RecordedEvent> events) {
        var facts = new ArrayList<Recorded>(events.size());
        for (var event : events) {
            if (FactCodec.isForm(event.type())) {
                // Known before the first answer is read; nothing happened.
                continue;
            }
            facts.add(codec.read(new NewEvent(
                    event.stream(),
                    event.version(),
                    event.type(),
                    event.schemaVersion(),
                    event.eventTime(),
                    event.actor(),
                    event.reason(),
                    event.causation(),
                    event.correlation(),
                    event.payload())));
        }
        return facts;
    }
}
