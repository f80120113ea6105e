package org.tradesuite.execution.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tradesuite.execution.engine.Effect.AlertKind;
import org.tradesuite.execution.engine.Effect.Refusal;
import org.tradesuite.execution.order.Algo;
import org.tradesuite.execution.order.DontKnowReason;
import org.tradesuite.execution.order.ExecType;
import org.tradesuite.execution.order.ExecutionReport;
import org.tradesuite.execution.order.ExternalOrder;
import org.tradesuite.execution.order.OrdStatus;
import org.tradesuite.execution.order.Route;
import org.tradesuite.execution.order.Saying;
import org.tradesuite.market.AccountId;
import org.tradesuite.market.Currency;
import org.tradesuite.market.Price;
import org.tradesuite.market.Quantity;
import org.tradesuite.market.Side;

/** Executions of orders we did not give. Whatever happens, a replay of the journal gives the same state. */
class ExternalOrderTest {

    private static final ExternalOrder.Named VODAFONE =
            new ExternalOrder.Named("VOD", "GB00BH4HKS39", "XLON", "SOMEBODY");
    private static final ExternalOrder.Named NOBODY_KNOWS =
            new ExternalOrder.Named("XYZ", "GB0002634946", "XLON", null);
    private static final Duration WAIT = Duration.ofSeconds(5);

    private DeskStory desk = new DeskStory();
    private long sequence = 500;
    private long request = 900;

    @AfterEach
    void replay_equals_live() {
        assertThat(digest(replayed())).isEqualTo(digest(desk.desk));
    }

    private Desk replayed() {
        var codec = new FactCodec();
        var again = new Desk(House.settings(), House.reference());
        desk.journal.forEach(recorded -> again.replay(codec.read(codec.write(recorded))));
        return again;
    }

    private static byte[] digest(Desk of) {
        return new StateCodec().digest(of.state().content());
    }

    // What the broker says

    private ExternalOrderTest executes(String execId, @Nullable String clOrdId, String quantity, String price) {
        return says(report(ExecType.TRADE, execId, null, clOrdId, "B-77", Side.BUY, quantity, price), VODAFONE);
    }

    private ExternalOrderTest says(ExecutionReport report, ExternalOrder.Named named) {
        desk.gets(new Input.BrokerExecutionReport(desk.now, House.ALFA, ++sequence, report, named));
        return this;
    }

    private ExecutionReport report(
            ExecType type,
            String execId,
            @Nullable String reference,
            @Nullable String clOrdId,
            @Nullable String brokerOrderId,
            @Nullable Side side,
            @Nullable String quantity,
            @Nullable String price) {
        return Saying.of(execId, type, OrdStatus.PARTIALLY_FILLED)
                .at(House.MORNING)
                .about(reference)
                .id(clOrdId)
                .knownAs(brokerOrderId)
                .side(side)
                .order(Quantity.of("5000"), null)
                .last(quantity, price)
                .market("XLON")
                .report();
    }

    /** By two persons, of whom the first says nothing new if it is claimed already. */
    private ExternalOrderTest claims(String id, AccountId account) {
        return says("olga", id, account).says("otto", id, account);
    }

    private ExternalOrderTest says(String who, String id, AccountId account) {
        desk.gets(new Input.ExternalOrderClaimRequested(
                desk.now, ++request, who, "the client called it in", id, account));
        return this;
    }

    private ExternalOrderTest doesNotKnow(String subject, DontKnowReason reason) {
        desk.gets(new Input.DontKnowRequested(desk.now, ++request, "olga", "not ours", subject, reason));
        return this;
    }

    private ExternalOrder order(String id) {
        return desk.desk.strays().external(id);
    }

    private BigDecimal held(AccountId account) {
        return desk.desk.state().book().position(account, House.VOD).quantity();
    }

    private BigDecimal cash(AccountId account) {
        return desk.desk.state().book().cash(account, Currency.GBP).amount();
    }

    private void nothingHappened() {
        assertThat(desk.effects).noneMatch(Effect.Alert.class::isInstance).noneMatch(Effect.Outbound.class::isInstance);
    }

    private List<AlertKind> alerts() {
        return desk.effects.stream()
                .filter(Effect.Alert.class::isInstance)
                .map(effect -> ((Effect.Alert) effect).kind())
                .toList();
    }

    private Refusal refused() {
        return ((Effect.Outcome.Refused) desk.answer()).refusal();
    }

    // Into suspense

    @Test
    void an_execution_of_an_unknown_order_waits_a_moment_and_then_goes_to_suspense() {
        executes("E1", "PHONE-1", "300", "100");
        nothingHappened();
        assertThat(order("X-ALFA-1")).isInstanceOf(ExternalOrder.Waiting.class);
        assertThat(held(House.SUSPENSE)).isZero();
        desk.later(WAIT.minusMillis(1));
        nothingHappened();
        desk.later(Duration.ofMillis(1));
        assertThat(alerts()).containsExactly(AlertKind.ORPHAN_FILL);
        assertThat(order("X-ALFA-1")).isInstanceOf(ExternalOrder.InSuspense.class);
        assertThat(held(House.SUSPENSE)).isEqualByComparingTo("300");
        // 300 at 100, two basis points commission, one fee
        assertThat(cash(House.SUSPENSE)).isEqualByComparingTo("-30009.00");
        assertThat(held(House.ACCOUNT)).isEqualByComparingTo("1000000000");
    }

    @Test
    void executions_of_one_order_are_one_external_order_and_of_another_another() {
        executes("E1", "PHONE-1", "300", "100").executes("E2", "PHONE-1", "200", "101");
        executes("E3", "PHONE-2", "50", "100");
        says(report(ExecType.TRADE, "E4", null, "PHONE-1", "B-77", Side.SELL, "10", "100"), VODAFONE);
        desk.later(WAIT);
        assertThat(order("X-ALFA-1").body().executed()).isEqualTo(Quantity.of("500"));
        assertThat(order("X-ALFA-1").body().average()).isEqualTo(Price.of("100.4"));
        assertThat(order("X-ALFA-2").body().executed()).isEqualTo(Quantity.of("50"));
        assertThat(order("X-ALFA-3").body().side()).isEqualTo(Side.SELL);
        assertThat(held(House.SUSPENSE)).isEqualByComparingTo("540");
    }

    @Test
    void an_execution_that_comes_after_the_wait_follows_the_others_at_once() {
        executes("E1", "PHONE-1", "300", "100");
        desk.later(WAIT);
        executes("E2", "PHONE-1", "200", "100");
        assertThat(held(House.SUSPENSE)).isEqualByComparingTo("500");
        assertThat(alerts()).containsExactly(AlertKind.ORPHAN_FILL);
    }

    @Test
    void the_same_execution_again_is_nothing_while_it_waits_in_suspense_and_once_it_is_claimed() {
        executes("E1", "PHONE-1", "300", "100").executes("E1", "PHONE-1", "300", "100");
        desk.later(WAIT);
        executes("E1", "PHONE-1", "300", "100");
        nothingHappened();
        assertThat(held(House.SUSPENSE)).isEqualByComparingTo("300");
        claims("X-ALFA-1", House.INCOME);
        executes("E1", "PHONE-1", "300", "100");
        nothingHappened();
        assertThat(held(House.INCOME)).isEqualByComparingTo("300");
        assertThat(held(House.SUSPENSE)).isZero();
    }

    @Test
    void the_same_ExecID_with_other_content_is_kept_apart_and_alerted() {
        executes("E1", "PHONE-1", "300", "100");
        executes("E1", "PHONE-1", "300", "101");
        assertThat(alerts()).containsExactly(AlertKind.CONFLICTING_FILL);
        executes("E1", "PHONE-2", "300", "100");
        assertThat(alerts()).containsExactly(AlertKind.CONFLICTING_FILL);
        desk.later(WAIT);
        assertThat(order("X-ALFA-1").body().executed()).isEqualTo(Quantity.of("300"));
        assertThat(held(House.SUSPENSE)).isEqualByComparingTo("300");
        assertThat(desk.facts())
                .filteredOn(ExternalOrder.Quarantined.class::isInstance)
                .hasSize(2);
    }

    @Test
    void after_a_restart_the_wait_goes_on_and_the_execution_is_booked_once() {
        executes("E1", "PHONE-1", "300", "100");
        var again = replayed();
        var batch = new Batch();
        again.recover(desk.now, batch);
        again.handle(
                new Input.BrokerExecutionReport(
                        desk.now,
                        House.ALFA,
                        ++sequence,
                        report(ExecType.TRADE, "E1", null, "PHONE-1", "B-77", Side.BUY, "300", "100"),
                        VODAFONE),
                batch);
        assertThat(batch.facts).isEmpty();
        again.handle(new Input.Tick(desk.now.plus(WAIT)), batch);
        assertThat(again.state().book().position(House.SUSPENSE, House.VOD).quantity())
                .isEqualByComparingTo("300");
    }

    @Test
    void a_broker_that_says_too_little_is_kept_as_it_came_and_alerted() {
        says(report(ExecType.TRADE, "E1", null, "PHONE-1", null, null, "300", "100"), VODAFONE);
        assertThat(alerts()).containsExactly(AlertKind.ORPHAN_FILL);
        says(report(ExecType.TRADE_CANCEL, "E2", "E0", "PHONE-1", null, Side.BUY, null, null), VODAFONE);
        assertThat(alerts()).containsExactly(AlertKind.ORPHAN_FILL);
        assertThat(desk.facts())
                .filteredOn(DeskFact.OrphanReported.class::isInstance)
                .hasSize(2);
        says(report(ExecType.TRADE, "E1", null, "PHONE-1", null, null, "300", "100"), VODAFONE);
        nothingHappened();
        says(report(ExecType.TRADE, "E1", null, "PHONE-1", null, null, "301", "100"), VODAFONE);
        assertThat(alerts()).containsExactly(AlertKind.CONFLICTING_FILL);
    }

    @Test
    void an_order_the_broker_counts_when_asked_is_on_the_list_and_booked_only_when_it_executes() {
        says(report(ExecType.ORDER_STATUS, "0", null, "PHONE-1", "B-77", Side.BUY, null, null), VODAFONE);
        says(report(ExecType.ORDER_STATUS, "0", null, "PHONE-1", "B-77", Side.BUY, null, null), VODAFONE);
        desk.later(WAIT);
        assertThat(alerts()).containsExactly(AlertKind.ORPHAN_FILL);
        assertThat(order("X-ALFA-1").body().origin()).isEqualTo(ExternalOrder.Origin.RECONCILIATION);
        assertThat(order("X-ALFA-1")).isInstanceOf(ExternalOrder.Unbooked.class);
        claims("X-ALFA-1", House.INCOME);
        assertThat(refused()).isEqualTo(Refusal.NOT_TO_BE_CLAIMED);
        executes("E1", "PHONE-1", "300", "100");
        assertThat(held(House.SUSPENSE)).isEqualByComparingTo("300");
    }

    // Booked nowhere

    @Test
    void without_a_suspense_account_it_is_booked_nowhere_and_can_be_claimed() {
        desk = new DeskStory(House.settings(null));
        executes("E1", "PHONE-1", "300", "100");
        desk.later(WAIT);
        assertThat(alerts()).containsExactly(AlertKind.ORPHAN_FILL);
        assertThat(order("X-ALFA-1"))
                .isInstanceOfSatisfying(
                        ExternalOrder.Unbooked.class,
                        listed -> assertThat(listed.why()).contains("suspense-account"));
        executes("E2", "PHONE-1", "200", "100");
        assertThat(alerts()).containsExactly(AlertKind.ORPHAN_FILL);
        assertThat(held(House.SUSPENSE)).isZero();
        claims("X-ALFA-1", House.INCOME);
        assertThat(held(House.INCOME)).isEqualByComparingTo("500");
        executes("E3", "PHONE-1", "100", "100");
        assertThat(held(House.INCOME)).isEqualByComparingTo("600");
    }

    @Test
    void an_instrument_that_is_not_known_is_booked_nowhere_until_it_is() {
        says(report(ExecType.TRADE, "E1", null, "PHONE-1", "B-77", Side.BUY, "300", "100"), NOBODY_KNOWS);
        desk.later(WAIT);
        assertThat(order("X-ALFA-1")).isInstanceOf(ExternalOrder.Unbooked.class);
        claims("X-ALFA-1", House.INCOME);
        assertThat(refused()).isEqualTo(Refusal.UNKNOWN_INSTRUMENT);
        assertThat(order("X-ALFA-1")).isInstanceOf(ExternalOrder.Unbooked.class);
    }

    // Claimed

    @Test
    void a_claim_moves_position_and_cash_once() {
        executes("E1", "PHONE-1", "300", "100").executes("E2", "PHONE-1", "200", "100");
        desk.later(WAIT);
        claims("X-ALFA-1", House.INCOME);
        assertThat(desk.answer()).isEqualTo(new Effect.Outcome.Done());
        assertThat(desk.journal.getLast().actor()).isEqualTo("otto");
        assertThat(desk.journal.getLast().reason()).isEqualTo("the client called it in");
        assertThat(held(House.SUSPENSE)).isZero();
        assertThat(cash(House.SUSPENSE)).isZero();
        assertThat(held(House.INCOME)).isEqualByComparingTo("500");
        assertThat(cash(House.INCOME)).isEqualByComparingTo("-50015.00");
        var before = desk.journal.size();
        claims("X-ALFA-1", House.INCOME);
        assertThat(desk.answer()).isEqualTo(new Effect.Outcome.Done());
        assertThat(desk.journal).hasSize(before);
        claims("X-ALFA-1", House.ACCOUNT);
        assertThat(refused()).isEqualTo(Refusal.NOT_TO_BE_CLAIMED);
        assertThat(held(House.INCOME)).isEqualByComparingTo("500");
    }

    @Test
    void one_person_alone_moves_nothing() {
        executes("E1", "PHONE-1", "300", "100");
        desk.later(WAIT);
        says("olga", "X-ALFA-1", House.INCOME);
        assertThat(desk.answer()).isEqualTo(new Effect.Outcome.Done());
        assertThat(desk.journal.getLast().fact()).isEqualTo(new ExternalOrder.ClaimMade(House.INCOME, "olga"));
        assertThat(order("X-ALFA-1")).isInstanceOf(ExternalOrder.InSuspense.class);
        says("olga", "X-ALFA-1", House.INCOME);
        assertThat(refused()).isEqualTo(Refusal.MAKER_IS_CHECKER);
        assertThat(held(House.SUSPENSE)).isEqualByComparingTo("300");
        // Another account's claim takes its place, and has to be approved by somebody else in turn.
        says("otto", "X-ALFA-1", House.ACCOUNT);
        assertThat(desk.answer()).isEqualTo(new Effect.Outcome.Done());
        says("otto", "X-ALFA-1", House.ACCOUNT);
        assertThat(refused()).isEqualTo(Refusal.MAKER_IS_CHECKER);
        assertThat(held(House.SUSPENSE)).isEqualByComparingTo("300");
        says("olga", "X-ALFA-1", House.ACCOUNT);
        assertThat(held(House.SUSPENSE)).isZero();
        assertThat(held(House.ACCOUNT)).isEqualByComparingTo("1000000300");
        assertThat(desk.journal.getLast().fact())
                .isEqualTo(new ExternalOrder.WasClaimed(House.ACCOUNT, "otto", "olga", House.MONDAY));
    }

    @Test
    void a_claim_that_waits_for_approval_does_not_keep_an_order_from_being_ours() {
        executes("E1", "OD1-1-1", "300", "100").says("olga", "X-ALFA-1", House.INCOME);
        desk.buys("D1", "1000").later(WAIT);
        assertThat(desk.route("OD1-1").body().cumulative()).isEqualTo(Quantity.of("300"));
        says("otto", "X-ALFA-1", House.INCOME);
        assertThat(refused()).isEqualTo(Refusal.NOT_TO_BE_CLAIMED);
        assertThat(held(House.INCOME)).isZero();
    }

    @Test
    void it_can_be_claimed_while_it_waits() {
        executes("E1", "PHONE-1", "300", "100").claims("X-ALFA-1", House.INCOME);
        desk.later(WAIT);
        nothingHappened();
        assertThat(held(House.SUSPENSE)).isZero();
        assertThat(held(House.INCOME)).isEqualByComparingTo("300");
    }

    @Test
    void a_claim_that_makes_no_sense_is_refused_and_changes_nothing() {
        executes("E1", "PHONE-1", "300", "100");
        desk.later(WAIT);
        var before = desk.journal.size();
        claims("X-ALFA-9", House.INCOME);
        assertThat(refused()).isEqualTo(Refusal.UNKNOWN_EXTERNAL_ORDER);
        claims("X-ALFA-1", AccountId.of("NONE1"));
        assertThat(refused()).isEqualTo(Refusal.UNKNOWN_ACCOUNT);
        claims("X-ALFA-1", House.OLD);
        assertThat(refused()).isEqualTo(Refusal.ACCOUNT_IS_NOT_ACTIVE);
        claims("X-ALFA-1", House.SUSPENSE);
        assertThat(refused()).isEqualTo(Refusal.NOT_VALID);
        assertThat(desk.journal).hasSize(before);
    }

    @Test
    void a_bust_and_a_correction_follow_the_execution_to_wherever_it_is() {
        executes("E1", "PHONE-1", "300", "100").executes("E2", "PHONE-1", "200", "100");
        desk.later(WAIT);
        says(report(ExecType.TRADE_CORRECT, "E3", "E1", "PHONE-1", "B-77", Side.BUY, "250", "100"), VODAFONE);
        assertThat(held(House.SUSPENSE)).isEqualByComparingTo("450");
        claims("X-ALFA-1", House.INCOME);
        says(report(ExecType.TRADE_CANCEL, "E4", "E2", "PHONE-1", "B-77", Side.BUY, null, null), VODAFONE);
        assertThat(held(House.INCOME)).isEqualByComparingTo("250");
        // A correction of the correction, by the ExecID the chain began with, under an OrderID that the broker changed.
        says(report(ExecType.TRADE_CORRECT, "E5", "E1", "PHONE-1", "B-78", Side.BUY, "100", "100"), VODAFONE);
        assertThat(held(House.INCOME)).isEqualByComparingTo("100");
        assertThat(cash(House.INCOME)).isEqualByComparingTo("-10003.00");
        says(report(ExecType.TRADE_CANCEL, "E6", "E2", "PHONE-1", "B-77", Side.BUY, null, null), VODAFONE);
        assertThat(alerts()).contains(AlertKind.CONFLICTING_FILL);
        assertThat(held(House.INCOME)).isEqualByComparingTo("100");
    }

    @Test
    void a_bust_and_a_correction_of_a_later_trade_date_find_the_execution_too() {
        executes("E1", "PHONE-1", "300", "100").executes("E2", "PHONE-1", "200", "100");
        desk.later(WAIT);
        var bust = report(ExecType.TRADE_CANCEL, "E1", "E1", "PHONE-1", "B-77", Side.BUY, null, null);
        says(on(House.MONDAY.plusDays(1), bust), VODAFONE);
        assertThat(held(House.SUSPENSE)).isEqualByComparingTo("200");
        var correction = report(ExecType.TRADE_CORRECT, "E2", "E2", null, "B-77", null, "150", "100");
        says(on(House.MONDAY.plusDays(1), correction), VODAFONE);
        assertThat(held(House.SUSPENSE)).isEqualByComparingTo("150");
        // Of another order there is none to find: a person has to look.
        var other = report(ExecType.TRADE_CANCEL, "E3", "E7", "PHONE-2", "B-77", Side.BUY, null, null);
        says(on(House.MONDAY.plusDays(1), other), VODAFONE);
        assertThat(alerts()).containsExactly(AlertKind.ORPHAN_FILL);
        assertThat(held(House.SUSPENSE)).isEqualByComparingTo("150");
    }

    private static ExecutionReport on(LocalDate tradeDate, ExecutionReport report) {
        return Saying.like(report).on(tradeDate).report();
    }

    @Test
    void a_bust_while_it_waits_leaves_nothing_to_book() {
        executes("E1", "PHONE-1", "300", "100");
        says(report(ExecType.TRADE_CANCEL, "E2", "E1", "PHONE-1", "B-77", Side.BUY, null, null), VODAFONE);
        desk.later(WAIT);
        assertThat(order("X-ALFA-1")).isInstanceOf(ExternalOrder.Unbooked.class);
        assertThat(held(House.SUSPENSE)).isZero();
    }

    @Test
    void nobody_trades_for_the_suspense_account() {
        var decision = desk.decision("D1", "key", "hash", Side.BUY, "10", null, Algo.IMMEDIATE, null);
        desk.gets(new Input.DecisionSubmitted(
                desk.now,
                ++request,
                decision.actor(),
                "D1",
                "key",
                "hash",
                House.SUSPENSE,
                decision.strategy(),
                decision.trader(),
                decision.instrument(),
                decision.side(),
                decision.quantity(),
                decision.type(),
                decision.limit(),
                decision.algo(),
                null,
                null));
        assertThat(refused()).isEqualTo(Refusal.NOT_VALID);
    }

    // It was ours

    @Test
    void an_order_that_turns_up_within_the_wait_gets_its_execution() {
        executes("E1", "OD1-1-1", "300", "100");
        desk.buys("D1", "1000").later(WAIT);
        assertThat(desk.route("OD1-1").body().cumulative()).isEqualTo(Quantity.of("300"));
        assertThat(held(House.SUSPENSE)).isZero();
        assertThat(order("X-ALFA-1")).isInstanceOf(ExternalOrder.Ours.class);
        executes("E1", "OD1-1-1", "300", "100");
        assertThat(desk.route("OD1-1").body().cumulative()).isEqualTo(Quantity.of("300"));
        claims("X-ALFA-1", House.INCOME);
        assertThat(refused()).isEqualTo(Refusal.NOT_TO_BE_CLAIMED);
    }

    @Test
    void an_execution_in_suspense_that_comes_again_for_an_order_of_ours_moves_there() {
        desk.buys("D1", "1000").acknowledges("OD1-1-1");
        executes("E1", "GARBLED", "300", "100");
        desk.later(WAIT);
        assertThat(held(House.SUSPENSE)).isEqualByComparingTo("300");
        executes("E1", "OD1-1-1", "300", "100");
        assertThat(held(House.SUSPENSE)).isZero();
        assertThat(cash(House.SUSPENSE)).isZero();
        assertThat(desk.route("OD1-1").body().cumulative()).isEqualTo(Quantity.of("300"));
        // What follows under the wrong id is of the same order.
        executes("E2", "GARBLED", "200", "100");
        assertThat(desk.route("OD1-1").body().cumulative()).isEqualTo(Quantity.of("500"));
        says(report(ExecType.TRADE_CANCEL, "E3", "E1", "GARBLED", "B-77", Side.BUY, null, null), VODAFONE);
        assertThat(desk.route("OD1-1").body().cumulative()).isEqualTo(Quantity.of("200"));
    }

    @Test
    void an_execution_that_was_taken_back_before_its_order_was_ours_books_nothing_when_it_comes_again() {
        desk.buys("D1", "1000").acknowledges("OD1-1-1");
        executes("E1", "GARBLED", "300", "100").executes("E2", "GARBLED", "200", "100");
        says(report(ExecType.TRADE_CANCEL, "E3", "E1", "GARBLED", "B-77", Side.BUY, null, null), VODAFONE);
        desk.later(WAIT);
        executes("E2", "OD1-1-1", "200", "100");
        executes("E1", "OD1-1-1", "300", "100");
        nothingHappened();
        assertThat(desk.route("OD1-1").body().cumulative()).isEqualTo(Quantity.of("200"));
        assertThat(held(House.SUSPENSE)).isZero();
        // A bust of it, by no order that is known, is brought to the route, which says that it has no such execution.
        says(report(ExecType.TRADE_CANCEL, "E4", "E1", "OTHER", null, null, null, null), VODAFONE);
        assertThat(alerts()).containsExactly(AlertKind.CONFLICTING_FILL);
        assertThat(desk.route("OD1-1").body().cumulative()).isEqualTo(Quantity.of("200"));
    }

    @Test
    void an_execution_in_suspense_does_not_become_one_of_an_order_to_the_other_side() {
        desk.decides("D1", Side.SELL, "1000", null, Algo.IMMEDIATE, null).acknowledges("OD1-1-1");
        executes("E1", "GARBLED", "300", "100");
        desk.later(WAIT);
        executes("E1", "OD1-1-1", "300", "100");
        assertThat(alerts()).containsExactly(AlertKind.CONFLICTING_FILL);
        assertThat(held(House.SUSPENSE)).isEqualByComparingTo("300");
        assertThat(desk.route("OD1-1").body().cumulative()).isEqualTo(Quantity.ZERO);
    }

    @Test
    void what_a_person_has_claimed_is_not_taken_away_by_a_broker_that_says_otherwise_later() {
        desk.buys("D1", "1000").acknowledges("OD1-1-1");
        executes("E1", "GARBLED", "300", "100");
        desk.later(WAIT);
        claims("X-ALFA-1", House.INCOME);
        executes("E1", "OD1-1-1", "300", "100");
        assertThat(alerts()).containsExactly(AlertKind.CONFLICTING_FILL);
        assertThat(held(House.INCOME)).isEqualByComparingTo("300");
        assertThat(desk.route("OD1-1").body().cumulative()).isEqualTo(Quantity.ZERO);
    }

    @Test
    void an_execution_without_a_ClOrdID_finds_its_route_by_the_brokers_OrderID() {
        desk.buys("D1", "1000").acknowledges("OD1-1-1");
        says(report(ExecType.TRADE, "E1", null, null, "B-OD1-1-1", Side.BUY, "300", "100"), VODAFONE);
        assertThat(desk.route("OD1-1").body().cumulative()).isEqualTo(Quantity.of("300"));
        // Another side, or another instrument, is another order whatever its OrderID.
        says(report(ExecType.TRADE, "E2", null, null, "B-OD1-1-1", Side.SELL, "300", "100"), VODAFONE);
        says(report(ExecType.TRADE, "E3", null, "NONE", "B-OD1-1-1", Side.BUY, "300", "100"), NOBODY_KNOWS);
        assertThat(desk.route("OD1-1").body().cumulative()).isEqualTo(Quantity.of("300"));
        assertThat(order("X-ALFA-2").body().executed()).isEqualTo(Quantity.of("300"));
    }

    // Fills of our own orders

    @Test
    void a_fill_again_under_another_OrderID_is_the_same_fill() {
        desk.buys("D1", "1000").acknowledges("OD1-1-1").fills("OD1-1-1", "300", "100", "X");
        says(report(ExecType.TRADE, "X", null, "OD1-1-1", "ANOTHER", Side.BUY, "300", "100"), VODAFONE);
        nothingHappened();
        assertThat(desk.route("OD1-1").body().cumulative()).isEqualTo(Quantity.of("300"));
    }

    @Test
    void a_fill_again_with_another_quantity_price_side_time_or_order_is_kept_apart_and_alerted() {
        desk.buys("D1", "1000").acknowledges("OD1-1-1").fills("OD1-1-1", "300", "100", "X");
        desk.buys("D2", "1000").acknowledges("OD2-1-1");
        for (var other : List.of(
                report(ExecType.TRADE, "X", null, "OD1-1-1", "B", Side.BUY, "301", "100"),
                report(ExecType.TRADE, "X", null, "OD1-1-1", "B", Side.BUY, "300", "101"),
                report(ExecType.TRADE, "X", null, "OD1-1-1", "B", Side.SELL, "300", "100"),
                report(ExecType.TRADE, "X", null, "OD2-1-1", "B", Side.BUY, "300", "100"),
                report(ExecType.TRADE, "X", null, "NOT-OURS", "B", Side.BUY, "300", "100"),
                report(ExecType.TRADE_CANCEL, "X", "X", "OD1-1-1", "B", Side.BUY, "300", "100"))) {
            says(other, VODAFONE);
            assertThat(alerts()).as(other.toString()).containsExactly(AlertKind.CONFLICTING_FILL);
        }
        desk.later(Duration.ofSeconds(1)).fills("OD1-1-1", "300", "100", "X");
        assertThat(alerts()).containsExactly(AlertKind.CONFLICTING_FILL);
        assertThat(desk.route("OD1-1").body().cumulative()).isEqualTo(Quantity.of("300"));
        assertThat(desk.route("OD2-1").body().cumulative()).isEqualTo(Quantity.ZERO);
        assertThat(desk.desk.state().externals().orders()).isEmpty();
    }

    @Test
    void a_fill_beyond_the_limit_is_booked_and_alerted() {
        desk.buys("D1", "1000", "100").acknowledges("OD1-1-1").fills("OD1-1-1", "300", "100.01");
        assertThat(alerts()).containsExactly(AlertKind.FILL_BEYOND_LIMIT);
        assertThat(desk.route("OD1-1").body().cumulative()).isEqualTo(Quantity.of("300"));
        desk.fills("OD1-1-1", "300", "100");
        assertThat(alerts()).isEmpty();
    }

    // The end of the day

    @Test
    void what_is_claimed_is_in_the_days_trades_and_what_is_not_is_alerted() {
        executes("E1", "PHONE-1", "300", "100").executes("E2", "PHONE-2", "200", "100");
        desk.later(WAIT);
        claims("X-ALFA-1", House.INCOME);
        desk.closes();
        var sent = desk.only(Effect.SendAllocation.class);
        assertThat(sent.account()).isEqualTo(House.INCOME);
        assertThat(sent.quantity()).isEqualTo(Quantity.of("300"));
        assertThat(sent.orders())
                .containsExactly(new Effect.AllocatedOrder(
                        "PHONE-1",
                        "B-77",
                        Quantity.of("300"),
                        List.of(new Effect.AllocatedExecution("E1", Quantity.of("300"), Price.of("100")))));
        // A minimum commission of 5.00 in place of 6.00 by rate, and 3.00 of fees.
        assertThat(cash(House.INCOME)).isEqualByComparingTo("-30009.00");
        desk.later(Duration.ofMinutes(2));
        assertThat(desk.effects)
                .anySatisfy(effect -> assertThat(effect)
                        .isInstanceOfSatisfying(
                                Effect.Alert.class,
                                alert -> assertThat(alert.subject()).isEqualTo("X-ALFA-2")));
    }

    // Don't know

    @Test
    void the_broker_is_told_once_of_each_execution_that_we_do_not_know_it() {
        executes("E1", "PHONE-1", "300", "100").executes("E2", "PHONE-1", "200", "101");
        desk.later(WAIT);
        doesNotKnow("X-ALFA-1", DontKnowReason.NO_MATCHING_ORDER);
        var sent = desk.effects.stream()
                .filter(Effect.SendDontKnow.class::isInstance)
                .map(Effect.SendDontKnow.class::cast)
                .toList();
        assertThat(sent).extracting(Effect.SendDontKnow::execId).containsExactly("E1", "E2");
        assertThat(sent).extracting(Effect.SendDontKnow::brokerOrderId).containsOnly("B-77");
        assertThat(sent).extracting(Effect.SendDontKnow::orderQuantity).containsOnly(Quantity.of("5000"));
        doesNotKnow("X-ALFA-1", DontKnowReason.NO_MATCHING_ORDER);
        assertThat(desk.answer()).isEqualTo(new Effect.Outcome.Done());
        nothingHappened();
        // It stays booked until the broker takes it back.
        assertThat(held(House.SUSPENSE)).isEqualByComparingTo("500");
        says(report(ExecType.TRADE_CANCEL, "E3", "E1", "PHONE-1", "B-77", Side.BUY, null, null), VODAFONE);
        assertThat(held(House.SUSPENSE)).isEqualByComparingTo("200");
        doesNotKnow("X-ALFA-1-F1", DontKnowReason.OTHER);
        assertThat(refused()).isEqualTo(Refusal.NOTHING_TO_DISOWN);
        doesNotKnow("X-ALFA-7", DontKnowReason.OTHER);
        assertThat(refused()).isEqualTo(Refusal.UNKNOWN_EXTERNAL_ORDER);
    }

    @Test
    void of_our_own_fills_only_what_is_more_than_ordered_or_dearer_can_be_disowned() {
        desk.buys("D1", "1000", "100").acknowledges("OD1-1-1").fills("OD1-1-1", "600", "100");
        doesNotKnow("OD1-1-F1", DontKnowReason.QUANTITY_EXCEEDS_ORDER);
        assertThat(refused()).isEqualTo(Refusal.NOTHING_TO_DISOWN);
        desk.fills("OD1-1-1", "700", "100", "TOO-MUCH");
        assertThat(alerts()).contains(AlertKind.OVERFILL);
        doesNotKnow("OD1-1-F2", DontKnowReason.PRICE_EXCEEDS_LIMIT);
        assertThat(refused()).isEqualTo(Refusal.NOTHING_TO_DISOWN);
        doesNotKnow("OD1-1-F2", DontKnowReason.QUANTITY_EXCEEDS_ORDER);
        assertThat(desk.only(Effect.SendDontKnow.class).execId()).isEqualTo("TOO-MUCH");
        desk.buys("D2", "1000", "100").acknowledges("OD2-1-1").fills("OD2-1-1", "10", "100.02");
        doesNotKnow("OD2-1-F1", DontKnowReason.PRICE_EXCEEDS_LIMIT);
        assertThat(desk.only(Effect.SendDontKnow.class).price()).isEqualTo(Price.of("100.02"));
    }

    // Beside what was inferred from the broker's count

    /** Beyond what was held in the morning. */
    private BigDecimal bought() {
        return held(House.ACCOUNT).subtract(new BigDecimal("1000000000"));
    }

    /** 300 of D1 are reported; the broker counts 800 and reports nothing for so long that 500 at 101.6 is inferred. */
    private void countsMoreThanItReports() {
        desk.buys("D1", "1000").acknowledges("OD1-1-1").fillsTo("OD1-1-1", "300", "100", "300", "X1");
        desk.loses(House.ALFA).connects(House.ALFA);
        desk.answers("OD1-1-1", OrdStatus.PARTIALLY_FILLED, "800", "101").later(Duration.ofSeconds(5));
        assertThat(bought()).isEqualByComparingTo("800");
    }

    @Test
    void an_execution_in_suspense_that_turns_out_to_be_the_one_that_was_inferred_is_booked_once() {
        executes("E9", "PHONE-9", "500", "101.6");
        desk.later(WAIT);
        countsMoreThanItReports();
        assertThat(held(House.SUSPENSE)).isEqualByComparingTo("500");
        executes("E9", "OD1-1-1", "500", "101.6");
        assertThat(held(House.SUSPENSE)).isEqualByComparingTo("0");
        assertThat(bought()).isEqualByComparingTo("800");
        assertThat(desk.route("OD1-1").body().average()).isEqualTo(Price.of("101"));
    }

    @Test
    void parts_in_suspense_take_the_place_of_what_was_inferred_and_the_rest_stays_inferred() {
        executes("E8", "PHONE-9", "200", "101.6");
        executes("E9", "PHONE-9", "100", "101.6");
        desk.later(WAIT);
        countsMoreThanItReports();
        executes("E9", "OD1-1-1", "100", "101.6");
        assertThat(held(House.SUSPENSE)).isEqualByComparingTo("0");
        assertThat(bought()).isEqualByComparingTo("800");
        assertThat(desk.journal.stream()
                        .map(Recorded::fact)
                        .filter(fact -> fact instanceof Route.Filled filled && filled.gap() != null)
                        .map(fact -> ((Route.Filled) fact).quantity()))
                .containsExactly(Quantity.of("500"), Quantity.of("300"), Quantity.of("200"));
    }

    @Test
    void what_a_broker_never_reported_cannot_be_disowned() {
        desk.buys("D1", "1000").acknowledges("OD1-1-1");
        desk.loses(House.ALFA).connects(House.ALFA);
        desk.answers("OD1-1-1", OrdStatus.FILLED, "1200", "100").later(Duration.ofSeconds(5));
        assertThat(bought()).isEqualByComparingTo("1200");
        doesNotKnow("OD1-1-F1", DontKnowReason.QUANTITY_EXCEEDS_ORDER);
        assertThat(refused()).isEqualTo(Refusal.NOTHING_TO_DISOWN);
        assertThat(desk.answer().toString()).contains("ALFA never reported it").contains("Call the broker");
    }

    @Test
    void a_dont_know_that_could_not_be_said_is_alerted_and_may_be_said_again() {
        executes("E1", "PHONE-1", "300", "100");
        desk.later(WAIT);
        doesNotKnow("X-ALFA-1", DontKnowReason.NO_MATCHING_ORDER);
        var sent = desk.only(Effect.SendDontKnow.class);
        desk.gets(new Input.NotSent(desk.now, House.ALFA, sent.messageId(), "ALFA does not understand 35=Q"));
        assertThat(alerts()).containsExactly(AlertKind.REQUEST_REFUSED_BY_BROKER);
        doesNotKnow("X-ALFA-1", DontKnowReason.NO_MATCHING_ORDER);
        assertThat(desk.only(Effect.SendDontKnow.class)).isEqualTo(sent);
        desk.gets(new Input.BrokerMessageReject(desk.now, House.ALFA, ++sequence, "Q", "E1", "3", "never heard"));
        assertThat(alerts()).containsExactly(AlertKind.REQUEST_REFUSED_BY_BROKER);
    }

    @Test
    void after_a_restart_a_dont_know_that_may_not_have_left_is_offered_again() {
        executes("E1", "PHONE-1", "300", "100");
        desk.later(WAIT);
        doesNotKnow("X-ALFA-1", DontKnowReason.NO_MATCHING_ORDER);
        var sent = desk.only(Effect.SendDontKnow.class);
        var batch = new Batch();
        replayed().recover(desk.now, batch);
        assertThat(batch.effects).contains(new Effect.Resume(sent));
    }
}
