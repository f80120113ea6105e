package org.tradesuite.execution.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.statistics.Statistics;
import org.jspecify.annotations.Nullable;
import org.tradesuite.execution.order.Algo;
import org.tradesuite.execution.order.ExecType;
import org.tradesuite.execution.order.OrdStatus;
import org.tradesuite.execution.order.OrderType;
import org.tradesuite.execution.order.Route;
import org.tradesuite.execution.order.Saying;
import org.tradesuite.execution.reference.Account;
import org.tradesuite.execution.reference.AssetClass;
import org.tradesuite.execution.reference.EasyToBorrow;
import org.tradesuite.execution.reference.FxRate;
import org.tradesuite.execution.reference.Instrument;
import org.tradesuite.execution.reference.Limit;
import org.tradesuite.execution.reference.LimitKind;
import org.tradesuite.execution.reference.LimitScope;
import org.tradesuite.execution.reference.MarginRate;
import org.tradesuite.execution.reference.MarginType;
import org.tradesuite.execution.reference.OpeningCash;
import org.tradesuite.execution.reference.OpeningPosition;
import org.tradesuite.execution.reference.Permission;
import org.tradesuite.execution.reference.ReferenceContent;
import org.tradesuite.execution.reference.ReferenceData;
import org.tradesuite.execution.reference.Rulebook;
import org.tradesuite.execution.reference.Strategy;
import org.tradesuite.execution.reference.Trader;
import org.tradesuite.execution.reference.TradingStatus;
import org.tradesuite.execution.reference.Validity;
import org.tradesuite.market.AccountId;
import org.tradesuite.market.Currency;
import org.tradesuite.market.InstrumentId;
import org.tradesuite.market.Isin;
import org.tradesuite.market.Money;
import org.tradesuite.market.Price;
import org.tradesuite.market.Quantity;
import org.tradesuite.market.Side;

/**
 * No sequence of concurrent orders, amendments, fills and cancels ever passes a limit: whatever two accounts, three traders
 * and two brokers do in whatever order, nothing that we accepted takes anybody beyond a limit. The market may: a price that
 * moves, a fill at another price, or an execution that a broker should not have made.
 *
 * <p>After every step everything that has a limit is added up from scratch by {@link NaiveLimits}, before and after. What
 * is above its limit has to have been there before.
 */
class LimitProperties {

    private static final InstrumentId IBM = InstrumentId.of("IBM.XLON");
    private static final List<InstrumentId> INSTRUMENTS = List.of(House.VOD, IBM);
    private static final List<AccountId> ACCOUNTS = List.of(House.ACCOUNT, House.INCOME);
    private static final List<String> TRADERS = List.of("apatel", "bkim", "cdiaz");
    private static final List<String> STRATEGIES = List.of("VALUE", "TREND");

    /** Each is there or not, by one bit of a number. */
    private static final List<Limit> NARROW = List.of(
            limit(LimitScope.TRADER, "apatel", LimitKind.MAX_OPEN_ORDERS, "2"),
            limit(LimitScope.DESK, "EUROPE", LimitKind.MAX_OPEN_ORDERS, "3"),
            limit(LimitScope.ACCOUNT, "GEQ1", LimitKind.MAX_WORKING_NOTIONAL, "30000"),
            limit(LimitScope.DESK, "EUROPE", LimitKind.MAX_WORKING_NOTIONAL, "40000"),
            limit(LimitScope.CLIENT, "ALPHA", LimitKind.MAX_DAILY_NOTIONAL, "90000"),
            limit(LimitScope.STRATEGY, "VALUE", LimitKind.MAX_DAILY_NOTIONAL, "50000"),
            limit(LimitScope.CLIENT, "ALPHA", LimitKind.MAX_POSITION_QUANTITY, "700"),
            limit(LimitScope.ACCOUNT, "GEQ1", LimitKind.MAX_POSITION_QUANTITY, "400"),
            limit(LimitScope.ACCOUNT, "GEQ2", LimitKind.MAX_POSITION_NOTIONAL, "35000"),
            limit(LimitScope.ACCOUNT, "GEQ1", LimitKind.MAX_GROSS_EXPOSURE, "60000"),
            limit(LimitScope.CLIENT, "ALPHA", LimitKind.MAX_GROSS_EXPOSURE, "110000", Currency.USD),
            limit(LimitScope.CLIENT, "ALPHA", LimitKind.MAX_NET_EXPOSURE, "75000"),
            limit(LimitScope.TRADER, "apatel", LimitKind.MAX_POSITION_QUANTITY, "250"),
            limit(LimitScope.MARKET, "XLON", LimitKind.MAX_VENUE_NOTIONAL, "50000"),
            limit(LimitScope.BROKER, "ALFA", LimitKind.MAX_BROKER_NOTIONAL, "25000"));

    /** One thing that somebody does. Numbers point into what there is by then, modulo its size. */
    sealed interface Step {}

    /**
     * @param who an account, a trader and a strategy
     * @param limit above 100, zero and below for a market order
     */
    record Decides(int who, boolean ibm, Side side, int quantity, int limit, boolean twap) implements Step {}

    /** Somebody of risk lets pass what waits, whatever it is. */
    record LetsPass(int which) implements Step {}

    record Amends(int order, int quantity, int limit) implements Step {}

    /** So far from the market that somebody has to let it pass: of those that are open and have a limit. */
    record AmendsTooFar(int order, int quantity, int above) implements Step {}

    /** Somebody decides about an amendment that waits. */
    record Judges(int which, boolean pass) implements Step {}

    record Cancels(int order) implements Step {}

    /** A broker answers one of our messages, with yes or no. */
    record Answers(int message, boolean yes) implements Step {}

    /** @param cents by which the price is another than the order's; zero for none */
    record Fills(int route, int quantity, int cents) implements Step {}

    record Busts(int execution) implements Step {}

    record GivesBack(int route) implements Step {}

    record Quotes(boolean ibm, int pounds) implements Step {}

    record Passes(int seconds) implements Step {}

    @Provide
    Arbitrary<List<Step>> days() {
        var any = between(0, 1_000);
        var recent = between(0, 4);
        var yes = Arbitraries.of(true, false);
        var quantity = between(1, 300);
        var price = between(-6, 15);
        Arbitrary<Step> step = Arbitraries.frequencyOf(
                Tuple.of(
                        8,
                        Combinators.combine(any, yes, Arbitraries.of(Side.values()), quantity, price, oneIn(5))
                                .as(Decides::new)),
                Tuple.of(2, any.map(LetsPass::new)),
                Tuple.of(6, Combinators.combine(recent, quantity, price).as(Amends::new)),
                Tuple.of(
                        5,
                        Combinators.combine(recent, quantity, between(12, 19)).as(AmendsTooFar::new)),
                Tuple.of(5, Combinators.combine(any, oneIn(4).map(no -> !no)).as(Judges::new)),
                Tuple.of(3, recent.map(Cancels::new)),
                Tuple.of(9, Combinators.combine(recent, oneIn(4).map(no -> !no)).as(Answers::new)),
                Tuple.of(
                        7,
                        Combinators.combine(recent, quantity, Arbitraries.of(0, 0, 0, -150, 150))
                                .as(Fills::new)),
                Tuple.of(1, recent.map(Busts::new)),
                Tuple.of(2, recent.map(GivesBack::new)),
                Tuple.of(2, Combinators.combine(yes, between(90, 110)).as(Quotes::new)),
                Tuple.of(3, between(1, 700).map(Passes::new)));
        return step.list().ofMinSize(1).ofMaxSize(60).withSizeDistribution(RandomDistribution.uniform());
    }

    private static Arbitrary<Boolean> oneIn(int many) {
        return Arbitraries.frequency(Tuple.of(1, true), Tuple.of(many - 1, false));
    }

    private static Arbitrary<Integer> between(int least, int most) {
        return Arbitraries.integers().between(least, most).withDistribution(RandomDistribution.uniform());
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void nothing_that_we_accept_passes_a_limit(
            @ForAll("days") List<Step> steps, @ForAll @IntRange(max = (1 << 15) - 1) int narrow) {
        var story = new Story(reference(narrow));
        steps.forEach(story::does);
        // Or the property would say nothing about amendments that wait.
        Statistics.label("amendments that waited")
                .collect(story.passed > 0 ? "let pass" : story.held > 0 ? "held" : "none")
                .coverage(days -> {
                    days.check("let pass").percentage(of -> of > 5);
                    days.check("held").percentage(of -> of > 5);
                });
    }

    // The firm

    private static Limit limit(LimitScope scope, String id, LimitKind kind, String amount) {
        return limit(scope, id, kind, amount, kind.isMoney() ? Currency.GBP : null);
    }

    private static Limit limit(
            LimitScope scope, String id, LimitKind kind, String amount, @Nullable Currency currency) {
        return new Limit(
                1_000,
                scope,
                id,
                kind,
                new BigDecimal(amount),
                null,
                currency,
                Instant.parse("2024-01-01T00:00:00Z"),
                null);
    }

    private static ReferenceData reference(int narrow) {
        var house = House.reference(TradingStatus.ACTIVE, Map.of()).content();
        var limits = new ArrayList<>(house.limits());
        for (var place = 0; place < NARROW.size(); place++) {
            if ((narrow >> place & 1) == 1) {
                limits.add(NARROW.get(place));
            }
        }
        var hundred = new BigDecimal("100");
        var since = Instant.parse("2024-01-01T00:00:00Z");
        return ReferenceData.of(
                House.MONDAY,
                new ReferenceContent(
                        List.of(
                                house.instruments().getFirst(),
                                dollars(house.instruments().getFirst())),
                        house.accounts().stream().map(LimitProperties::onMargin).toList(),
                        house.cashAccounts(),
                        house.brokers(),
                        house.brokerRates(),
                        house.tradingSessions(),
                        house.settlementCycles(),
                        house.calendarOverrides(),
                        List.of(new FxRate(
                                LocalDate.of(2026, 2, 27), Currency.GBP, Currency.USD, new BigDecimal("1.25"))),
                        List.of(new Strategy("VALUE", "Value", "A1"), new Strategy("TREND", "Trend", "A2")),
                        List.of(
                                new Trader("apatel", "Anita Patel", "GB", "AB123456C", "EUROPE"),
                                new Trader("bkim", "Bo Kim", "GB", "AB123457C", "EUROPE"),
                                new Trader("cdiaz", "Carla Diaz", "GB", "AB123458C", "AMERICAS")),
                        house.firm(),
                        limits,
                        List.of(
                                holds(House.ACCOUNT, House.VOD, "300"),
                                holds(House.ACCOUNT, IBM, "100"),
                                holds(House.INCOME, House.VOD, "200")),
                        List.of(
                                cash(House.ACCOUNT, "GBP 40000.00"),
                                cash(House.ACCOUNT, "USD 30000.00"),
                                cash(House.INCOME, "GBP 50000.00"),
                                cash(House.INCOME, "USD 20000.00")),
                        house.volumeProfiles(),
                        new Rulebook(
                                List.of(),
                                List.of(Permission.ofEverything("A small firm.")),
                                List.of(),
                                List.of(
                                        new EasyToBorrow(House.VOD, new Validity(since, null), "A lender"),
                                        new EasyToBorrow(IBM, new Validity(since, null), "A lender")),
                                List.of(),
                                List.of(new MarginRate(
                                        AssetClass.EQUITY,
                                        new BigDecimal("50"),
                                        new BigDecimal("25"),
                                        new BigDecimal("150"),
                                        hundred.movePointLeft(1))),
                                List.of())));
    }

    private static Account onMargin(Account of) {
        return new Account(
                of.id(),
                of.name(),
                of.portfolio(),
                of.ownerLei(),
                of.baseCurrency(),
                of.custodian(),
                of.safekeepingAccount(),
                of.status(),
                of.client(),
                of.id().equals(House.INCOME) ? MarginType.MARGIN : MarginType.CASH,
                of.mandate());
    }

    private static Instrument dollars(Instrument of) {
        return new Instrument(
                IBM,
                Isin.of("US4592001014"),
                "IBM",
                of.mic(),
                of.cfi(),
                "IBM",
                "IBM",
                of.issuerLei(),
                Currency.USD,
                of.assetClass(),
                of.lotSize(),
                of.tickSize(),
                of.quantityScale(),
                of.adv(),
                of.spread(),
                of.dailyVolatility(),
                of.sector(),
                of.country(),
                of.placeOfSettlement(),
                of.calendar(),
                of.referencePrice(),
                of.status(),
                of.rating(),
                of.esg());
    }

    private static OpeningPosition holds(AccountId account, InstrumentId instrument, String quantity) {
        return new OpeningPosition(account, instrument, House.MONDAY, new BigDecimal(quantity), Price.of("90"));
    }

    private static OpeningCash cash(AccountId account, String balance) {
        return new OpeningCash(account, House.MONDAY, Money.of(balance));
    }

    /** A broker has a message of ours and has not answered. */
    private record Unanswered(Effect.Outbound message, String routeId) {}

    private record Executed(String clOrdId, String execId) {}

    /** The steps as they happen to one desk. */
    private static final class Story {
        private final ReferenceData reference;
        private final Desk desk;
        private final Map<InstrumentId, BigDecimal> marks = new HashMap<>();
        private final List<String> orders = new ArrayList<>();
        private final List<String> routes = new ArrayList<>();
        private final List<Unanswered> unanswered = new ArrayList<>();
        private final List<Executed> executions = new ArrayList<>();
        private List<Effect> effects = List.of();
        private Instant now = House.MORNING;
        private long request;
        private long sequence;
        private int decisions;
        private int reports;
        private int held;
        private int passed;

        Story(ReferenceData reference) {
            this.reference = reference;
            desk = new Desk(House.settings(), reference);
            gets(new Input.TradingDayOpenRequested(now, ++request, "ops", House.MONDAY));
            gets(new Input.BrokerSessionUp(now, House.ALFA));
            gets(new Input.BrokerSessionUp(now, House.BRAVO));
            INSTRUMENTS.forEach(instrument -> quote(instrument, 100));
        }

        private NaiveLimits naive(boolean atMost) {
            return new NaiveLimits(reference, House.MONDAY, marks, desk.state(), atMost);
        }

        void does(Step step) {
            var before = naive(true);
            if (step(step)) {
                return;
            }
            var was = before.measures();
            naive(false)
                    .measures()
                    .forEach((name, now) -> assertThat(now.measured())
                            .as("%s after %s", name, step)
                            .isLessThanOrEqualTo(now.limit()
                                    .max(Objects.requireNonNull(was.get(name)).measured())));
        }

        /** Whether it is the market's or a broker's doing if a limit is passed. */
        private boolean step(Step step) {
            switch (step) {
                case Decides decides -> decides(decides);
                case LetsPass lets -> {
                    var held = desk.state().held();
                    if (!held.isEmpty()) {
                        var one = held.get(lets.which() % held.size());
                        var before = naive(false);
                        gets(new Input.HoldOverridden(
                                now, ++request, "riley", "agreed", one.decisionId(), one.version()));
                        accepted(one.decision(), before);
                    }
                }
                case Amends amends -> {
                    if (!orders.isEmpty()) {
                        amends(amends);
                    }
                }
                case AmendsTooFar far -> amendsTooFar(far);
                case Judges judges -> {
                    var held = desk.state().heldAmendments();
                    if (!held.isEmpty()) {
                        judges(held.get(judges.which() % held.size()), judges.pass());
                    }
                }
                case Cancels cancels -> {
                    if (!orders.isEmpty()) {
                        gets(new Input.OrderCancelRequested(
                                now, ++request, "apatel", "changed my mind", recent(orders, cancels.order())));
                    }
                }
                case Answers answers -> {
                    if (!unanswered.isEmpty()) {
                        var to = recent(unanswered, answers.message());
                        var route = desk.state().route(to.routeId());
                        // It grants what it had answered otherwise, or what it had ended.
                        var revives = answers.yes()
                                && to.message() instanceof Effect.SendReplace replace
                                && route.body().pending().stream()
                                        .noneMatch(each -> each.clOrdId().equals(replace.clOrdId()));
                        answers(to, answers.yes());
                        return revives;
                    }
                }
                case Fills fills -> {
                    return !routes.isEmpty() && fills(fills);
                }
                case Busts busts -> {
                    if (!executions.isEmpty()) {
                        var executed = recent(executions, busts.execution());
                        executions.remove(executed);
                        says(
                                executed.clOrdId(),
                                Saying.of("E" + ++reports, ExecType.TRADE_CANCEL, OrdStatus.PARTIALLY_FILLED)
                                        .about(executed.execId()));
                        return true;
                    }
                }
                case GivesBack gives -> {
                    if (!routes.isEmpty()) {
                        var route = route(gives.route());
                        if (route.live()) {
                            says(
                                    route.body().clOrdId(),
                                    Saying.of("E" + ++reports, ExecType.CANCELED, OrdStatus.CANCELED));
                        }
                    }
                }
                case Quotes quotes -> {
                    quote(quotes.ibm() ? IBM : House.VOD, quotes.pounds());
                    return true;
                }
                case Passes passes -> later(passes.seconds());
            }
            return false;
        }

        private void decides(Decides decides) {
            var id = "D" + ++decisions;
            var limit = limit(decides.limit());
            var before = naive(false);
            var decision = new Input.DecisionSubmitted(
                    now,
                    ++request,
                    "apatel",
                    id,
                    "key-" + id,
                    "hash",
                    ACCOUNTS.get(decides.who() % 2),
                    STRATEGIES.get(decides.who() / 2 % 2),
                    TRADERS.get(decides.who() / 4 % 3),
                    decides.ibm() ? IBM : House.VOD,
                    decides.side(),
                    Quantity.of(decides.quantity()),
                    limit == null ? OrderType.MARKET : OrderType.LIMIT,
                    limit,
                    decides.twap() ? Algo.TWAP : Algo.IMMEDIATE,
                    null,
                    decides.twap() ? now.plus(Duration.ofMinutes(30)) : null);
            gets(decision);
            if (desk.state().order("O" + id) != null) {
                orders.add("O" + id);
                notional("O" + id, limit, before);
            }
        }

        private void accepted(DeskFact.Decision decision, NaiveLimits before) {
            for (var effect : effects) {
                if (effect instanceof Effect.Answer answer
                        && answer.outcome() instanceof Effect.Outcome.DecisionAccepted accepted) {
                    orders.add(accepted.orderId());
                    notional(accepted.orderId(), decision.limit(), before);
                }
            }
        }

        private void amends(Amends amends) {
            var id = recent(orders, amends.order());
            var before = naive(false);
            gets(new Input.OrderAmendRequested(
                    now,
                    ++request,
                    "apatel",
                    "better so",
                    id,
                    amends.quantity() % 4 == 0 ? null : Quantity.of(amends.quantity()),
                    limit(amends.limit()),
                    null));
            made(id, before);
        }

        private void amendsTooFar(AmendsTooFar far) {
            var limited = desk.state().open().stream()
                    .map(work -> work.order.body())
                    .filter(body -> body.limit() != null)
                    .toList();
            if (limited.isEmpty()) {
                return;
            }
            var body = recent(limited, far.order());
            var mark = Objects.requireNonNull(marks.get(body.terms().instrument()));
            var by = BigDecimal.valueOf(body.terms().side() == Side.BUY ? 100L + far.above() : 100L - far.above(), 2);
            var before = naive(false);
            gets(new Input.OrderAmendRequested(
                    now,
                    ++request,
                    "apatel",
                    "at any price",
                    body.orderId(),
                    far.quantity() % 2 == 0 ? null : Quantity.of(far.quantity()),
                    Price.of(mark.multiply(by).setScale(0, RoundingMode.HALF_UP)),
                    null));
            made(body.orderId(), before);
        }

        private void judges(HeldAmendment held, boolean pass) {
            var before = naive(false);
            if (pass) {
                gets(new Input.AmendmentOverridden(now, ++request, "riley", "agreed", held.orderId(), held.version()));
                made(held.orderId(), before);
            } else {
                gets(new Input.AmendmentHoldRefused(now, ++request, "riley", "not today", held.orderId(), true));
            }
        }

        private void made(String orderId, NaiveLimits before) {
            for (var effect : effects) {
                if (effect instanceof Effect.Answer answer
                        && (answer.outcome() instanceof Effect.Outcome.Done
                                || answer.outcome() instanceof Effect.Outcome.AmendmentHeld)) {
                    var held = desk.state().heldAmendment(orderId);
                    var limit = held == null || held.limit() == null
                            ? desk.work(orderId).order.body().limit()
                            : held.limit();
                    notional(orderId, limit, before);
                }
            }
        }

        /** A position in money is measured at the price of the order that would make it: it has no measure in between. */
        private void notional(String orderId, @Nullable Price limit, NaiveLimits before) {
            var terms = desk.work(orderId).order.body().terms();
            var mark = Objects.requireNonNull(marks.get(terms.instrument()));
            var price = limit == null
                    ? mark
                    : terms.side() == Side.BUY ? limit.value() : limit.value().max(mark);
            var after = naive(false);
            for (var each : reference.limits().all()) {
                if (each.kind() == LimitKind.MAX_POSITION_NOTIONAL && after.falls(terms, each)) {
                    var was = before.lineOf(each, terms.instrument(), terms.side());
                    var is = after.lineOf(each, terms.instrument(), terms.side());
                    var worth = is.multiply(price)
                            .multiply(after.rate(terms.currency(), Objects.requireNonNull(each.currency())));
                    assertThat(is.compareTo(was) <= 0 || worth.compareTo(each.amount()) <= 0)
                            .as("%s of %s %s is %s", each.kind(), each.scope(), each.scopeId(), worth)
                            .isTrue();
                }
            }
        }

        private static @Nullable Price limit(int pounds) {
            return pounds <= 0 ? null : Price.of(BigDecimal.valueOf(95L + pounds));
        }

        private void answers(Unanswered to, boolean yes) {
            unanswered.remove(to);
            var route = desk.state().route(to.routeId());
            switch (to.message()) {
                case Effect.SendNewOrder order ->
                    says(
                            order.clOrdId(),
                            yes
                                    ? Saying.of("E" + ++reports, ExecType.NEW, OrdStatus.NEW)
                                    : Saying.of("E" + ++reports, ExecType.REJECTED, OrdStatus.REJECTED)
                                            .why("0", "not today"));
                case Effect.SendCancel cancel -> {
                    if (yes) {
                        says(
                                cancel.clOrdId(),
                                Saying.of("E" + ++reports, ExecType.CANCELED, OrdStatus.CANCELED)
                                        .id(cancel.clOrdId(), cancel.origClOrdId()));
                    } else {
                        refuses(route, cancel.clOrdId(), false);
                    }
                }
                case Effect.SendReplace replace -> {
                    if (yes) {
                        says(
                                replace.clOrdId(),
                                Saying.of("E" + ++reports, ExecType.REPLACED, OrdStatus.NEW)
                                        .id(replace.clOrdId(), replace.origClOrdId())
                                        .order(
                                                replace.terms().quantity(),
                                                replace.terms().price()));
                    } else {
                        refuses(route, replace.clOrdId(), true);
                    }
                }
                default -> throw new IllegalStateException(to.toString());
            }
        }

        private void refuses(Route route, String clOrdId, boolean toReplace) {
            gets(new Input.BrokerCancelReject(
                    now,
                    route.body().broker(),
                    ++sequence,
                    clOrdId,
                    null,
                    toReplace,
                    route.live() ? OrdStatus.NEW : OrdStatus.FILLED,
                    "0",
                    "no"));
        }

        /** Whether the broker executed otherwise than it was asked to. */
        private boolean fills(Fills fills) {
            var route = route(fills.route());
            var body = route.body();
            var terms = desk.work(body.orderId()).order.body().terms();
            var asked = body.price() != null ? body.price() : Objects.requireNonNull(terms.decisionPrice());
            var price = Price.of(asked.value().add(BigDecimal.valueOf(fills.cents(), 2)));
            var execId = "E" + ++reports;
            executions.add(new Executed(body.clOrdId(), execId));
            says(
                    body.clOrdId(),
                    Saying.of(execId, ExecType.TRADE, OrdStatus.PARTIALLY_FILLED)
                            .last(Quantity.of(fills.quantity()), price)
                            .market("XLON", "A", "1"));
            return fills.cents() != 0
                    || !route.live()
                    || route.leaves().value().compareTo(BigDecimal.valueOf(fills.quantity())) < 0;
        }

        private void says(String clOrdId, Saying saying) {
            var route = desk.state().route(clOrdId.substring(0, clOrdId.lastIndexOf('-')));
            var report =
                    saying.on(House.MONDAY).at(now).knownAs("B-" + route.body().routeId());
            if (report.report().clOrdId() == null) {
                report.id(clOrdId);
            }
            gets(new Input.BrokerExecutionReport(now, route.body().broker(), ++sequence, report.report()));
        }

        private void quote(InstrumentId instrument, int pounds) {
            marks.put(instrument, BigDecimal.valueOf(pounds));
            gets(new Input.MarketQuote(
                    now,
                    instrument,
                    Price.of(BigDecimal.valueOf(pounds).subtract(new BigDecimal("0.01"))),
                    Price.of(BigDecimal.valueOf(pounds).add(new BigDecimal("0.01")))));
            // Marks are taken with the clock.
            gets(new Input.Tick(now));
        }

        private void later(int seconds) {
            now = now.plusSeconds(seconds);
            gets(new Input.Tick(now));
        }

        private void gets(Input input) {
            var batch = new Batch();
            desk.handle(input, batch);
            batch.close(desk.state());
            effects = List.copyOf(batch.effects);
            for (var recorded : batch.facts) {
                held += recorded.fact() instanceof DeskFact.AmendmentHeld ? 1 : 0;
                passed +=
                        recorded.fact() instanceof DeskFact.AmendmentAllowed allowed && allowed.hold() != null ? 1 : 0;
            }
            for (var effect : effects) {
                switch (effect) {
                    case Effect.SendNewOrder order -> {
                        routes.add(order.terms().routeId());
                        unanswered.add(new Unanswered(order, order.terms().routeId()));
                    }
                    case Effect.SendCancel cancel ->
                        unanswered.add(new Unanswered(cancel, cancel.terms().routeId()));
                    case Effect.SendReplace replace ->
                        unanswered.add(new Unanswered(replace, replace.terms().routeId()));
                    default -> {
                        // Not for a broker's order desk.
                    }
                }
            }
        }

        private Route route(int number) {
            return desk.state().route(recent(routes, number));
        }

        private static <T> T recent(List<T> of, int number) {
            return of.get(of.size() - 1 - number % of.size());
        }
    }
}
