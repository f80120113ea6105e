package org.tradesuite.suite.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.SimpleCommandLinePropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.ResourcePropertySource;

/**
 * What can be set about the suite; {@code suite.properties} explains each key. Ports: 0 takes a free one.
 *
 * @param fixClients who may log on at the order entry port, divided by commas
 * @param speed times as fast as the wall clock, for the narrated day only
 * @param date the narrated day's business date; the latest one that is over if none is given
 */
public record SuiteSettings(
        Path data,
        Path out,
        int port,
        int postgresPort,
        int alfaPort,
        int bravoPort,
        int charliePort,
        int dropCopyPort,
        int marketPort,
        int orderEntryPort,
        String fixClients,
        long seed,
        double speed,
        int decisions,
        @Nullable LocalDate date) {

    /** The settings of {@code suite.properties} in the jar, overridden by ./suite.properties, overridden by args. */
    public static SuiteSettings of(String... args) {
        var environment = new StandardEnvironment();
        var sources = environment.getPropertySources();
        sources.addFirst(new SimpleCommandLinePropertySource(args));
        if (Files.exists(Path.of("suite.properties")))
            sources.addLast(file(new FileSystemResource("suite.properties")));
        sources.addLast(file(new ClassPathResource("suite.properties")));
        ConfigurationPropertySources.attach(environment);
        return Binder.get(environment).bind("suite", SuiteSettings.class).get();
    }

    /** The same for this business date. */
    public SuiteSettings withDate(LocalDate other) {
        return new SuiteSettings(
                data,
                out,
                port,
                postgresPort,
                alfaPort,
                bravoPort,
                charliePort,
                dropCopyPort,
                marketPort,
                orderEntryPort,
                fixClients,
                seed,
                speed,
                decisions,
                other);
    }

    private static ResourcePropertySource file(Resource resource) {
        try {
            return new ResourcePropertySource(resource);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + resource.getDescription(), e);
        }
    }
}
