package org.tradesuite.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tradesuite.database.DatabaseRole;
import org.tradesuite.database.LocalDatabase;
import org.tradesuite.database.LocalPostgres;

class HashChainTest {

    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

    private final LocalDatabase database = LocalPostgres.shared().newDatabase();
    private final EventStore store = new EventStore("execution-0");

    @BeforeEach
    void record_three_events() throws SQLException {
        try (var connection = database.dataSource(DatabaseRole.EXECUTION).getConnection()) {
            connection.setAutoCommit(false);
            store.append(
                    connection,
                    List.of(
                            EventStoreTest.event("order/1", 1),
                            EventStoreTest.event("order/1", 2),
                            EventStoreTest.event("order/1", 3)),
                    NOON);
            connection.commit();
        }
    }

    @AfterEach
    void drop() {
        LocalPostgres.shared().drop(database);
    }

    @Test
    void an_untouched_chain_replays() throws SQLException {
        assertThat(replay()).hasSize(3);
    }

    /** The owner of the tables takes the triggers off and changes one thing; the replay finds it, and where. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "update journal.event set payload = '{\"version\": 7}' where seq = 2 | 2",
                "update journal.event set payload = '{\"version\":  2}' where seq = 2 | 2",
                "update journal.event set event_time = event_time + interval '1 microsecond' where seq = 2 | 2",
                "update journal.event set recorded_at = recorded_at + interval '1 microsecond' where seq = 3 | 3",
                "update journal.event set actor = 'mallory' where seq = 1 | 1",
                "update journal.event set reason = '' where seq = 1 | 1",
                "update journal.event set type = 'OrderCancelled' where seq = 2 | 2",
                "update journal.event set schema_version = 2 where seq = 2 | 2",
                "update journal.event set stream = 'order/2' where seq = 3 | 3",
                "update journal.event set hash = sha256('x') where seq = 2 | 2",
                "update journal.event set prev_hash = sha256('x') where seq = 3 | 3",
                "delete from journal.event where seq = 2 | 2",
                "delete from journal.event where seq = 1 | 1",
                "update journal.event set seq = seq + 10 where seq = 3 | 3",
            })
    void any_change_behind_the_rules_shows(String tampering, long firstWrong) throws SQLException {
        try (var owner = database.dataSource(DatabaseRole.OWNER).getConnection();
                var statement = owner.createStatement()) {
            statement.execute("alter table journal.event disable trigger all");
            assertThat(statement.executeUpdate(tampering)).isEqualTo(1);
        }
        assertThatThrownBy(this::replay)
                .isInstanceOfSatisfying(
                        BrokenChainException.class,
                        broken -> assertThat(broken.seq()).isEqualTo(firstWrong))
                .hasMessageContaining("compare it with the last signed checkpoint");
    }

    /** The bytes written out by hand, so that a verifier in another language knows what to hash. */
    @Test
    void the_canonical_form_is_the_documented_one() throws Exception {
        var event = new NewEvent(
                "order/1", 2, "T", 1, Instant.parse("1970-01-01T00:00:01.000002Z"), "anna", "", null, "é", "{}");
        var bytes = ByteBuffer.allocate(500);
        text(bytes, "tradesuite-event-1");
        text(bytes, "execution-0");
        number(bytes, 5);
        text(bytes, "order/1");
        number(bytes, 2);
        text(bytes, "T");
        number(bytes, 1);
        number(bytes, 1_000_002);
        text(bytes, "anna");
        text(bytes, "");
        bytes.putInt(-1);
        text(bytes, "é");
        number(bytes, 2_000_000);
        text(bytes, "{}");
        bytes.putInt(32).put(new byte[32]);
        var canonical = new byte[bytes.position()];
        bytes.flip().get(canonical);

        assertThat(new EventHash().of("execution-0", 5, event, Instant.ofEpochSecond(2), new byte[32]))
                .isEqualTo(MessageDigest.getInstance("SHA-256").digest(canonical));
    }

    @Test
    void an_absent_text_and_an_empty_one_hash_differently() {
        var absent = new NewEvent("order/1", 1, "T", 1, NOON, "anna", null, null, null, "{}");
        var empty = new NewEvent("order/1", 1, "T", 1, NOON, "anna", "", null, null, "{}");
        assertThat(new EventHash().of("c", 1, absent, NOON, new byte[32]))
                .isNotEqualTo(new EventHash().of("c", 1, empty, NOON, new byte[32]));
    }

    private static void text(ByteBuffer bytes, String text) {
        var utf8 = text.getBytes(StandardCharsets.UTF_8);
        bytes.putInt(utf8.length).put(utf8);
    }

    private static void number(ByteBuffer bytes, long number) {
        bytes.putInt(8).putLong(number);
    }

    private List<RecordedEvent> replay() throws SQLException {
        try (var connection = database.dataSource(DatabaseRole.EXECUTION).getConnection()) {
            var events = new ArrayList<RecordedEvent>();
            store.replay(connection, 0, events::add);
            return events;
        }
    }
}
