package org.tradesuite.suite.house;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import org.tradesuite.database.DatabaseRole;
import org.tradesuite.database.LocalPostgres;
import org.tradesuite.execution.ExecutionApplication;
import org.tradesuite.reconciliation.ReconciliationApplication;
import org.tradesuite.reporting.ReportingApplication;
import org.tradesuite.settlement.SettlementApplication;
import org.tradesuite.suite.console.ConsoleApplication;
import org.tradesuite.web.FirstUsers;

/**
 * Everything in one process: the database, the simulated counterparties, the console and the four applications, started
 * in this order and closed in the other. It closes itself when the process is asked to end, also while it still starts:
 * a database server would outlive the process. Not thread-safe but for {@link #close()}.
 */
public final class Suite implements AutoCloseable {

    private final SuiteSettings settings;
    private final Clock clock;
    private final int orderEntryPort;
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final LocalPostgres postgres;
    private final String signInNotice;
    private final Simulators simulators;
    private final ConfigurableApplicationContext console;
    private final CountDownLatch started = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread end = new Thread(this::endWithTheProcess, "close-the-suite");
    private volatile boolean ending;

    private Suite(SuiteSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        this.orderEntryPort = Ports.chosen(settings.orderEntryPort());
        Runtime.getRuntime().addShutdownHook(end);
        try {
            postgres = opened(LocalPostgres.start(settings.data().resolve("postgres"), settings.postgresPort()));
            signInNotice = firstUsers();
            simulators = opened(Simulators.start(settings, clock));
            var port = new SharedPort();
            console = opened(new Resident(
                            "console",
                            ConsoleApplication.class,
                            Map.of("server.port", Integer.toString(settings.port())))
                    .start(port.host(), clock));
            for (var resident : residents()) opened(resident.start(port.guest(), clock));
        } catch (RuntimeException e) {
            try {
                close();
            } catch (RuntimeException unclean) {
                e.addSuppressed(unclean);
            }
            throw e;
        } finally {
            started.countDown();
        }
    }

    /**
     * Starts everything and returns when every application answers; if one part does not start, none is left running.
     *
     * @param clock what the applications and the simulators take for the time
     * @throws org.tradesuite.database.DatabaseUnavailableException if the data folder or the database's port is not free
     * @throws PortTakenException if the console's or a simulated counterparty's port is not free
     */
    public static Suite start(SuiteSettings settings, Clock clock) {
        Ports.requireFree(settings);
        return new Suite(settings, clock);
    }

    /** Where the console and all APIs are. */
    public String address() {
        return "http://localhost:" + console.getEnvironment().getRequiredProperty("local.server.port");
    }

    public Simulators simulators() {
        return simulators;
    }

    public LocalPostgres postgres() {
        return postgres;
    }

    /** How to sign in: the first users with their passwords at the first start, a reminder at every later one. */
    public String signInNotice() {
        return signInNotice;
    }

    /** Where clients and drop copies log on by FIX. */
    public int orderEntryPort() {
        return orderEntryPort;
    }

    public Path dataFolder() {
        return settings.data();
    }

    private String firstUsers() {
        try {
            var made = FirstUsers.create(postgres.database().dataSource(DatabaseRole.EXECUTION));
            if (!made.isEmpty()) {
                sampleTrader();
            }
            return made.isEmpty() ? "Sign in as one of the users made at the first start." : FirstUsers.notice(made);
        } catch (SQLException e) {
            throw new IllegalStateException("the first users cannot be made", e);
        }
    }

    /** The first user who trades is a trader of the sample firm. */
    private void sampleTrader() throws SQLException {
        try (var connection = postgres.database().dataSource(DatabaseRole.OWNER).getConnection();
                var insert = connection.createStatement()) {
            insert.executeUpdate("insert into identity.user_trader values ('trader', 'apatel')");
        }
    }

    private List<Resident> residents() {
        var execution = shared(DatabaseRole.EXECUTION);
        execution.put("execution.fix.store", settings.data().resolve("fix").toString());
        execution.put("execution.fix.check-latency", Boolean.toString(clock.equals(Clock.systemUTC())));
        execution.put("execution.order-entry.port", Integer.toString(orderEntryPort));
        execution.put("execution.order-entry.clients", settings.fixClients());
        if (!clock.equals(Clock.systemUTC())) {
            // The clock may run fast: what a broker does in the blink of an eye takes minutes of the day.
            execution.put("execution.engine.ask-after", "30m");
            execution.put("execution.breaker.slow-after", "30m");
            execution.put("execution.warm-up", "0s");
            execution.put("execution.engine.ask-again", "30m");
            execution.put("execution.engine.question-cycle", "1m");
            execution.put("execution.engine.open-order-after", "2h");
            execution.put("execution.engine.infer-after", "30m");
            execution.put("execution.engine.reconcile-within", "2h");
            execution.put("execution.engine.reconcile-again", "2h");
            execution.put("execution.engine.close-within", "30m");
            execution.put("execution.engine.confirm-within", "60m");
            execution.put("execution.engine.retry-after", "2m");
        }
        simulators
                .ports()
                .forEach((session, port) ->
                        execution.put("execution.fix.session." + session + ".port", Integer.toString(port)));
        return List.of(
                new Resident("execution", ExecutionApplication.class, execution),
                new Resident("settlement", SettlementApplication.class, shared(DatabaseRole.SETTLEMENT)),
                new Resident("reconciliation", ReconciliationApplication.class, reconciliation()),
                new Resident("reporting", ReportingApplication.class, shared(DatabaseRole.REPORTING)));
    }

    /** It takes the drop copies of the brokers that offer one. */
    private Map<String, String> reconciliation() {
        var reconciliation = shared(DatabaseRole.RECONCILIATION);
        var dropCopy = "tradesuite.reconciliation.drop-copy.";
        reconciliation.put(dropCopy + "check-latency", Boolean.toString(clock.equals(Clock.systemUTC())));
        if (!clock.equals(Clock.systemUTC())) {
            // What takes a moment on the way takes minutes by a clock that runs faster.
            reconciliation.put(dropCopy + "margin", "30m");
        }
        reconciliation.put(
                dropCopy + "sessions", String.join(",", simulators.dropCopies().keySet()));
        simulators.dropCopies().forEach((broker, port) -> {
            var session = dropCopy + "session." + broker + ".";
            reconciliation.put(session + "host", "127.0.0.1");
            reconciliation.put(session + "port", Integer.toString(port));
            reconciliation.put(session + "sender", Simulators.dropCopyTarget());
            reconciliation.put(session + "target", broker);
            reconciliation.put(session + "reconnect-seconds", "1");
        });
        return reconciliation;
    }

    private Map<String, String> shared(DatabaseRole role) {
        var database = postgres.database();
        var keys = new HashMap<String, String>();
        keys.put("spring.datasource.url", database.url());
        keys.put("spring.datasource.username", database.username(role));
        keys.put("spring.datasource.password", database.password(role));
        keys.put("tradesuite.drop", dropFolder().toString());
        keys.put("tradesuite.out", settings.out().toString());
        return keys;
    }

    /** Where counterparties leave and find files. */
    public Path dropFolder() {
        return settings.data().resolve("drop");
    }

    private <T extends AutoCloseable> T opened(T part) {
        open.push(part);
        if (ending) throw new IllegalStateException("the suite is asked to end while it starts");
        return part;
    }

    private void endWithTheProcess() {
        ending = true;
        try {
            // What is being started cannot be closed yet, and would stay if nobody waited for it.
            started.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        close();
    }

    private void forgetTheProcess() {
        try {
            Runtime.getRuntime().removeShutdownHook(end);
        } catch (IllegalStateException _) {
            // The process ends at this very moment; the hook will find nothing left to close.
        }
    }

    /** Returns when the suite has been closed. */
    public void awaitEnd() throws InterruptedException {
        ended.await();
    }

    @Override
    public synchronized void close() {
        if (!ending) forgetTheProcess();
        @Nullable IllegalStateException unclean = null;
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception e) {
                // Whatever one part has against stopping, the others stop: the database most of all.
                if (unclean == null) unclean = new IllegalStateException("the suite did not stop cleanly", e);
                else unclean.addSuppressed(e);
            }
        }
        ended.countDown();
        if (unclean != null) throw unclean;
    }
}
