package org.tradesuite.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postgresql.util.PSQLException;

/** Logs in as each role and proves what it can and cannot do. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RolesTest {

    private static final String REFUSED = "42501";
    private static final List<String> SCHEMAS = List.of("execution", "settlement", "reconciliation", "reporting");
    private static final Map<DatabaseRole, String> CHAIN = Map.of(
            DatabaseRole.EXECUTION, "execution-0",
            DatabaseRole.SETTLEMENT, "settlement",
            DatabaseRole.RECONCILIATION, "reconciliation",
            DatabaseRole.REPORTING, "reporting");

    private final LocalDatabase database = LocalPostgres.shared().newDatabase();

    @BeforeAll
    void make_a_table_and_a_view_in_every_schema() {
        for (var schema : SCHEMAS) {
            run(DatabaseRole.OWNER, "create table " + schema + ".probe (id int)");
            run(DatabaseRole.OWNER, "create view " + schema + "_api.probe as select id from " + schema + ".probe");
        }
        run(DatabaseRole.OWNER, "create table reference.probe (id int)");
        run(DatabaseRole.OWNER, "create view reference_api.probe as select id from reference.probe");
        for (var chain : CHAIN.values()) {
            run(DatabaseRole.OWNER, event(chain));
        }
    }

    @AfterAll
    void drop() {
        LocalPostgres.shared().drop(database);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "OWNER")
    void an_application_reads_and_writes_its_own_schema_and_no_other(DatabaseRole role) {
        for (var schema : SCHEMAS) {
            var own = schema.equals(role.name().toLowerCase(Locale.ROOT));
            for (var command : List.of(
                    "insert into %s.probe values (1)",
                    "update %s.probe set id = 2",
                    "select * from %s.probe",
                    "delete from %s.probe",
                    "truncate %s.probe")) {
                expect(own, role, command.formatted(schema));
            }
        }
        var editsReference = role == DatabaseRole.EXECUTION;
        expect(editsReference, role, "insert into reference.probe values (1)");
        expect(editsReference, role, "select * from reference.probe");
        expect(false, role, "truncate reference.probe");
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "OWNER")
    void an_application_reads_what_every_other_publishes_and_changes_none_of_it(DatabaseRole role) {
        for (var schema : List.of("reference", "execution", "settlement", "reconciliation", "reporting")) {
            expect(true, role, "select * from " + schema + "_api.probe");
            expect(false, role, "insert into " + schema + "_api.probe values (1)");
            expect(false, role, "delete from " + schema + "_api.probe");
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "OWNER")
    void an_application_makes_no_tables_and_no_roles(DatabaseRole role) {
        var own = role.name().toLowerCase(Locale.ROOT);
        expect(false, role, "create table " + own + ".sneaked (id int)");
        expect(false, role, "create table public.sneaked (id int)");
        expect(false, role, "drop table " + own + ".probe");
        expect(false, role, "create role sneaked");
        expect(false, role, "alter role tradesuite_owner password 'sneaked'");
        expect(false, role, "select * from public.flyway_schema_history");
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "OWNER")
    void an_application_adds_to_its_own_chain_only(DatabaseRole role) {
        for (var chain : CHAIN.values()) {
            var own = chain.equals(CHAIN.get(role));
            expect(own, role, event(chain));
            expect(
                    own,
                    role,
                    "insert into journal.head values ('" + chain + "', 0, sha256('x')) on conflict do nothing");
            assertThat(count(role, "journal.event where chain = '" + chain + "'"))
                    .as("%s sees %s", role, chain)
                    .isEqualTo(own || role == DatabaseRole.REPORTING ? 1 : 0);
        }
        expect(true, role, event("identity"));
    }

    @ParameterizedTest
    @EnumSource
    void nobody_changes_the_journal(DatabaseRole role) {
        for (var command : List.of(
                "update journal.event set actor = 'mallory'",
                "delete from journal.event",
                "truncate journal.event",
                "delete from journal.head",
                "truncate journal.head",
                "set session_replication_role = replica")) {
            expect(false, role, command);
        }
    }

    @Test
    void the_head_of_a_chain_moves_forward_only() {
        run(DatabaseRole.OWNER, "insert into journal.head values ('execution-9', 5, sha256('x'))");
        expect(true, DatabaseRole.EXECUTION, "update journal.head set seq = 6 where chain = 'execution-9'");
        expect(false, DatabaseRole.EXECUTION, "update journal.head set seq = 4 where chain = 'execution-9'");
        expect(
                false,
                DatabaseRole.OWNER,
                "update journal.head set chain = 'execution-8', seq = 7 where chain = 'execution-9'");
    }

    @Test
    void the_superuser_too_is_refused_by_the_trigger_even_as_a_replica() throws SQLException {
        try (var connection = LocalPostgres.shared().superuserOf(database).getConnection();
                var statement = connection.createStatement()) {
            statement.execute("set session_replication_role = replica");
            assertThatThrownBy(() -> statement.executeUpdate("update journal.event set actor = 'mallory'"))
                    .hasMessageContaining("append-only")
                    .hasMessageContaining("Record a correcting event");
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "OWNER")
    void an_application_knows_the_users_and_may_add_one(DatabaseRole role) {
        expect(true, role, "select * from identity.user_account");
        expect(true, role, "select * from identity.signing_key");
        expect(true, role, "insert into identity.user_account values ('anna', 'x', array['TRADER'], true, now())");
        expect(true, role, "insert into identity.signing_key values (1, sha256('x'), now())");
        expect(false, role, "delete from identity.user_account");
        expect(true, role, "select * from identity.user_trader");
        expect(false, role, "insert into identity.user_trader values ('anna', 'apatel')");
        expect(false, role, "update identity.signing_key set created_at = now()");
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "OWNER")
    void an_application_does_not_rewrite_the_history_of_its_schema(DatabaseRole role) {
        var schema = role.name().toLowerCase(Locale.ROOT);
        for (var history : List.of("flyway_schema_history", "runsheet_schema_history")) {
            if (count(
                            DatabaseRole.OWNER,
                            "pg_tables where schemaname = '" + schema + "' and tablename = '" + history + "'")
                    == 1) {
                expect(false, role, "delete from " + schema + "." + history);
            }
        }
    }

    @Test
    void every_published_column_is_documented() throws SQLException {
        try (var connection = database.dataSource(DatabaseRole.OWNER).getConnection();
                var statement = connection.createStatement();
                var undocumented = statement.executeQuery("""
                    select c.oid::regclass || '.' || a.attname
                    from pg_class c
                    join pg_namespace n on n.oid = c.relnamespace
                    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
                    where n.nspname like '%\\_api' and c.relname <> 'probe'
                        and col_description(c.oid, a.attnum) is null
                    order by 1
                    """)) {
            var columns = new ArrayList<String>();
            while (undocumented.next()) {
                columns.add(undocumented.getString(1));
            }
            assertThat(columns)
                    .as("columns other applications read without a comment that says what they hold")
                    .isEmpty();
        }
    }

    private static String event(String chain) {
        return """
            insert into journal.event (chain, seq, stream, version, type, schema_version, event_time, recorded_at,
                actor, payload, prev_hash, hash)
            select '%s', coalesce(max(seq), 0) + 1, 's', coalesce(max(seq), 0) + 1, 't', 1, now(), now(),
                'a', '{}', sha256('x'), sha256('y')
            from journal.event where chain = '%s'
            """.formatted(chain, chain);
    }

    /** Runs the command and takes it back. */
    private void expect(boolean allowed, DatabaseRole role, String command) {
        try (var connection = database.dataSource(role).getConnection()) {
            connection.setAutoCommit(false);
            try (var statement = connection.createStatement()) {
                statement.execute(command);
                assertThat(allowed).as("%s may: %s", role, command).isTrue();
            } catch (PSQLException refused) {
                assertThat(allowed)
                        .as("%s may: %s (%s)", role, command, refused.getMessage())
                        .isFalse();
                assertThat(refused.getSQLState()).as(command).isEqualTo(REFUSED);
            } finally {
                connection.rollback();
            }
        } catch (SQLException failed) {
            throw new AssertionError(failed);
        }
    }

    private void run(DatabaseRole role, String command) {
        try (var connection = database.dataSource(role).getConnection();
                var statement = connection.createStatement()) {
            statement.execute(command);
        } catch (SQLException failed) {
            throw new AssertionError(failed);
        }
    }

    private int count(DatabaseRole role, String what) {
        try (var connection = database.dataSource(role).getConnection();
                var statement = connection.createStatement();
                var row = statement.executeQuery("select count(*) from " + what)) {
            row.next();
            return row.getInt(1);
        } catch (SQLException failed) {
            throw new AssertionError(failed);
        }
    }
}
