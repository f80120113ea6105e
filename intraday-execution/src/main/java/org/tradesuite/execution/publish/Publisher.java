package org.tradesuite.execution.publish;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tradesuite.execution.engine.Commit;
import org.tradesuite.execution.engine.CommitListener;
import org.tradesuite.execution.engine.Recorded;

/**
 * Publishes what was committed. The journal's thread only notes what changed; a thread of its own reads the new state
 * back and hands it to the listeners. Many changes of one order while that thread is busy are one message with the
 * newest state, so that what is noted is bounded by what there is. Thread-safe.
 */
public final class Publisher implements CommitListener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Publisher.class);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);

    /** Reads the present state of what changed. */
    @FunctionalInterface
    public interface Reader {
        /** @return messages in the order of their sequence */
        List<Message> read(List<Change> changes);
    }

    private record Thing(Change.Kind kind, String key) {}

    private final Reader reader;
    private final int limit;
    private final Thread thread;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private final Set<Subscription> listeners = ConcurrentHashMap.newKeySet();
    private Map<Thing, Change> changed = new LinkedHashMap<>();
    private volatile boolean stopped;

    /** @param limit how many messages may wait for one listener */
    public Publisher(Reader reader, int limit) {
        this.reader = reader;
        this.limit = limit;
        this.thread = Thread.ofPlatform().name("publish").daemon(true).unstarted(this::publish);
    }

    public void start() {
        thread.start();
    }

    @Override
    public void close() {
        stopped = true;
        thread.interrupt();
    }

    /**
     * A new listener.
     *
     * @param after it has heard everything up to this sequence and does not want it again
     */
    public Subscription subscribe(long after) {
        var subscription = new Subscription(this, limit, after);
        listeners.add(subscription);
        return subscription;
    }

    void leave(Subscription subscription) {
        listeners.remove(subscription);
    }

    @Override
    public void committed(Commit commit) {
        if (commit.facts().isEmpty() || listeners.isEmpty()) {
            return;
        }
        long seq = commit.head() - commit.facts().size();
        lock.lock();
        try {
            for (Recorded fact : commit.facts()) {
                seq++;
                Change.of(fact.stream(), seq, fact.at())
                        .ifPresent(
                                change -> changed.merge(new Thing(change.kind(), change.key()), change, Change::and));
            }
            news.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Whether anybody listens. */
    boolean isHeard() {
        return !listeners.isEmpty();
    }

    /** Something that is not in the journal, such as a line going down. */
    public void tell(Message message) {
        listeners.forEach(listener -> listener.offer(message));
    }

    private void publish() {
        try {
            while (!stopped) {
                List<Change> changes = take();
                List<Message> messages = read(changes);
                messages.forEach(this::tell);
            }
        } catch (InterruptedException e) {
            LOG.debug("publishing ends", e);
            Thread.currentThread().interrupt();
        }
    }

    private List<Change> take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (changed.isEmpty()) {
                news.await();
            }
            List<Change> taken = new ArrayList<>(changed.values());
            changed = new LinkedHashMap<>();
            taken.sort(Comparator.comparingLong(Change::seq));
            return taken;
        } finally {
            lock.unlock();
        }
    }

    private List<Message> read(List<Change> changes) throws InterruptedException {
        while (true) {
            try {
                return reader.read(changes);
            } catch (RuntimeException e) {
                if (stopped) {
                    return List.of();
                }
                LOG.warn("what changed cannot be read back yet; it is published when it can", e);
                Thread.sleep(PAUSE_AFTER_FAILURE);
            }
        }
    }
}
