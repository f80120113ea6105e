package org.tradesuite.reconciliation.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** How far a step of the brokers' job is, while several threads work on it. */
class RowsToldTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    private final List<String> heard = new CopyOnWriteArrayList<>();

    private void isTold(String what) {
        await().atMost(LONG).until(() -> !heard.isEmpty() && heard.getLast().equals(what));
    }

    @Test
    void of_a_file_that_is_half_read_as_many_rows_again_are_expected_and_a_packed_one_is_never_more_than_read()
            throws IOException {
        try (var told = new RowsTold((rows, total) -> heard.add(rows + " of " + total))) {
            isTold("0 of 0");
            told.expectOctets(100);
            told.expectOctets(300);
            var in = told.counted(new ByteArrayInputStream(new byte[500]), 100);
            assertThat(in.readNBytes(50)).hasSize(50);
            told.count().add(30);
            isTold("30 of 240");
            assertThat(in.read()).isZero();
            assertThat(in.readAllBytes()).hasSize(449);
            isTold("30 of 120");
        }
    }

    @Test
    void rows_that_are_known_beforehand_are_expected_whatever_was_read() {
        try (var told = new RowsTold((rows, total) -> heard.add(rows + " of " + total))) {
            told.expect(1000);
            told.count().add(1);
            isTold("1 of 1000");
            told.expect(-200);
            isTold("1 of 800");
        }
        var after = heard.size();
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().equals("rows-told"));
        assertThat(heard).hasSize(after);
    }

    @Test
    void what_cannot_be_told_fails_the_step_at_its_end() {
        assertThatThrownBy(() -> {
                    try (var told = new RowsTold((rows, total) -> {
                        heard.add("asked");
                        throw new IllegalStateException("no connection");
                    })) {
                        isTold("asked");
                        told.count().add(1);
                    }
                })
                .hasMessage("no connection");
    }
}
