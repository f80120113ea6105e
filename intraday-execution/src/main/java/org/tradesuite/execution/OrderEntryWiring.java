package org.tradesuite.execution;

import com.github.f4b6a3.tsid.TsidFactory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.io.Resource;
import org.springframework.core.io.ResourceLoader;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.tradesuite.execution.desk.CurrentReference;
import org.tradesuite.execution.engine.ClientReports;
import org.tradesuite.execution.engine.EngineSettings;
import org.tradesuite.execution.fix.entry.OrderEntry;
import org.tradesuite.execution.publish.Alerts;
import org.tradesuite.execution.publish.LinesChanged;

/** The clients' door next to the desk. Every setting is explained in {@code execution.properties}. */
@Configuration(proxyBeanMethods = false)
class OrderEntryWiring {

    @Bean
    OrderEntry orderEntry(
            Environment environment,
            ResourceLoader resources,
            EngineSettings engine,
            DataSource dataSource,
            EngineDoor door,
            CurrentReference reference,
            AuthenticationManager users,
            Clock clock,
            Alerts alerts,
            ApplicationEventPublisher events,
            @Value("${execution.order-entry.port}") int port,
            @Value("${execution.order-entry.address}") String address,
            @Value("${execution.order-entry.clients}") List<String> clients,
            @Value("${execution.order-entry.files}") String files,
            @Value("${execution.fix.store}") Path store,
            @Value("${execution.fix.check-latency}") boolean checkLatency,
            @Value("${execution.fix.stale-after-seconds}") long staleAfterSeconds)
            throws IOException {
        Map<String, Map<String, String>> keys = new LinkedHashMap<>();
        for (String client : clients) {
            String name = client.strip();
            if (port != 0 && !name.isEmpty()) {
                keys.put(name, file(name, resources.getResource(files + name + ".properties"), environment));
            }
        }
        TsidFactory ids = TsidFactory.builder().withClock(clock).build();
        return new OrderEntry(
                new OrderEntry.Settings(
                        address,
                        port,
                        keys,
                        store.resolve("clients"),
                        checkLatency,
                        Duration.ofSeconds(staleAfterSeconds)),
                door::clientInbound,
                new Told(new ClientReports(engine.chain(), dataSource), reference),
                new OrderEntry.SignIn(
                        (user, password) -> isUser(users, user, password), new BCryptPasswordEncoder()::matches),
                reference::get,
                () -> "D" + ids.create(),
                door::submit,
                clock,
                Clock.systemUTC(),
                alerts::trouble,
                () -> events.publishEvent(new LinesChanged()));
    }

    /** A client's session goes on where it stopped; a new one begins with the day in force. */
    private record Told(ClientReports reports, CurrentReference reference) implements OrderEntry.Past {
        @Override
        public void since(long place, Consumer<ClientReports.Entry> reader) throws SQLException {
            reports.since(place, reader);
        }

        @Override
        public long beginning() throws SQLException {
            return reports.dayBegan(reference.get().businessDate());
        }
    }

    private static boolean isUser(AuthenticationManager users, String user, String password) {
        try {
            return users.authenticate(UsernamePasswordAuthenticationToken.unauthenticated(user, password))
                    .isAuthenticated();
        } catch (AuthenticationException refused) {
            return false;
        }
    }

    private static Map<String, String> file(String name, Resource file, Environment environment) throws IOException {
        Map<String, String> keys = new LinkedHashMap<>();
        if (!file.exists()) {
            throw new IllegalStateException("There is no file " + file.getDescription() + " for the client " + name
                    + ": write one, or correct execution.order-entry.clients or execution.order-entry.files.");
        }
        var read = new Properties();
        try (InputStream in = file.getInputStream()) {
            read.load(in);
        }
        read.stringPropertyNames().forEach(key -> keys.put(key, read.getProperty(key)));
        keys.putAll(Binder.get(environment)
                .bind(
                        "execution.order-entry.client." + name.toLowerCase(Locale.ROOT),
                        Bindable.mapOf(String.class, String.class))
                .orElse(Map.of()));
        return keys;
    }
}
