package org.tradesuite.execution.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.StringJoiner;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tradesuite.execution.reference.Limit;
import org.tradesuite.execution.reference.LimitHistory;
import org.tradesuite.execution.reference.LimitKind;
import org.tradesuite.execution.reference.LimitScope;
import org.tradesuite.execution.reference.ReferenceData;
import org.tradesuite.execution.risk.Check;
import org.tradesuite.execution.risk.PreTrade;
import org.tradesuite.execution.risk.Seen;
import org.tradesuite.execution.risk.Verdict;
import org.tradesuite.market.Quantity;

/** What the rules answered is in the journal in few characters, and is read from there as it was answered. */
class ChecksInTheJournalTest {

    private static final String ANSWERED = """
        select concat_ws(' | ', decision_id, rule, rule_version, verdict, code, measured, limit_value, unit, detail)
        from execution_api.risk_check where subject_kind = 'DECISION' order by seq, place
        """;

    private final RunningHouse house = new RunningHouse();

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void every_answer_that_passed_warned_or_blocked_is_read_as_it_was_given() throws SQLException {
        var running = house.start(House.reference());
        house.open(running);
        running.submit(house.decision("PASSES"));
        running.submit(new Input.ReferenceChanged(House.MORNING, "checker", "Less.", atMost("1100", 1)));
        running.submit(house.decision("WARNS"));
        running.submit(new Input.ReferenceChanged(House.MORNING, "checker", "Less still.", atMost("999", 2)));
        running.submit(house.decision("WAITS"));
        house.awaitAnswers(4);

        var answered = Stream.concat(
                        house.recorded(DeskFact.DecisionAccepted.class).stream()
                                .flatMap(told -> said(
                                        told,
                                        ((DeskFact.DecisionAccepted) told.fact())
                                                .checks()
                                                .all())),
                        house.recorded(DeskFact.DecisionHeld.class).stream()
                                .flatMap(told -> said(
                                        told,
                                        ((DeskFact.DecisionHeld) told.fact())
                                                .checks()
                                                .all())))
                .toList();
        assertThat(answered)
                .hasSize(3 * PreTrade.rules().size())
                .anyMatch(line -> line.contains("| WARN |"))
                .anyMatch(line -> line.contains("| BLOCK |"));
        assertThat(house.read(ANSWERED)).isEqualTo(answered);
    }

    @Test
    void words_that_are_always_the_same_may_have_a_percent_sign() throws SQLException {
        var running = house.start(House.reference());
        house.open(running);
        running.submit(house.decision("D1"));
        house.awaitAnswers(2);
        house.stop();
        var words = Seen.inWords("90% of it");
        house.append(new Recorded(
                Streams.amendments("OD1"),
                1,
                new DeskFact.AmendmentRefused(
                        Quantity.of("2000"),
                        null,
                        null,
                        List.of(),
                        Answers.of(List.of(
                                new Check("A", 1, null, null, "", Verdict.PASS, null, words),
                                new Check("B", 1, BigDecimal.ONE, BigDecimal.TEN, "", Verdict.PASS, null, words))),
                        null,
                        null,
                        null),
                House.MORNING,
                "apatel",
                null,
                null,
                "D1"));

        assertThat(house.read("select rule || ' ' || detail from execution_api.risk_check"
                        + " where subject_kind = 'AMENDMENT' order by place"))
                .containsExactly("A 90% of it", "B 90% of it");
    }

    private static Stream<String> said(Recorded told, List<Check> checks) {
        return checks.stream().map(check -> {
            var line = new StringJoiner(" | ").add(told.id()).add(check.rule()).add(String.valueOf(check.version()));
            line.add(check.verdict().name());
            if (check.code() != null) {
                line.add(check.code().name());
            }
            for (var number : Arrays.asList(check.measured(), check.limit())) {
                if (number != null) {
                    line.add(number.toPlainString());
                }
            }
            return line.add(check.unit()).add(check.detail()).toString();
        });
    }

    private static ReferenceData atMost(String quantity, long version) {
        var limits = new ArrayList<>(House.reference().limits().all());
        limits.add(new Limit(
                limits.size() + 1L,
                LimitScope.ACCOUNT,
                House.ACCOUNT.value(),
                LimitKind.MAX_ORDER_QUANTITY,
                new BigDecimal(quantity),
                null,
                null,
                House.MORNING.minusSeconds(3600),
                null));
        return ReferenceData.of(
                House.MONDAY,
                House.reference()
                        .content()
                        .withLimits(
                                limits,
                                new LimitHistory(
                                        version,
                                        List.of(new LimitHistory.Approved(
                                                1,
                                                version,
                                                "maker",
                                                House.MORNING,
                                                "checker",
                                                House.MORNING,
                                                "Less.",
                                                null)))));
    }
}
