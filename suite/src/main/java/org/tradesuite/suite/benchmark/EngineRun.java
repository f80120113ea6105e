package org.tradesuite.suite.benchmark;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.tradesuite.execution.engine.Commit;
import org.tradesuite.execution.engine.Effect;
import org.tradesuite.execution.engine.Engine;
import org.tradesuite.execution.engine.EngineSettings;
import org.tradesuite.execution.engine.Input;
import org.tradesuite.execution.reference.ReferenceData;
import org.tradesuite.suite.clock.AcceleratedClock;

/**
 * The engine with its journal, and somebody at either end: decisions in, and what a broker answers to the orders that
 * leave. Orders leave only when they are committed, and so the answers come only then.
 */
final class EngineRun implements AutoCloseable {

    private static final int OPEN_ORDERS = 4_000;
    private static final Duration QUIET = Duration.ofSeconds(60);

    private final Engine engine;
    private final EngineDay day;
    private final BlockingQueue<Effect.SendNewOrder> sent = new LinkedBlockingQueue<>();
    private final AtomicLong events = new AtomicLong();
    private final AtomicLong commits = new AtomicLong();
    private final AtomicLong settled = new AtomicLong();
    private long asked;

    EngineRun(DataSource execution, ReferenceData reference, EngineDay day) {
        this.day = day;
        this.engine = Engine.start(
                EngineSettings.standard(),
                execution,
                reference,
                AcceleratedClock.startingAt(SampleFirm.MORNING, 1),
                this::committed);
    }

    private void committed(Commit commit) {
        events.addAndGet(commit.facts().size());
        commits.incrementAndGet();
        for (var effect : commit.effects()) {
            switch (effect) {
                case Effect.SendNewOrder order -> sent.add(order);
                case Effect.Answer answer -> settled.accumulateAndGet(-answer.requestId(), Math::max);
                default -> {
                    // Nothing that anybody here waits for.
                }
            }
        }
    }

    void open() throws TimeoutException {
        EngineDay.opening().forEach(this::submit);
        settle();
    }

    /**
     * So many orders; returns when all of it is committed.
     *
     * @param filled by the broker; else each is acknowledged and filled in half, and stays open
     */
    void orders(int count, boolean filled) throws InterruptedException, TimeoutException {
        var given = 0;
        var closed = 0;
        while (closed < count) {
            if (given < count && given - closed < OPEN_ORDERS) {
                submit(day.decision());
                given++;
            }
            var order = given < count && given - closed < OPEN_ORDERS ? sent.poll() : next();
            if (order != null) {
                day.answers(order, filled).forEach(this::submit);
                closed++;
            }
        }
        settle();
    }

    private Effect.SendNewOrder next() throws InterruptedException, TimeoutException {
        var order = sent.poll(QUIET.toSeconds(), TimeUnit.SECONDS);
        if (order == null) throw new TimeoutException("no order left the engine for " + QUIET);
        return order;
    }

    /** Waits for the answer to a request that came after everything else; its number is below all others. */
    void settle() throws TimeoutException {
        var number = ++asked;
        submit(new Input.OrderCancelRequested(SampleFirm.MORNING, -number, "benchmark", "the last input", "none"));
        var deadline = System.nanoTime() + QUIET.toNanos();
        while (settled.get() < number) {
            if (System.nanoTime() > deadline) throw new TimeoutException("the engine did not answer in " + QUIET);
            LockSupport.parkNanos(100_000);
        }
    }

    private void submit(Input input) {
        while (true) {
            switch (engine.submit(input)) {
                case TAKEN -> {
                    return;
                }
                case BUSY, UNAVAILABLE -> LockSupport.parkNanos(50_000);
                case STOPPED ->
                    throw new IllegalStateException(
                            "the engine stopped: " + engine.health().text());
            }
        }
    }

    long events() {
        return events.get();
    }

    long commits() {
        return commits.get();
    }

    @Override
    public void close() {
        engine.close();
    }
}
