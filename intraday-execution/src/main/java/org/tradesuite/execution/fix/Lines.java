package org.tradesuite.execution.fix;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tradesuite.execution.engine.Commit;
import org.tradesuite.execution.engine.CommitListener;
import org.tradesuite.execution.engine.Effect;
import org.tradesuite.execution.engine.Input;
import org.tradesuite.execution.engine.Intake;
import org.tradesuite.market.BrokerId;

/**
 * All lines of the desk: one to each broker and one to the market data provider. Listens to the journal and says what
 * is to be said, to whom it is to be said. Thread-safe.
 */
public final class Lines implements CommitListener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Lines.class);

    /**
     * What the lines need to know.
     *
     * @param dialects keys of each dialect by the name of its line
     * @param store the folder that keeps what was sent
     * @param checkLatency refuse messages whose sending time is far off
     * @param staleAfter an order that could not be delivered for this long is not sent any more
     */
    public record Settings(
            Map<String, Map<String, String>> dialects, Path store, boolean checkLatency, Duration staleAfter) {}

    private final Map<BrokerId, BrokerLine> brokers = new LinkedHashMap<>();
    private final @Nullable MarketLine market;
    private final ToEngine engine;
    private final Clock clock;

    /**
     * @param nextTarget the sequence number that the journal expects next from a broker, empty if it has none
     * @param held whether an order, by its route, must not leave any more
     * @param instruments what prices are asked for
     * @param engine where everything heard goes
     * @param clock the day's clock
     * @param wall the clock of sending times
     * @param upOrDown told when a line came up or went down, inside the session's lock
     */
    public Lines(
            Settings settings,
            Function<BrokerId, OptionalInt> nextTarget,
            Predicate<String> held,
            Supplier<List<Subscription>> instruments,
            Function<Input, Intake> engine,
            Clock clock,
            Clock wall,
            Consumer<LineTrouble> troubles,
            Runnable upOrDown) {
        this.engine = new ToEngine(engine);
        this.clock = clock;
        @Nullable MarketLine found = null;
        for (Map.Entry<String, Map<String, String>> entry : settings.dialects().entrySet()) {
            Dialect dialect = Dialect.of(entry.getKey(), entry.getValue());
            Supplier<OptionalInt> next = () -> nextTarget.apply(BrokerId.of(dialect.name()));
            Function<Line.Ear, Line> line = ear -> new Line(
                    dialect, settings.store(), settings.checkLatency(), settings.staleAfter(), next, wall, ear);
            if (dialect.kind() == Dialect.Kind.BROKER) {
                brokers.put(
                        BrokerId.of(dialect.name()),
                        new BrokerLine(dialect, line, this.engine, held, clock, troubles, upOrDown));
            } else {
                found = new MarketLine(line, this.engine, clock, instruments, troubles);
            }
        }
        market = found;
    }

    /** Connects to everybody; a line that cannot connect keeps trying. */
    public void start() {
        brokers.values().forEach(BrokerLine::start);
        if (market != null) {
            market.start();
        }
    }

    /** Writes a message to every broker as it would be sent, and sends it to nobody: before the first real one. */
    public void rehearse(Effect.Outbound outbound) {
        brokers.values().forEach(broker -> broker.rehearse(outbound));
    }

    /**
     * The engine is about to take nothing more: no prices from here on, and what brokers say comes again at the next
     * start.
     */
    public void stopping() {
        if (market != null) {
            market.close();
        }
        brokers.values().forEach(broker -> broker.line().stopping());
    }

    /** Says what is still to be said, logs out, and hears nothing more. */
    @Override
    public void close() {
        if (market != null) {
            market.close();
        }
        brokers.values().forEach(BrokerLine::close);
    }

    /** The instruments are other ones now: asks for their prices. */
    public void instrumentsChanged() {
        if (market != null) {
            market.subscribe();
        }
    }

    public List<LineState> states() {
        List<Line> lines = new ArrayList<>();
        brokers.values().forEach(broker -> lines.add(broker.line()));
        if (market != null) {
            lines.add(market.line());
        }
        return lines.stream()
                .map(line -> new LineState(
                        line.dialect().name(),
                        line.dialect().version().application,
                        line.dialect().host(),
                        line.dialect().port(),
                        line.isUp(),
                        line.state(),
                        line.since()))
                .sorted(Comparator.comparing(LineState::line))
                .toList();
    }

    @Override
    public void committed(Commit commit) {
        for (Effect effect : commit.effects()) {
            switch (effect) {
                case Effect.Outbound outbound -> {
                    @Nullable BrokerLine line = line(outbound);
                    if (line != null) {
                        line.send(outbound);
                    }
                }
                case Effect.Resume resume -> {
                    @Nullable BrokerLine line = line(resume.message());
                    if (line != null) {
                        line.resume(resume);
                    }
                }
                case Effect.Answer _, Effect.Alert _, Effect.TellClient _ -> {
                    // Not for a broker.
                }
            }
        }
    }

    private @Nullable BrokerLine line(Effect.Outbound outbound) {
        @Nullable BrokerLine line = brokers.get(outbound.broker());
        if (line == null) {
            Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
            String reason = "there is no line to " + outbound.broker();
            if (!(outbound instanceof Effect.SendStatusRequest)
                    && !engine.offer(new Input.NotSent(now, outbound.broker(), outbound.messageId(), reason))) {
                LOG.warn("{}, and the engine is too busy to hear that {} was not sent", reason, outbound.messageId());
            }
        }
        return line;
    }
}
