package org.tradesuite.suite;

import org.tradesuite.suite.house.Suite;

/** What a person who has just started the suite needs to know. */
final class Welcome {

    private Welcome() {}

    static String of(Suite suite) {
        var ports = suite.simulators().ports();
        return """

            The suite is up.
              Console                %1$s
              Contract to try out    %1$s/execution/swagger-ui and the same for settlement, reconciliation, reporting
              Database               %2$s (roles and passwords in %3$s/postgres/passwords.properties)
              Simulated brokers      ALFA FIX 4.2 on %4$d, BRAVO FIX 4.4 on %5$d, CHARLIE FIX 5.0SP2 on %6$d
              Simulated market data  FIX 4.4 on %7$d
              Order entry by FIX     4.4 on %11$d: 49=ALGO1, 56=TRADESUITE, 553=trader, 554=<its password>, accounts 1=CORE
                                     and 1=INCOME; a drop copy is 49=COPY1 with --suite.fix-clients=ALGO1,COPY1
              Drop folder            %8$s
              Log                    %10$s
            %9$s
            Stop it with Ctrl-C.
            """.formatted(
                        suite.address(),
                        suite.postgres().database().url(),
                        suite.dataFolder(),
                        ports.get("ALFA"),
                        ports.get("BRAVO"),
                        ports.get("CHARLIE"),
                        ports.get("MARKET"),
                        suite.dropFolder(),
                        suite.signInNotice(),
                        suite.dataFolder().resolve("logs").resolve("suite.log"),
                        suite.orderEntryPort());
    }
}
