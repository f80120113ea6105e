package org.tradesuite.execution.fix;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/**
 * A broker that nobody here wrote: QuickFIX/J's example executor 2.3.1, in a process and on a class path of its own.
 * Its jars are copied to {@code target/executor-lib} by the build.
 */
public final class ForeignBroker implements AutoCloseable {
    public final int port;
    private final Process process;

    private ForeignBroker(int port, Process process) {
        this.port = port;
        this.process = process;
    }

    static ForeignBroker start(Dialect.Version version, String name, Path folder) throws IOException {
        return start(version.application, name, "12.30", folder);
    }

    /**
     * @param application the version of FIX, as in FIX.4.4
     * @param price at which it fills everything that crosses it
     */
    public static ForeignBroker start(String application, String name, String price, Path folder) throws IOException {
        var version = Dialect.Version.of(application);
        int port = BrokerAcceptor.freePort();
        Path settings = Files.writeString(folder.resolve("executor.cfg"), """
            [default]
            FileStorePath=%s
            ConnectionType=acceptor
            StartTime=00:00:00
            EndTime=00:00:00
            HeartBtInt=30
            ValidOrderTypes=1,2,F
            SenderCompID=%s
            TargetCompID=TRADESUITE
            UseDataDictionary=Y
            DefaultMarketPrice=%s
            SocketAcceptAddress=127.0.0.1
            SocketAcceptPort=%d
            [session]
            BeginString=%s
            DefaultApplVerID=%s
            """.formatted(
                        folder.resolve("executor-store"), name, price, port, version.beginString, version.application));
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Path libraries = Path.of("target", "executor-lib").toAbsolutePath();
        Process process = new ProcessBuilder(List.of(
                        java.toString(),
                        "-Xmx128m",
                        "-cp",
                        libraries + "/*",
                        "quickfix.examples.executor.Executor",
                        settings.toString()))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("executor.log").toFile())
                .redirectInput(ProcessBuilder.Redirect.PIPE)
                .start();
        Awaitility.await("the foreign broker listens")
                .atMost(Duration.ofSeconds(30))
                .until(() -> {
                    if (!process.isAlive()) {
                        throw new IllegalStateException(Files.readString(folder.resolve("executor.log")));
                    }
                    try (var probe = new Socket(InetAddress.getLoopbackAddress(), port)) {
                        return probe.isConnected();
                    } catch (IOException notYet) {
                        return false;
                    }
                });
        return new ForeignBroker(port, process);
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        try {
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
