package org.tradesuite.suite;

import java.time.Clock;
import java.time.LocalDate;
import org.tradesuite.suite.day.StartOfDay;
import org.tradesuite.suite.house.Suite;
import org.tradesuite.suite.house.SuiteSettings;

/** The suite in use: it stays up until the process is asked to end. */
final class StayUp {

    private StayUp() {}

    static int run(SuiteSettings settings) throws InterruptedException {
        var clock = Clock.systemUTC();
        try (var suite = Suite.start(settings, clock)) {
            suite.postgres().readyLog();
            StartOfDay.ofSampleFirm(suite, LocalDate.now(clock));
            System.out.println(Welcome.of(suite));
            suite.awaitEnd();
        }
        return 0;
    }
}
