package org.tradesuite.suite.torture;

import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import org.tradesuite.execution.ExecutionApplication;
import org.tradesuite.suite.house.Resident;
import org.tradesuite.suite.house.SharedPort;

/** Execution alone in a process: {@code <nanoseconds its clock is ahead of the wall's> --key=value ...}. */
final class ExecutionMain {

    private ExecutionMain() {}

    public static void main(String[] args) {
        Leash.hold();
        var settings = new HashMap<String, String>();
        for (var arg : List.of(args).subList(1, args.length)) {
            var equals = arg.indexOf('=');
            settings.put(arg.substring("--".length(), equals), arg.substring(equals + 1));
        }
        var execution = new Resident("execution", ExecutionApplication.class, settings)
                .start(new SharedPort().host(), clock(args[0]));
        Runtime.getRuntime().addShutdownHook(new Thread(execution::close, "close"));
    }

    /** The same clock in every process, also after a restart. */
    static Clock clock(String nanosAhead) {
        return Clock.tick(
                Clock.offset(Clock.systemUTC(), Duration.ofNanos(Long.parseLong(nanosAhead))), Duration.ofNanos(1_000));
    }
}
