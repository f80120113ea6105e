package org.tradesuite.execution.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.tradesuite.execution.engine.Answers;
import org.tradesuite.execution.engine.Commit;
import org.tradesuite.execution.engine.DeskFact;
import org.tradesuite.execution.engine.Recorded;
import org.tradesuite.execution.order.Algo;
import org.tradesuite.execution.order.OrderType;
import org.tradesuite.execution.order.TimeInForce;
import org.tradesuite.execution.risk.Check;
import org.tradesuite.execution.risk.RefusalCode;
import org.tradesuite.execution.risk.Seen;
import org.tradesuite.execution.risk.Verdict;
import org.tradesuite.market.AccountId;
import org.tradesuite.market.InstrumentId;
import org.tradesuite.market.Quantity;
import org.tradesuite.market.Side;

class RuleAlertsTest {

    private static final Instant TEN = Instant.parse("2026-11-23T10:00:00Z");

    private static Check check(String rule, Verdict verdict, @Nullable RefusalCode code) {
        return new Check(
                rule,
                1,
                new BigDecimal("1200"),
                new BigDecimal("1100"),
                "UNITS",
                verdict,
                code,
                Seen.inWords("limit=ACCOUNT:GEQ1"));
    }

    private static Recorded refused(String id, Check... checks) {
        var decision = new DeskFact.Decision(
                "key-" + id,
                "hash",
                AccountId.of("GEQ1"),
                "VALUE",
                "apatel",
                InstrumentId.of("VOD.XLON"),
                Side.BUY,
                Quantity.of("1200"),
                OrderType.MARKET,
                null,
                Algo.IMMEDIATE,
                null,
                null,
                TimeInForce.DAY);
        return new Recorded(
                "decision/" + id,
                1,
                new DeskFact.DecisionRefused(decision, List.of(), Answers.of(List.of(checks)), null),
                TEN,
                "maria",
                null,
                null,
                null);
    }

    @Test
    void what_passes_is_no_alert() {
        var commit = new Commit(1, List.of(refused("D1", check("SPREAD", Verdict.PASS, null))), List.of());
        assertThat(RuleAlerts.of(commit)).isEmpty();
    }

    @Test
    void a_warning_and_a_block_say_the_rule_the_order_and_the_figures() {
        var commit = new Commit(
                1,
                List.of(refused(
                        "D1",
                        check("MAX_ORDER_QUANTITY", Verdict.BLOCK, RefusalCode.ORDER_QUANTITY_EXCEEDED),
                        check("ADV_SHARE", Verdict.WARN, null))),
                List.of());
        assertThat(RuleAlerts.of(commit))
                .containsExactly(
                        new RuleAlerts.RuleAlert(
                                TEN,
                                "RULE_BLOCKED",
                                "MAX_ORDER_QUANTITY",
                                "D1: 1200 against 1100 UNITS limit=ACCOUNT:GEQ1"),
                        new RuleAlerts.RuleAlert(
                                TEN, "RULE_WARNED", "ADV_SHARE", "D1: 1200 against 1100 UNITS limit=ACCOUNT:GEQ1"));
    }

    @Test
    void a_storm_of_refused_orders_in_one_commit_is_one_alert_with_their_number() {
        var block = check("MAX_ORDER_QUANTITY", Verdict.BLOCK, RefusalCode.ORDER_QUANTITY_EXCEEDED);
        var commit =
                new Commit(3, List.of(refused("D1", block), refused("D2", block), refused("D3", block)), List.of());
        assertThat(RuleAlerts.of(commit))
                .singleElement()
                .satisfies(alert -> assertThat(alert.text())
                        .isEqualTo("D3 and 2 more: 1200 against 1100 UNITS limit=ACCOUNT:GEQ1"));
    }
}
