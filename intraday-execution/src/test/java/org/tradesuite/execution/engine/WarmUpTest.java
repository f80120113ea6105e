package org.tradesuite.execution.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.tradesuite.database.DatabaseRole;
import org.tradesuite.database.LocalDatabase;
import org.tradesuite.database.LocalPostgres;

/** Orders of nobody are gone through as real ones are, and nobody ever sees one. */
class WarmUpTest {

    /** For the first order, on a machine that does much else. */
    private static final Duration ENOUGH = Duration.ofSeconds(2);

    private final LocalDatabase database = LocalPostgres.shared().newDatabase();
    private final BreakableDataSource line = new BreakableDataSource(database.dataSource(DatabaseRole.EXECUTION));
    private final List<Effect.Outbound> shown = new ArrayList<>();

    private int warmUp(Duration atMost) {
        return WarmUp.run(EngineSettings.standard(), line, atMost, shown::add);
    }

    private long rows() throws SQLException {
        try (var connection = database.dataSource(DatabaseRole.EXECUTION).getConnection();
                var statement = connection.createStatement();
                var row = statement.executeQuery("""
                    select (select count(*) from journal.event) + (select count(*) from journal.head)
                        + (select count(*) from execution.decision) + (select count(*) from execution.parent_order)
                        + (select count(*) from execution.route) + (select count(*) from execution.fill)
                        + (select count(*) from execution.position) + (select count(*) from execution.cash)
                        + (select count(*) from execution.business_day)
                        + (select count(*) from execution.fix_session_sequence)
                    """)) {
            assertThat(row.next()).isTrue();
            return row.getLong(1);
        }
    }

    @Test
    void every_order_of_nobody_is_accepted_and_would_leave() {
        var orders = warmUp(ENOUGH);
        assertThat(orders).isPositive();
        assertThat(shown).hasSize(orders).allMatch(each -> each instanceof Effect.SendNewOrder);
    }

    @Test
    void nothing_of_it_is_left() throws SQLException {
        assertThat(warmUp(ENOUGH)).isPositive();
        assertThat(rows()).isZero();
    }

    @Test
    void the_journal_goes_on_where_it_was() {
        var settings = House.settings();
        var clock = Clock.fixed(House.MORNING, ZoneOffset.UTC);
        for (var start = 0; start < 2; start++) {
            assertThat(warmUp(ENOUGH)).isPositive();
            try (var engine = Engine.start(settings, line, House.reference(), clock, commit -> {})) {
                assertThat(engine.health().condition()).isEqualTo(EngineHealth.Condition.RUNNING);
                engine.submit(new Input.TradingDayOpenRequested(House.MORNING, 1, "ops", House.MONDAY));
            }
        }
    }

    /** A journal with orders has told the forms of its rules' answers, whose numbers are those of the made-up firm's too. */
    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void the_database_is_warmed_up_on_a_journal_that_has_orders(CapturedOutput output) {
        var house = new RunningHouse();
        try {
            var engine = house.start(House.reference());
            house.open(engine);
            engine.submit(house.decision("D1"));
            house.awaitAnswers(2);
            house.stop();
            var orders = WarmUp.run(EngineSettings.standard(), house.line, ENOUGH, shown::add);
            assertThat(orders).isPositive();
            assertThat(shown).hasSize(orders);
            assertThat(output).doesNotContain("was not warmed up");
        } finally {
            house.close();
        }
    }

    @Test
    void without_a_database_it_is_done_in_memory() {
        line.cut();
        assertThat(warmUp(ENOUGH)).isPositive();
    }

    @Test
    void it_can_be_left_out() throws SQLException {
        assertThat(warmUp(Duration.ZERO)).isZero();
        assertThat(rows()).isZero();
    }
}
