package org.tradesuite.execution.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tradesuite.execution.risk.SwitchScope;
import org.tradesuite.execution.risk.TradingState;

/** Stops that the journal does not have yet: what was kept is there after any end, and what is not whole is said. */
class KeptStopsTest {

    @TempDir
    private Path folder;

    private static Input.SwitchRequested stop(String key, String scope, String reason) {
        return new Input.SwitchRequested(
                Instant.parse("2026-03-02T10:00:00.000001Z"),
                0,
                "rsmith",
                reason,
                SwitchScope.of(scope),
                TradingState.HALTED,
                true,
                key,
                "hash-" + key);
    }

    /** A process of its own: keeps two stops, is in the middle of a third, and dies. */
    static final class Dying {
        private Dying() {}

        public static void main(String[] folder) throws IOException {
            var stops = KeptStops.in(Path.of(folder[0]));
            stops.keep(stop("one", "account=GEQ1,broker=ALFA", "100 % wrong & odd\nline two \u00fc"));
            stops.keep(stop("two", "FIRM", "all of it"));
            if (folder.length > 1) {
                Files.writeString(stops.file(), "0123", StandardOpenOption.APPEND);
            }
            Runtime.getRuntime().halt(137);
        }
    }

    private void dies(String... more) throws Exception {
        var command = new java.util.ArrayList<String>();
        command.add(ProcessHandle.current().info().command().orElseThrow());
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(Dying.class.getName());
        command.add(folder.toString());
        command.addAll(java.util.List.of(more));
        var process = new ProcessBuilder(command).inheritIO().start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(137);
    }

    @Test
    void what_was_kept_is_there_after_the_process_died() throws Exception {
        dies();
        var left = KeptStops.in(folder).left();
        assertThat(left.damage()).isNull();
        assertThat(left.stops())
                .containsExactly(
                        stop("one", "account=GEQ1,broker=ALFA", "100 % wrong & odd\nline two \u00fc"),
                        stop("two", "FIRM", "all of it"));
    }

    @Test
    void a_line_that_death_cut_off_is_said_and_the_lines_before_it_count() throws Exception {
        dies("torn");
        var left = KeptStops.in(folder).left();
        assertThat(left.stops()).extracting(Input.SwitchRequested::key).containsExactly("one", "two");
        assertThat(left.damage()).endsWith("not-in-the-journal: line 3 is cut off");
    }

    @Test
    void a_line_that_was_changed_is_said_and_the_others_count() throws Exception {
        var stops = KeptStops.in(folder);
        stops.keep(stop("one", "account=GEQ1", "first"));
        stops.keep(stop("two", "account=INC1", "second"));
        Files.writeString(stops.file(), Files.readString(stops.file()).replace("GEQ1", "GEQ2"));
        var left = KeptStops.in(folder).left();
        assertThat(left.stops()).extracting(Input.SwitchRequested::key).containsExactly("two");
        assertThat(left.damage()).endsWith("line 1 is not what was written");
    }

    @Test
    void the_file_is_emptied_when_the_journal_has_all_of_them_and_not_before() throws Exception {
        var stops = KeptStops.in(folder);
        stops.keep(stop("one", "account=GEQ1", "first"));
        stops.keep(stop("two", "account=INC1", "second"));
        stops.keep(stop("two", "account=INC1", "second"));
        assertThat(Files.readAllLines(stops.file())).hasSize(2);
        stops.recorded("one");
        stops.recorded("never kept");
        assertThat(Files.readAllLines(stops.file())).hasSize(2);
        stops.recorded("two");
        assertThat(stops.file()).isEmptyFile();
        stops.keep(stop("three", "FIRM", "again"));
        assertThat(KeptStops.in(folder).left().stops())
                .extracting(Input.SwitchRequested::key)
                .containsExactly("three");
    }

    @Test
    void what_cannot_be_read_is_set_aside_when_the_journal_has_the_halt_that_stands_for_it() throws Exception {
        Files.writeString(KeptStops.in(folder).file(), "nonsense\n");
        var stops = KeptStops.in(folder);
        var left = stops.left();
        var halt = KeptStops.standIn(left, Instant.EPOCH, -1, "engine", "why");
        assertThat(halt.scope()).isEqualTo(SwitchScope.FIRM);
        assertThat(stops.file()).hasContent("nonsense");
        stops.recorded(halt.key());
        assertThat(stops.file()).isEmptyFile();
        try (var files = Files.list(folder)) {
            assertThat(files).filteredOn(each -> !each.equals(stops.file())).hasSize(1);
        }
    }

    @Test
    void a_folder_that_cannot_be_made_is_known_before_it_is_needed() throws Exception {
        var inTheWay = Files.createFile(folder.resolve("file"));
        assertThatThrownBy(() -> KeptStops.in(inTheWay.resolve("stops"))).isInstanceOf(IOException.class);
    }
}
