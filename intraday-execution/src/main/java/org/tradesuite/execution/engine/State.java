package org.tradesuite.execution.engine;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.tradesuite.execution.marketdata.TradingPhase;
import org.tradesuite.execution.order.ExecutionReport;
import org.tradesuite.execution.order.ExternalOrder;
import org.tradesuite.execution.order.Fact;
import org.tradesuite.execution.order.ParentOrder;
import org.tradesuite.execution.order.Route;
import org.tradesuite.execution.position.Book;
import org.tradesuite.execution.position.BookedFill;
import org.tradesuite.execution.position.PendingOrder;
import org.tradesuite.execution.risk.Activity;
import org.tradesuite.execution.risk.Breaker;
import org.tradesuite.execution.risk.Proposal;
import org.tradesuite.execution.risk.RefusalCode;
import org.tradesuite.execution.risk.Switch;
import org.tradesuite.execution.risk.Switches;
import org.tradesuite.execution.routing.Scorecard;
import org.tradesuite.execution.routing.Scorecards;
import org.tradesuite.market.BrokerId;
import org.tradesuite.market.Currency;
import org.tradesuite.market.InstrumentId;
import org.tradesuite.market.Money;
import org.tradesuite.market.Price;
import org.tradesuite.market.Quantity;
import org.tradesuite.market.Side;

/**
 * What the engine knows: the facts of the journal, added up. It changes by {@link #apply} only, live and on replay alike,
 * which is why both end the same. Belongs to the engine's thread.
 */
final class State {

    /** An order, the routes it has had in order, and how much the market has printed since its plan began. */
    static final class Work {
        ParentOrder order;
        List<String> routes = List.of();
        Quantity marketVolume = Quantity.ZERO;

        Work(ParentOrder order) {
            this.order = order;
        }

        private void add(String routeId) {
            var more = new ArrayList<>(routes);
            more.add(routeId);
            routes = List.copyOf(more);
        }
    }

    /** What a key was used for. */
    record KeyUse(
            String bodyHash,
            String decisionId,
            @Nullable String orderId,
            List<RefusalCode> codes,
            LocalDate businessDate) {}

    /** ExecIDs are unique per broker session and trade date. */
    record ExecutionKey(BrokerId broker, LocalDate tradeDate, String execId) {}

    record Facts(@Nullable String isin, Currency currency) {}

    private static final Gate NEVER_CONNECTED = new Gate.Down("not connected yet", Instant.EPOCH);

    // The order of each map is the order of what happened, so that a state has one way to be written down.
    private final Map<String, Work> orders;
    private final Map<String, Route> routes;
    private final Map<String, KeyUse> keys;
    private final Map<String, Held> held;
    /** By order; it counts what they would need. */
    private final Map<String, HeldAmendment> heldAmendments;

    /** What was let pass, by order: its child orders pass that too. */
    private final Map<String, List<RefusalCode>> overridden;

    private final Map<SeenExecutions.Session, SeenExecutions> executions;
    private final Externals externals;
    private final Map<String, Integer> versions;
    private final Map<InstrumentId, Facts> instruments;
    private final Map<String, TradeState> trades;
    private final Map<LocalDate, Day> days;
    private final Map<BrokerId, Gate> gates;
    private LimitsTold limitsTold;
    private final Book book;
    private final Scorecards scorecards;
    private final Activity activity;
    private final ClientBook clients;
    private final Switches switches;
    private final Map<InstrumentId, TradingPhase> phases;
    private final BreakerBook breakers;
    private @Nullable LocalDate day;
    private @Nullable LocalDate forgottenTo;

    /** For the read models; empty whenever a batch was closed. */
    private final Touched touched = new Touched();

    State() {
        this(new Content(
                List.of(),
                new LinkedHashMap<>(),
                new LinkedHashMap<>(),
                new LinkedHashMap<>(),
                new LinkedHashMap<>(),
                new LinkedHashMap<>(),
                new LinkedHashMap<>(),
                new LinkedHashMap<>(),
                new LinkedHashMap<>(),
                new LinkedHashMap<>(),
                new LinkedHashMap<>(),
                new Externals.Content(List.of(), new LinkedHashMap<>(), new LinkedHashMap<>()),
                new LinkedHashMap<>(),
                LimitsTold.NOTHING,
                new Book().content(),
                new Scorecards().content(),
                new Activity().content(),
                ClientBook.Content.empty(),
                Switches.Content.empty(),
                new LinkedHashMap<>(),
                BreakerBook.Content.empty(),
                null,
                null));
    }

    // As values

    /** @param routes by their ids, those of all orders */
    record OrderContent(ParentOrder order, List<String> routes, Quantity marketVolume) {}

    /**
     * All that is known, as values: what a snapshot holds and what a digest is taken of. It shares nothing with the state
     * that changes later, so another thread may write it down while the engine goes on.
     */
    record Content(
            List<OrderContent> orders,
            Map<String, Route> routes,
            Map<String, KeyUse> keys,
            Map<String, Held> held,
            Map<String, HeldAmendment> heldAmendments,
            Map<String, List<RefusalCode>> overridden,
            Map<SeenExecutions.Session, SeenExecutions.Seen> executions,
            Map<String, Integer> versions,
            Map<InstrumentId, Facts> instruments,
            Map<String, TradeState> trades,
            Map<LocalDate, Day> days,
            Externals.Content externals,
            Map<BrokerId, Gate> gates,
            LimitsTold limitsTold,
            Book.Content book,
            Map<Scorecards.Key, Scorecard> scorecards,
            Activity.Content activity,
            ClientBook.Content clients,
            Switches.Content switches,
            Map<InstrumentId, TradingPhase> phases,
            BreakerBook.Content breakers,
            @Nullable LocalDate day,
            @Nullable LocalDate forgottenTo) {}

    /** The content at this moment. Costs as much as there are orders; executions are shared and not copied. */
    Content content() {
        var all = new ArrayList<OrderContent>(orders.size());
        for (var work : orders.values()) {
            all.add(new OrderContent(work.order, work.routes, work.marketVolume));
        }
        var seen = new LinkedHashMap<SeenExecutions.Session, SeenExecutions.Seen>();
        executions.forEach((session, of) -> seen.put(session, of.newest()));
        return new Content(
                all,
                new LinkedHashMap<>(routes),
                new LinkedHashMap<>(keys),
                new LinkedHashMap<>(held),
                new LinkedHashMap<>(heldAmendments),
                new LinkedHashMap<>(overridden),
                seen,
                new LinkedHashMap<>(versions),
                new LinkedHashMap<>(instruments),
                new LinkedHashMap<>(trades),
                new LinkedHashMap<>(days),
                externals.content(),
                new LinkedHashMap<>(gates),
                limitsTold,
                book.content(),
                scorecards.content(),
                activity.content(),
                clients.content(),
                switches.content(),
                new LinkedHashMap<>(phases),
                breakers.content(),
                day,
                forgottenTo);
    }

    /** The state that had this content; takes over its maps. */
    State(Content content) {
        orders = new LinkedHashMap<>();
        for (var each : content.orders()) {
            var work = new Work(each.order());
            work.routes = each.routes();
            work.marketVolume = each.marketVolume();
            orders.put(each.order().body().orderId(), work);
        }
        routes = content.routes();
        keys = content.keys();
        held = content.held();
        heldAmendments = content.heldAmendments();
        overridden = content.overridden();
        executions = new LinkedHashMap<>();
        content.executions().forEach((session, newest) -> executions.put(session, new SeenExecutions(newest)));
        versions = content.versions();
        instruments = content.instruments();
        trades = content.trades();
        days = content.days();
        externals = new Externals(content.externals());
        gates = content.gates();
        limitsTold = content.limitsTold();
        book = Book.of(content.book());
        scorecards = Scorecards.of(content.scorecards());
        activity = Activity.of(content.activity());
        clients = new ClientBook(content.clients());
        switches = new Switches(content.switches());
        phases = content.phases();
        breakers = new BreakerBook(content.breakers());
        day = content.day();
        forgottenTo = content.forgottenTo();
    }

    // What is known

    @Nullable
    Work order(String orderId) {
        return orders.get(orderId);
    }

    Iterable<Work> orders() {
        return orders.values();
    }

    Route route(String routeId) {
        return Objects.requireNonNull(routes.get(routeId), routeId);
    }

    @Nullable
    Route findRoute(String routeId) {
        return routes.get(routeId);
    }

    @Nullable
    KeyUse key(String idempotencyKey) {
        return keys.get(idempotencyKey);
    }

    /** The decision if it waits for a person. */
    @Nullable
    Held held(String decisionId) {
        return held.get(decisionId);
    }

    /** What waits for a person of what was asked of the order. */
    @Nullable
    HeldAmendment heldAmendment(String orderId) {
        return heldAmendments.get(orderId);
    }

    /** All that wait, the oldest first. */
    List<HeldAmendment> heldAmendments() {
        return List.copyOf(heldAmendments.values());
    }

    boolean holdsAmendments() {
        return !heldAmendments.isEmpty();
    }

    /** What a person let pass for this order; none for most. */
    List<RefusalCode> overridden(String orderId) {
        return overridden.getOrDefault(orderId, List.of());
    }

    /** All that wait, the oldest first. */
    List<Held> held() {
        return List.copyOf(held.values());
    }

    @Nullable
    Fingerprint seen(ExecutionKey key) {
        var ofSession = executions.get(new SeenExecutions.Session(key.broker(), key.tradeDate()));
        return ofSession == null ? null : ofSession.get(key.execId());
    }

    /** How an execution with the same ExecID looked, if there was one. */
    @Nullable
    Fingerprint seen(BrokerId broker, ExecutionReport report) {
        return seen(new ExecutionKey(broker, report.tradeDate(), report.execId()));
    }

    /** Orders that are not ours. */
    Externals externals() {
        return externals;
    }

    @Nullable
    TradeState trade(String tradeId) {
        return trades.get(tradeId);
    }

    Iterable<TradeState> trades() {
        return trades.values();
    }

    @Nullable
    Day day() {
        return day == null ? null : days.get(day);
    }

    @Nullable
    Day day(LocalDate date) {
        return days.get(date);
    }

    /** As the journal has it; nobody may have orders who is not logged on. */
    LimitsTold limitsTold() {
        return limitsTold;
    }

    Gate gate(BrokerId broker) {
        return gates.getOrDefault(broker, NEVER_CONNECTED);
    }

    /** The closed days of which something is still in memory and after which more than so many were opened. */
    List<LocalDate> before(int days) {
        var old = new ArrayList<LocalDate>();
        var all = List.copyOf(this.days.values());
        for (var place = 0; place + days + 1 < all.size(); place++) {
            if (all.get(place).status() == Day.Status.CLOSED && !all.get(place).forgotten()) {
                old.add(all.get(place).date());
            }
        }
        return old;
    }

    /** Whether ExecIDs of that trade date were known once and are not any more: nobody can say if one came before. */
    boolean hasForgotten(LocalDate tradeDate) {
        return forgottenTo != null && !tradeDate.isAfter(forgottenTo);
    }

    @Nullable
    Facts instrument(InstrumentId instrument) {
        return instruments.get(instrument);
    }

    Book book() {
        return book;
    }

    Scorecards scorecards() {
        return scorecards;
    }

    Activity activity() {
        return activity;
    }

    ClientBook clients() {
        return clients;
    }

    /** Null if it never moved. */
    @Nullable
    Breaker breaker(String breakerId) {
        return breakers.of(breakerId);
    }

    /** Those that ever moved. */
    List<Breaker> breakers() {
        return breakers.all();
    }

    /** What breakers noted since they last moved, by their ids. */
    Map<String, List<BreakerBook.Noted>> noted() {
        return breakers.noted();
    }

    /** Those that are not over. */
    List<Work> open() {
        var open = new ArrayList<Work>();
        for (var work : orders.values()) {
            if (!work.order.ended()) {
                open.add(work);
            }
        }
        return open;
    }

    /** Null if the market never said anything of it. */
    @Nullable
    TradingPhase phase(InstrumentId instrument) {
        return phases.get(instrument);
    }

    Switches switches() {
        return switches;
    }

    Touched touched() {
        return touched;
    }

    /** The next version of a stream; orders and routes keep their own count. */
    int nextVersion(String stream, Fact fact) {
        return switch (fact) {
            case ParentOrder.Created _ -> 1;
            case Route.Opened _ -> 1;
            case ParentOrder.Event _ -> work(Streams.id(stream)).order.body().version() + 1;
            case Route.Event _ -> route(Streams.id(stream)).body().version() + 1;
            // The first of its stream, unless it waited for a person
            case DeskFact.DecisionAccepted _, DeskFact.DecisionRefused _, DeskFact.DecisionHeld _ -> {
                var waiting = held.get(Streams.id(stream));
                yield waiting == null ? 1 : waiting.version() + 1;
            }
            case ExternalOrder.Reported _ -> 1;
            case ExternalOrder.Event _ -> externals.nextVersion(Streams.id(stream));
            default -> nextCount(stream);
        };
    }

    /** The next version of a stream that is neither an order's nor a route's. */
    int nextCount(String stream) {
        return versions.getOrDefault(stream, 0) + 1;
    }

    /** How much there is to write down: its decisions, orders and routes, of which nearly all of it consists. */
    int size() {
        return keys.size() + orders.size() + routes.size();
    }

    private Work work(String orderId) {
        return Objects.requireNonNull(orders.get(orderId), orderId);
    }

    /** @throws IllegalStateException if the fact cannot follow from what is known: the journal is corrupt */
    void apply(Recorded recorded) {
        var id = Streams.id(recorded.stream());
        var at = recorded.at();
        switch (recorded.fact()) {
            case ParentOrder.Event event -> parent(id, event, at);
            case Route.Event event -> route(id, event, at);
            case ExternalOrder.Event event -> external(id, event, at);
            case ClientFact fact -> {
                versions.put(recorded.stream(), recorded.version());
                clients.apply(fact);
            }
            case MarketFact.PhaseChanged fact -> {
                versions.put(recorded.stream(), recorded.version());
                phases.put(
                        fact.instrument(),
                        new TradingPhase(fact.instrument(), fact.status(), fact.trades(), fact.low(), fact.high(), at));
            }
            case BreakerFact fact -> {
                versions.put(recorded.stream(), recorded.version());
                breakers.apply(fact, at);
            }
            case SwitchFact fact -> {
                versions.put(recorded.stream(), recorded.version());
                trading(fact, at);
            }
            case DeskFact fact -> {
                if (!isDecision(fact)) {
                    versions.put(recorded.stream(), recorded.version());
                }
                if (fact instanceof DeskFact.DecisionHeld waits) {
                    held(Held.of(id, recorded.version(), waits));
                } else if (fact instanceof DeskFact.AmendmentHeld waits) {
                    heldAmendments.put(id, HeldAmendment.of(id, recorded.version(), waits));
                    changed(id, work(id));
                } else {
                    desk(id, fact, at);
                }
            }
            default ->
                throw new IllegalStateException(
                        "Nobody keeps " + recorded.fact().getClass());
        }
    }

    private void trading(SwitchFact fact, Instant at) {
        var scope = fact.scope();
        var before = switches.of(scope);
        switch (fact) {
            case SwitchFact.SwitchSet set -> {
                var times = before == null ? 1 : before.times() + 1;
                switches.put(new Switch(
                        scope,
                        set.state(),
                        set.reason(),
                        set.by(),
                        at,
                        set.automatic(),
                        set.cancelling(),
                        times,
                        null));
                if (set.key() != null && set.bodyHash() != null) {
                    switches.used(set.key(), new Switches.KeyUse(scope, set.bodyHash()));
                }
                for (var caught : set.caught()) {
                    touched.stopped.add(new SwitchTables.Stopped(scope.id(), times, caught, at));
                }
            }
            case SwitchFact.ReopeningAsked asked ->
                switches.put(Objects.requireNonNull(before, scope.id())
                        .asked(new Switch.Reopening(asked.to(), asked.reason(), asked.by(), at)));
            case SwitchFact.Reopened opened ->
                switches.put(new Switch(
                        scope,
                        opened.to(),
                        opened.reason(),
                        opened.approvedBy(),
                        at,
                        false,
                        false,
                        Objects.requireNonNull(before, scope.id()).times(),
                        null));
        }
        touched.switches.add(scope);
    }

    private static boolean isDecision(DeskFact fact) {
        return fact instanceof DeskFact.DecisionAccepted
                || fact instanceof DeskFact.DecisionRefused
                || fact instanceof DeskFact.DecisionHeld;
    }

    /** Whether it changes what is kept for an amendment that waits. */
    static boolean isOfHeldAmendment(Fact fact) {
        return switch (fact) {
            case DeskFact.AmendmentHeld _ -> true;
            case DeskFact.AmendmentAllowed allowed -> allowed.hold() != null;
            case DeskFact.AmendmentRefused refused -> refused.hold() != null;
            default -> false;
        };
    }

    private void held(Held waits) {
        held.put(waits.decisionId(), waits);
        keys.put(
                waits.decision().idempotencyKey(),
                new KeyUse(waits.decision().bodyHash(), waits.decisionId(), null, waits.codes(), today()));
    }

    private void parent(String orderId, ParentOrder.Event event, Instant at) {
        if (event instanceof ParentOrder.Created created) {
            var work = new Work(ParentOrder.create(orderId, created));
            if (orders.put(orderId, work) != null) {
                throw new IllegalStateException("Order " + orderId + " was created twice");
            }
            var terms = created.terms();
            instruments.put(terms.instrument(), new Facts(terms.isin(), terms.currency()));
            changed(orderId, work);
            return;
        }
        var work = work(orderId);
        work.order = ParentOrder.evolve(work.order, event, at);
        changed(orderId, work);
    }

    private void route(String routeId, Route.Event event, Instant at) {
        var before = routes.get(routeId);
        if (event instanceof Route.Opened opened) {
            if (before != null) {
                throw new IllegalStateException("Route " + routeId + " was opened twice");
            }
            var route = Route.open(routeId, opened, at);
            routes.put(routeId, route);
            var work = work(opened.orderId());
            work.add(routeId);
            work.marketVolume = opened.marketVolume();
            scorecards.sent(opened.broker(), work.order.body().terms().mic());
            absorb(work, null, route, at);
            return;
        }
        if (before == null) {
            throw new IllegalStateException("Route " + routeId + " was never opened");
        }
        var after = Route.evolve(before, event, at);
        routes.put(routeId, after);
        var work = work(after.body().orderId());
        var terms = work.order.body().terms();
        switch (event) {
            case Route.Filled filled -> {
                remember(
                        before.body().broker(),
                        filled.tradeDate(),
                        filled.execId(),
                        new Fingerprint(
                                routeId,
                                before.body().side(),
                                filled.quantity(),
                                filled.price(),
                                filled.transactTime(),
                                'F'));
                book(work, filled.fillId(), filled.quantity(), filled.price(), filled.charges());
                // An inferred price was never dealt.
                if (before.body().mid() != null && filled.gap() == null) {
                    scorecards.filled(
                            before.body().broker(),
                            terms.mic(),
                            terms.side(),
                            filled.quantity(),
                            filled.price(),
                            before.body().mid());
                }
            }
            case Route.Busted busted -> {
                remember(before.body().broker(), busted.tradeDate(), busted.execId(), Fingerprint.bust(routeId));
                book.takeBack(busted.fillId());
            }
            case Route.Corrected corrected -> {
                remember(
                        before.body().broker(),
                        corrected.tradeDate(),
                        corrected.execId(),
                        new Fingerprint(
                                routeId,
                                before.body().side(),
                                corrected.quantity(),
                                corrected.price(),
                                corrected.transactTime(),
                                corrected.wasInferred() ? 'F' : 'G'));
                book.takeBack(corrected.replacedFillId());
                book(work, corrected.fillId(), corrected.quantity(), corrected.price(), corrected.charges());
            }
            case Route.Finished finished -> {
                if (finished.as() == org.tradesuite.execution.order.OrdStatus.REJECTED
                        && !Brake.NEVER_LEFT.equals(finished.text())) {
                    scorecards.rejected(before.body().broker(), terms.mic());
                }
            }
            default -> {
                // The others change the route alone.
            }
        }
        absorb(work, before, after, at);
        if (event instanceof Route.Filled || event instanceof Route.Busted || event instanceof Route.Corrected) {
            touched.lines.add(new Touched.Line(terms.account(), terms.instrument()));
            touched.purses.add(new Touched.Purse(terms.account(), terms.currency()));
        }
    }

    private void external(String externalId, ExternalOrder.Event event, Instant at) {
        touched.externals.add(externalId);
        if (event instanceof ExternalOrder.Reported reported) {
            externals.reported(externalId, reported, at);
            return;
        }
        touch(externals.order(externalId));
        var after = externals.happened(externalId, event, at, book);
        touch(after);
        var body = after.body();
        switch (event) {
            case ExternalOrder.Executed e ->
                remember(
                        body.broker(),
                        e.tradeDate(),
                        e.execId(),
                        new Fingerprint(externalId, body.side(), e.quantity(), e.price(), e.transactTime(), 'F'));
            case ExternalOrder.Busted e ->
                remember(body.broker(), e.tradeDate(), e.execId(), Fingerprint.bust(externalId));
            case ExternalOrder.Corrected e ->
                remember(
                        body.broker(),
                        e.tradeDate(),
                        e.execId(),
                        new Fingerprint(externalId, body.side(), e.quantity(), e.price(), e.transactTime(), 'G'));
            default -> {
                // No execution of its own.
            }
        }
    }

    /** Where it is booked, if it is. */
    private void touch(@Nullable ExternalOrder order) {
        if (order == null || order.body().account() == null || order.body().product() == null) {
            return;
        }
        var product = order.body().product();
        instruments.putIfAbsent(product.instrument(), new Facts(product.isin(), product.currency()));
        touched.lines.add(new Touched.Line(order.body().account(), product.instrument()));
        touched.purses.add(new Touched.Purse(order.body().account(), product.currency()));
    }

    private void remember(BrokerId broker, LocalDate date, String execId, Fingerprint fingerprint) {
        executions
                .computeIfAbsent(new SeenExecutions.Session(broker, date), session -> new SeenExecutions(null))
                .put(execId, fingerprint);
    }

    private void book(Work work, String fillId, Quantity quantity, Price price, Money charges) {
        var terms = work.order.body().terms();
        book.apply(new BookedFill(
                fillId,
                work.order.body().orderId(),
                terms.account(),
                terms.instrument(),
                terms.currency(),
                terms.side(),
                quantity,
                price,
                charges));
    }

    private void absorb(Work work, @Nullable Route before, Route after, Instant at) {
        work.order = ParentOrder.absorb(work.order, before, after, at);
        touched.routes.add(after.body().routeId());
        changed(after.body().orderId(), work);
    }

    /**
     * The order's working quantity in the book is what it still wants, or what brokers still hold if that is more; its
     * price the dearest at which any of that may trade. What an amendment that waits asks for counts if it is more.
     */
    private void changed(String orderId, Work work) {
        changed(orderId, work, heldAmendments.get(orderId));
    }

    private void changed(String orderId, Work work, @Nullable HeldAmendment asked) {
        touched.orders.add(orderId);
        var body = work.order.body();
        var working = larger(work.order.ended() ? Quantity.ZERO : body.remaining(), body.outstanding());
        var limit = body.limit();
        if (asked != null) {
            working = larger(working, asked.remaining(body));
            limit = limit == null ? null : asked.dearer(limit);
        }
        var price = limit != null ? dearest(work, limit) : atMarket(body.terms());
        if (working.isZero() || price == null) {
            book.release(orderId);
        } else {
            var terms = body.terms();
            book.pend(new PendingOrder(
                    orderId, terms.account(), terms.instrument(), terms.currency(), terms.side(), working, price));
        }
    }

    private static Quantity larger(Quantity one, Quantity other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    /** Whether what an amendment of the order that waits would need is kept for it, as it is but for a question. */
    void keepRoom(String orderId, boolean kept) {
        changed(orderId, work(orderId), kept ? heldAmendments.get(orderId) : null);
    }

    /** What a market order was expected to cost: the middle it was decided at, or the far touch when it arrived. */
    private static @Nullable Price atMarket(ParentOrder.Terms terms) {
        var touch = terms.side() == Side.BUY ? terms.arrivalAsk() : terms.arrivalBid();
        var middle = terms.decisionPrice();
        return touch == null || middle == null ? middle : Route.dearer(middle, touch);
    }

    /** The order's limit, or that of a route whose broker has not taken a cheaper one yet. */
    private Price dearest(Work work, Price limit) {
        var dearest = limit;
        var left = work.order.body().outstanding().value();
        for (var place = work.routes.size() - 1; place >= 0 && left.signum() > 0; place--) {
            var route = route(work.routes.get(place));
            var outstanding = route.outstanding().value();
            if (outstanding.signum() > 0) {
                left = left.subtract(outstanding);
                dearest = Route.dearer(dearest, route.dearest(limit));
            }
        }
        return dearest;
    }

    private void desk(String id, DeskFact fact, Instant at) {
        switch (fact) {
            case DeskFact.DecisionAccepted accepted -> {
                var decision = accepted.decision();
                keys.put(
                        decision.idempotencyKey(),
                        new KeyUse(decision.bodyHash(), id, accepted.orderId(), List.of(), today()));
                held.remove(id);
                if (accepted.override() != null && !accepted.override().codes().isEmpty()) {
                    overridden.put(accepted.orderId(), accepted.override().codes());
                }
                activity.accepted(proposal(decision, at));
            }
            case DeskFact.DecisionRefused refused -> {
                var decision = refused.decision();
                keys.put(
                        decision.idempotencyKey(), new KeyUse(decision.bodyHash(), id, null, refused.codes(), today()));
                held.remove(id);
            }
            case DeskFact.DayOpened opened -> open(opened, at);
            case DeskFact.DayClosing closing ->
                change(Objects.requireNonNull(days.get(closing.businessDate())).closing(closing));
            case DeskFact.DayClosed closed ->
                change(Objects.requireNonNull(days.get(closed.businessDate())).closed(at));
            case DeskFact.DayForgotten forgotten -> forget(forgotten.businessDate());
            case DeskFact.OrphanReported orphan -> {
                var report = orphan.report();
                if (seen(orphan.broker(), report) == null) {
                    remember(
                            orphan.broker(),
                            report.tradeDate(),
                            report.execId(),
                            Fingerprint.of(Fingerprint.NOBODY, null, report));
                }
            }
            case DeskFact.DontKnowSaid said -> externals.said(id, said, at);
            case DeskFact.DontKnowNotSaid _ -> externals.notSaid(id);
            case DeskFact.TradeAllocated allocated -> allocated(id, allocated, at);
            case DeskFact.AllocationRefused refused ->
                trade(
                        id,
                        TradeState.Status.UNCONFIRMED,
                        null,
                        refused.text() == null ? refused.reason() : refused.text(),
                        true);
            case DeskFact.TradeConfirmed confirmed ->
                trade(
                        id,
                        confirmed.affirmed() ? TradeState.Status.AFFIRMED : TradeState.Status.CONFIRMED,
                        confirmed.confirmId(),
                        null,
                        false);
            case DeskFact.TradeMismatched mismatched ->
                trade(id, TradeState.Status.MISMATCHED, mismatched.confirmId(), mismatched.differences(), false);
            case DeskFact.TradeOutdated outdated -> {
                var before = Objects.requireNonNull(trades.get(id), id);
                trade(id, TradeState.Status.MISMATCHED, before.reference(), outdated.why(), before.refused());
            }
            case DeskFact.GateClosed closed -> gate(id, new Gate.Down(closed.why(), at));
            case DeskFact.ReconciliationBegan began -> {
                var before = switch (gate(BrokerId.of(id))) {
                    case Gate.Blocked blocked -> blocked.why();
                    case Gate.Reconciling again -> again.before();
                    case Gate.Open _, Gate.Down _ -> null;
                };
                gate(id, new Gate.Reconciling(at, began.attempt(), began.questions(), before));
            }
            case DeskFact.GateOpened opened -> gate(id, new Gate.Open(at, how(opened)));
            case DeskFact.GateBlocked blocked -> gate(id, new Gate.Blocked(blocked.why(), at, blocked.attempt()));
            case DeskFact.DecisionHeld _, DeskFact.AmendmentHeld _ ->
                throw new IllegalStateException("It is kept with its version");
            case DeskFact.AmendmentAllowed allowed -> {
                if (allowed.hold() != null) {
                    amendmentDecided(id);
                }
                if (allowed.override() != null && !allowed.override().codes().isEmpty()) {
                    overridden.merge(id, allowed.override().codes(), State::both);
                }
            }
            case DeskFact.AmendmentRefused refused -> {
                if (refused.hold() != null) {
                    amendmentDecided(id);
                }
            }
            case DeskFact.LimitsTaken taken -> limitsTold = new LimitsTold(taken.version(), taken.newest());
            case DeskFact.ChildChecked _,
                    DeskFact.ReferenceTaken _,
                    DeskFact.LimitsTurned _,
                    DeskFact.FillsUnallocated _,
                    DeskFact.AllocationReceived _,
                    DeskFact.DontKnowRefused _,
                    DeskFact.StrayConfirmation _ -> {
                // Kept for people; nothing is decided by them.
            }
        }
    }

    private void amendmentDecided(String orderId) {
        heldAmendments.remove(orderId);
        changed(orderId, work(orderId));
    }

    private static List<RefusalCode> both(List<RefusalCode> before, List<RefusalCode> more) {
        var all = new LinkedHashSet<>(before);
        all.addAll(more);
        return List.copyOf(all);
    }

    private static String how(DeskFact.GateOpened opened) {
        if (opened.by() != null) {
            return "opened by " + opened.by();
        }
        return opened.questions() == 0 ? "nothing was in doubt" : "reconciled";
    }

    private void gate(String broker, Gate gate) {
        gates.put(BrokerId.of(broker), gate);
        touched.gates.add(BrokerId.of(broker));
    }

    private LocalDate today() {
        return Objects.requireNonNull(day);
    }

    private void forget(LocalDate date) {
        var gone = new HashSet<String>();
        var goneRoutes = new HashSet<String>();
        for (var work : orders.values()) {
            var body = work.order.body();
            if (work.order.ended()
                    && body.live() == 0
                    && !body.terms().businessDate().isAfter(date)) {
                gone.add(body.orderId());
                goneRoutes.addAll(work.routes);
                // A broker may count executions that never came: they were waited for long enough.
                book.release(body.orderId());
                versions.remove(Streams.amendments(body.orderId()));
                versions.remove(Streams.children(body.orderId()));
            }
        }
        orders.keySet().removeAll(gone);
        overridden.keySet().removeAll(gone);
        routes.keySet().removeAll(goneRoutes);
        clients.forget(gone);
        gone.addAll(externals.forget(date, routes::containsKey));
        gone.addAll(goneRoutes);
        externals.forgetDisowned(gone).forEach(fillId -> versions.remove(Streams.dontKnow(fillId)));
        book.settle(gone::contains);
        keys.values().removeIf(use -> !use.businessDate().isAfter(date));
        trades.values().removeIf(trade -> {
            var old =
                    trade.agreed() && !trade.allocated().trade().businessDate().isAfter(date);
            if (old) {
                versions.remove(Streams.trade(trade.allocated().trade().tradeId()));
            }
            return old;
        });
        // An order that is left may still be told an old execution again.
        if (orders.values().stream()
                .allMatch(work -> work.order.body().terms().businessDate().isAfter(date))) {
            executions.keySet().removeIf(session -> !session.tradeDate().isAfter(date));
            forgottenTo = forgottenTo == null || date.isAfter(forgottenTo) ? date : forgottenTo;
        }
        days.computeIfPresent(date, (each, closed) -> closed.forget());
    }

    static Proposal proposal(DeskFact.Decision decision, Instant at) {
        return new Proposal(
                decision.account(),
                decision.strategy(),
                decision.trader(),
                decision.instrument(),
                decision.side(),
                decision.quantity(),
                decision.limit(),
                at,
                decision.start(),
                null,
                decision.algo().name());
    }

    private void open(DeskFact.DayOpened opened, Instant at) {
        for (var held : opened.positions()) {
            book.openPosition(held.account(), held.instrument(), held.currency(), held.quantity(), held.averageCost());
            instruments.put(held.instrument(), new Facts(held.isin(), held.currency()));
            touched.lines.add(new Touched.Line(held.account(), held.instrument()));
        }
        for (var held : opened.cash()) {
            book.openCash(held.account(), held.balance());
            touched.purses.add(new Touched.Purse(held.account(), held.balance().currency()));
        }
        change(new Day(opened.businessDate(), Day.Status.OPEN, at, null, null, false, null, false));
    }

    private void change(Day changed) {
        day = changed.date();
        days.put(changed.date(), changed);
        touched.days.add(changed.date());
    }

    private void allocated(String tradeId, DeskFact.TradeAllocated allocated, Instant at) {
        var trade = allocated.trade();
        // Charges of fills are rounded one by one and know no minimum; the trade's are what is paid.
        var difference = allocated.chargesBooked().minus(trade.commission()).minus(trade.fees());
        var before = trades.get(tradeId);
        trades.put(
                tradeId,
                new TradeState(
                        allocated,
                        TradeState.Status.UNCONFIRMED,
                        null,
                        null,
                        false,
                        at,
                        before == null ? difference : before.adjusted().plus(difference)));
        touched.trades.add(tradeId);
        if (!difference.isZero()) {
            book.addCash(trade.account(), difference);
            touched.purses.add(new Touched.Purse(trade.account(), difference.currency()));
        }
        var ofDay = days.get(trade.businessDate());
        if (ofDay != null && !ofDay.allocated()) {
            change(ofDay.allocating());
        }
    }

    private void trade(
            String tradeId,
            TradeState.Status status,
            @Nullable String reference,
            @Nullable String text,
            boolean refused) {
        var before = Objects.requireNonNull(trades.get(tradeId), tradeId);
        trades.put(
                tradeId,
                new TradeState(
                        before.allocated(), status, reference, text, refused, before.allocatedAt(), before.adjusted()));
        touched.trades.add(tradeId);
    }
}
