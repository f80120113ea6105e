package org.tradesuite.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.springframework.batch.core.BatchStatus;
import org.tradesuite.runsheet.JobBoard;

/**
 * One run that is killed with SIGKILL again and again: the process that works gets to a place, is killed there, the next
 * one goes on with the same run up to the next place, and at last one comes to the end.
 */
public final class Killing {

    private Killing() {}

    /**
     * @param places in the order in which a run comes by: {@code commit <step>}, between the commit of the step and the note
     *     that it is done, or {@code insert <table>} and {@code update <table>}, in the midst of a step
     */
    public static void inEachOf(Desk desk, String job, LocalDate date, List<String> places) {
        for (var place : places) {
            haltAt(desk, place);
            var process = desk.process(job, date);
            try {
                await().atMost(Duration.ofMinutes(3)).until(() -> !process.isAlive() || halted(desk));
                assertThat(process.isAlive()).as(place + ": " + log(desk)).isTrue();
            } finally {
                kill(process);
            }
            await().until(() -> !halted(desk));
            desk.sql("drop function public.halt() cascade");
        }
        var board = desk.open().bean(JobBoard.class);
        var killed = Objects.requireNonNull(board.lastRun(job));
        assertThat(killed.status()).isEqualTo(BatchStatus.FAILED);
        assertThat(desk.restart(killed).status()).isEqualTo(BatchStatus.COMPLETED);
    }

    private static void kill(Process process) {
        try {
            process.destroyForcibly().waitFor();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new AssertionError("The process may be alive still", stopped);
        }
    }

    /** Whoever gets there waits, until it is killed. */
    private static void haltAt(Desk desk, String place) {
        var words = place.split(" ", 2);
        var commit = words[0].equals("commit");
        desk.sql("""
            create function public.halt() returns trigger language plpgsql as $$ begin perform pg_advisory_xact_lock(4711); perform pg_sleep(600); return new; end $$;
            create trigger halt before %s on reconciliation.%s for each row %s execute function public.halt()
            """.formatted(
                        commit ? "update" : words[0],
                        commit ? "batch_step_execution" : words[1],
                        commit ? "when (new.step_name = '" + words[1] + "' and new.status = 'COMPLETED')" : ""));
    }

    private static boolean halted(Desk desk) {
        return !desk.rows("select pid from pg_locks where locktype = 'advisory' and objid = 4711 and granted and"
                        + " database = (select oid from pg_database where datname = current_database())")
                .isEmpty();
    }

    private static String log(Desk desk) {
        try {
            return Files.readString(desk.folder().resolve("process.log"));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
