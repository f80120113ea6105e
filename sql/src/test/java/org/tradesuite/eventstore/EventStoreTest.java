package org.tradesuite.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.util.PSQLException;
import org.tradesuite.database.DatabaseRole;
import org.tradesuite.database.LocalDatabase;
import org.tradesuite.database.LocalPostgres;

class EventStoreTest {

    private static final Instant TEN_O_CLOCK = Instant.parse("2026-03-02T10:00:00Z");

    private final LocalDatabase database = LocalPostgres.shared().newDatabase();
    private final EventStore store = new EventStore("execution-0");
    private Connection connection;

    @BeforeEach
    void log_in() throws SQLException {
        connection = database.dataSource(DatabaseRole.EXECUTION).getConnection();
        connection.setAutoCommit(false);
    }

    @AfterEach
    void drop() throws SQLException {
        connection.close();
        LocalPostgres.shared().drop(database);
    }

    @Test
    void a_batch_is_numbered_without_gap_and_chained() throws SQLException {
        var first = append(TEN_O_CLOCK, event("order/1", 1), event("order/2", 1), event("order/1", 2));
        var second = append(TEN_O_CLOCK.plusSeconds(1), event("order/2", 2));

        assertThat(first.events()).extracting(RecordedEvent::seq).containsExactly(1L, 2L, 3L);
        assertThat(second.events()).extracting(RecordedEvent::seq).containsExactly(4L);
        assertThat(first.events().getFirst().prevHash()).isEqualTo(new byte[32]);
        assertThat(second.events().getFirst().prevHash()).isEqualTo(first.head().hash());
        assertThat(store.head(connection)).isEqualTo(second.head());
    }

    @Test
    void an_empty_chain_has_a_head_too() throws SQLException {
        assertThat(store.head(connection)).isEqualTo(new ChainHead("execution-0", 0, new byte[32]));
        assertThat(append(TEN_O_CLOCK).events()).isEmpty();
    }

    @Test
    void what_was_recorded_is_read_back_to_the_byte() throws SQLException {
        var odd = new NewEvent(
                "decision/Ωmega \"quoted\", {braced}",
                1,
                "DecisionSubmitted",
                3,
                Instant.parse("2026-03-02T09:59:59.123456Z"),
                "anna",
                "",
                null,
                "NULL",
                "{\"b\": 1,\n  \"a\" : \"back\\\\slash, é, 😀, \\u0000\", \"a\": 1.50}");
        var recorded = append(TEN_O_CLOCK, odd).events();
        connection.commit();

        assertThat(replayed(0)).isEqualTo(recorded);
        assertThat(store.stream(connection, odd.stream())).isEqualTo(recorded);
        assertThat(replayed(0).getFirst().asNew()).isEqualTo(odd);
    }

    @Test
    void a_writer_that_decided_on_an_old_state_is_refused_and_can_go_on() throws SQLException {
        append(TEN_O_CLOCK, event("order/1", 1), event("order/1", 2));

        assertThatThrownBy(() -> append(TEN_O_CLOCK, event("order/2", 1), event("order/1", 2)))
                .isInstanceOfSatisfying(StaleStreamException.class, stale -> {
                    assertThat(stale.stream()).isEqualTo("order/1");
                    assertThat(stale.given()).isEqualTo(2);
                    assertThat(stale.due()).isEqualTo(3);
                });

        assertThat(append(TEN_O_CLOCK, event("order/1", 3)).head().seq()).isEqualTo(3);
        connection.commit();
        assertThat(replayed(0)).hasSize(3);
    }

    @Test
    void a_gap_in_a_stream_is_refused() throws SQLException {
        append(TEN_O_CLOCK, event("order/1", 1));
        assertThatThrownBy(() -> append(TEN_O_CLOCK, event("order/1", 3))).isInstanceOf(StaleStreamException.class);
        assertThatThrownBy(() -> append(TEN_O_CLOCK, event("order/9", 2))).isInstanceOf(StaleStreamException.class);
    }

    @Test
    void a_batch_that_is_rolled_back_leaves_no_gap() throws SQLException {
        append(TEN_O_CLOCK, event("order/1", 1));
        connection.commit();
        append(TEN_O_CLOCK, event("order/1", 2));
        connection.rollback();

        assertThat(append(TEN_O_CLOCK, event("order/2", 1)).head().seq()).isEqualTo(2);
    }

    @Test
    void appending_outside_a_transaction_is_refused() throws SQLException {
        connection.setAutoCommit(true);
        assertThatThrownBy(() -> append(TEN_O_CLOCK, event("order/1", 1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("auto-commit");
    }

    @Test
    void a_time_finer_than_a_microsecond_is_refused() {
        var fine = TEN_O_CLOCK.plusNanos(1);
        assertThatThrownBy(() -> new NewEvent("order/1", 1, "T", 1, fine, "anna", null, null, null, "{}"))
                .hasMessageContaining("finer than a microsecond");
        assertThatThrownBy(() -> append(fine, event("order/1", 1))).hasMessageContaining("finer than a microsecond");
    }

    @Test
    void a_payload_that_is_no_json_is_refused() {
        var broken = new NewEvent("order/1", 1, "T", 1, TEN_O_CLOCK, "anna", null, null, null, "{not json");
        assertThatThrownBy(() -> append(TEN_O_CLOCK, broken))
                .isInstanceOf(PSQLException.class)
                .hasMessageContaining("json");
    }

    @Test
    void as_of_shows_what_was_known_then() throws SQLException {
        append(TEN_O_CLOCK, event("order/1", 1));
        append(TEN_O_CLOCK.plusSeconds(60), event("order/1", 2), event("order/2", 1));
        append(TEN_O_CLOCK.plusSeconds(120), event("order/1", 3));

        assertThat(store.asOf(connection, "order/1", TEN_O_CLOCK.minusSeconds(1)))
                .isEmpty();
        assertThat(store.asOf(connection, "order/1", TEN_O_CLOCK.plusSeconds(60)))
                .extracting(RecordedEvent::version)
                .containsExactly(1, 2);
        assertThat(store.asOf(connection, "order/1", TEN_O_CLOCK.plusSeconds(119)))
                .extracting(RecordedEvent::version)
                .containsExactly(1, 2);
    }

    @Test
    void replay_goes_on_after_a_number() throws SQLException {
        append(TEN_O_CLOCK, event("order/1", 1), event("order/1", 2), event("order/1", 3));
        assertThat(replayed(2)).extracting(RecordedEvent::seq).containsExactly(3L);
        assertThat(replayed(3)).isEmpty();
    }

    @Test
    void appenders_that_race_are_numbered_one_after_the_other() throws Exception {
        var writers = new ArrayList<Callable<@Nullable Void>>();
        for (var writer = 0; writer < 4; writer++) {
            var stream = "order/" + writer;
            writers.add(() -> {
                try (var own = database.dataSource(DatabaseRole.EXECUTION).getConnection()) {
                    own.setAutoCommit(false);
                    for (var version = 1; version <= 25; version++) {
                        store.append(own, List.of(event(stream, version)), TEN_O_CLOCK);
                        own.commit();
                    }
                }
                return null;
            });
        }
        try (var threads = Executors.newFixedThreadPool(writers.size())) {
            for (var done : threads.invokeAll(writers)) {
                done.get();
            }
        }
        assertThat(replayed(0)).hasSize(100);
    }

    @Test
    void writers_that_race_for_one_version_are_let_through_once() throws Exception {
        var attempts = new ArrayList<Callable<Boolean>>();
        for (var writer = 0; writer < 4; writer++) {
            attempts.add(() -> {
                try (var own = database.dataSource(DatabaseRole.EXECUTION).getConnection()) {
                    own.setAutoCommit(false);
                    store.append(own, List.of(event("order/1", 1)), TEN_O_CLOCK);
                    own.commit();
                    return true;
                }
            });
        }
        var through = 0;
        try (var threads = Executors.newFixedThreadPool(attempts.size())) {
            for (var done : threads.invokeAll(attempts)) {
                try {
                    through += done.get() ? 1 : 0;
                } catch (ExecutionException refused) {
                    assertThat(refused).hasCauseInstanceOf(StaleStreamException.class);
                }
            }
        }
        assertThat(through).isEqualTo(1);
    }

    /** Whatever the batches, the chain is gapless, intact, and equal to what was appended. */
    @ParameterizedTest
    @ValueSource(longs = {1, 20, 300, 4_000, 50_000})
    void any_batches_replay_as_they_were_appended(long seed) throws SQLException {
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        var versions = new int[7];
        var appended = new ArrayList<RecordedEvent>();
        for (var batch = 0; batch < 20; batch++) {
            var events = new ArrayList<NewEvent>();
            for (var left = random.nextInt(40); left > 0; left--) {
                var stream = random.nextInt(versions.length);
                events.add(randomEvent(random, "order/" + stream, ++versions[stream]));
            }
            appended.addAll(store.append(connection, events, TEN_O_CLOCK.plusMillis(batch))
                    .events());
            connection.commit();
        }
        assertThat(replayed(0)).isEqualTo(appended);
        assertThat(store.head(connection).seq()).isEqualTo(appended.size());
    }

    private static NewEvent randomEvent(RandomGenerator random, String stream, int version) {
        return new NewEvent(
                stream,
                version,
                "Type" + random.nextInt(5),
                1 + random.nextInt(3),
                TEN_O_CLOCK.plusNanos(random.nextLong(1_000_000_000L) * 1000),
                randomText(random),
                random.nextBoolean() ? null : randomText(random),
                random.nextBoolean() ? null : randomText(random),
                random.nextBoolean() ? null : randomText(random),
                "{\"n\": " + random.nextInt() + "}");
    }

    private static String randomText(RandomGenerator random) {
        var letters = "aZ0\"\\{},' \n\tNULLéß漢😀".codePoints().toArray();
        var text = new StringBuilder("x");
        for (var left = random.nextInt(12); left > 0; left--) {
            text.appendCodePoint(letters[random.nextInt(letters.length)]);
        }
        return text.toString();
    }

    private AppendResult append(Instant recordedAt, NewEvent... events) throws SQLException {
        return store.append(connection, List.of(events), recordedAt);
    }

    private List<RecordedEvent> replayed(long afterSeq) throws SQLException {
        var events = new ArrayList<RecordedEvent>();
        store.replay(connection, afterSeq, events::add);
        return events;
    }

    static NewEvent event(String stream, int version) {
        return new NewEvent(
                stream,
                version,
                "OrderWorked",
                1,
                TEN_O_CLOCK,
                "anna",
                null,
                null,
                null,
                "{\"version\": " + version + "}");
    }
}
