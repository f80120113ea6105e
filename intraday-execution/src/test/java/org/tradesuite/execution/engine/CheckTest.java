package org.tradesuite.execution.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.tradesuite.execution.order.Algo;
import org.tradesuite.execution.risk.Check;
import org.tradesuite.execution.risk.PreTrade;
import org.tradesuite.execution.risk.RefusalCode;
import org.tradesuite.market.Price;
import org.tradesuite.market.Quantity;
import org.tradesuite.market.Side;

/** What would happen is told, and nothing happens. */
class CheckTest {

    private final DeskStory desk = new DeskStory();

    private Effect.Outcome asks(Input input) {
        var before = desk.digest();
        var journal = desk.journal.size();
        desk.gets(input);
        assertThat(desk.digest()).isEqualTo(before);
        assertThat(desk.journal).hasSize(journal);
        // Nothing leaves but the answer.
        assertThat(desk.effects).hasSize(1);
        return desk.answer();
    }

    private Effect.Outcome asksFor(String id, String quantity, String limit) {
        return asks(new Input.DecisionCheckAsked(
                desk.decision(id, "key-" + id, "hash", Side.BUY, quantity, limit, Algo.IMMEDIATE, null)));
    }

    private Effect.Outcome asksToAmend(String order, @Nullable String quantity, @Nullable String limit) {
        return asks(new Input.AmendmentCheckAsked(new Input.OrderAmendRequested(
                desk.now,
                99,
                "apatel",
                "better so",
                order,
                quantity == null ? null : Quantity.of(quantity),
                limit == null ? null : Price.of(limit),
                null)));
    }

    @Test
    void what_would_be_accepted_has_every_rule_and_the_broker_and_is_not_done() {
        var checked = (Effect.Outcome.Checked) asksFor("D1", "1000", "100.00");
        assertThat(checked.verdict()).isEqualTo(Effect.Outcome.Checked.Verdict.ACCEPTED);
        assertThat(checked.codes()).isEmpty();
        assertThat(checked.checks()).extracting(Check::rule).isEqualTo(PreTrade.rules());
        assertThat(checked.broker()).isEqualTo(House.ALFA);
        assertThat(checked.at()).isEqualTo(desk.now);
        assertThat(desk.desk.state().order("OD1")).isNull();
    }

    @Test
    void the_decision_then_gets_the_same_answer_from_the_same_rules() {
        var checked = (Effect.Outcome.Checked) asksFor("D1", "1000", "100.00");
        desk.buys("D1", "1000", "100.00");
        var accepted = (DeskFact.DecisionAccepted) desk.facts().stream()
                .filter(DeskFact.DecisionAccepted.class::isInstance)
                .findFirst()
                .orElseThrow();
        assertThat(accepted.checks().all()).isEqualTo(checked.checks());
        assertThat(desk.order("OD1").body().terms().broker()).isEqualTo(checked.broker());
    }

    @Test
    void asked_twice_it_is_no_duplicate_of_itself() {
        asksFor("D1", "1000", "100.00");
        var again = (Effect.Outcome.Checked) asksFor("D1", "1000", "100.00");
        assertThat(again.codes()).isEmpty();
    }

    @Test
    void what_would_be_refused_has_every_reason() {
        var checked = (Effect.Outcome.Checked) asksFor("D1", "1000.5", "150.001");
        assertThat(checked.verdict()).isEqualTo(Effect.Outcome.Checked.Verdict.REFUSED);
        assertThat(checked.codes())
                .contains(
                        RefusalCode.QUANTITY_TOO_PRECISE, RefusalCode.PRICE_OFF_TICK, RefusalCode.PRICE_OUTSIDE_COLLAR);
    }

    @Test
    void a_key_that_was_used_does_not_matter() {
        desk.buys("D1", "1000", "100.00");
        var checked = (Effect.Outcome.Checked) asksFor("D1", "2000", "100.00");
        assertThat(checked.codes()).isEmpty();
    }

    @Test
    void what_could_not_be_decided_is_told_in_the_same_words() {
        desk.closes();
        var told = (Effect.Outcome.Refused) asksFor("D1", "1000", "100.00");
        desk.buys("D1", "1000", "100.00");
        assertThat(desk.answer()).isEqualTo(told);
        assertThat(told.refusal()).isEqualTo(Effect.Refusal.DAY_IS_NOT_OPEN);
    }

    @Test
    void an_amendment_is_asked_without_being_made() {
        desk.buys("D1", "1000", "100.00").acknowledges("OD1-1-1");
        var checked = (Effect.Outcome.Checked) asksToAmend("OD1", "2000", null);
        assertThat(checked.verdict()).isEqualTo(Effect.Outcome.Checked.Verdict.ACCEPTED);
        assertThat(checked.checks())
                .as("every rule, and the limit of the broker that has it")
                .hasSize(PreTrade.rules().size() + 1);
        assertThat(checked.broker()).isEqualTo(House.ALFA);
        assertThat(desk.order("OD1").body().quantity()).isEqualTo(Quantity.of("1000"));
    }

    @Test
    void an_amendment_that_a_rule_would_block_leaves_no_refusal_behind() {
        desk.buys("D1", "1000", "100.00").acknowledges("OD1-1-1");
        var checked = (Effect.Outcome.Checked) asksToAmend("OD1", null, "150.00");
        assertThat(checked.codes()).containsExactly(RefusalCode.PRICE_OUTSIDE_COLLAR);
        assertThat(desk.facts()).noneMatch(DeskFact.AmendmentRefused.class::isInstance);
    }

    @Test
    void an_amendment_of_nothing_is_told_so() {
        assertThat(((Effect.Outcome.Refused) asksToAmend("ONONE", "5", null)).refusal())
                .isEqualTo(Effect.Refusal.UNKNOWN_ORDER);
    }
}
