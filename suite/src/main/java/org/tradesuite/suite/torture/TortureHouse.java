package org.tradesuite.suite.torture;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.client.RestClientException;
import org.tradesuite.database.DatabaseRole;
import org.tradesuite.openapi.execution.model.ReferenceKind;
import org.tradesuite.suite.day.ReferenceFiles;
import org.tradesuite.suite.door.FrontDoor;
import org.tradesuite.suite.house.Ports;
import org.tradesuite.suite.market.Market;
import org.tradesuite.suite.market.MarketFeed;

/**
 * Everything that takes part, each where it can be killed alone: execution, the database and the brokers in processes of
 * their own, a cable to each broker. The market data feed is ours and stays up. All of it lives in one folder and on free
 * ports of the loopback address.
 */
final class TortureHouse implements AutoCloseable {

    static final LocalDate DATE = LocalDate.of(2026, 11, 18);

    /** London is open, and stays open for hours. */
    private static final Instant MORNING = Instant.parse("2026-11-18T08:30:00Z");

    private static final Logger LOG = LoggerFactory.getLogger(TortureHouse.class);
    private static final Duration GLANCE = Duration.ofMillis(50);
    private static final Duration BACK_WITHIN = Duration.ofSeconds(90);

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final Path folder;
    private final Clock clock;
    private final Market market;
    private final DatabaseServer database;
    private final Disk disk;
    private final Map<String, JavaChild> brokers = new LinkedHashMap<>();
    private final Map<String, Cable> cables = new LinkedHashMap<>();
    private final JavaChild execution;
    private final String address;
    private final FrontDoor door;
    private final boolean trained;
    private final String classPath;
    private int startedAgain;

    /** @param trained whether later starts shall be quick */
    TortureHouse(Path folder, long seed, boolean trained) throws Exception {
        this.folder = folder;
        this.trained = trained;
        var ahead = Long.toString(
                Duration.between(Clock.systemUTC().instant(), MORNING).toNanos());
        this.clock = ExecutionMain.clock(ahead);
        this.market = Market.of(org.tradesuite.suite.market.ReferenceFiles.onClassPath(), seed, DATE);
        try {
            var logs = Files.createDirectories(folder.resolve("logs"));
            var own = System.getProperty("java.class.path");
            this.classPath = trained ? Jars.packed(own, Files.createDirectories(folder.resolve("jars"))) : own;
            this.disk = opened(Disk.at(folder.resolve("fix")));
            this.database = opened(DatabaseServer.install(folder.resolve("postgres")));
            database.start();
            var marketPort = Ports.chosen(0);
            var feed = new MarketFeed(market, clock, marketPort, "TRADESUITE", folder.resolve("market"));
            feed.start();
            open.push(feed::stop);
            for (var victim : Trial.Victim.BROKERS) {
                var name = victim.name();
                var port = Ports.chosen(0);
                cables.put(name, opened(new Cable(port)));
                brokers.put(name, opened(broker(name, port, seed, ahead, logs)));
            }
            var httpPort = Ports.chosen(0);
            this.address = "http://localhost:" + httpPort;
            this.execution = opened(execution(httpPort, marketPort, ahead, logs));
            brokers.values().forEach(JavaChild::start);
            execution.start();
            this.door = new FrontDoor(address, database.user());
            openDay();
            if (trained) train();
        } catch (Exception e) {
            close();
            throw e;
        }
    }

    private <T extends AutoCloseable> T opened(T part) {
        open.push(part);
        return part;
    }

    private JavaChild broker(String name, int port, long seed, String ahead, Path logs) {
        return new JavaChild(
                name,
                512,
                classPath,
                kept(name),
                BrokerMain.class,
                List.of(
                        ahead,
                        name,
                        Integer.toString(port),
                        simulators().toString(),
                        Long.toString(seed),
                        DATE.toString()),
                Map.of(),
                logs);
    }

    private JavaChild execution(int httpPort, int marketPort, String ahead, Path logs) {
        var arguments = new ArrayList<String>();
        arguments.add(ahead);
        var line = "--execution.fix.session.";
        arguments.add("--server.port=" + httpPort);
        arguments.add("--server.address=127.0.0.1");
        arguments.add("--tradesuite.web.first-users=false");
        arguments.add("--spring.datasource.url=" + database.database().url());
        arguments.add("--execution.fix.store=" + folder.resolve("fix"));
        arguments.add("--execution.fix.check-latency=false");
        arguments.add("--execution.warm-up=0s");
        arguments.add(line + "MARKET.port=" + marketPort);
        cables.forEach((name, cable) -> {
            arguments.add(line + name + ".port=" + cable.port());
            // A line that has gone silent is noticed within a round.
            arguments.add(line + name + ".heartbeat-seconds=3");
        });
        arguments.add("--execution.engine.twap-interval=2s");
        // Its cables are cut all the time: a breaker would leave the brokers alone just when it gets interesting.
        arguments.add("--execution.breaker.broker-rejects=0");
        arguments.add("--execution.breaker.broker-slow=0");
        arguments.add("--execution.breaker.broker-losses=0");
        // Several snapshots in one torture, so that restarts read some of them.
        arguments.add("--execution.engine.snapshot-every=15000");
        var password = database.database().password(DatabaseRole.EXECUTION);
        return new JavaChild(
                "execution",
                384,
                classPath,
                kept("execution"),
                ExecutionMain.class,
                arguments,
                Map.of("TRADESUITE_EXECUTION_PASSWORD", password),
                logs);
    }

    private @Nullable Path kept(String name) {
        return trained ? folder.resolve("jars").resolve(name + ".aot") : null;
    }

    private void train() throws InterruptedException {
        execution.train();
        execution.start();
        for (var broker : brokers.values()) {
            broker.train();
            broker.start();
        }
        awaitUp();
    }

    private void openDay() throws InterruptedException {
        awaitAnswers(
                "execution answers",
                () -> !door.brokers().listBrokers().getItems().isEmpty());
        for (var kind : ReferenceFiles.KINDS) {
            var result = door.reference().importReference(ReferenceKind.fromValue(kind.table()), Firm.file(kind, DATE));
            if (!result.getFailures().isEmpty())
                throw new IllegalStateException(kind.name() + " was refused: " + result.getFailures());
        }
        door.tradingDays().openTradingDay(DATE);
        awaitUp();
        awaitAnswers(
                "London is quoted",
                () -> door.reference().listInstruments("XLON", null, null, 1000).getItems().stream()
                        .allMatch(each -> each.getBid() != null));
    }

    /** Something of the house that can be asked, and fails to answer while it is down. */
    interface Question {
        boolean ask();
    }

    /** Until execution answers and every broker is logged on; what has ended by itself is started again. */
    void awaitUp() throws InterruptedException {
        awaitAnswers(
                "all brokers are logged on",
                () -> door.brokers().listBrokers().getItems().stream()
                        .allMatch(broker -> broker.getState().getValue().equals("UP")));
    }

    /** @throws IllegalStateException if that does not come true in time, naming it */
    void awaitAnswers(String what, Question question) throws InterruptedException {
        var deadline = System.nanoTime() + BACK_WITHIN.toNanos();
        while (true) {
            superviseAll();
            try {
                if (question.ask()) return;
            } catch (RestClientException notYet) {
                LOG.debug("not yet: {}", what, notYet);
            }
            if (System.nanoTime() > deadline)
                throw new IllegalStateException("Not within " + BACK_WITHIN.toSeconds() + " s: " + what);
            Thread.sleep(GLANCE.toMillis());
        }
    }

    /** As whoever runs a server does: what has ended is started again, be it because its database was not there yet. */
    private void superviseAll() throws InterruptedException {
        supervise(execution);
        for (var broker : brokers.values()) supervise(broker);
        if (!database.isAlive()) {
            startedAgain++;
            database.start();
        }
    }

    private void supervise(JavaChild child) {
        if (child.isAlive()) return;
        startedAgain++;
        LOG.info("{} has ended and is started again", child);
        child.start();
    }

    /** @return whether there was something to kill */
    boolean kill(Trial.Victim victim, Random random) throws InterruptedException {
        return switch (victim) {
            case SUITE -> execution.kill();
            case DATABASE -> database.kill();
            case SESSION -> database.killSession(random);
            case ALFA, BRAVO, CHARLIE -> broker(victim).kill();
        };
    }

    /** Starts what was killed; does not wait for it. */
    void start(Trial.Victim victim) {
        switch (victim) {
            case SUITE -> startIfEnded(execution);
            case DATABASE -> database.launch();
            case SESSION -> {
                // The server opens for new sessions by itself.
            }
            case ALFA, BRAVO, CHARLIE -> startIfEnded(broker(victim));
        }
    }

    private static void startIfEnded(JavaChild child) {
        if (!child.isAlive()) child.start();
    }

    private JavaChild broker(Trial.Victim victim) {
        var broker = brokers.get(victim.name());
        if (broker == null) throw new IllegalArgumentException(victim + " is no broker");
        return broker;
    }

    Cable cable(String broker) {
        var cable = cables.get(broker);
        if (cable == null) throw new IllegalArgumentException("no cable to " + broker);
        return cable;
    }

    DatabaseServer database() {
        return database;
    }

    Disk disk() {
        return disk;
    }

    FrontDoor door() {
        return door;
    }

    String address() {
        return address;
    }

    Market market() {
        return market;
    }

    Clock clock() {
        return clock;
    }

    Path folder() {
        return folder;
    }

    private Path simulators() {
        return folder.resolve("simulators");
    }

    /** The brokers' own logs. */
    Map<String, Path> brokerLogs() {
        var logs = new LinkedHashMap<String, Path>();
        brokers.keySet()
                .forEach(name -> logs.put(name, simulators().resolve(name).resolve("log.jsonl")));
        return logs;
    }

    /** How often something had ended that nobody killed. */
    int startedAgain() {
        return startedAgain;
    }

    @Override
    public void close() {
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception e) {
                // Whatever one part has against ending, the others end.
                LOG.error("A part of the torture did not end in order", e);
            }
        }
    }
}
