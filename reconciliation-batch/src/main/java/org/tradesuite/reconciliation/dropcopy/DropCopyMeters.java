package org.tradesuite.reconciliation.dropcopy;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.ToDoubleFunction;

/**
 * How the drop-copy sessions stand, as metrics with the tag {@code broker}: {@code dropcopy.up} and {@code
 * dropcopy.recording}, 1 or 0; {@code dropcopy.messages}, written down since the start; {@code dropcopy.waiting}, messages
 * that came before their turn, and {@code dropcopy.gaps}, the stretches that are missing before them.
 */
final class DropCopyMeters implements MeterBinder {

    private static final String BROKER = "broker";

    private final DropCopyLines lines;

    DropCopyMeters(DropCopyLines lines) {
        this.lines = lines;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (var broker : lines.brokers()) {
            gauge(registry, broker, "up", "1 while the broker is logged on", state -> state.loggedOn() ? 1 : 0);
            gauge(
                    registry,
                    broker,
                    "recording",
                    "0 while what the broker sends cannot be written down",
                    state -> state.recording() ? 1 : 0);
            gauge(registry, broker, "waiting", "Messages that came before their turn", DropCopyLineState::early);
            gauge(registry, broker, "gaps", "Stretches of messages that are missing", DropCopyLineState::gaps);
            FunctionCounter.builder("dropcopy.messages", lines, all -> of(all, broker, DropCopyLineState::recorded))
                    .description("Messages written down since the start")
                    .baseUnit("messages")
                    .tag(BROKER, broker)
                    .register(registry);
        }
    }

    private void gauge(
            MeterRegistry registry,
            String broker,
            String name,
            String description,
            ToDoubleFunction<DropCopyLineState> value) {
        Gauge.builder("dropcopy." + name, lines, all -> of(all, broker, value))
                .description(description)
                .tag(BROKER, broker)
                .register(registry);
    }

    private static double of(DropCopyLines lines, String broker, ToDoubleFunction<DropCopyLineState> value) {
        return lines.state(broker).map(value::applyAsDouble).orElse(Double.NaN);
    }
}
