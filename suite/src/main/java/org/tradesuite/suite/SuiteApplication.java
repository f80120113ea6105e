package org.tradesuite.suite;

import java.time.Clock;
import java.util.List;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.tradesuite.database.DatabaseUnavailableException;
import org.tradesuite.suite.benchmark.Benchmarks;
import org.tradesuite.suite.day.NarratedDay;
import org.tradesuite.suite.house.PortTakenException;
import org.tradesuite.suite.house.SuiteSettings;
import org.tradesuite.suite.torture.Torture;

/**
 * Starts the suite. Without an argument it stays up and takes orders; {@code --day} narrates one trading day and ends
 * with exit code 0 if everything added up; {@code --benchmark} or {@code --benchmark=part,part} measures this machine;
 * {@code --torture} kills everything again and again under load and compares the books with the brokers' own logs.
 */
public final class SuiteApplication {

    private SuiteApplication() {}

    public static void main(String[] args) throws Exception {
        keepLogBesideData(args);
        System.exit(run(args));
    }

    /** Has to be known before the first logger is made, and so before the settings are read. */
    private static void keepLogBesideData(String... args) {
        var data = "--suite.data=";
        for (var arg : args)
            if (arg.startsWith(data)) System.setProperty("suite.logs", arg.substring(data.length()) + "/logs");
    }

    private static int run(String... args) throws Exception {
        var words = List.of(args);
        var settings = SuiteSettings.of(args);
        try {
            if (Benchmarks.isAsked(words))
                return Benchmarks.run(words, settings.out(), Clock.systemUTC().instant());
            if (Torture.isAsked(words))
                return Torture.run(words, Clock.systemUTC().instant());
            if (words.contains("--day")) return NarratedDay.tell(settings);
            return StayUp.run(settings);
        } catch (DatabaseUnavailableException | PortTakenException e) {
            System.err.println(e.getMessage());
            return 1;
        } catch (RuntimeException e) {
            // Threads that nobody ends would keep half a suite alive; the exit takes the rest down.
            LoggerFactory.getLogger(SuiteApplication.class).error("The suite ends.", e);
            System.err.println("The suite ends: "
                    + NestedExceptionUtils.getMostSpecificCause(e).getMessage());
            return 1;
        }
    }
}
