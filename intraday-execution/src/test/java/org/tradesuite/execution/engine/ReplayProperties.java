package org.tradesuite.execution.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
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
import org.tradesuite.execution.order.DontKnowReason;
import org.tradesuite.execution.order.ExecType;
import org.tradesuite.execution.order.ExecutionReport;
import org.tradesuite.execution.order.ExternalOrder;
import org.tradesuite.execution.order.OrdStatus;
import org.tradesuite.execution.order.OrderType;
import org.tradesuite.execution.order.ParentOrder;
import org.tradesuite.execution.order.Route;
import org.tradesuite.execution.order.Saying;
import org.tradesuite.execution.reference.Limit;
import org.tradesuite.execution.reference.LimitHistory;
import org.tradesuite.execution.reference.LimitKind;
import org.tradesuite.execution.reference.LimitScope;
import org.tradesuite.execution.reference.ReferenceData;
import org.tradesuite.execution.risk.SwitchScope;
import org.tradesuite.execution.risk.TradingState;
import org.tradesuite.market.BrokerId;
import org.tradesuite.market.Currency;
import org.tradesuite.market.Price;
import org.tradesuite.market.Quantity;
import org.tradesuite.market.Side;

/**
 * Whatever people and brokers do, in whatever order, twice, late or never: the quantities agree with a second, naive
 * computation, and reading the journal gives the same state, from its beginning as from a snapshot.
 *
 * <p>What fails is reported as the shortest list of steps that still fails. {@code
 * -Djqwik.tries.default=20000} runs longer than a build should.
 */
class ReplayProperties {

    private static final ExternalOrder.Named VODAFONE =
            new ExternalOrder.Named("VOD", "GB00BH4HKS39", "XLON", "SOMEBODY");
    private static final ExternalOrder.Named UNKNOWN = new ExternalOrder.Named("XYZ", null, "XLON", null);

    private static final List<SwitchScope> SCOPES = List.of(
            SwitchScope.FIRM,
            SwitchScope.of("account=GEQ1"),
            SwitchScope.of("algorithm=TWAP,instrument=VOD.XLON"),
            SwitchScope.ofBroker(House.ALFA));

    /** Breakers that trip often. */
    private static final Breaking EASILY = new Breaking(
            Duration.ofMinutes(10),
            2,
            2,
            2,
            Duration.ofSeconds(5),
            Duration.ofMinutes(2),
            2,
            2,
            new BigDecimal("100"),
            2,
            20,
            2,
            new BigDecimal("500"));

    private static final long FIRST_OF_ACCOUNT = 10_000;

    private static final StateCodec STATES = new StateCodec();
    private static final FactCodec FACTS = new FactCodec();

    /** One thing that somebody does. Numbers point into what there is by then, modulo its size. */
    sealed interface Step {}

    record Decide(Side side, int quantity, int limit, boolean twap) implements Step {}

    /** So far from the market that somebody has to let it pass. */
    record DecideTooFar(Side side, int quantity) implements Step {}

    /** Somebody decides about one that waits; whether it is as it was looked at, and whether by somebody else. */
    record Judges(int which, boolean pass, boolean asSeen, boolean another) implements Step {}

    /** So far from the market that somebody has to let it pass: of those that are open and have a limit. */
    record AmendTooFar(int order, int quantity) implements Step {}

    /** Somebody decides about an amendment that waits. */
    record JudgesAmendment(int which, boolean pass, boolean asSeen, boolean another) implements Step {}

    record CancelOrder(int order) implements Step {}

    record AmendOrder(int order, int quantity, int limit) implements Step {}

    /** A report without an execution: acknowledgements, ends, restatements, answers to questions, whatever it says. */
    record Says(int id, ExecType type, OrdStatus status, int quantity, int cumulative, boolean original)
            implements Step {}

    record Fills(int id, ExecType type, int quantity, int cents, int cumulative, boolean wrongSide) implements Step {}

    record TakesBack(int execution) implements Step {}

    record Corrects(int execution, int quantity, int cents) implements Step {}

    /** Another content under an ExecID that came before. */
    record Reuses(int execution, int id, int quantity, int cents) implements Step {}

    record SaysAgain(int message) implements Step {}

    record Refuses(int id, boolean toReplace, OrdStatus status) implements Step {}

    record DoesNotTake(int id, char messageType) implements Step {}

    record NotSent(int id) implements Step {}

    /** An execution for an order that nobody gave, or gives only later. */
    record Stray(int who, boolean alfa, int quantity, int cents, Side side, boolean unknownInstrument)
            implements Step {}

    /** The broker says that an execution it told before is of one of our orders. */
    record BelongsTo(int execution, int id) implements Step {}

    record Claims(int external, boolean income, boolean olga) implements Step {}

    record Disowns(int external) implements Step {}

    record Connects(boolean alfa, boolean up) implements Step {}

    /**
     * A broker that was asked answers, in the order it was asked.
     *
     * @param more how much more it counts than we do, below zero for less
     * @param cents of its average above 100, below zero for none
     * @param all whether to everything or to the first question
     */
    record Answers(int more, OrdStatus status, int cents, boolean all) implements Step {}

    /** What it counted and had not reported comes after all, in two parts or in one, in any order. */
    record Delivers(int route, int part, boolean backwards) implements Step {}

    record Gate(boolean alfa, boolean open) implements Step {}

    /** Trading stops for everybody, an account, a side of the firm or a broker. */
    record Stops(int scope, boolean reducing, boolean cancelling) implements Step {}

    /** Two persons open it again, or one tries alone. */
    record Reopens(int scope, boolean reducing, boolean alone) implements Step {}

    /** The market halts it, lets it trade again, or sets a band. */
    record MarketSays(int status, boolean band) implements Step {}

    record Resets(int breaker) implements Step {}

    /** What an account may order is raised or lowered for a while, and returns by itself. */
    record Raises(int quantity, int seconds) implements Step {}

    record Passes(int seconds) implements Step {}

    record Quotes(int cents) implements Step {}

    /** What brokers say from now on waits, and comes in the other order when so many messages have waited. */
    record Holds(int messages) implements Step {}

    /** @param late whether what waits comes only after the day was allocated */
    record NextDay(boolean late) implements Step {}

    private static final List<ExecType> WITHOUT_EXECUTION = List.of(
            ExecType.NEW,
            ExecType.DONE_FOR_DAY,
            ExecType.CANCELED,
            ExecType.REPLACED,
            ExecType.PENDING_CANCEL,
            ExecType.STOPPED,
            ExecType.REJECTED,
            ExecType.SUSPENDED,
            ExecType.PENDING_NEW,
            ExecType.CALCULATED,
            ExecType.EXPIRED,
            ExecType.RESTATED,
            ExecType.PENDING_REPLACE,
            ExecType.ORDER_STATUS);

    private static final List<OrdStatus> STATUSES = java.util.Arrays.stream(OrdStatus.values())
            .filter(status -> status != OrdStatus.SENT && status != OrdStatus.UNKNOWN)
            .toList();

    @Provide
    Arbitrary<List<Step>> days() {
        var any = between(0, 1_000);
        var recent = between(0, 5);
        var quantity = between(1, 2_000);
        var small = between(0, 400);
        var cents = between(0, 900);
        var limit = between(-5, 5);
        var cumulative = Arbitraries.frequency(Tuple.of(4, -1), Tuple.of(1, 0), Tuple.of(1, 300), Tuple.of(1, 1_500));
        var yes = Arbitraries.of(true, false);
        var seldom = Arbitraries.frequency(Tuple.of(1, true), Tuple.of(15, false));
        var mostly = seldom.map(no -> !no);
        var status = Arbitraries.of(STATUSES);
        Arbitrary<Step> step = Arbitraries.frequencyOf(
                Tuple.of(
                        6,
                        Combinators.combine(Arbitraries.of(Side.values()), quantity, limit, seldom)
                                .as(Decide::new)),
                Tuple.of(
                        2,
                        Combinators.combine(Arbitraries.of(Side.values()), quantity)
                                .as(DecideTooFar::new)),
                Tuple.of(2, Combinators.combine(any, yes, yes, yes).as(Judges::new)),
                Tuple.of(5, Combinators.combine(recent, quantity).as(AmendTooFar::new)),
                Tuple.of(5, Combinators.combine(any, mostly, mostly, mostly).as(JudgesAmendment::new)),
                Tuple.of(2, any.map(CancelOrder::new)),
                Tuple.of(3, Combinators.combine(any, quantity, limit).as(AmendOrder::new)),
                Tuple.of(5, recent.map(id -> new Says(id, ExecType.NEW, OrdStatus.NEW, 0, -1, false))),
                Tuple.of(
                        8,
                        Combinators.combine(any, Arbitraries.of(WITHOUT_EXECUTION), status, quantity, cumulative, yes)
                                .as(Says::new)),
                Tuple.of(
                        10,
                        Combinators.combine(
                                        recent,
                                        Arbitraries.of(ExecType.TRADE, ExecType.PARTIAL_FILL, ExecType.FILL),
                                        small,
                                        cents,
                                        cumulative,
                                        seldom)
                                .as(Fills::new)),
                Tuple.of(
                        4,
                        Combinators.combine(any, Arbitraries.just(ExecType.TRADE), small, cents, cumulative, seldom)
                                .as(Fills::new)),
                Tuple.of(3, any.map(TakesBack::new)),
                Tuple.of(3, Combinators.combine(any, small, cents).as(Corrects::new)),
                Tuple.of(2, Combinators.combine(any, any, small, cents).as(Reuses::new)),
                Tuple.of(3, any.map(SaysAgain::new)),
                Tuple.of(2, Combinators.combine(any, yes, status).as(Refuses::new)),
                Tuple.of(
                        1,
                        Combinators.combine(any, Arbitraries.of('D', 'F', 'G', 'H'))
                                .as(DoesNotTake::new)),
                Tuple.of(1, any.map(NotSent::new)),
                Tuple.of(
                        4,
                        Combinators.combine(between(0, 3), yes, small, cents, Arbitraries.of(Side.values()), seldom)
                                .as(Stray::new)),
                Tuple.of(2, Combinators.combine(any, recent).as(BelongsTo::new)),
                Tuple.of(3, Combinators.combine(any, yes, yes).as(Claims::new)),
                Tuple.of(1, any.map(Disowns::new)),
                Tuple.of(2, Combinators.combine(yes, yes).as(Connects::new)),
                Tuple.of(
                        7,
                        Combinators.combine(
                                        Arbitraries.frequency(
                                                Tuple.of(4, 0), Tuple.of(2, 100), Tuple.of(2, 250), Tuple.of(1, -50)),
                                        Arbitraries.frequency(
                                                Tuple.of(6, OrdStatus.PARTIALLY_FILLED),
                                                Tuple.of(1, OrdStatus.CANCELED),
                                                Tuple.of(1, OrdStatus.REJECTED)),
                                        between(-100, 800),
                                        yes)
                                .as(Answers::new)),
                Tuple.of(4, Combinators.combine(recent, between(0, 250), yes).as(Delivers::new)),
                Tuple.of(1, Combinators.combine(yes, seldom).as(Gate::new)),
                Tuple.of(
                        2,
                        Combinators.combine(between(0, SCOPES.size() - 1), yes, yes)
                                .as(Stops::new)),
                Tuple.of(
                        3,
                        Combinators.combine(between(0, SCOPES.size() - 1), yes, seldom)
                                .as(Reopens::new)),
                Tuple.of(
                        2,
                        Combinators.combine(Arbitraries.of(2, 3, 3, 7, 17), yes).as(MarketSays::new)),
                Tuple.of(3, between(0, 2).map(Resets::new)),
                Tuple.of(
                        2,
                        Combinators.combine(between(0, 2_000), between(1, 1_000))
                                .as(Raises::new)),
                Tuple.of(3, Arbitraries.just(new Passes(5))),
                Tuple.of(4, between(1, 700).map(Passes::new)),
                Tuple.of(2, cents.map(Quotes::new)),
                Tuple.of(1, between(2, 5).map(Holds::new)),
                Tuple.of(1, yes.map(NextDay::new)));
        // Evenly, or most days would have one order.
        return step.list().ofMinSize(1).ofMaxSize(120).withSizeDistribution(RandomDistribution.uniform());
    }

    private static Arbitrary<Integer> between(int least, int most) {
        return Arbitraries.integers().between(least, most).withDistribution(RandomDistribution.uniform());
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void replay_equals_live_and_both_equal_a_naive_computation(
            @ForAll("days") List<Step> steps, @ForAll @IntRange(max = 100) int snapshotAfterPercent)
            throws IOException {
        var story = new Story();
        var snapshot = new Written(0, story.written());
        var at = steps.size() * snapshotAfterPercent / 100;
        for (var place = 0; place < steps.size(); place++) {
            if (place == at) {
                snapshot = new Written(story.desk.journal.size(), story.written());
            }
            story.does(steps.get(place));
            story.check();
        }
        story.nextDay(false);
        story.check();
        story.replayEqualsLive(snapshot);
        // Or the property would say nothing about amendments that wait.
        var facts = story.desk.facts();
        Statistics.label("amendments that waited")
                .collect(
                        facts.stream()
                                        .anyMatch(fact -> fact instanceof DeskFact.AmendmentAllowed allowed
                                                && allowed.hold() != null)
                                ? "let pass"
                                : facts.stream().anyMatch(DeskFact.AmendmentHeld.class::isInstance) ? "held" : "none")
                .coverage(days -> {
                    days.check("let pass").count(of -> of > 0);
                    days.check("held").count(of -> of > 0);
                });
    }

    /** A snapshot, and how many events are in it. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Written(int events, byte[] state) {}

    /** An execution that a broker reported. */
    private record Told(BrokerId broker, ExecutionReport report, ExternalOrder.Named named) {

        String clOrdId() {
            return Objects.requireNonNull(report.clOrdId());
        }

        String execId() {
            return report.execId();
        }
    }

    /** An execution that a broker counts and has not reported. */
    private record Owed(String clOrdId, int above, int quantity) {}

    /** The steps as they happen to one desk, and to the naive books beside it. */
    private static final class Story {
        final DeskStory desk = new DeskStory(House.settings().with(EASILY));
        private final NaiveBooks naive = new NaiveBooks();
        private final List<String> clOrdIds = new ArrayList<>();
        private final List<Told> executions = new ArrayList<>();
        private final List<Input.FromBroker> said = new ArrayList<>();
        private final List<Input.FromBroker> held = new ArrayList<>();
        private final Set<String> used = new HashSet<>();
        private final List<String> questions = new ArrayList<>();
        private final List<Owed> owed = new ArrayList<>();
        private LocalDate date = House.MONDAY;
        private int holding;
        private int orders;
        private int waiting;
        private int reports;
        private long sequence;
        private long request = 1_000_000;
        private long register;
        private long newestLimit = FIRST_OF_ACCOUNT - 1;
        private List<Limit> limits = House.reference().content().limits();

        // What happens

        void does(Step step) {
            switch (step) {
                case Decide decide -> decide(decide);
                case DecideTooFar far -> {
                    var limit = Price.of(far.side() == Side.BUY ? "130" : "70");
                    gets(decision("H" + ++waiting, far.side(), far.quantity(), limit, Algo.IMMEDIATE, null));
                }
                case Judges judges -> judges(judges);
                case AmendTooFar far -> amendTooFar(far);
                case JudgesAmendment judges -> judges(judges);
                case CancelOrder cancel -> {
                    if (orders > 0) {
                        gets(new Input.OrderCancelRequested(
                                desk.now, ++request, "apatel", "changed my mind", order(cancel.order())));
                    }
                }
                case AmendOrder amend -> {
                    if (orders > 0) {
                        gets(new Input.OrderAmendRequested(
                                desk.now,
                                ++request,
                                "apatel",
                                "better so",
                                order(amend.order()),
                                amend.quantity() % 3 == 0 ? null : Quantity.of(amend.quantity()),
                                amend.limit() <= 0 ? null : Price.of("10" + amend.limit()),
                                null));
                    }
                }
                case Says says -> says(says);
                case Fills fills -> {
                    var id = id(fills.id());
                    if (id != null) {
                        executes(
                                owner(id),
                                id,
                                "E" + ++reports,
                                null,
                                fills.type(),
                                fills.quantity(),
                                fills.cents(),
                                fills.cumulative(),
                                fills.wrongSide() ? other(side(id)) : fills.cents() % 2 == 0 ? null : side(id),
                                VODAFONE);
                    }
                }
                case TakesBack back -> {
                    var told = told(back.execution());
                    if (told != null) {
                        executes(
                                told.broker(),
                                told.clOrdId(),
                                "E" + ++reports,
                                told.execId(),
                                ExecType.TRADE_CANCEL,
                                -1,
                                -1,
                                -1,
                                null,
                                told.named());
                    }
                }
                case Corrects corrects -> {
                    var told = told(corrects.execution());
                    if (told != null) {
                        executes(
                                told.broker(),
                                told.clOrdId(),
                                "E" + ++reports,
                                told.execId(),
                                ExecType.TRADE_CORRECT,
                                corrects.quantity(),
                                corrects.cents(),
                                -1,
                                corrects.cents() % 2 == 0 ? null : told.report().side(),
                                told.named());
                    }
                }
                case Reuses reuses -> {
                    var told = told(reuses.execution());
                    var id = id(reuses.id());
                    if (told != null && id != null) {
                        executes(
                                owner(id),
                                id,
                                told.execId(),
                                null,
                                ExecType.TRADE,
                                reuses.quantity(),
                                reuses.cents(),
                                -1,
                                null,
                                VODAFONE);
                    }
                }
                case SaysAgain again -> {
                    if (!said.isEmpty()) {
                        hears(said.get(again.message() % said.size()));
                    }
                }
                case Refuses refuses -> {
                    var id = id(refuses.id());
                    if (id != null) {
                        says(new Input.BrokerCancelReject(
                                desk.now,
                                owner(id),
                                ++sequence,
                                id,
                                null,
                                refuses.toReplace(),
                                refuses.status(),
                                "0",
                                "no"));
                    }
                }
                case DoesNotTake not -> {
                    var id = id(not.id());
                    if (id != null) {
                        says(new Input.BrokerMessageReject(
                                desk.now, owner(id), ++sequence, "" + not.messageType(), id, "5", "no"));
                    }
                }
                case NotSent not -> {
                    var id = id(not.id());
                    // The line says so only of what the broker cannot have.
                    if (id != null && said.stream().noneMatch(message -> about(message, id))) {
                        gets(new Input.NotSent(desk.now, owner(id), id, "too late"));
                    }
                }
                case Stray stray ->
                    executes(
                            stray.alfa() ? House.ALFA : House.BRAVO,
                            stray.who() == 0 ? "OD" + (orders + 1) + "-1-1" : "PHONE" + stray.who(),
                            "E" + ++reports,
                            null,
                            ExecType.TRADE,
                            stray.quantity(),
                            stray.cents(),
                            -1,
                            stray.side(),
                            stray.unknownInstrument() ? UNKNOWN : VODAFONE);
                case BelongsTo belongs -> {
                    var told = told(belongs.execution());
                    var id = id(belongs.id());
                    if (told != null && id != null) {
                        says(new Input.BrokerExecutionReport(
                                desk.now, told.broker(), ++sequence, named(told.report(), id), told.named()));
                    }
                }
                case Claims claims -> {
                    var id = external(claims.external());
                    var account = claims.income() ? House.INCOME : House.ACCOUNT;
                    var who = claims.olga() ? "olga" : "otto";
                    gets(new Input.ExternalOrderClaimRequested(desk.now, ++request, who, "is ours", id, account));
                    assertThat(desk.answer() instanceof Effect.Outcome.Done)
                            .as(claims.toString())
                            .isEqualTo(naive.claims(id, account, who));
                }
                case Disowns disowns ->
                    gets(new Input.DontKnowRequested(
                            desk.now,
                            ++request,
                            "olga",
                            "not ours",
                            external(disowns.external()),
                            DontKnowReason.NO_MATCHING_ORDER));
                case Connects connects -> {
                    var broker = connects.alfa() ? House.ALFA : House.BRAVO;
                    gets(
                            connects.up()
                                    ? new Input.BrokerSessionUp(desk.now, broker)
                                    : new Input.BrokerSessionDown(desk.now, broker, "lost"));
                }
                case Answers answers -> answer(answers);
                case Delivers delivers -> deliver(delivers);
                case Gate gate -> {
                    var broker = gate.alfa() ? House.ALFA : House.BRAVO;
                    gets(new Input.BrokerGateRequested(
                            desk.now, ++request, "rsmith", "spoke to them", broker, gate.open()));
                }
                case Stops stops ->
                    gets(new Input.SwitchRequested(
                            desk.now,
                            ++request,
                            "rsmith",
                            "looks odd",
                            SCOPES.get(stops.scope()),
                            stops.reducing() ? TradingState.REDUCING : TradingState.HALTED,
                            stops.cancelling(),
                            "stop-" + request,
                            "hash"));
                case Reopens reopens -> {
                    var scope = SCOPES.get(reopens.scope());
                    var before = desk.desk.state().switches().of(scope);
                    gets(new Input.ReopeningRequested(
                            desk.now,
                            ++request,
                            "rsmith",
                            "looks well",
                            scope,
                            reopens.reducing() ? TradingState.REDUCING : TradingState.ACTIVE));
                    var asked = desk.answer() instanceof Effect.Outcome.Done;
                    gets(new Input.ReopeningApproved(
                            desk.now, ++request, reopens.alone() ? "rsmith" : "ccole", "agreed", scope));
                    if (reopens.alone() && before != null) {
                        assertThat(Objects.requireNonNull(
                                                desk.desk.state().switches().of(scope))
                                        .state())
                                .isEqualTo(before.state());
                    }
                    assertThat(desk.answer() instanceof Effect.Outcome.Done)
                            .isEqualTo(!reopens.alone() && (asked || (before != null && before.reopening() != null)));
                }
                case MarketSays says ->
                    gets(new Input.SecurityStatus(
                            desk.now,
                            House.VOD,
                            says.status(),
                            says.band() ? Price.of("97") : null,
                            says.band() ? Price.of("103") : null));
                case Resets resets ->
                    gets(new Input.BreakerResetRequested(
                            desk.now,
                            ++request,
                            "rsmith",
                            "spoke to them",
                            List.of("broker=ALFA", "broker=BRAVO", "strategy=VALUE")
                                    .get(resets.breaker())));
                case Raises raises -> raises(raises);
                case Passes passes -> later(Duration.ofSeconds(passes.seconds()));
                case Quotes quotes ->
                    gets(new Input.MarketQuote(
                            desk.now, House.VOD, price(100 + quotes.cents()), price(102 + quotes.cents())));
                case Holds holds -> holding = holds.messages();
                case NextDay next -> nextDay(next.late());
            }
        }

        private void amendTooFar(AmendTooFar far) {
            var limited = desk.desk.state().open().stream()
                    .map(work -> work.order.body())
                    .filter(body -> body.limit() != null)
                    .toList();
            if (limited.isEmpty()) {
                return;
            }
            var body = limited.get(limited.size() - 1 - far.order() % limited.size());
            var quantity = far.quantity();
            gets(new Input.OrderAmendRequested(
                    desk.now,
                    ++request,
                    "apatel",
                    "at any price",
                    body.orderId(),
                    quantity % 3 > 0 ? null : Quantity.of(quantity),
                    Price.of(body.terms().side() == Side.BUY ? "130" : "70"),
                    null));
        }

        private void judges(JudgesAmendment judges) {
            var waiting = desk.desk.state().heldAmendments();
            if (waiting.isEmpty()) {
                return;
            }
            var each = waiting.get(judges.which() % waiting.size());
            var who = judges.another() ? "riley" : each.by();
            gets(
                    judges.pass()
                            ? new Input.AmendmentOverridden(
                                    desk.now,
                                    ++request,
                                    who,
                                    "seen and agreed",
                                    each.orderId(),
                                    judges.asSeen() ? each.version() : each.version() + 1)
                            : new Input.AmendmentHoldRefused(
                                    desk.now, ++request, who, "not today", each.orderId(), judges.another()));
        }

        /** As the register does it: the version that holds ends, one begins, and one follows it with what was before. */
        private void raises(Raises raises) {
            var until = desk.now.plusSeconds(raises.seconds());
            var versions = limits.stream()
                    .filter(limit ->
                            limit.id() < FIRST_OF_ACCOUNT || limit.validFrom().isBefore(desk.now))
                    .map(limit -> limit.id() >= FIRST_OF_ACCOUNT && limit.holdsAt(desk.now) ? ending(limit) : limit)
                    .collect(Collectors.toCollection(ArrayList::new));
            versions.add(ofAccount(raises.quantity(), desk.now, until));
            versions.add(ofAccount(1_000_000, until, null));
            limits = versions;
            gets(new Input.ReferenceChanged(
                    desk.now,
                    "ccole",
                    "for a while",
                    ReferenceData.of(
                            House.MONDAY,
                            House.reference().content().withLimits(limits, new LimitHistory(++register, List.of())))));
            assertThat(desk.desk.state().limitsTold()).isEqualTo(new LimitsTold(register, newestLimit));
        }

        private Limit ending(Limit limit) {
            return new Limit(
                    limit.id(),
                    limit.scope(),
                    limit.scopeId(),
                    limit.kind(),
                    limit.amount(),
                    limit.warnAt(),
                    limit.currency(),
                    limit.validFrom(),
                    desk.now);
        }

        private Limit ofAccount(int quantity, Instant from, @Nullable Instant until) {
            return new Limit(
                    ++newestLimit,
                    LimitScope.ACCOUNT,
                    House.ACCOUNT.value(),
                    LimitKind.MAX_ORDER_QUANTITY,
                    BigDecimal.valueOf(quantity),
                    null,
                    null,
                    from,
                    until);
        }

        private void answer(Answers answers) {
            for (var first = true; !questions.isEmpty() && (first || answers.all()); first = false) {
                var id = questions.removeFirst();
                var route = route(id);
                if (route == null) {
                    continue;
                }
                var unknown = answers.status() == OrdStatus.REJECTED;
                var executed = route.body().cumulative().value().intValue();
                var counted = unknown ? 0 : Math.max(0, executed + answers.more());
                if (counted > executed) {
                    owed.add(new Owed(id, executed, counted - executed));
                }
                says(status(
                        id,
                        unknown || counted < route.body().quantity().value().intValue()
                                ? answers.status()
                                : OrdStatus.FILLED,
                        counted,
                        answers.cents() < 0 ? null : price(10_000 + answers.cents())));
            }
        }

        private Input.BrokerExecutionReport status(String id, OrdStatus status, int executed, @Nullable Price average) {
            return new Input.BrokerExecutionReport(
                    desk.now,
                    owner(id),
                    ++sequence,
                    Saying.of("0", ExecType.ORDER_STATUS, status)
                            .on(date)
                            .at(desk.now)
                            .id(id)
                            .knownAs(status == OrdStatus.REJECTED ? "NONE" : "B" + id)
                            .counts(Quantity.of(executed))
                            .averages(average)
                            .report());
        }

        private void deliver(Delivers delivers) {
            if (owed.isEmpty()) {
                return;
            }
            var due = owed.remove(delivers.route() % owed.size());
            var first = Math.min(delivers.part(), due.quantity());
            var parts = new ArrayList<int[]>();
            parts.add(new int[] {first, due.above() + first});
            parts.add(new int[] {due.quantity() - first, due.above() + due.quantity()});
            parts.removeIf(part -> part[0] == 0);
            for (var part : delivers.backwards() ? parts.reversed() : parts) {
                executes(
                        owner(due.clOrdId()),
                        due.clOrdId(),
                        "E" + ++reports,
                        null,
                        ExecType.TRADE,
                        part[0],
                        delivers.part() * 3,
                        part[1],
                        null,
                        VODAFONE);
            }
        }

        private void decide(Decide decide) {
            var id = "D" + (orders + 1);
            gets(decision(
                    id,
                    decide.side(),
                    decide.quantity(),
                    decide.limit() <= 0 ? null : Price.of("10" + decide.limit()),
                    decide.twap() ? Algo.TWAP : Algo.IMMEDIATE,
                    decide.twap() ? desk.now.plus(Duration.ofMinutes(30)) : null));
            if (desk.desk.state().order("O" + id) != null) {
                orders++;
            }
        }

        private Input.DecisionSubmitted decision(
                String id, Side side, int quantity, @Nullable Price limit, Algo algo, @Nullable Instant end) {
            return new Input.DecisionSubmitted(
                    desk.now,
                    ++request,
                    "apatel",
                    id,
                    "key-" + id,
                    "hash",
                    House.ACCOUNT,
                    "VALUE",
                    "apatel",
                    House.VOD,
                    side,
                    Quantity.of(quantity),
                    limit == null ? OrderType.MARKET : OrderType.LIMIT,
                    limit,
                    algo,
                    null,
                    end);
        }

        private void judges(Judges judges) {
            var all = desk.desk.state().held();
            if (all.isEmpty()) {
                return;
            }
            var each = all.get(judges.which() % all.size());
            var who = judges.another() ? "riley" : "apatel";
            gets(
                    judges.pass()
                            ? new Input.HoldOverridden(
                                    desk.now,
                                    ++request,
                                    who,
                                    "agreed",
                                    each.decisionId(),
                                    judges.asSeen() ? each.version() : each.version() + 1)
                            : new Input.HoldRefused(desk.now, ++request, who, "not today", each.decisionId()));
        }

        private void says(Says says) {
            var id = id(says.id());
            if (id == null) {
                return;
            }
            var dash = id.lastIndexOf('-');
            says(new Input.BrokerExecutionReport(
                    desk.now,
                    owner(id),
                    ++sequence,
                    Saying.of("E" + ++reports, says.type(), says.status())
                            .on(date)
                            .at(desk.now)
                            .id(says.original() ? id.substring(0, dash) + "-1" : id, says.original() ? id : null)
                            .knownAs("B" + id)
                            .order(
                                    says.quantity() % 2 == 0 ? null : Quantity.of(says.quantity()),
                                    says.quantity() % 5 == 0 ? Price.of("101") : null)
                            .counts(says.cumulative() < 0 ? null : Quantity.of(says.cumulative()))
                            .report()));
        }

        private void executes(
                BrokerId broker,
                String clOrdId,
                String execId,
                @Nullable String reference,
                ExecType type,
                int quantity,
                int cents,
                int cumulative,
                @Nullable Side side,
                ExternalOrder.Named named) {
            var report = Saying.of(execId, type, OrdStatus.PARTIALLY_FILLED)
                    .on(date)
                    .at(desk.now)
                    .about(reference)
                    .id(clOrdId)
                    .knownAs("B" + clOrdId)
                    .side(side)
                    .last(quantity < 0 ? null : Quantity.of(quantity), cents < 0 ? null : price(10_000 + cents))
                    .counts(cumulative < 0 ? null : Quantity.of(cumulative))
                    .market("XLON", "A", "1")
                    .report();
            if (type != ExecType.TRADE_CANCEL) {
                executions.add(new Told(broker, report, named));
            }
            says(new Input.BrokerExecutionReport(desk.now, broker, ++sequence, report, named));
        }

        private static ExecutionReport named(ExecutionReport report, String clOrdId) {
            return Saying.of(report.execId(), report.execType(), report.ordStatus())
                    .on(report.tradeDate())
                    .at(report.transactTime())
                    .about(report.execRefId())
                    .id(clOrdId)
                    .knownAs(report.brokerOrderId())
                    .side(report.side())
                    .last(report.lastQuantity(), report.lastPrice())
                    .market(report.lastMarket())
                    .report();
        }

        private static Price price(int cents) {
            return Price.of(BigDecimal.valueOf(cents, 2));
        }

        private static Side other(Side side) {
            return side == Side.BUY ? Side.SELL : Side.BUY;
        }

        private static boolean about(Input.FromBroker message, String clOrdId) {
            return message instanceof Input.BrokerExecutionReport report
                    && clOrdId.equals(report.report().clOrdId());
        }

        private void says(Input.FromBroker message) {
            said.add(message);
            if (holding > 0) {
                held.add(message);
                if (held.size() >= holding) {
                    deliver();
                }
            } else {
                hears(message);
            }
        }

        private void deliver() {
            holding = 0;
            var late = new ArrayList<>(held.reversed());
            held.clear();
            late.forEach(this::hears);
        }

        private void hears(Input.FromBroker message) {
            if (message instanceof Input.BrokerExecutionReport report) {
                naive.hears(report.broker(), report.report(), report.named(), report.at());
            }
            gets(message);
        }

        void nextDay(boolean late) {
            if (!late) {
                deliver();
            }
            gets(new Input.TradingDayCloseRequested(desk.now, ++request, "ops", "end of day", date));
            for (var minute = 0; minute < 3; minute++) {
                later(Duration.ofMinutes(1));
                deliver();
            }
            assertThat(Objects.requireNonNull(desk.desk.state().day()).status()).isEqualTo(Day.Status.CLOSED);
            do {
                date = date.plusDays(1);
            } while (date.getDayOfWeek() == DayOfWeek.SATURDAY || date.getDayOfWeek() == DayOfWeek.SUNDAY);
            desk.now = date.atTime(9, 0).toInstant(ZoneOffset.UTC);
            gets(new Input.TradingDayOpenRequested(desk.now, ++request, "ops", date));
        }

        private void later(Duration passes) {
            desk.now = desk.now.plus(passes);
            var toTurnUp = naive.toTurnUp();
            gets(new Input.Tick(desk.now));
            naive.passed(desk.now, toTurnUp);
        }

        private void gets(Input input) {
            var before = desk.journal.size();
            desk.gets(input);
            for (var effect : desk.effects) {
                if (effect instanceof Effect.SendNewOrder order) {
                    naive.sent(order);
                    if (!isTrippedAfter(before, order)) {
                        notStopped(order);
                    }
                }
                // A question may be asked again, and so may a Don't Know once it could not be said.
                if (effect instanceof Effect.SendStatusRequest question) {
                    questions.add(question.clOrdId());
                } else if (effect instanceof Effect.Outbound out && !(effect instanceof Effect.SendDontKnow)) {
                    assertThat(used.add(out.messageId()))
                            .as("used twice: " + out)
                            .isTrue();
                    if (!(effect instanceof Effect.SendAllocation)) {
                        clOrdIds.add(out.messageId());
                    }
                }
            }
            // Executions that turn up together change an allocation one by one: the last one has them all.
            var allocations = new LinkedHashMap<String, DeskFact.TradeAllocated>();
            for (var recorded : desk.journal.subList(before, desk.journal.size())) {
                if (recorded.fact() instanceof Route.Filled filled && filled.gap() != null) {
                    naive.inferred(Streams.id(recorded.stream()), filled);
                }
                if (recorded.fact() instanceof DeskFact.TradeAllocated allocated) {
                    allocations.put(recorded.stream(), allocated);
                }
                if (recorded.fact() instanceof DeskFact.DayForgotten forgotten) {
                    var state = desk.desk.state();
                    naive.forgotten(
                            order -> state.order(order) == null,
                            order -> state.externals().order(order) == null,
                            state.hasForgotten(forgotten.businessDate()) ? forgotten.businessDate() : null);
                }
                if (input instanceof Input.Tick && recorded.fact() instanceof ExternalOrder.Recognised ours) {
                    naive.turnedUp(Streams.id(recorded.stream()), ours.routeId(), desk.now);
                }
            }
            allocations.values().forEach(this::allocated);
        }

        private void allocated(DeskFact.TradeAllocated allocated) {
            var trade = allocated.trade();
            var expected =
                    naive.charged(new HashSet<>(trade.orderIds()), trade.account(), trade.broker(), trade.side());
            assertThat(trade.quantity().value()).isEqualByComparingTo(expected.quantity());
            assertThat(trade.commission().plus(trade.fees()).amount()).isEqualByComparingTo(expected.byTrade());
            naive.allocated(trade.tradeId(), trade.account(), expected.byFills().subtract(expected.byTrade()));
        }

        // What there is to choose from

        private String order(int number) {
            return "OD" + (1 + number % orders);
        }

        private String external(int number) {
            var known = naive.externals();
            return known.isEmpty() ? "X-ALFA-1" : known.get(number % known.size());
        }

        /** One of our ids; small numbers mean the last ones. */
        private @Nullable String id(int number) {
            return clOrdIds.isEmpty() ? null : clOrdIds.get(clOrdIds.size() - 1 - number % clOrdIds.size());
        }

        private @Nullable Told told(int number) {
            return executions.isEmpty() ? null : executions.get(executions.size() - 1 - number % executions.size());
        }

        private @Nullable Route route(String clOrdId) {
            return desk.desk.state().findRoute(clOrdId.substring(0, clOrdId.lastIndexOf('-')));
        }

        private BrokerId owner(String clOrdId) {
            var route = route(clOrdId);
            return route == null ? House.ALFA : route.body().broker();
        }

        private Side side(String clOrdId) {
            var route = route(clOrdId);
            return route == null ? Side.BUY : route.body().side();
        }

        // What has to be so

        /** A breaker acts when its input is dealt with: what was opened in the same input is before it in the journal. */
        private boolean isTrippedAfter(int before, Effect.SendNewOrder order) {
            var opened = false;
            for (var recorded : desk.journal.subList(before, desk.journal.size())) {
                opened |= recorded.fact() instanceof Route.Opened
                        && recorded.id().equals(order.terms().routeId());
                if (opened && recorded.fact() instanceof SwitchFact.SwitchSet set && set.automatic()) {
                    return true;
                }
            }
            return false;
        }

        /** Asked of every switch one by one, which is how the engine does not ask. */
        private void notStopped(Effect.SendNewOrder order) {
            var terms = desk.route(order.terms().routeId()).body();
            var work = desk.desk.work(terms.orderId());
            var scope = desk.desk.switchboard().scope(work).with(order.broker());
            var phase = desk.desk.state().phase(House.VOD);
            assertThat(phase == null || phase.trades()).as("sent in a halt").isTrue();
            assertThat(desk.desk.state().switches().all())
                    .as("sent under a halt: " + order)
                    .noneMatch(each ->
                            each.state() == TradingState.HALTED && each.scope().covers(scope));
        }

        void check() {
            var state = desk.desk.state();
            var working = BigDecimal.ZERO;
            for (var work : state.orders()) {
                var body = work.order.body();
                var outstanding = BigDecimal.ZERO;
                var live = 0;
                for (var id : work.routes) {
                    var route = state.route(id);
                    check(route);
                    outstanding = outstanding.add(route.outstanding().value());
                    live += route.live() ? 1 : 0;
                }
                assertThat(body.executed().value()).isEqualByComparingTo(naive.executedOfOrder(body.orderId()));
                assertThat(body.outstanding().value()).isEqualByComparingTo(outstanding);
                assertThat(body.live()).isEqualTo(live);
                var wanted = work.order.ended()
                        ? BigDecimal.ZERO
                        : body.quantity()
                                .value()
                                .subtract(body.executed().value())
                                .max(BigDecimal.ZERO);
                var asked = state.heldAmendment(body.orderId());
                if (asked != null) {
                    assertThat(work.order).isNotInstanceOf(ParentOrder.Closing.class);
                    assertThat(asked.quantity() == null || asked.quantity().compareTo(body.executed()) >= 0)
                            .as("can still be made")
                            .isTrue();
                    var more = asked.quantity() == null ? body.quantity() : asked.quantity();
                    wanted = wanted.max(
                            more.value().subtract(body.executed().value()).max(BigDecimal.ZERO));
                }
                working = working.add(wanted.max(outstanding));
            }
            var book = state.book();
            for (var account : List.of(House.ACCOUNT, House.INCOME, House.SUSPENSE)) {
                var opens = account.equals(House.ACCOUNT);
                assertThat(book.position(account, House.VOD).quantity())
                        .as("held by " + account)
                        .isEqualByComparingTo(new BigDecimal(opens ? "1000000000" : "0").add(naive.position(account)));
                assertThat(book.cash(account, Currency.GBP).amount())
                        .as("cash of " + account)
                        .isEqualByComparingTo(new BigDecimal(opens ? "900000000000" : "0").add(naive.cash(account)));
            }
            assertThat(book.workingBuys(House.ACCOUNT, House.VOD)
                            .plus(book.workingSells(House.ACCOUNT, House.VOD))
                            .value())
                    .isEqualByComparingTo(working);
            assertThat(book.committedCash(House.ACCOUNT, Currency.GBP).amount()).isNotNegative();
        }

        private void check(Route route) {
            var body = route.body();
            var executed = naive.executedOfRoute(body.routeId());
            assertThat(body.cumulative().value()).isEqualByComparingTo(executed);
            assertThat(body.value()).isEqualByComparingTo(naive.valueOfRoute(body.routeId()));
            if (route instanceof Route.Unknown
                    && executed.compareTo(body.quantity().value()) > 0) {
                // A replace that should have made it larger was never answered.
                assertThat(route.leaves().isZero()).isTrue();
            } else if (route.live()) {
                assertThat(body.quantity().value())
                        .isEqualByComparingTo(executed.add(route.leaves().value()));
            } else {
                assertThat(route.leaves().isZero()).isTrue();
            }
            var standing = BigDecimal.ZERO;
            for (var each = body.newest(); each != null; each = each.earlier()) {
                standing = each.live() ? standing.add(each.quantity().value()) : standing;
            }
            assertThat(standing).isEqualByComparingTo(executed);
        }

        // The journal

        byte[] written() throws IOException {
            var out = new ByteArrayOutputStream();
            STATES.write(desk.desk.state().content(), out);
            return out.toByteArray();
        }

        void replayEqualsLive(Written snapshot) throws IOException {
            var live = STATES.digest(desk.desk.state().content());
            var whole = new Desk(House.settings(), House.reference());
            desk.journal.forEach(recorded -> whole.replay(FACTS.read(FACTS.write(recorded))));
            assertThat(STATES.digest(whole.state().content())).isEqualTo(live);

            var fromSnapshot = new Desk(House.settings(), House.reference());
            fromSnapshot.restore(STATES.read(new ByteArrayInputStream(snapshot.state())));
            desk.journal
                    .subList(snapshot.events(), desk.journal.size())
                    .forEach(recorded -> fromSnapshot.replay(FACTS.read(FACTS.write(recorded))));
            assertThat(STATES.digest(fromSnapshot.state().content())).isEqualTo(live);
        }
    }
}
