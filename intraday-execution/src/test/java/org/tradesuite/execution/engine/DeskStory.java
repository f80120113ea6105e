package org.tradesuite.execution.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.tradesuite.execution.order.Algo;
import org.tradesuite.execution.order.ExecType;
import org.tradesuite.execution.order.ExecutionReport;
import org.tradesuite.execution.order.Fact;
import org.tradesuite.execution.order.OrdStatus;
import org.tradesuite.execution.order.OrderType;
import org.tradesuite.execution.order.ParentOrder;
import org.tradesuite.execution.order.Route;
import org.tradesuite.execution.order.Saying;
import org.tradesuite.execution.reference.LimitKind;
import org.tradesuite.execution.reference.ReferenceData;
import org.tradesuite.execution.reference.TradingStatus;
import org.tradesuite.market.BrokerId;
import org.tradesuite.market.Currency;
import org.tradesuite.market.Price;
import org.tradesuite.market.Quantity;
import org.tradesuite.market.Side;

/** A desk that gets one input after the other, with a day open, a quote in the market and both brokers connected. */
final class DeskStory {

    private final EngineSettings settings;
    private final ReferenceData reference;
    final Desk desk;
    final List<Recorded> journal = new ArrayList<>();
    List<Effect> effects = List.of();
    Instant now = House.MORNING;
    private long request;
    private long sequence;
    private long execution;

    DeskStory() {
        this(House.settings());
    }

    DeskStory(EngineSettings settings) {
        this(settings, House.reference());
    }

    DeskStory(EngineSettings settings, ReferenceData reference) {
        this.settings = settings;
        this.reference = reference;
        desk = new Desk(settings, reference);
        gets(new Input.TradingDayOpenRequested(now, ++request, "ops", House.MONDAY));
        gets(new Input.BrokerSessionUp(now, House.ALFA));
        gets(new Input.BrokerSessionUp(now, House.BRAVO));
        quotes("99.99", "100.01");
    }

    private DeskStory(DeskStory before) {
        settings = before.settings;
        reference = before.reference;
        now = before.now;
        request = before.request;
        sequence = before.sequence;
        execution = before.execution;
        desk = new Desk(settings, reference);
        journal.addAll(before.journal);
        journal.forEach(desk::replay);
        var batch = new Batch();
        desk.recover(now, batch);
        batch.close(desk.state());
        journal.addAll(batch.facts);
        effects = List.copyOf(batch.effects);
    }

    /** We were killed and are there again; nobody is connected. */
    DeskStory restarted() {
        return new DeskStory(this);
    }

    DeskStory gets(Input input) {
        var batch = new Batch();
        desk.handle(input, batch);
        batch.close(desk.state());
        journal.addAll(batch.facts);
        effects = List.copyOf(batch.effects);
        return this;
    }

    /** From now on these limits hold beside the usual ones. */
    DeskStory limits(Map<LimitKind, String> limits) {
        return gets(new Input.ReferenceChanged(now, "risk", "a test", House.reference(TradingStatus.ACTIVE, limits)));
    }

    DeskStory quotes(String bid, String ask) {
        return gets(new Input.MarketQuote(now, House.VOD, Price.of(bid), Price.of(ask)));
    }

    DeskStory later(Duration passes) {
        now = now.plus(passes);
        return gets(new Input.Tick(now));
    }

    DeskStory buys(String id, String quantity) {
        return decides(id, Side.BUY, quantity, null, Algo.IMMEDIATE, null);
    }

    DeskStory buys(String id, String quantity, String limit) {
        return decides(id, Side.BUY, quantity, limit, Algo.IMMEDIATE, null);
    }

    DeskStory decides(String id, Side side, String quantity, @Nullable String limit, Algo algo, @Nullable Instant end) {
        return gets(decision(id, "key-" + id, "hash-" + id, side, quantity, limit, algo, end));
    }

    Input.DecisionSubmitted decision(
            String id,
            String key,
            String hash,
            Side side,
            String quantity,
            @Nullable String limit,
            Algo algo,
            @Nullable Instant end) {
        return new Input.DecisionSubmitted(
                now,
                ++request,
                "apatel",
                id,
                key,
                hash,
                House.ACCOUNT,
                "VALUE",
                "apatel",
                House.VOD,
                side,
                Quantity.of(quantity),
                limit == null ? OrderType.MARKET : OrderType.LIMIT,
                limit == null ? null : Price.of(limit),
                algo,
                null,
                end);
    }

    DeskStory overrides(String who, String decisionId, int version) {
        return gets(new Input.HoldOverridden(now, ++request, who, "seen and agreed", decisionId, version));
    }

    DeskStory refuses(String who, String decisionId) {
        return gets(new Input.HoldRefused(now, ++request, who, "not today", decisionId));
    }

    DeskStory letsAmendmentPass(String who, String orderId, int version) {
        return gets(new Input.AmendmentOverridden(now, ++request, who, "seen and agreed", orderId, version));
    }

    DeskStory refusesAmendment(String who, String orderId) {
        return gets(new Input.AmendmentHoldRefused(now, ++request, who, "not today", orderId, true));
    }

    DeskStory cancels(String orderId) {
        return gets(new Input.OrderCancelRequested(now, ++request, "apatel", "changed my mind", orderId));
    }

    DeskStory amends(String orderId, @Nullable String quantity, @Nullable String limit) {
        return gets(new Input.OrderAmendRequested(
                now,
                ++request,
                "apatel",
                "better so",
                orderId,
                quantity == null ? null : Quantity.of(quantity),
                limit == null ? null : Price.of(limit),
                null));
    }

    DeskStory closes() {
        return gets(new Input.TradingDayCloseRequested(now, ++request, "ops", "end of day", House.MONDAY));
    }

    DeskStory acknowledges(String clOrdId) {
        return reports(clOrdId, null, ExecType.NEW, OrdStatus.NEW, null, null, null);
    }

    DeskStory fills(String clOrdId, String quantity, String price) {
        return reports(clOrdId, null, ExecType.TRADE, OrdStatus.PARTIALLY_FILLED, quantity, price, null);
    }

    DeskStory fills(String clOrdId, String quantity, String price, String execId) {
        return reports(clOrdId, null, ExecType.TRADE, OrdStatus.PARTIALLY_FILLED, quantity, price, execId);
    }

    DeskStory rejects(String clOrdId) {
        return reports(clOrdId, null, ExecType.REJECTED, OrdStatus.REJECTED, null, null, null);
    }

    DeskStory confirmsCancel(String clOrdId, String original) {
        return reports(clOrdId, original, ExecType.CANCELED, OrdStatus.CANCELED, null, null, null);
    }

    DeskStory reports(
            String clOrdId,
            @Nullable String original,
            ExecType type,
            OrdStatus status,
            @Nullable String quantity,
            @Nullable String price,
            @Nullable String execId) {
        return gets(new Input.BrokerExecutionReport(
                now,
                broker(clOrdId),
                ++sequence,
                report(
                        execId == null ? "E" + ++execution : execId,
                        null,
                        clOrdId,
                        original,
                        type,
                        status,
                        quantity,
                        price)));
    }

    DeskStory busts(String clOrdId, String reference) {
        return gets(new Input.BrokerExecutionReport(
                now,
                broker(clOrdId),
                ++sequence,
                report(
                        "E" + ++execution,
                        reference,
                        clOrdId,
                        null,
                        ExecType.TRADE_CANCEL,
                        OrdStatus.PARTIALLY_FILLED,
                        null,
                        null)));
    }

    /** The broker counts so much at such an average, because it was asked or not. */
    DeskStory counts(
            String clOrdId, ExecType type, OrdStatus status, @Nullable String executed, @Nullable String average) {
        return gets(new Input.BrokerExecutionReport(
                now, broker(clOrdId), ++sequence, counting(clOrdId, type, status, executed, average)));
    }

    /** It answers a question about one order. */
    DeskStory answers(String clOrdId, OrdStatus status, String executed, @Nullable String average) {
        return counts(clOrdId, ExecType.ORDER_STATUS, status, executed, average);
    }

    /** A fill, with the CumQty after it. */
    DeskStory fillsTo(String clOrdId, String quantity, String price, String cumulative, String execId) {
        var report = report(execId, null, clOrdId, null, ExecType.TRADE, OrdStatus.PARTIALLY_FILLED, quantity, price);
        return gets(new Input.BrokerExecutionReport(
                now, broker(clOrdId), ++sequence, counted(report, cumulative, null, null)));
    }

    /** It says that it does not know it. */
    DeskStory doesNotKnow(String clOrdId) {
        var report = report("0", null, clOrdId, null, ExecType.ORDER_STATUS, OrdStatus.REJECTED, null, null);
        return gets(new Input.BrokerExecutionReport(now, broker(clOrdId), ++sequence, counted(report, "0", null, "5")));
    }

    ExecutionReport counting(
            String clOrdId, ExecType type, OrdStatus status, @Nullable String executed, @Nullable String average) {
        return counted(
                report("E" + ++execution, null, clOrdId, null, type, status, null, null), executed, average, null);
    }

    private static ExecutionReport counted(
            ExecutionReport said, @Nullable String executed, @Nullable String average, @Nullable String reason) {
        return Saying.like(said)
                .counts(executed == null ? null : Quantity.of(executed))
                .averages(average == null ? null : Price.of(average))
                .why(reason == null ? said.rejectReason() : reason, said.text())
                .report();
    }

    DeskStory connects(BrokerId broker) {
        return gets(new Input.BrokerSessionUp(now, broker));
    }

    /** One that takes a mass status request. */
    DeskStory connects(BrokerId broker, boolean answersSingly, boolean answersMass) {
        return gets(new Input.BrokerSessionUp(now, broker, answersSingly, answersMass));
    }

    DeskStory loses(BrokerId broker) {
        return gets(new Input.BrokerSessionDown(now, broker, "lost"));
    }

    ExecutionReport report(
            String execId,
            @Nullable String reference,
            String clOrdId,
            @Nullable String original,
            ExecType type,
            OrdStatus status,
            @Nullable String quantity,
            @Nullable String price) {
        return Saying.of(execId, type, status)
                .at(now)
                .about(reference)
                .id(clOrdId, original)
                .knownAs("B-" + clOrdId)
                .last(quantity, price)
                .market("XLON", "A", "1")
                .why(type == ExecType.REJECTED ? "0" : null, type == ExecType.REJECTED ? "not today" : null)
                .report();
    }

    private BrokerId broker(String clOrdId) {
        var route = desk.state().findRoute(clOrdId.substring(0, clOrdId.lastIndexOf('-')));
        return route == null ? House.ALFA : route.body().broker();
    }

    ParentOrder order(String orderId) {
        return Objects.requireNonNull(desk.state().order(orderId)).order;
    }

    Route route(String routeId) {
        return desk.state().route(routeId);
    }

    <T extends Effect> T only(Class<T> type) {
        assertThat(effects).hasAtLeastOneElementOfType(type);
        var found = effects.stream().filter(type::isInstance).map(type::cast).toList();
        assertThat(found).hasSize(1);
        return found.getFirst();
    }

    Effect.Outcome answer() {
        return only(Effect.Answer.class).outcome();
    }

    List<Fact> facts() {
        return journal.stream().map(Recorded::fact).toList();
    }

    <T extends Fact> T last(Class<T> type) {
        return facts().reversed().stream()
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst()
                .orElseThrow();
    }

    /** Why the last request was refused. */
    Effect.Refusal refusal() {
        return ((Effect.Outcome.Refused) answer()).refusal();
    }

    void sendsNothing() {
        assertThat(effects).noneMatch(Effect.Outbound.class::isInstance);
    }

    /** What orders that work may still cost. */
    BigDecimal promised() {
        return desk.state().book().committedCash(House.ACCOUNT, Currency.GBP).amount();
    }

    /** Of all that the desk knows. */
    byte[] digest() {
        return new StateCodec().digest(desk.state().content());
    }
}
