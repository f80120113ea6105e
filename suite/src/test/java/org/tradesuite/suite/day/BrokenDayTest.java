package org.tradesuite.suite.day;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same short day twice, once in peace and once with three kills: both end with the same totals. */
class BrokenDayTest {

    private static final String[] SHORT_DAY = {
        "--day", "--suite.date=2026-11-18", "--suite.decisions=60", "--suite.speed=1000"
    };

    @TempDir
    Path folder;

    @Test
    void a_day_killed_while_orders_work_while_it_instructs_and_while_it_reconciles_ends_like_an_unbroken_one()
            throws Exception {
        var unbroken = new SuiteProcess(folder.resolve("unbroken"), SHORT_DAY);
        var peaceful = unbroken.start();
        assertThat(peaceful.exitCode()).as(peaceful::tail).isZero();

        var broken = new SuiteProcess(folder.resolve("broken"), SHORT_DAY);
        broken.start().killWhen("orders work", log -> log.contains(" accepted"));
        var instructions = folder.resolve("broken/data/drop/custodian/to");
        broken.start().killWhen("some instructions are sent, others not", _ -> holdsFiles(instructions));
        broken.start().killWhen("it reconciles", log -> log.contains("settlement: age-fails"));
        var last = broken.start();
        assertThat(last.exitCode()).as(last::tail).isZero();

        assertThat(totals("broken")).isEqualTo(totals("unbroken"));
    }

    private String totals(String day) throws IOException {
        return Files.readString(folder.resolve(day + "/out/2026-11-18/totals.csv"));
    }

    private static boolean holdsFiles(Path folder) {
        if (!Files.isDirectory(folder)) return false;
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isPresent();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
