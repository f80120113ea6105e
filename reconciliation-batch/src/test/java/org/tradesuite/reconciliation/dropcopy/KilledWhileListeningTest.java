package org.tradesuite.reconciliation.dropcopy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tradesuite.reconciliation.fix.FixLog;
import org.tradesuite.reconciliation.statement.DropFolders;

/** A process that listens to a broker is killed with SIGKILL again and again while the broker speaks. */
class KilledWhileListeningTest {

    private static final int KILLS = 5;
    private static final Duration LONG = Duration.ofSeconds(90);

    @TempDir
    Path folder;

    /** The process: listens until it is killed. */
    public static void main(String[] arguments) {
        var terms = Map.of(
                "host",
                "127.0.0.1",
                "port",
                arguments[1],
                "sender",
                "DESK",
                "target",
                "ALFA",
                "reconnect-seconds",
                "1");
        var folder = Path.of(arguments[0]);
        new DropCopyLines(
                        Map.of("ALFA", terms),
                        new DropFolders(folder),
                        folder.resolve("store"),
                        false,
                        Clock.fixed(Instant.parse("2026-11-20T10:00:00Z"), ZoneOffset.UTC))
                .start();
        while (true) {
            LockSupport.park();
        }
    }

    private Process listener(BrokerEnd broker) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledWhileListeningTest.class.getName(),
                        folder.toString(),
                        Integer.toString(broker.port()))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("listener.log").toFile())
                .start();
    }

    @Test
    void nothing_is_lost_and_nothing_is_cut_off() throws Exception {
        try (var broker = BrokerEnd.waiting("FIX.4.4", "ALFA", "DESK")) {
            var said = 0;
            for (var kill = 1; kill <= KILLS; kill++) {
                var before = broker.logons();
                var process = listener(broker);
                try {
                    await().atMost(LONG).until(() -> broker.logons() > before || !process.isAlive());
                    assertThat(process.isAlive()).isTrue();
                    // Some while it catches up, some while it follows: the kill comes between any two of its steps.
                    for (var more = 0; more < 40 * kill; more++) {
                        broker.fill("E" + ++said, 100);
                        LockSupport.parkNanos(300_000L * kill);
                    }
                } finally {
                    process.destroyForcibly().waitFor();
                }
            }
            var last = "E" + said;
            var process = listener(broker);
            try {
                await().atMost(LONG).until(() -> executions().contains(last));
            } finally {
                process.destroyForcibly().waitFor();
            }
            assertThat(executions()).hasSize(said);
        }
    }

    /** What is no message would be one that was cut off and written on behind. */
    private Set<String> executions() throws IOException {
        var found = new HashSet<String>();
        var file = folder.resolve("brokers/ALFA/dropcopy-20261120.fix.part");
        if (!Files.exists(file)) {
            return found;
        }
        try (var in = Files.newInputStream(file)) {
            var log = new FixLog(in);
            while (log.next()) {
                var message = log.message();
                // The last may be on its way.
                assertThat(message != null || log.isCutOff())
                        .as(String.valueOf(log.wrong()))
                        .isTrue();
                if (message != null && message.text(17) != null) {
                    found.add(message.text(17));
                }
            }
        }
        return found;
    }
}
