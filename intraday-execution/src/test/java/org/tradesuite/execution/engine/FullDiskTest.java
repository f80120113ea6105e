package org.tradesuite.execution.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tradesuite.database.DatabaseRole;
import org.tradesuite.database.LocalPostgres;
import org.tradesuite.execution.order.Algo;
import org.tradesuite.execution.order.OrderType;
import org.tradesuite.market.Price;
import org.tradesuite.market.Quantity;
import org.tradesuite.market.Side;

/**
 * The disk under the database fills up while orders come in, and somebody makes room again. The disk is a real one, small
 * and in memory, so the server says what it says on the day it happens; only root can mount it.
 */
class FullDiskTest {

    private static final int MEGABYTES = 400;
    private static final int CHUNK = 64 << 10;

    @TempDir
    private Path folder;

    private final List<Commit> commits = new CopyOnWriteArrayList<>();

    @BeforeEach
    void mountASmallDisk() throws Exception {
        var mounted = "root".equals(System.getProperty("user.name"))
                && command(
                        "mount", "-t", "tmpfs", "-o", "mode=1777,size=" + MEGABYTES + "m", "none", folder.toString());
        if (!mounted) {
            System.out.println("skipped: only root can mount a disk that is small enough to fill");
        }
        assumeTrue(mounted, "only root can mount a disk that is small enough to fill");
    }

    @AfterEach
    void unmount() throws Exception {
        command("umount", "-l", folder.toString());
    }

    private static boolean command(String... words) throws IOException, InterruptedException {
        var process = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0;
    }

    @Test
    void callers_are_told_and_what_was_taken_is_booked_once_there_is_room_again() throws Exception {
        try (var server = LocalPostgres.start(folder.resolve("data"), 0);
                var engine = Engine.start(
                        House.settings(),
                        server.database().dataSource(DatabaseRole.EXECUTION),
                        House.reference(),
                        Clock.fixed(House.MORNING, ZoneOffset.UTC),
                        commits::add)) {
            engine.submit(new Input.TradingDayOpenRequested(House.MORNING, 1, "ops", House.MONDAY));
            engine.submit(new Input.BrokerSessionUp(House.MORNING, House.ALFA));
            engine.submit(new Input.MarketQuote(House.MORNING, House.VOD, Price.of("99.99"), Price.of("100.01")));
            engine.submit(decision(2));
            await().until(() -> sent().size() == 1);

            var filler = fill();
            var taken = new ArrayList<>(List.of("D2"));
            await("the database has no room")
                    .atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> {
                        var next = decision(taken.size() + 2);
                        var intake = engine.submit(next);
                        if (intake == Intake.TAKEN) {
                            taken.add(next.decisionId());
                        }
                        return intake == Intake.UNAVAILABLE;
                    });
            assertThat(engine.health().condition()).isEqualTo(EngineHealth.Condition.JOURNAL_UNAVAILABLE);
            assertThat(endOfLog()).contains("No space left on device");
            assertThat(sent()).hasSizeLessThan(taken.size());

            Files.delete(filler);
            await("everything that was taken leaves once")
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> sent().size() == taken.size());
            assertThat(engine.health().condition()).isEqualTo(EngineHealth.Condition.RUNNING);
            assertThat(sent()).doesNotHaveDuplicates();
            assertThat(decisions(server)).containsExactlyInAnyOrderElementsOf(taken);
        }
    }

    private Input.DecisionSubmitted decision(int number) {
        return new Input.DecisionSubmitted(
                House.MORNING,
                number,
                "trader",
                "D" + number,
                "key-" + number,
                "0".repeat(64),
                House.ACCOUNT,
                "VALUE",
                "apatel",
                House.VOD,
                Side.BUY,
                Quantity.of("1000"),
                OrderType.LIMIT,
                Price.of("100"),
                Algo.IMMEDIATE,
                null,
                null);
    }

    private List<String> sent() {
        return commits.stream()
                .flatMap(commit -> commit.effects().stream())
                .flatMap(effect ->
                        effect instanceof Effect.SendNewOrder order ? Stream.of(order.clOrdId()) : Stream.of())
                .toList();
    }

    /** Takes the last block of the disk. */
    private Path fill() throws IOException {
        var filler = folder.resolve("filler");
        try (var file = FileChannel.open(filler, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            while (file.write(ByteBuffer.allocate(CHUNK)) > 0) {
                assertThat(file.size()).isLessThan((long) MEGABYTES << 20);
            }
        } catch (IOException full) {
            assertThat(full).hasMessageContaining("No space left on device");
        }
        return filler;
    }

    private String endOfLog() throws IOException {
        return Files.readString(folder.resolve("data/postgres.log"));
    }

    private static List<String> decisions(LocalPostgres server) throws SQLException {
        var found = new ArrayList<String>();
        try (var connection =
                        server.database().dataSource(DatabaseRole.EXECUTION).getConnection();
                var select = connection.createStatement();
                var rows = select.executeQuery("select decision_id from execution_api.decision")) {
            while (rows.next()) {
                found.add(rows.getString(1));
            }
        }
        return found;
    }
}
