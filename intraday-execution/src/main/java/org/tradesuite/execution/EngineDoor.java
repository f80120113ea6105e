package org.tradesuite.execution;

import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.tradesuite.execution.engine.Brake;
import org.tradesuite.execution.engine.Engine;
import org.tradesuite.execution.engine.Input;
import org.tradesuite.execution.engine.Intake;
import org.tradesuite.market.BrokerId;

/** The engine as it is seen before it is there and after it is gone: it takes nothing then. Thread-safe. */
final class EngineDoor {
    private final AtomicReference<@Nullable Engine> engine = new AtomicReference<>();

    void open(Engine started) {
        engine.set(started);
    }

    /** From now on nothing is taken; the engine that was there. */
    @Nullable
    Engine shut() {
        return engine.getAndSet(null);
    }

    Intake submit(Input input) {
        @Nullable Engine running = engine.get();
        return running == null ? Intake.STOPPED : running.submit(input);
    }

    /** What is stopped; null while there is no engine. */
    @Nullable
    Brake brake() {
        @Nullable Engine running = engine.get();
        return running == null ? null : running.brake();
    }

    /** Whether an order that was decided before a stop must not leave any more. */
    boolean holds(String routeId) {
        @Nullable Brake brake = brake();
        return brake != null && brake.holds(routeId);
    }

    /** What the session with a broker expects next: the message after the last one the journal has. */
    OptionalInt nextTarget(BrokerId broker) {
        @Nullable Engine running = engine.get();
        if (running == null) {
            throw new IllegalStateException("the lines open after the engine");
        }
        Map<BrokerId, Long> inbound = running.inboundSequences();
        return inbound.containsKey(broker)
                ? OptionalInt.of(Math.toIntExact(inbound.getOrDefault(broker, 0L) + 1))
                : OptionalInt.empty();
    }

    /** How far the journal has the messages of a client who trades by FIX; empty if it has none. */
    OptionalLong clientInbound(String client) {
        @Nullable Engine running = engine.get();
        if (running == null) {
            throw new IllegalStateException("order entry opens after the engine");
        }
        @Nullable Long heard = running.clientSequences().get(client);
        return heard == null ? OptionalLong.empty() : OptionalLong.of(heard);
    }
}
