package org.tradesuite.execution;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.io.Resource;
import org.springframework.core.io.ResourceLoader;
import org.tradesuite.execution.desk.Answers;
import org.tradesuite.execution.desk.CurrentReference;
import org.tradesuite.execution.engine.Brake;
import org.tradesuite.execution.engine.Breaking;
import org.tradesuite.execution.engine.EngineSettings;
import org.tradesuite.execution.engine.KeptStops;
import org.tradesuite.execution.fix.Lines;
import org.tradesuite.execution.fix.Subscription;
import org.tradesuite.execution.fix.entry.OrderEntry;
import org.tradesuite.execution.publish.Alerts;
import org.tradesuite.execution.publish.LinesChanged;
import org.tradesuite.execution.publish.Publisher;
import org.tradesuite.market.AccountId;
import tools.jackson.databind.json.JsonMapper;

/** Which room is next to which. Every setting is explained in {@code execution.properties}. */
@Configuration(proxyBeanMethods = false)
class Wiring {

    @Bean
    @ConditionalOnMissingBean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    EngineDoor engineDoor() {
        return new EngineDoor();
    }

    /** What is stopped, as the engine knows it at this moment; nothing while there is no engine. */
    @Bean
    Supplier<@Nullable Brake> brake(EngineDoor door) {
        return door::brake;
    }

    @Bean
    KeptStops keptStops(@Value("${execution.stops}") Path folder) throws IOException {
        return KeptStops.in(folder);
    }

    @Bean
    Alerts alerts(ObjectProvider<Publisher> publisher, JsonMapper json) {
        return new Alerts(publisher::getObject, json);
    }

    @Bean
    Answers answers(EngineDoor door, @Value("${execution.http.answer-within-seconds}") long withinSeconds) {
        return new Answers(door::submit, Duration.ofSeconds(withinSeconds));
    }

    /** The lines are asked for late: they ask the reference data what to follow. */
    @Bean
    CurrentReference currentReference(
            DataSource dataSource, EngineDoor door, Clock clock, ObjectProvider<Lines> lines) {
        return new CurrentReference(
                dataSource, door::submit, clock, () -> lines.getObject().instrumentsChanged());
    }

    @Bean
    Publisher publisher(Publisher.Reader reader, @Value("${execution.stream.buffer}") int buffer) {
        return new Publisher(reader, buffer);
    }

    @Bean
    Lines lines(
            Environment environment,
            ResourceLoader resources,
            EngineDoor door,
            CurrentReference reference,
            Clock clock,
            Alerts alerts,
            ApplicationEventPublisher events,
            @Value("${execution.fix.sessions}") List<String> sessions,
            @Value("${execution.fix.market-data}") String marketData,
            @Value("${execution.fix.dialects}") String dialects,
            @Value("${execution.fix.store}") Path store,
            @Value("${execution.fix.check-latency}") boolean checkLatency,
            @Value("${execution.fix.stale-after-seconds}") long staleAfterSeconds)
            throws IOException {
        List<String> names = new ArrayList<>(sessions);
        names.add(marketData);
        names.removeIf(String::isBlank);
        Map<String, Map<String, String>> keys = new LinkedHashMap<>();
        for (String name : names) {
            keys.put(
                    name.strip(),
                    dialect(name.strip(), resources.getResource(dialects + name.strip() + ".properties"), environment));
        }
        return new Lines(
                new Lines.Settings(keys, store, checkLatency, Duration.ofSeconds(staleAfterSeconds)),
                door::nextTarget,
                door::holds,
                () -> reference.get().instruments().stream()
                        .map(instrument -> new Subscription(instrument.id(), instrument.symbol(), instrument.mic()))
                        .toList(),
                door::submit,
                clock,
                Clock.systemUTC(),
                alerts::trouble,
                () -> events.publishEvent(new LinesChanged()));
    }

    private static Map<String, String> dialect(String name, Resource file, Environment environment) throws IOException {
        if (!file.exists()) {
            throw new IllegalStateException("There is no dialect file " + file.getDescription() + " for the line "
                    + name + ": write one, or correct execution.fix.sessions or execution.fix.dialects.");
        }
        var read = new Properties();
        try (InputStream in = file.getInputStream()) {
            read.load(in);
        }
        Map<String, String> keys = new LinkedHashMap<>();
        read.stringPropertyNames().forEach(key -> keys.put(key, read.getProperty(key)));
        keys.putAll(Binder.get(environment)
                .bind(
                        "execution.fix.session." + name.toLowerCase(java.util.Locale.ROOT),
                        Bindable.mapOf(String.class, String.class))
                .orElse(Map.of()));
        return keys;
    }

    @Bean
    Breaking breaking(
            @Value("${execution.breaker.window}") Duration window,
            @Value("${execution.breaker.broker-rejects}") int brokerRejects,
            @Value("${execution.breaker.broker-slow}") int brokerSlow,
            @Value("${execution.breaker.slow-after}") Duration slowAfter,
            @Value("${execution.breaker.broker-losses}") int brokerLosses,
            @Value("${execution.breaker.open-for}") Duration openFor,
            @Value("${execution.breaker.probes}") int probes,
            @Value("${execution.breaker.strategy-slips}") int strategySlips,
            @Value("${execution.breaker.slip-basis-points}") BigDecimal slipBasisPoints,
            @Value("${execution.breaker.strategy-odd-fills}") int strategyOddFills,
            @Value("${execution.breaker.strategy-orders}") int strategyOrders,
            @Value("${execution.breaker.strategy-losses}") int strategyLosses,
            @Value("${execution.breaker.loss}") BigDecimal loss) {
        return new Breaking(
                window,
                brokerRejects,
                brokerSlow,
                brokerLosses,
                slowAfter,
                openFor,
                probes,
                strategySlips,
                slipBasisPoints,
                strategyOddFills,
                strategyOrders,
                strategyLosses,
                loss);
    }

    @Bean
    EngineSettings engineSettings(
            @Value("${execution.engine.ask-after}") Duration askAfter,
            @Value("${execution.engine.asks}") int asks,
            @Value("${execution.engine.ask-again}") Duration askAgain,
            @Value("${execution.engine.questions}") int questions,
            @Value("${execution.engine.question-cycle}") Duration questionCycle,
            @Value("${execution.engine.open-order-after}") Duration openOrderAfter,
            @Value("${execution.engine.infer-after}") Duration inferAfter,
            @Value("${execution.engine.reconcile-within}") Duration reconcileWithin,
            @Value("${execution.engine.reconcile-again}") Duration reconcileAgain,
            @Value("${execution.engine.twap-interval}") Duration twapInterval,
            @Value("${execution.engine.vwap-interval}") Duration vwapInterval,
            @Value("${execution.engine.participation}") BigDecimal participation,
            @Value("${execution.engine.close-within}") Duration closeWithin,
            @Value("${execution.engine.confirm-within}") Duration confirmWithin,
            @Value("${execution.engine.retry-after}") Duration retryAfter,
            @Value("${execution.engine.unavailable-after}") Duration unavailableAfter,
            @Value("${execution.engine.snapshot-every}") int snapshotEvery,
            @Value("${execution.engine.keep-days}") int keepDays,
            @Value("${execution.engine.orphans-wait}") Duration orphansWait,
            @Value("${execution.engine.hold-for}") Duration holdFor,
            @Value("${execution.suspense-account}") String suspenseAccount,
            Breaking breaking) {
        EngineSettings standard = EngineSettings.standard();
        return new EngineSettings(
                standard.chain(),
                standard.inbox(),
                standard.batch(),
                askAfter,
                asks,
                new EngineSettings.Asking(
                        askAgain,
                        questions,
                        questionCycle,
                        openOrderAfter,
                        inferAfter,
                        reconcileWithin,
                        reconcileAgain),
                standard.rejections(),
                standard.cancelTries(),
                twapInterval,
                vwapInterval,
                participation,
                closeWithin,
                confirmWithin,
                retryAfter,
                standard.confirmationTolerance(),
                unavailableAfter,
                snapshotEvery,
                keepDays,
                orphansWait,
                holdFor,
                suspenseAccount.isBlank() ? null : AccountId.of(suspenseAccount.strip()),
                breaking);
    }

    @Bean
    EngineRoom engineRoom(
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
            @Value("${execution.tick-millis}") long tickMillis,
            @Value("${execution.warm-up}") Duration warmUp) {
        return new EngineRoom(
                settings,
                dataSource,
                clock,
                door,
                stops,
                reference,
                lines,
                orderEntry,
                answers,
                publisher,
                alerts,
                Duration.ofMillis(tickMillis),
                warmUp);
    }
}
