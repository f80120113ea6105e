package org.tradesuite.execution.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tradesuite.execution.reference.Limit;
import org.tradesuite.execution.reference.LimitHistory;
import org.tradesuite.execution.reference.LimitKind;
import org.tradesuite.execution.reference.LimitScope;
import org.tradesuite.execution.reference.ReferenceData;

/** Where in the journal a change of limits stands is from where on it counts, and a restart loses none. */
class LimitsInTheJournalTest {

    private final RunningHouse house = new RunningHouse();

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void a_change_is_told_between_the_orders_before_it_and_those_after_it() throws SQLException {
        var running = house.start(House.reference());
        house.open(running);
        running.submit(house.decision("D1"));
        running.submit(
                new Input.ReferenceChanged(House.MORNING, "checker", "Less for the afternoon.", reference(1, "999")));
        running.submit(house.decision("D2"));
        house.awaitAnswers(3);

        assertThat(house.types()).containsSubsequence("decision-accepted", "limits-taken", "decision-held");
        assertThat(taken()).singleElement().satisfies(told -> {
            assertThat(told.actor()).isEqualTo("checker");
            assertThat(told.reason()).isEqualTo("Less for the afternoon.");
            var fact = (DeskFact.LimitsTaken) told.fact();
            assertThat(fact.version()).isEqualTo(1);
            assertThat(fact.changes()).singleElement().satisfies(change -> {
                assertThat(change.proposedBy()).isEqualTo("maker");
                assertThat(change.approvedBy()).isEqualTo("checker");
            });
            assertThat(fact.begun())
                    .anySatisfy(limit -> assertThat(limit.amount()).isEqualByComparingTo("999"));
        });
    }

    @Test
    void reference_data_with_the_same_limits_tells_nothing() throws SQLException {
        var running = house.start(reference(1, "999"));
        running.submit(new Input.ReferenceChanged(House.MORNING, "ops", "Another file.", reference(1, "999")));
        house.stop();

        assertThat(house.types()).containsExactly("limits-taken", "reference-taken");
    }

    @Test
    void what_changed_while_we_were_not_running_is_told_at_the_start_and_only_once() throws SQLException {
        house.start(House.reference());
        house.stop();
        house.start(reference(1, "999"));
        house.stop();
        house.start(reference(1, "999"));
        house.stop();

        assertThat(house.types()).containsExactly("limits-taken");
    }

    @Test
    void a_later_version_is_told_with_what_ended() {
        var running = house.start(reference(1, "999"));
        var before = reference(1, "999").limits().all();
        var last = before.getLast();
        var limits = new ArrayList<>(before.subList(0, before.size() - 1));
        limits.add(limit(last.id(), "999", House.MORNING));
        limits.add(limit(last.id() + 1, "500", null));
        running.submit(new Input.ReferenceChanged(
                House.MORNING, "checker", "Less.", with(limits, new LimitHistory(2, List.of()))));
        await().until(() -> taken().size() == 2);

        var fact = (DeskFact.LimitsTaken) taken().getLast().fact();
        assertThat(fact.ended()).containsExactly(limit(last.id(), "999", House.MORNING));
        assertThat(fact.begun()).containsExactly(limit(last.id() + 1, "500", null));
    }

    private static ReferenceData reference(long version, String quantity) {
        var limits = new ArrayList<>(House.reference().limits().all());
        limits.add(limit(limits.size() + 1L, quantity, null));
        return with(
                limits,
                new LimitHistory(
                        version,
                        List.of(new LimitHistory.Approved(
                                1, version, "maker", House.MORNING, "checker", House.MORNING, "Less.", null))));
    }

    private static ReferenceData with(List<Limit> limits, LimitHistory history) {
        return ReferenceData.of(House.MONDAY, House.reference().content().withLimits(limits, history));
    }

    private static Limit limit(long id, String quantity, @Nullable Instant until) {
        return new Limit(
                id,
                LimitScope.ACCOUNT,
                House.ACCOUNT.value(),
                LimitKind.MAX_ORDER_QUANTITY,
                new BigDecimal(quantity),
                null,
                null,
                Instant.parse("2024-01-01T00:00:00Z"),
                until);
    }

    private List<Recorded> taken() {
        return house.recorded(DeskFact.LimitsTaken.class);
    }
}
