package org.tradesuite.execution.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tradesuite.execution.reference.LimitKind;
import org.tradesuite.execution.reference.TradingStatus;
import org.tradesuite.execution.risk.Check;
import org.tradesuite.execution.risk.PreTrade;

/** The forms of the rules' answers are told in the journal once each, before the first answer, whatever becomes of a commit. */
class FormsInTheJournalTest {

    private final RunningHouse house = new RunningHouse();

    @AfterEach
    void close() {
        house.close();
    }

    /** The first decision brings nearly all forms there are. */
    private Engine opened() {
        var running = house.start(House.reference());
        house.open(running);
        house.awaitAnswers(1);
        return running;
    }

    private List<String> told() throws SQLException {
        return house.read("select payload ->> 'number' from journal.event where type = 'answer-form' order by seq");
    }

    /** Each once, in order, and an answer is read by them as it was given. */
    private void eachIsToldOnceAndReads(String decision) throws SQLException {
        var told = told();
        assertThat(told).hasSizeGreaterThanOrEqualTo(PreTrade.rules().size());
        assertThat(told)
                .isEqualTo(IntStream.rangeClosed(1, told.size())
                        .mapToObj(String::valueOf)
                        .toList());
        assertThat(house.one("select string_agg(type, ' ' order by seq) from (select distinct on (type) type, seq"
                        + " from journal.event where type in ('answer-form', 'decision-accepted') order by"
                        + " type, seq) f"))
                .isEqualTo("answer-form decision-accepted");
        var accepted = house.recorded(DeskFact.DecisionAccepted.class).stream()
                .filter(each -> each.id().equals(decision))
                .map(each -> (DeskFact.DecisionAccepted) each.fact())
                .findFirst()
                .orElseThrow();
        assertThat(house.read("select rule || ' ' || verdict || ' ' || detail from execution_api.risk_check"
                        + " where decision_id = '" + decision + "' order by place"))
                .isEqualTo(accepted.checks().all().stream()
                        .map(check -> check.rule() + " " + check.verdict() + " " + check.detail())
                        .toList());
    }

    @Test
    void a_batch_that_is_tried_again_tells_them_once() throws SQLException {
        var running = opened();
        house.line.cut();
        running.submit(house.decision("D1"));
        await().until(() -> running.health().condition() == EngineHealth.Condition.JOURNAL_UNAVAILABLE);
        house.line.mend();
        house.awaitAnswers(2);
        eachIsToldOnceAndReads("D1");
    }

    @Test
    void a_batch_whose_commit_was_made_unheard_tells_them_once() throws SQLException {
        var running = opened();
        house.line.loseTheNextAnswerToCommit();
        running.submit(house.decision("D1"));
        house.awaitAnswers(2);
        assertThat(house.line.lostAnswers()).isEqualTo(1);
        eachIsToldOnceAndReads("D1");
    }

    /** What was written out and never committed was never told. */
    @Test
    void after_a_batch_that_was_given_up_the_next_engine_tells_them() throws SQLException {
        var running = opened();
        house.asOwner("revoke insert on journal.event from tradesuite_execution");
        running.submit(house.decision("D1"));
        await().until(() -> running.health().condition() == EngineHealth.Condition.STOPPED);
        house.stop();
        assertThat(told()).isEmpty();

        house.asOwner("grant insert on journal.event to tradesuite_execution");
        var second = house.start(House.reference());
        house.connect(second);
        second.submit(house.decision("D2"));
        house.awaitAnswers(2);
        eachIsToldOnceAndReads("D2");
    }

    @Test
    void they_are_known_after_a_start_from_a_snapshot() throws SQLException {
        var first = opened();
        first.submit(house.decision("D1"));
        first.submit(house.decision("D2"));
        house.awaitAnswers(3);
        house.stop();
        var told = told();
        assertThat(house.one("select max(seq) = (select max(seq) from journal.event where chain = 'execution-0')"
                        + " from execution.snapshot"))
                .isEqualTo("t");

        var second = house.start(House.reference());
        house.connect(second);
        second.submit(house.decision("D3"));
        house.awaitAnswers(4);
        assertThat(told()).isEqualTo(told);
        eachIsToldOnceAndReads("D3");
    }

    @Test
    void they_are_known_after_a_start_without_a_snapshot() throws SQLException {
        var first = opened();
        first.submit(house.decision("D1"));
        first.submit(house.decision("D2"));
        house.awaitAnswers(3);
        house.stop();
        var told = told();
        house.asOwner("delete from execution.snapshot");

        var second = house.start(House.reference());
        house.connect(second);
        second.submit(house.decision("D3"));
        house.awaitAnswers(4);
        assertThat(told()).isEqualTo(told);
        eachIsToldOnceAndReads("D3");
    }

    /** A limit is told once with its amount; the answers have what was measured, and another amount is another form. */
    @Test
    void a_limit_is_told_with_its_form_and_anew_when_it_is_another() throws SQLException {
        var running = opened();
        running.submit(house.decision("D1"));
        running.submit(new Input.ReferenceChanged(
                House.MORNING,
                "checker",
                "More for the afternoon.",
                House.reference(TradingStatus.ACTIVE, Map.of(LimitKind.MAX_ORDER_QUANTITY, "2000000.5"))));
        running.submit(house.decision("D2"));
        house.awaitAnswers(3);

        assertThat(house.read("select payload ->> 'limit' from journal.event where type = 'answer-form'"
                        + " and payload ->> 'rule' = 'MAX_ORDER_QUANTITY' order by seq"))
                .containsExactly("1000000000000", "2000000.5");
        assertThat(house.read("select decision_id || ' ' || measured || ' of ' || limit_value || ' ' || limit_scope"
                        + " || ':' || limit_scope_id from execution_api.risk_check"
                        + " where rule = 'MAX_ORDER_QUANTITY' and subject_kind = 'DECISION' order by seq"))
                .containsExactly("D1 1000 of 1000000000000 FIRM:*", "D2 1000 of 2000000.5 FIRM:*");
        assertThat(house.recorded(DeskFact.DecisionAccepted.class)).allSatisfy(accepted -> {
            var checks = ((DeskFact.DecisionAccepted) accepted.fact()).checks().all();
            assertThat(house.read("select concat_ws(' ', rule, measured, limit_value, unit) from"
                            + " execution_api.risk_check where decision_id = '" + accepted.id()
                            + "' and subject_kind = 'DECISION' order by place"))
                    .isEqualTo(
                            checks.stream().map(FormsInTheJournalTest::figures).toList());
        });
    }

    private static String figures(Check check) {
        return Stream.of(check.rule(), plain(check.measured()), plain(check.limit()), check.unit())
                .filter(Objects::nonNull)
                .collect(Collectors.joining(" "));
    }

    private static @Nullable String plain(@Nullable BigDecimal number) {
        return number == null ? null : number.toPlainString();
    }
}
