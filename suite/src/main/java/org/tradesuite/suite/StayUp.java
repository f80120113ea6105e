package org.tradesuite.suite;

import java.time.Clock;
import java.util.concurrent.CountDownLatch;
import org.tradesuite.suite.house.Suite;
import org.tradesuite.suite.house.SuiteSettings;

/** The suite in use: it stays up until the process is asked to end. */
final class StayUp {

    private StayUp() {}

    static int run(SuiteSettings settings) throws InterruptedException {
        var ended = new CountDownLatch(1);
        var suite = Suite.start(settings, Clock.systemUTC());
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            suite.close();
                            ended.countDown();
                        },
                        "close-the-suite"));
        System.out.println(Welcome.of(suite));
        ended.await();
        return 0;
    }
}
