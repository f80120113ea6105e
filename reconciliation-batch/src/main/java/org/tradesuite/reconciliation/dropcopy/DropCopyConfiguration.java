package org.tradesuite.reconciliation.dropcopy;

import io.micrometer.core.instrument.binder.MeterBinder;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.tradesuite.reconciliation.statement.DropFolders;

/** The drop-copy sessions of this installation, as its keys say. */
@Configuration(proxyBeanMethods = false)
class DropCopyConfiguration {

    @Bean(initMethod = "start")
    DropCopyLines dropCopyLines(
            Environment environment,
            DropFolders drop,
            Clock clock,
            @Value("${tradesuite.reconciliation.drop-copy.sessions}") List<String> brokers,
            @Value("${tradesuite.reconciliation.drop-copy.store}") Path store,
            @Value("${tradesuite.reconciliation.drop-copy.check-latency}") boolean checkLatency) {
        Map<String, Map<String, String>> terms = new LinkedHashMap<>();
        for (var broker : brokers) {
            if (!broker.isBlank()) {
                terms.put(
                        broker.strip(),
                        Binder.get(environment)
                                .bind(
                                        DropCopyTerms.KEYS + broker.strip().toLowerCase(Locale.ROOT),
                                        Bindable.mapOf(String.class, String.class))
                                .orElse(Map.of()));
            }
        }
        return new DropCopyLines(terms, drop, store, checkLatency, clock);
    }

    /** How each session stands, for whoever watches the installation. */
    @Bean
    MeterBinder dropCopyMeters(DropCopyLines lines) {
        return new DropCopyMeters(lines);
    }

    /** Down while what brokers send cannot be written down; a broker that is away is in the details only. */
    @Bean
    HealthIndicator dropCopyHealthIndicator(DropCopyLines lines) {
        return () -> {
            var states = lines.states();
            var health = states.stream().allMatch(DropCopyLineState::recording) ? Health.up() : Health.down();
            states.forEach(state -> health.withDetail(state.broker(), state.says()));
            return health.build();
        };
    }
}
