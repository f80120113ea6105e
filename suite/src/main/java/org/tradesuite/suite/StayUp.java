package org.tradesuite.suite;

import java.time.Clock;
import java.time.LocalDate;
import java.util.concurrent.CountDownLatch;
import org.tradesuite.suite.day.StartOfDay;
import org.tradesuite.suite.house.Suite;
import org.tradesuite.suite.house.SuiteSettings;

/** The suite in use: it stays up until the process is asked to end. */
final class StayUp {

    private StayUp() {}

    static int run(SuiteSettings settings) throws InterruptedException {
        var ended = new CountDownLatch(1);
        var clock = Clock.systemUTC();
        var suite = Suite.start(settings, clock);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            suite.close();
                            ended.countDown();
                        },
                        "close-the-suite"));
        StartOfDay.ofSampleFirm(suite, LocalDate.now(clock));
        System.out.println(Welcome.of(suite));
        ended.await();
        return 0;
    }
}
