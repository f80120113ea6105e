package org.tradesuite.execution;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tradesuite.execution.desk.Answers;
import org.tradesuite.execution.desk.CurrentReference;
import org.tradesuite.execution.engine.Commit;
import org.tradesuite.execution.engine.Engine;
import org.tradesuite.execution.engine.EngineSettings;
import org.tradesuite.execution.engine.Input;
import org.tradesuite.execution.engine.KeptStops;
import org.tradesuite.execution.engine.WarmUp;
import org.tradesuite.execution.fix.Lines;
import org.tradesuite.execution.fix.entry.OrderEntry;
import org.tradesuite.execution.publish.Alerts;
import org.tradesuite.execution.publish.Publisher;
import org.tradesuite.execution.reference.ReferenceData;

/**
 * Opens and closes the live side. In the morning: reference data, journal, engine, the clients' door, lines, clock. In
 * the evening the other way round, so that nothing comes in that nobody decides, and what was decided still goes out.
 * It opens before the web server takes requests and closes after the last one is answered.
 */
final class EngineRoom implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(EngineRoom.class);
    private static final String DAY = "select max(business_date) from execution.business_day where status <> 'CLOSED'";

    private final EngineSettings settings;
    private final DataSource dataSource;
    private final Clock clock;
    private final EngineDoor door;
    private final KeptStops stops;
    private final CurrentReference reference;
    private final Lines lines;
    private final OrderEntry orderEntry;
    private final Answers answers;
    private final Publisher publisher;
    private final Alerts alerts;
    private final Duration tick;
    private final Duration warmUp;
    private volatile boolean running;

    EngineRoom(
            EngineSettings settings,
            DataSource dataSource,
            Clock clock,
            EngineDoor door,
            KeptStops stops,
            CurrentReference reference,
            Lines lines,
            OrderEntry orderEntry,
            Answers answers,
            Publisher publisher,
            Alerts alerts,
            Duration tick,
            Duration warmUp) {
        this.settings = settings;
        this.dataSource = dataSource;
        this.clock = clock;
        this.door = door;
        this.stops = stops;
        this.reference = reference;
        this.lines = lines;
        this.orderEntry = orderEntry;
        this.answers = answers;
        this.publisher = publisher;
        this.alerts = alerts;
        this.tick = tick;
        this.warmUp = warmUp;
    }

    @Override
    public void start() {
        ReferenceData known;
        try {
            known = reference.start(businessDate());
        } catch (SQLException e) {
            throw new IllegalStateException("the reference data cannot be read: " + e.getMessage(), e);
        }
        publisher.start();
        int orders = WarmUp.run(settings, dataSource, warmUp, lines::rehearse);
        LOG.info("Warmed up with {} orders of nobody.", orders);
        door.open(Engine.start(settings, dataSource, known, clock, this::committed, stops));
        orderEntry.start();
        lines.start();
        running = true;
        Thread.ofPlatform().name("tick").daemon(true).start(this::tick);
    }

    /** The day that is open; on the morning of the first one, today. */
    private LocalDate businessDate() {
        return JdbcClient.create(dataSource)
                .sql(DAY)
                .query((columns, number) -> columns.getObject(1, LocalDate.class))
                .optional()
                .orElseGet(reference::today);
    }

    private void tick() {
        while (running) {
            door.submit(new Input.Tick(clock.instant().truncatedTo(ChronoUnit.MICROS)));
            LockSupport.parkNanos(tick.toNanos());
        }
    }

    /** Brokers first: an order must not wait for whoever wants to read about it. */
    private void committed(Commit commit) {
        lines.committed(commit);
        orderEntry.committed(commit);
        answers.committed(commit);
        publisher.committed(commit);
        alerts.committed(commit);
    }

    @Override
    public void stop() {
        running = false;
        // The brokers are heard until the engine has committed what it took; its last orders still go out.
        @Nullable Engine engine = door.shut();
        lines.stopping();
        if (engine != null) {
            engine.close();
        }
        lines.close();
        orderEntry.close();
        publisher.close();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return 0;
    }
}
