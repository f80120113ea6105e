package org.tradesuite.suite;

import java.util.List;
import org.springframework.boot.web.server.PortInUseException;
import org.tradesuite.database.DatabaseUnavailableException;
import org.tradesuite.suite.benchmark.Benchmarks;
import org.tradesuite.suite.day.NarratedDay;
import org.tradesuite.suite.house.SuiteSettings;

/**
 * Starts the suite. Without an argument it stays up and takes orders; {@code --day} narrates one trading day and ends
 * with exit code 0 if everything added up; {@code --benchmark} measures this machine.
 */
public final class SuiteApplication {

    private SuiteApplication() {}

    public static void main(String[] args) throws Exception {
        System.exit(run(args));
    }

    private static int run(String... args) throws Exception {
        var words = List.of(args);
        var settings = SuiteSettings.of(args);
        try {
            if (words.contains("--benchmark")) return Benchmarks.run();
            if (words.contains("--day")) return NarratedDay.tell(settings);
            return StayUp.run(settings);
        } catch (DatabaseUnavailableException | PortInUseException e) {
            System.err.println(e.getMessage());
            return 1;
        }
    }
}
