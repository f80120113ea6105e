package org.tradesuite.execution.publish;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One listener's place: what it has not heard yet, up to a limit. */
public final class Subscription implements AutoCloseable {
    private final BlockingQueue<Message> waiting;
    private final Publisher publisher;
    private final long after;
    private volatile boolean cut;

    Subscription(Publisher publisher, int limit, long after) {
        this.publisher = publisher;
        this.waiting = new ArrayBlockingQueue<>(limit);
        this.after = after;
    }

    /** Takes a message, or cuts the listener off if it has too many waiting. */
    void offer(Message message) {
        if (message.seq() != 0 && message.seq() <= after) {
            return;
        }
        if (!cut && !waiting.offer(message)) {
            cut = true;
            publisher.leave(this);
        }
    }

    /** The next message, null if there is none in time. */
    public @Nullable Message next(Duration within) throws InterruptedException {
        return waiting.poll(within.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Whether it was too slow: what is still waiting may be heard, then it has to come back. */
    public boolean isCut() {
        return cut && waiting.isEmpty();
    }

    @Override
    public void close() {
        publisher.leave(this);
    }
}
