package org.tradesuite.execution.order;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tradesuite.market.AccountId;
import org.tradesuite.market.BrokerId;
import org.tradesuite.market.Currency;
import org.tradesuite.market.InstrumentId;
import org.tradesuite.market.Money;
import org.tradesuite.market.Price;
import org.tradesuite.market.Quantity;
import org.tradesuite.market.Side;

/**
 * An order that a broker executes for us and that we did not give: entered by telephone or at the venue, by another system,
 * or somebody else's by mistake. What the broker executed may be ours to settle, so it is never dropped. It is kept aside
 * for a moment, because the order may yet turn up; then it goes into the positions and cash of the suspense account, and a
 * person says whose it is. Where there is no suspense account, or the instrument is not known, it is booked nowhere and stays
 * on the list until a person has seen to it.
 *
 * <p>Whoever claims it gets everything that was executed, and what is still to come, once a second person has said the
 * same: one person alone moves nothing. A bust or a correction follows the execution to wherever it was booked.
 *
 * <p>It is among the trades of the day when it was first heard of. Claimed after that day was closed it is among those of
 * the day that is open, traded on the day when it was traded: a closed day's trades may be instructed already.
 */
public sealed interface ExternalOrder {

    // States

    Body body();

    /** Kept aside and booked nowhere until then: the order may yet turn up. */
    record Waiting(Body body, Instant until) implements ExternalOrder {}

    /** Booked nowhere, and why. */
    record Unbooked(Body body, String why) implements ExternalOrder {}

    /** In the positions and cash of the suspense account. */
    record InSuspense(Body body) implements ExternalOrder {}

    /** Two persons said whose it is. */
    record Claimed(Body body) implements ExternalOrder {}

    /** It was one of our routes after all, and its executions are booked there. */
    record Ours(Body body, String routeId) implements ExternalOrder {}

    /** How we came to know of it. */
    enum Origin {
        /** The broker reported an execution. */
        VENUE,
        /** The broker counted it when it was asked what it holds for us. */
        RECONCILIATION
    }

    /**
     * What the broker says it is about.
     *
     * @param symbol Symbol (55)
     * @param isin SecurityID (48) where it is an ISIN (22=4)
     * @param mic SecurityExchange (207), else LastMkt (30)
     * @param account Account (1)
     */
    record Named(
            @Nullable String symbol,
            @Nullable String isin,
            @Nullable String mic,
            @Nullable String account) {}

    /** What it is about in our own reference data. */
    record Product(InstrumentId instrument, @Nullable String isin, Currency currency) {}

    /**
     * What one person says of whose it is.
     *
     * @param approvedBy who said the same after that, null while nobody has
     */
    record Claimant(AccountId account, String by, @Nullable String approvedBy) {}

    /**
     * What all states have.
     *
     * @param tradeDate the broker's day
     * @param businessDate our day when it was first heard of, or when it was claimed if that one was closed by then
     * @param clOrdId ClOrdID (11) as the broker has it, null if it gave none
     * @param orderQuantity OrderQty (38), null if the broker did not say
     * @param product null until it is booked
     * @param account where it is booked, null while it is nowhere
     * @param claim the last one
     * @param executions in the order they came
     * @param version of the stream
     */
    record Body(
            String externalId,
            BrokerId broker,
            Origin origin,
            LocalDate tradeDate,
            LocalDate businessDate,
            @Nullable String clOrdId,
            @Nullable String brokerOrderId,
            Side side,
            @Nullable Quantity orderQuantity,
            Named named,
            @Nullable Product product,
            @Nullable AccountId account,
            @Nullable Claimant claim,
            List<ExternalExecution> executions,
            Instant heardAt,
            int version) {

        public List<ExternalExecution> live() {
            return executions.stream().filter(ExternalExecution::live).toList();
        }

        /** What stands of it. */
        public Quantity executed() {
            return live().stream().map(ExternalExecution::quantity).reduce(Quantity.ZERO, Quantity::plus);
        }

        public @Nullable Price average() {
            var executed = executed();
            return executed.isZero()
                    ? null
                    : Price.of(live().stream()
                            .map(each -> each.price()
                                    .value()
                                    .multiply(each.quantity().value()))
                            .reduce(BigDecimal.ZERO, BigDecimal::add)
                            .divide(executed.value(), 10, RoundingMode.HALF_EVEN));
        }

        public @Nullable ExternalExecution execution(String fillId) {
            return executions.stream()
                    .filter(each -> each.fillId().equals(fillId))
                    .findFirst()
                    .orElse(null);
        }

        /** The execution a bust or a correction means: by its ExecID, else by the one its chain of corrections began with. */
        public @Nullable ExternalExecution meant(@Nullable String execRefId) {
            return live().reversed().stream()
                    .filter(each -> each.execId().equals(execRefId))
                    .findFirst()
                    .orElseGet(() -> live().reversed().stream()
                            .filter(each -> each.root().equals(execRefId))
                            .findFirst()
                            .orElse(null));
        }

        private boolean has(ExecutionReport report) {
            return executions.stream()
                    .anyMatch(each -> each.execId().equals(report.execId())
                            && each.tradeDate().equals(report.tradeDate()));
        }

        private Body with(
                @Nullable Product is, @Nullable AccountId at, @Nullable Claimant by, List<ExternalExecution> changed) {
            return with(businessDate, is, at, by, changed);
        }

        private Body claimed(AccountId at, Claimant by, LocalDate amongTradesOf) {
            return with(amongTradesOf, product, at, by, executions);
        }

        private Body with(
                LocalDate amongTradesOf,
                @Nullable Product is,
                @Nullable AccountId at,
                @Nullable Claimant by,
                List<ExternalExecution> changed) {
            return new Body(
                    externalId,
                    broker,
                    origin,
                    tradeDate,
                    amongTradesOf,
                    clOrdId,
                    brokerOrderId,
                    side,
                    orderQuantity,
                    named,
                    is,
                    at,
                    by,
                    List.copyOf(changed),
                    heardAt,
                    version + 1);
        }

        private Body with(Claimant by) {
            return with(product, account, by, executions);
        }

        private Body with(List<ExternalExecution> changed) {
            return with(product, account, claim, changed);
        }
    }

    // Commands

    sealed interface Command {}

    /** The broker reports another execution of it. */
    record Execute(ExecutionReport report) implements Command {}

    /** 150=H. */
    record Bust(ExecutionReport report) implements Command {}

    /** 150=G. */
    record Correct(ExecutionReport report) implements Command {}

    /** An ExecID came again with other content. */
    record Conflict(ExecutionReport report, String why) implements Command {}

    /** The executions that are booked nowhere go into an account, at these charges in the order they came. */
    record Book(AccountId account, Product product, List<Money> charges) implements Command {}

    /** It cannot be booked. */
    record SetAside(String why) implements Command {}

    /**
     * A person says that it belongs to an account. The first one's word waits for another's; one that names another account
     * takes its place. Charges: of the executions that are booked nowhere.
     *
     * @param businessDate the day that is not closed among whose trades it will be, null if there is none
     */
    record Claim(
            AccountId account,
            String by,
            Product product,
            List<Money> charges,
            @Nullable LocalDate businessDate) implements Command {}

    /** It turned out to be a route of ours. */
    record Recognise(String routeId) implements Command {}

    // Events

    sealed interface Event extends Fact {}

    record Reported(
            BrokerId broker,
            Origin origin,
            LocalDate tradeDate,
            LocalDate businessDate,
            @Nullable String clOrdId,
            @Nullable String brokerOrderId,
            Side side,
            @Nullable Quantity orderQuantity,
            Named named,
            Instant waitUntil)
            implements Event {}

    record Executed(
            String fillId,
            String execId,
            LocalDate tradeDate,
            Quantity quantity,
            Price price,
            Instant transactTime,
            @Nullable String lastMarket)
            implements Event {}

    record Booked(AccountId account, Product product, List<ChargedFill> fills) implements Event {}

    record ChargedFill(String fillId, Money charges) {}

    record Listed(String why) implements Event {}

    /** One person's word; it is booked when another says the same. */
    record ClaimMade(AccountId account, String by) implements Event {}

    record WasClaimed(AccountId account, String by, String approvedBy, LocalDate businessDate) implements Event {}

    record Recognised(String routeId) implements Event {}

    record Busted(String execId, String execRefId, LocalDate tradeDate, String fillId) implements Event {}

    record Corrected(
            String execId,
            String execRefId,
            LocalDate tradeDate,
            String replacedFillId,
            String fillId,
            Quantity quantity,
            Price price,
            Instant transactTime)
            implements Event {}

    record Quarantined(Unbookable report) implements Event {}

    // Refusals

    enum Refusal {
        /** Another account has it. */
        CLAIMED_ALREADY,
        /** Whoever claims it does not approve it. */
        MAKER_IS_CHECKER,
        /** Every day is closed: there are no trades that it could be among. */
        NO_DAY_IS_OPEN,
        /** It was recognised as one of our routes. */
        IS_OURS,
        /** Nothing was executed, or everything was taken back. */
        NOTHING_EXECUTED
    }

    sealed interface Outcome {}

    record Happened(List<Event> events) implements Outcome {}

    record Refused(Refusal refusal) implements Outcome {}

    Outcome NOTHING = new Happened(List.of());

    // Decide

    record Situation(ExternalOrder order, Command command) {}

    static Outcome decide(ExternalOrder order, Command command) {
        return switch (new Situation(order, command)) {
            case Situation(Ours _, Execute _) -> new Refused(Refusal.IS_OURS);
            case Situation(ExternalOrder o, Execute c) -> execute(o, c.report());
            case Situation(Ours _, Bust _) -> new Refused(Refusal.IS_OURS);
            case Situation(ExternalOrder o, Bust c) -> bust(o, c.report());
            case Situation(Ours _, Correct _) -> new Refused(Refusal.IS_OURS);
            case Situation(ExternalOrder o, Correct c) -> correct(o, c.report());
            case Situation(ExternalOrder _, Conflict c) -> quarantine(c.report(), c.why());

            case Situation(Waiting o, Book c) -> book(o, c.account(), c.product(), c.charges());
            case Situation(Unbooked o, Book c) -> book(o, c.account(), c.product(), c.charges());
            case Situation(InSuspense o, Book c) -> book(o, c.account(), c.product(), c.charges());
            case Situation(Claimed o, Book c) -> book(o, c.account(), c.product(), c.charges());
            case Situation(Ours _, Book _) -> new Refused(Refusal.IS_OURS);

            case Situation(Waiting _, SetAside c) -> happened(new Listed(c.why()));
            case Situation(Unbooked o, SetAside c) -> o.why().equals(c.why()) ? NOTHING : happened(new Listed(c.why()));
            case Situation(InSuspense _, SetAside _) -> NOTHING;
            case Situation(Claimed _, SetAside _) -> NOTHING;
            case Situation(Ours _, SetAside _) -> NOTHING;

            case Situation(Waiting o, Claim c) -> claim(o, c);
            case Situation(Unbooked o, Claim c) -> claim(o, c);
            case Situation(InSuspense o, Claim c) -> claim(o, c);
            // Asked again, it is done already; nobody takes it from whoever has it.
            case Situation(Claimed o, Claim c) ->
                c.account().equals(o.body().account()) ? NOTHING : new Refused(Refusal.CLAIMED_ALREADY);
            case Situation(Ours _, Claim _) -> new Refused(Refusal.IS_OURS);

            case Situation(Waiting _, Recognise c) -> happened(new Recognised(c.routeId()));
            case Situation(Unbooked _, Recognise c) -> happened(new Recognised(c.routeId()));
            case Situation(InSuspense _, Recognise c) -> happened(new Recognised(c.routeId()));
            // What a person decided, a person has to undo.
            case Situation(Claimed _, Recognise _) -> new Refused(Refusal.CLAIMED_ALREADY);
            case Situation(Ours _, Recognise _) -> NOTHING;
        };
    }

    private static Outcome happened(Event event) {
        return new Happened(List.of(event));
    }

    private static String nextFillId(Body body) {
        return body.externalId() + "-F" + (body.executions().size() + 1);
    }

    private static Outcome execute(ExternalOrder order, ExecutionReport report) {
        var quantity = report.lastQuantity();
        var price = report.lastPrice();
        if (quantity == null || quantity.isZero() || price == null) {
            return quarantine(report, "an execution without LastQty (32) or LastPx (31)");
        }
        return happened(new Executed(
                nextFillId(order.body()),
                report.execId(),
                report.tradeDate(),
                quantity,
                price,
                report.transactTime(),
                report.lastMarket()));
    }

    private static Outcome bust(ExternalOrder order, ExecutionReport report) {
        var execution = order.body().meant(report.execRefId());
        return execution == null
                ? quarantine(report, "it takes back an execution that this order does not have")
                : happened(new Busted(report.execId(), execution.execId(), report.tradeDate(), execution.fillId()));
    }

    private static Outcome correct(ExternalOrder order, ExecutionReport report) {
        var execution = order.body().meant(report.execRefId());
        var quantity = report.lastQuantity();
        var price = report.lastPrice();
        if (order.body().has(report)) {
            // Days later, when nobody remembers ExecIDs any more: by the one its chain began with it would undo a later
            // one.
            return NOTHING;
        }
        if (execution == null) {
            return quarantine(report, "it corrects an execution that this order does not have");
        }
        if (quantity == null || quantity.isZero() || price == null) {
            return quarantine(report, "a correction without LastQty (32) or LastPx (31)");
        }
        return happened(new Corrected(
                report.execId(),
                execution.execId(),
                report.tradeDate(),
                execution.fillId(),
                nextFillId(order.body()),
                quantity,
                price,
                report.transactTime()));
    }

    private static Outcome quarantine(ExecutionReport report, String why) {
        return happened(new Quarantined(Unbookable.of(report, why)));
    }

    private static Outcome book(ExternalOrder order, AccountId account, Product product, List<Money> charges) {
        var unbooked =
                order.body().live().stream().filter(each -> !each.isBooked()).toList();
        if (unbooked.isEmpty()) {
            return NOTHING;
        }
        var fills = new ArrayList<ChargedFill>();
        for (var i = 0; i < unbooked.size(); i++) {
            fills.add(new ChargedFill(unbooked.get(i).fillId(), charges.get(i)));
        }
        return happened(new Booked(account, product, List.copyOf(fills)));
    }

    private static Outcome claim(ExternalOrder order, Claim command) {
        if (order.body().executed().isZero()) {
            return new Refused(Refusal.NOTHING_EXECUTED);
        }
        var made = order.body().claim();
        if (made == null || !made.account().equals(command.account())) {
            return happened(new ClaimMade(command.account(), command.by()));
        }
        if (made.by().equals(command.by())) {
            return new Refused(Refusal.MAKER_IS_CHECKER);
        }
        if (command.businessDate() == null) {
            return new Refused(Refusal.NO_DAY_IS_OPEN);
        }
        var events = new ArrayList<Event>();
        if (book(order, command.account(), command.product(), command.charges()) instanceof Happened booked) {
            events.addAll(booked.events());
        }
        events.add(new WasClaimed(command.account(), made.by(), command.by(), command.businessDate()));
        return new Happened(List.copyOf(events));
    }

    // Evolve

    static ExternalOrder create(String externalId, Reported event, Instant at) {
        return new Waiting(
                new Body(
                        externalId,
                        event.broker(),
                        event.origin(),
                        event.tradeDate(),
                        event.businessDate(),
                        event.clOrdId(),
                        event.brokerOrderId(),
                        event.side(),
                        event.orderQuantity(),
                        event.named(),
                        null,
                        null,
                        null,
                        List.of(),
                        at,
                        1),
                event.waitUntil());
    }

    static ExternalOrder evolve(ExternalOrder order, Event event, Instant at) {
        var body = order.body();
        return switch (event) {
            case Reported _ -> throw new IllegalStateException(body.externalId() + " was reported twice");
            case Executed e ->
                same(
                        order,
                        body.with(added(
                                body.executions(),
                                new ExternalExecution(
                                        e.fillId(),
                                        e.execId(),
                                        e.execId(),
                                        e.tradeDate(),
                                        e.quantity(),
                                        e.price(),
                                        e.transactTime(),
                                        at,
                                        null,
                                        true))));
            case Booked e -> booked(order, e);
            case Listed e -> new Unbooked(body.with(body.executions()), e.why());
            case ClaimMade e -> same(order, body.with(new Claimant(e.account(), e.by(), null)));
            case WasClaimed e ->
                new Claimed(
                        body.claimed(e.account(), new Claimant(e.account(), e.by(), e.approvedBy()), e.businessDate()));
            case Recognised e ->
                new Ours(body.with(body.product(), null, body.claim(), body.executions()), e.routeId());
            case Busted e -> same(order, body.with(without(body.executions(), e.fillId())));
            case Corrected e -> corrected(order, e, at);
            case Quarantined _ -> same(order, body.with(body.executions()));
        };
    }

    private static ExternalOrder booked(ExternalOrder order, Booked event) {
        var charged = new ArrayList<ExternalExecution>();
        for (var each : order.body().executions()) {
            var of = event.fills().stream()
                    .filter(fill -> fill.fillId().equals(each.fillId()))
                    .findFirst();
            charged.add(of.isPresent() ? each.booked(of.get().charges()) : each);
        }
        var body =
                order.body().with(event.product(), event.account(), order.body().claim(), charged);
        return order instanceof Claimed ? new Claimed(body) : new InSuspense(body);
    }

    private static ExternalOrder corrected(ExternalOrder order, Corrected event, Instant at) {
        var wrong = order.body().execution(event.replacedFillId());
        var right = new ExternalExecution(
                event.fillId(),
                event.execId(),
                wrong == null ? event.execRefId() : wrong.root(),
                event.tradeDate(),
                event.quantity(),
                event.price(),
                event.transactTime(),
                at,
                null,
                true);
        return same(order, order.body().with(added(without(order.body().executions(), event.replacedFillId()), right)));
    }

    private static List<ExternalExecution> added(List<ExternalExecution> executions, ExternalExecution another) {
        var all = new ArrayList<>(executions);
        all.add(another);
        return all;
    }

    private static List<ExternalExecution> without(List<ExternalExecution> executions, String fillId) {
        return executions.stream()
                .map(each -> each.fillId().equals(fillId) ? each.takenBack() : each)
                .toList();
    }

    private static ExternalOrder same(ExternalOrder before, Body body) {
        return switch (before) {
            case Waiting waiting -> new Waiting(body, waiting.until());
            case Unbooked unbooked -> new Unbooked(body, unbooked.why());
            case InSuspense _ -> new InSuspense(body);
            case Claimed _ -> new Claimed(body);
            case Ours ours -> new Ours(body, ours.routeId());
        };
    }
}
