package org.tradesuite.suite.house;

import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tradesuite.suite.broker.BrokerProfile;
import org.tradesuite.suite.broker.SeededError;
import org.tradesuite.suite.broker.SimulatedBroker;
import org.tradesuite.suite.custodian.SeededFault;
import org.tradesuite.suite.custodian.SimulatedCustodian;
import org.tradesuite.suite.market.Market;
import org.tradesuite.suite.market.MarketFeed;
import org.tradesuite.suite.market.ReferenceFiles;
import tools.jackson.databind.json.JsonMapper;

/**
 * The world outside: three brokers, a market data vendor and a custodian. They know the suite by its FIX sessions and
 * its drop folder only. What they keep lies beside the suite's own data, so that a kill of the process ends none of them.
 */
public final class Simulators implements AutoCloseable {

    private static final String CLIENT = "TRADESUITE";

    private final Market market;
    private final List<SimulatedBroker> brokers;
    private final MarketFeed feed;
    private final SimulatedCustodian custodian;
    private final Map<String, Integer> ports;
    private final Map<String, Integer> dropCopies;
    private final Path drop;
    private final Path truth;

    private Simulators(
            Market market,
            List<SimulatedBroker> brokers,
            MarketFeed feed,
            SimulatedCustodian custodian,
            Map<String, Integer> ports,
            Map<String, Integer> dropCopies,
            Path drop,
            Path truth) {
        this.market = market;
        this.brokers = brokers;
        this.feed = feed;
        this.custodian = custodian;
        this.ports = ports;
        this.dropCopies = dropCopies;
        this.drop = drop;
        this.truth = truth;
    }

    static Simulators start(SuiteSettings settings, Clock clock) {
        var files = ReferenceFiles.onClassPath();
        // A day that goes on after a break must find the prices it had.
        var today = settings.date() != null ? settings.date() : LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        var market = Market.of(files, settings.seed(), today);
        var folder = settings.data().resolve("simulators");
        var ports = new HashMap<String, Integer>();
        var dropCopies = new HashMap<String, Integer>();
        var brokers = new ArrayList<SimulatedBroker>();
        try {
            for (var profile : List.of(
                    BrokerProfile.alfa().onPort(Ports.chosen(settings.alfaPort())),
                    BrokerProfile.bravo()
                            .onPort(Ports.chosen(settings.bravoPort()))
                            .copyingOn(Ports.chosen(settings.dropCopyPort())),
                    BrokerProfile.charlie().onPort(Ports.chosen(settings.charliePort())))) {
                ports.put(profile.brokerId(), profile.port());
                if (profile.dropCopyPort() != 0) {
                    dropCopies.put(profile.brokerId(), profile.dropCopyPort());
                }
                brokers.add(new SimulatedBroker(profile, market, files, settings.seed(), clock, CLIENT, folder));
            }
            ports.put("MARKET", Ports.chosen(settings.marketPort()));
            var feed = new MarketFeed(market, clock, ports.get("MARKET"), CLIENT, folder);
            var drop = settings.data().resolve("drop");
            var truth = settings.data().resolve("truth");
            var custodian = new SimulatedCustodian(
                    files, settings.seed(), clock, SimulatedCustodian.Behaviour.usual(), drop, folder, truth);
            var simulators = new Simulators(market, brokers, feed, custodian, ports, dropCopies, drop, truth);
            return simulators.started();
        } catch (RuntimeException e) {
            brokers.forEach(SimulatedBroker::stop);
            throw e;
        }
    }

    private Simulators started() {
        try {
            feed.start();
            brokers.forEach(SimulatedBroker::start);
            custodian.start();
            return this;
        } catch (RuntimeException e) {
            feed.stop();
            custodian.stop();
            throw e;
        }
    }

    /** The prices that every simulator goes by. */
    public Market market() {
        return market;
    }

    /** The FIX port of each session by its name. */
    public Map<String, Integer> ports() {
        return Map.copyOf(ports);
    }

    /** The FIX port by broker of those that copy their executions to whoever reconciles. */
    public Map<String, Integer> dropCopies() {
        return Map.copyOf(dropCopies);
    }

    /** Who that is, on those sessions. */
    public static String dropCopyTarget() {
        return SimulatedBroker.DROP_COPY_TARGET;
    }

    /** The brokers' own logs by broker: the truth about what reached them and what they did. */
    public Map<String, Path> brokerLogs() {
        var logs = new HashMap<String, Path>();
        brokers.forEach(broker -> logs.put(broker.brokerId(), broker.logFile()));
        return logs;
    }

    /** Every broker leaves its statement of the day in the drop folder. */
    public void endOfDay(LocalDate date) {
        brokers.forEach(broker -> broker.endOfDay(date, drop, truth));
    }

    /** What the brokers got wrong on purpose in their statements of the day. */
    public List<SeededError> brokerErrors(LocalDate date) {
        return brokers.stream()
                .flatMap(broker -> broker.endOfDay(date, truth.resolve("again"), truth).stream())
                .toList();
    }

    /** The custodian answers what has arrived. */
    public void custodianAnswers() {
        custodian.process();
    }

    /** The custodian settles what is due on that date. */
    public void custodianSettles(LocalDate date) {
        custodian.process();
        custodian.settle(date);
    }

    /** The custodian leaves its statements of holdings and cash as at the end of that date. */
    public void custodianStates(LocalDate date) {
        custodian.statements(date);
    }

    /** What the custodian got wrong on purpose in its statements as at that date. */
    public List<SeededFault> custodianFaults(LocalDate date) {
        var file = truth.resolve("seeded-CUSTODIAN-" + date.format(DateTimeFormatter.BASIC_ISO_DATE) + ".json");
        return List.of(JsonMapper.shared().readValue(file, SeededFault[].class));
    }

    @Override
    public void close() {
        custodian.stop();
        brokers.forEach(SimulatedBroker::stop);
        feed.stop();
    }
}
