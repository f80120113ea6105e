package org.tradesuite.execution.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tradesuite.execution.order.Algo;
import org.tradesuite.execution.order.DontKnowReason;
import org.tradesuite.execution.order.ExecType;
import org.tradesuite.execution.order.ExternalOrder;
import org.tradesuite.execution.order.OrdStatus;
import org.tradesuite.execution.order.Route;
import org.tradesuite.execution.order.Saying;
import org.tradesuite.market.AccountId;
import org.tradesuite.market.BrokerId;
import org.tradesuite.market.Currency;
import org.tradesuite.market.Money;
import org.tradesuite.market.Price;
import org.tradesuite.market.Quantity;
import org.tradesuite.market.Side;

/**
 * Whatever people and brokers do, in whatever order, twice or never: the quantities agree, positions and cash are the sum
 * of the executions that stand, and reading the journal gives the same state. The sums are taken from the journal by a
 * second, naive computation.
 */
class StrayDaysTest {

    private static final int STEPS = 250;
    private static final List<ExecType> TYPES = List.of(ExecType.values());
    private static final List<OrdStatus> STATUSES = List.of(OrdStatus.values());

    private final DeskStory desk = new DeskStory();
    private final List<Input> heard = new ArrayList<>();
    private final List<String> clOrdIds = new ArrayList<>();
    private final List<String> execIds = new ArrayList<>();
    private int orders;
    private int executions;
    private long sequence;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34})
    void random_days_keep_the_invariants_and_replay_equals_live(long seed) {
        var random = new Random(seed);
        for (var step = 0; step < STEPS; step++) {
            act(random);
            desk.effects.stream()
                    .filter(Effect.Outbound.class::isInstance)
                    .map(effect -> ((Effect.Outbound) effect).messageId())
                    .forEach(clOrdIds::add);
            check();
        }
        desk.closes();
        for (var minute = 0; minute < 3; minute++) {
            desk.later(Duration.ofMinutes(1));
        }
        check();
        replayEqualsLive();
    }

    private void act(Random random) {
        switch (random.nextInt(14)) {
            case 0 -> buyOrSell(random);
            case 1 -> {
                if (orders > 0) {
                    desk.cancels("OD" + (1 + random.nextInt(orders)));
                }
            }
            case 2 -> {
                if (orders > 0) {
                    desk.amends(
                            "OD" + (1 + random.nextInt(orders)),
                            random.nextBoolean() ? "" + (1 + random.nextInt(2000)) : null,
                            random.nextBoolean() ? "10" + random.nextInt(5) : null);
                }
            }
            case 3 -> desk.later(Duration.ofSeconds(random.nextInt(8)));
            case 4 -> {
                if (!heard.isEmpty()) {
                    desk.gets(heard.get(random.nextInt(heard.size())));
                }
            }
            case 5 ->
                desk.gets(
                        random.nextInt(4) == 0
                                ? new Input.BrokerSessionDown(desk.now, broker(random), "lost")
                                : new Input.BrokerSessionUp(desk.now, broker(random)));
            case 6 -> refuse(random);
            case 7 -> stray(random);
            case 8 -> claimOrDisown(random);
            default -> report(random);
        }
    }

    private static BrokerId broker(Random random) {
        return random.nextBoolean() ? House.ALFA : House.BRAVO;
    }

    private void buyOrSell(Random random) {
        var id = "D" + ++orders;
        var algo = random.nextInt(3) == 0 ? Algo.TWAP : Algo.IMMEDIATE;
        desk.decides(
                id,
                random.nextBoolean() ? Side.BUY : Side.SELL,
                "" + (1 + random.nextInt(1000)),
                random.nextBoolean() ? "10" + random.nextInt(5) : null,
                algo,
                algo == Algo.TWAP ? desk.now.plus(Duration.ofMinutes(30)) : null);
        assertThat(desk.answer()).isInstanceOf(Effect.Outcome.DecisionAccepted.class);
    }

    private void refuse(Random random) {
        if (clOrdIds.isEmpty()) {
            return;
        }
        var id = clOrdIds.get(random.nextInt(clOrdIds.size()));
        hear(new Input.BrokerCancelReject(
                desk.now, owner(id), ++sequence, id, null, random.nextBoolean(), OrdStatus.NEW, "0", "no"));
    }

    private void report(Random random) {
        if (clOrdIds.isEmpty()) {
            return;
        }
        var id = clOrdIds.get(random.nextInt(clOrdIds.size()));
        var type = TYPES.get(random.nextInt(TYPES.size()));
        if (random.nextInt(3) > 0) {
            type = random.nextBoolean() ? ExecType.TRADE : ExecType.NEW;
        }
        var fresh = execIds.isEmpty() || random.nextInt(10) > 0;
        var execId = fresh ? "E" + ++executions : execIds.get(random.nextInt(execIds.size()));
        var status = STATUSES.get(random.nextInt(STATUSES.size()));
        hear(new Input.BrokerExecutionReport(
                desk.now,
                owner(id),
                ++sequence,
                Saying.of(execId, type, type == ExecType.REJECTED ? OrdStatus.REJECTED : status)
                        .at(desk.now)
                        .about(execIds.isEmpty() ? null : execIds.get(random.nextInt(execIds.size())))
                        .id(id)
                        .knownAs("B")
                        .order(random.nextInt(3) == 0 ? Quantity.of(1 + random.nextInt(1000)) : null, null)
                        .last(Quantity.of(random.nextInt(300)), Price.of("10" + random.nextInt(9)))
                        .counts(random.nextInt(5) == 0 ? Quantity.of(random.nextInt(1000)) : null)
                        .report()));
        execIds.add(execId);
    }

    /** An execution, its bust or its correction, for an order nobody knows, or knows only later. */
    private void stray(Random random) {
        var fresh = execIds.isEmpty() || random.nextInt(4) > 0;
        var execId = fresh ? "E" + ++executions : execIds.get(random.nextInt(execIds.size()));
        var id = switch (random.nextInt(4)) {
            case 0 -> "OD" + (orders + 1) + "-1-1";
            case 1 -> null;
            default -> "PHONE" + random.nextInt(4);
        };
        hear(new Input.BrokerExecutionReport(
                desk.now,
                broker(random),
                ++sequence,
                Saying.of(
                                execId,
                                switch (random.nextInt(6)) {
                                    case 0 -> ExecType.TRADE_CANCEL;
                                    case 1 -> ExecType.TRADE_CORRECT;
                                    default -> ExecType.TRADE;
                                },
                                OrdStatus.PARTIALLY_FILLED)
                        .at(desk.now)
                        .about(
                                execIds.isEmpty()
                                        ? null
                                        : execIds.get(execIds.size() - 1 - random.nextInt(execIds.size())))
                        .id(id)
                        .knownAs("B" + random.nextInt(3))
                        .side(random.nextInt(9) == 0 ? null : random.nextBoolean() ? Side.BUY : Side.SELL)
                        .last(Quantity.of(random.nextInt(300)), Price.of("10" + random.nextInt(9)))
                        .report(),
                random.nextInt(5) == 0
                        ? new ExternalOrder.Named("XYZ", null, "XLON", null)
                        : new ExternalOrder.Named("VOD", null, "XLON", null)));
        execIds.add(execId);
    }

    private void claimOrDisown(Random random) {
        var id = "X-" + broker(random) + "-" + (1 + random.nextInt(4));
        if (random.nextInt(3) == 0) {
            desk.gets(new Input.DontKnowRequested(
                    desk.now, 1_000_000 + sequence, "olga", "not ours", id, DontKnowReason.NO_MATCHING_ORDER));
        } else {
            desk.gets(new Input.ExternalOrderClaimRequested(
                    desk.now,
                    1_000_000 + sequence,
                    random.nextBoolean() ? "olga" : "otto",
                    "it is ours",
                    id,
                    random.nextBoolean() ? House.ACCOUNT : House.INCOME));
        }
    }

    private BrokerId owner(String clOrdId) {
        var dash = clOrdId.lastIndexOf('-');
        var route = dash < 0 ? null : desk.desk.state().findRoute(clOrdId.substring(0, dash));
        return route == null ? House.ALFA : route.body().broker();
    }

    private void hear(Input input) {
        heard.add(input);
        desk.gets(input);
    }

    private void check() {
        var state = desk.desk.state();
        for (var work : state.orders()) {
            var executed = Quantity.ZERO;
            var outstanding = Quantity.ZERO;
            var live = 0;
            for (var id : work.routes) {
                var route = state.route(id);
                check(route);
                executed = executed.plus(route.body().cumulative());
                outstanding = outstanding.plus(route.outstanding());
                live += route.live() ? 1 : 0;
            }
            assertThat(work.order.body().executed()).isEqualTo(executed);
            assertThat(work.order.body().outstanding()).isEqualTo(outstanding);
            assertThat(work.order.body().live()).isEqualTo(live);
        }
    }

    private static void check(Route route) {
        var body = route.body();
        // Of one whose larger replace was never answered more may be executed than it was known to be for.
        var mayBeMore = route instanceof Route.Unknown && body.cumulative().compareTo(body.quantity()) > 0;
        if (route.live() && !mayBeMore) {
            assertThat(body.quantity()).isEqualTo(body.cumulative().plus(route.leaves()));
        } else {
            assertThat(route.leaves()).isEqualTo(Quantity.ZERO);
        }
        var executed = Quantity.ZERO;
        for (var each = body.newest(); each != null; each = each.earlier()) {
            executed = each.live() ? executed.plus(each.quantity()) : executed;
        }
        assertThat(body.cumulative()).isEqualTo(executed);
    }

    private record Booked(AccountId account, Side side, Quantity quantity, Price price, Money charges) {}

    private void replayEqualsLive() {
        var codec = new FactCodec();
        var again = new Desk(House.settings(), House.reference());
        desk.journal.forEach(recorded -> again.replay(codec.read(codec.write(recorded))));
        var live = desk.desk.state();
        var replayed = again.state();
        var count = 0;
        for (var work : live.orders()) {
            var other = Objects.requireNonNull(replayed.order(work.order.body().orderId()));
            assertThat(other.order).isEqualTo(work.order);
            assertThat(other.routes).isEqualTo(work.routes);
            for (var id : work.routes) {
                assertThat(replayed.route(id)).isEqualTo(live.route(id));
            }
            count++;
        }
        assertThat(replayed.orders()).hasSize(count);
        assertThat(replayed.trades()).containsExactlyElementsOf(live.trades());
        assertThat(replayed.day()).isEqualTo(live.day());
        assertThat(replayed.book().holdings(House.ACCOUNT))
                .isEqualTo(live.book().holdings(House.ACCOUNT));
        assertThat(replayed.book().cash(House.ACCOUNT, Currency.GBP))
                .isEqualTo(live.book().cash(House.ACCOUNT, Currency.GBP));
        var states = new StateCodec();
        assertThat(states.digest(replayed.content())).isEqualTo(states.digest(live.content()));
        naiveSums();
    }

    private void naiveSums() {
        Map<String, Booked> standing = new HashMap<>();
        Map<String, ExternalOrder.Executed> executed = new HashMap<>();
        Map<String, Side> sides = new HashMap<>();
        Map<AccountId, BigDecimal> cash = new HashMap<>();
        cash.put(House.ACCOUNT, new BigDecimal("900000000000.00"));
        for (var recorded : desk.journal) {
            var id = Streams.id(recorded.stream());
            switch (recorded.fact()) {
                case Route.Filled f ->
                    standing.put(
                            f.fillId(),
                            new Booked(House.ACCOUNT, side(recorded), f.quantity(), f.price(), f.charges()));
                case Route.Busted b -> standing.remove(b.fillId());
                case Route.Corrected c -> {
                    standing.remove(c.replacedFillId());
                    standing.put(
                            c.fillId(),
                            new Booked(House.ACCOUNT, side(recorded), c.quantity(), c.price(), c.charges()));
                }
                case ExternalOrder.Reported r -> sides.put(id, r.side());
                case ExternalOrder.Executed e -> executed.put(e.fillId(), e);
                case ExternalOrder.Corrected c -> {
                    standing.remove(c.replacedFillId());
                    executed.put(
                            c.fillId(),
                            new ExternalOrder.Executed(
                                    c.fillId(),
                                    c.execId(),
                                    c.tradeDate(),
                                    c.quantity(),
                                    c.price(),
                                    c.transactTime(),
                                    null));
                }
                case ExternalOrder.Busted b -> standing.remove(b.fillId());
                case ExternalOrder.Booked b -> {
                    for (var fill : b.fills()) {
                        var what = Objects.requireNonNull(executed.get(fill.fillId()));
                        standing.put(
                                fill.fillId(),
                                new Booked(
                                        b.account(),
                                        Objects.requireNonNull(sides.get(id)),
                                        what.quantity(),
                                        what.price(),
                                        fill.charges()));
                    }
                }
                case ExternalOrder.WasClaimed c ->
                    standing.replaceAll((fill, was) -> fill.startsWith(id + "-F")
                            ? new Booked(c.account(), was.side(), was.quantity(), was.price(), was.charges())
                            : was);
                case ExternalOrder.Recognised _ -> standing.keySet().removeIf(fill -> fill.startsWith(id + "-F"));
                case DeskFact.TradeAllocated t ->
                    cash.merge(
                            t.trade().account(),
                            t.chargesBooked()
                                    .minus(t.trade().commission())
                                    .minus(t.trade().fees())
                                    .amount(),
                            BigDecimal::add);
                default -> {
                    // Moves neither position nor cash.
                }
            }
        }
        var book = desk.desk.state().book();
        for (var account : List.of(House.ACCOUNT, House.INCOME, House.SUSPENSE)) {
            var position = account.equals(House.ACCOUNT) ? new BigDecimal("1000000000") : BigDecimal.ZERO;
            var balance = cash.getOrDefault(account, BigDecimal.ZERO);
            for (var fill : standing.values()) {
                if (fill.account().equals(account)) {
                    position = position.add(fill.side().signed(fill.quantity()));
                    balance = balance.subtract(
                                    fill.price().value().multiply(fill.side().signed(fill.quantity())))
                            .subtract(fill.charges().amount());
                }
            }
            assertThat(book.position(account, House.VOD).quantity()).isEqualByComparingTo(position);
            assertThat(book.cash(account, Currency.GBP).amount()).isEqualByComparingTo(balance);
        }
    }

    private Side side(Recorded recorded) {
        return desk.route(Streams.id(recorded.stream())).body().side();
    }
}
