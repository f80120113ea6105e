package org.tradesuite.execution.position;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.tradesuite.market.AccountId;
import org.tradesuite.market.Currency;
import org.tradesuite.market.InstrumentId;
import org.tradesuite.market.Money;
import org.tradesuite.market.Price;
import org.tradesuite.market.Quantity;
import org.tradesuite.market.Side;

/**
 * Positions, cash and working orders of all accounts, on trade date. It is told what happened and only adds up; it
 * refuses nothing but the impossible. Belongs to one thread.
 *
 * <p>A fill that the broker takes back is taken out as if it had never been: the line is computed again from its
 * opening and the fills that stand, because an average cost cannot be undone by an opposite trade.
 */
public final class Book {

    private static final BigDecimal MINUS_ONE = BigDecimal.ONE.negate();

    /**
     * A fill as its line keeps it, with the ones before it: newest first, so that the fills of a line as they are now
     * can be handed to another thread without copying a million of them.
     */
    public record Standing(
            String fillId,
            String orderId,
            Side side,
            Quantity quantity,
            Price price,
            Money charges,
            @Nullable Standing earlier) {

        private Standing after(@Nullable Standing before) {
            return new Standing(fillId, orderId, side, quantity, price, charges, before);
        }
    }

    public record Purse(AccountId account, Currency currency) {}

    /** @param newest of the fills that stand */
    public record Line(
            AccountId account,
            InstrumentId instrument,
            Currency currency,
            Position opening,
            Position position,
            BigDecimal workingBuys,
            BigDecimal workingSells,
            @Nullable Standing newest) {}

    /** All that the book knows, as values. */
    public record Content(
            List<Line> lines, Map<Purse, Money> cash, Map<Purse, BigDecimal> committed, List<PendingOrder> pending) {}

    /**
     * What is held long, what is held short, and how much further than that what works may go: of a line or an
     * instrument in units, of a currency in money. The three from which net, gross and gross with working orders
     * follow.
     */
    private static final class Tally {
        BigDecimal longs = BigDecimal.ZERO;
        BigDecimal shorts = BigDecimal.ZERO;
        BigDecimal further = BigDecimal.ZERO;

        boolean isNothing() {
            return longs.signum() == 0 && shorts.signum() == 0 && further.signum() == 0;
        }

        void add(Tally other, BigDecimal times) {
            longs = sum(longs, other.longs, times);
            shorts = sum(shorts, other.shorts, times);
            further = sum(further, other.further, times);
        }

        /** Most lines are long and have nothing working: nothing is computed for what is not there. */
        private static BigDecimal sum(BigDecimal sum, BigDecimal amount, BigDecimal times) {
            return amount.signum() == 0 ? sum : sum.add(amount.multiply(times));
        }
    }

    private static final class Entry {
        final AccountId account;
        final InstrumentId instrument;
        final Currency currency;
        Position opening = Position.FLAT;
        Position position = Position.FLAT;
        BigDecimal workingBuys = BigDecimal.ZERO;
        BigDecimal workingSells = BigDecimal.ZERO;

        @Nullable
        Standing newest;

        /**
         * This line as it was last counted, and all accounts' lines in the instrument: kept, so that nobody walks them.
         */
        private final Tally counted = new Tally();

        private final Tally total;

        Entry(AccountId account, InstrumentId instrument, Currency currency, Tally total) {
            this.account = account;
            this.instrument = instrument;
            this.currency = currency;
            this.total = total;
        }

        /** Brings the total of the instrument up to this line as it is now: after every change of it. */
        void total() {
            total.add(counted, MINUS_ONE);
            var held = position.quantity();
            counted.longs = held.max(BigDecimal.ZERO);
            counted.shorts = held.negate().max(BigDecimal.ZERO);
            counted.further = reach(held, workingBuys, workingSells).subtract(held.abs());
            total.add(counted, BigDecimal.ONE);
        }

        Deque<Standing> oldestFirst() {
            var fills = new ArrayDeque<Standing>();
            for (var each = newest; each != null; each = each.earlier()) {
                fills.push(each);
            }
            return fills;
        }

        /** These are the fills now. */
        void keep(Iterable<Standing> oldestFirst) {
            newest = null;
            position = opening;
            for (var fill : oldestFirst) {
                newest = fill.after(newest);
                position = position.after(fill.side(), fill.quantity(), fill.price());
            }
            total();
        }

        BookedFill booked(Standing fill) {
            return new BookedFill(
                    fill.fillId(),
                    fill.orderId(),
                    account,
                    instrument,
                    currency,
                    fill.side(),
                    fill.quantity(),
                    fill.price(),
                    fill.charges());
        }

        Line line() {
            return new Line(account, instrument, currency, opening, position, workingBuys, workingSells, newest);
        }
    }

    private final Map<AccountId, Map<InstrumentId, Entry>> lines = new TreeMap<>();
    private final Map<InstrumentId, Tally> totals = new TreeMap<>();
    private final Map<Purse, Money> cash = new LinkedHashMap<>();
    private final Map<Purse, BigDecimal> committed = new LinkedHashMap<>();
    private final Map<String, PendingOrder> pending = new LinkedHashMap<>();
    private final Map<String, Entry> lineOfFill = new HashMap<>();

    /**
     * The book as it is at this moment; later changes do not reach it. Costs as much as there are lines and working
     * orders.
     */
    public Content content() {
        var all = new ArrayList<Line>();
        lines.values().forEach(account -> account.values().forEach(entry -> all.add(entry.line())));
        return new Content(
                all, new LinkedHashMap<>(cash), new LinkedHashMap<>(committed), List.copyOf(pending.values()));
    }

    /** The book that had this content. */
    public static Book of(Content content) {
        var book = new Book();
        for (var line : content.lines()) {
            var entry = book.entry(line.account(), line.instrument(), line.currency());
            entry.opening = line.opening();
            entry.position = line.position();
            entry.workingBuys = line.workingBuys();
            entry.workingSells = line.workingSells();
            entry.newest = line.newest();
            entry.total();
            for (var fill = line.newest(); fill != null; fill = fill.earlier()) {
                book.lineOfFill.put(fill.fillId(), entry);
            }
        }
        book.cash.putAll(content.cash());
        book.committed.putAll(content.committed());
        content.pending().forEach(order -> book.pending.put(order.orderId(), order));
        return book;
    }

    /**
     * The fills of these orders will never be taken back: what they made of each line becomes its opening. A fill that
     * stands behind one that may still be taken back waits for that one, because the average cost goes by their order.
     */
    public void settle(Predicate<String> orders) {
        for (var account : lines.values()) {
            for (var entry : account.values()) {
                var fills = entry.oldestFirst();
                var before = fills.size();
                while (!fills.isEmpty() && orders.test(fills.getFirst().orderId())) {
                    var fill = fills.removeFirst();
                    lineOfFill.remove(fill.fillId());
                    entry.opening = entry.opening.after(fill.side(), fill.quantity(), fill.price());
                }
                if (fills.size() < before) {
                    entry.keep(fills);
                }
            }
        }
    }

    /** Sets what the account holds before anything was traded; replaces what was set before. */
    public void openPosition(
            AccountId account, InstrumentId instrument, Currency currency, BigDecimal quantity, Price averageCost) {
        var entry = entry(account, instrument, currency);
        entry.opening = Position.opening(quantity, averageCost);
        entry.keep(entry.oldestFirst());
    }

    /** Sets the account's cash before anything was traded; replaces what was set before. */
    public void openCash(AccountId account, Money balance) {
        var key = new Purse(account, balance.currency());
        var traded = lines.getOrDefault(account, Map.of()).values().stream()
                .filter(entry -> entry.currency.equals(balance.currency()))
                .flatMap(entry -> entry.oldestFirst().stream().map(entry::booked))
                .map(BookedFill::cashEffect)
                .reduce(Money.zero(balance.currency()), Money::plus);
        cash.put(key, balance.plus(traded));
    }

    /**
     * Books a fill and takes its quantity off the working order it belongs to.
     *
     * @throws IllegalStateException if the fill is booked already
     */
    public Booking apply(BookedFill fill) {
        var entry = entry(fill.account(), fill.instrument(), fill.currency());
        if (lineOfFill.putIfAbsent(fill.fillId(), entry) != null) {
            throw new IllegalStateException("Fill " + fill.fillId() + " is booked already.");
        }
        var before = entry.position;
        entry.newest = new Standing(
                fill.fillId(),
                fill.orderId(),
                fill.side(),
                fill.quantity(),
                fill.price(),
                fill.charges(),
                entry.newest);
        entry.position = before.after(fill.side(), fill.quantity(), fill.price());
        entry.total();
        var working = pending.get(fill.orderId());
        if (working != null) {
            var left =
                    working.leaves().value().subtract(fill.quantity().value()).max(BigDecimal.ZERO);
            pend(new PendingOrder(
                    working.orderId(),
                    working.account(),
                    working.instrument(),
                    working.currency(),
                    working.side(),
                    Quantity.of(left),
                    working.price()));
        }
        return booked(entry, before, fill.cashEffect());
    }

    /**
     * Takes a fill back, with its cash. The order's working quantity is for the caller to set anew.
     *
     * @throws IllegalStateException if no such fill is booked
     */
    public Booking takeBack(String fillId) {
        var entry = lineOfFill.remove(fillId);
        if (entry == null) {
            throw new IllegalStateException("Fill " + fillId + " is not booked.");
        }
        var before = entry.position;
        var fills = entry.oldestFirst();
        var gone = fills.stream()
                .filter(each -> each.fillId().equals(fillId))
                .findFirst()
                .orElseThrow();
        fills.removeIf(each -> each.fillId().equals(fillId));
        entry.keep(fills);
        return booked(entry, before, entry.booked(gone).cashEffect().negated());
    }

    private Booking booked(Entry entry, Position before, Money effect) {
        return new Booking(
                entry.account, entry.instrument, before, entry.position, effect, addCash(entry.account, effect));
    }

    /** Cash that comes or goes other than by a fill: a minimum commission made good when the trade is allocated. */
    public Money addCash(AccountId account, Money change) {
        return cash.merge(new Purse(account, change.currency()), change, Money::plus);
    }

    /** Sets what an order may still trade, in place of what was set under its id before. */
    public void pend(PendingOrder order) {
        release(order.orderId());
        if (!order.leaves().isZero()) {
            pending.put(order.orderId(), order);
            count(order, order.leaves().value());
        }
    }

    /** The order trades no more. Harmless if it was not working. */
    public void release(String orderId) {
        var order = pending.remove(orderId);
        if (order != null) {
            count(order, order.leaves().value().negate());
        }
    }

    private void count(PendingOrder order, BigDecimal change) {
        var entry = entry(order.account(), order.instrument(), order.currency());
        if (order.side() == Side.BUY) {
            entry.workingBuys = entry.workingBuys.add(change);
            committed.merge(
                    new Purse(order.account(), order.currency()),
                    change.multiply(order.price().value()),
                    BigDecimal::add);
        } else {
            entry.workingSells = entry.workingSells.add(change);
        }
        entry.total();
    }

    public @Nullable PendingOrder pending(String orderId) {
        return pending.get(orderId);
    }

    public Position position(AccountId account, InstrumentId instrument) {
        var entry = lines.getOrDefault(account, Map.of()).get(instrument);
        return entry == null ? Position.FLAT : entry.position;
    }

    public Quantity workingBuys(AccountId account, InstrumentId instrument) {
        var entry = lines.getOrDefault(account, Map.of()).get(instrument);
        return entry == null ? Quantity.ZERO : Quantity.of(entry.workingBuys);
    }

    public Quantity workingSells(AccountId account, InstrumentId instrument) {
        var entry = lines.getOrDefault(account, Map.of()).get(instrument);
        return entry == null ? Quantity.ZERO : Quantity.of(entry.workingSells);
    }

    /** Whether the account was ever given cash in the currency; without it nobody can say what it may spend. */
    public boolean knowsCash(AccountId account, Currency currency) {
        return cash.containsKey(new Purse(account, currency));
    }

    /** Opening cash and the effect of every fill since. */
    public Money cash(AccountId account, Currency currency) {
        return cash.getOrDefault(new Purse(account, currency), Money.zero(currency));
    }

    /** What the account's working buys would cost, before charges. */
    public Money committedCash(AccountId account, Currency currency) {
        var amount = committed.getOrDefault(new Purse(account, currency), BigDecimal.ZERO);
        return Money.round(amount, currency, RoundingMode.UP);
    }

    /** The lines of an account in order of instrument. */
    public List<Holding> holdings(AccountId account) {
        var holdings = new ArrayList<Holding>();
        lines.getOrDefault(account, Map.of())
                .forEach((instrument, entry) -> holdings.add(new Holding(
                        account,
                        instrument,
                        entry.currency,
                        entry.position,
                        Quantity.of(entry.workingBuys),
                        Quantity.of(entry.workingSells))));
        return holdings;
    }

    /** The exposure of these accounts together. Accounts do not net: one's short does not lessen another's long. */
    public Exposure exposure(Collection<AccountId> accounts, Currency in, Valuation valuation) {
        var sum = new Sum(in, valuation);
        for (var account : accounts) {
            for (var entry : lines.getOrDefault(account, Map.of()).values()) {
                sum.add(entry.instrument, entry.counted);
            }
        }
        return sum.exposure();
    }

    /** The exposure of all accounts together. */
    public Exposure exposure(Currency in, Valuation valuation) {
        var sum = new Sum(in, valuation);
        for (var total : totals.entrySet()) {
            sum.add(total.getKey(), total.getValue());
        }
        return sum.exposure();
    }

    /** How far a line may go, long or short, if everything that works traded on the side where that is further. */
    public static BigDecimal reach(BigDecimal held, BigDecimal workingBuys, BigDecimal workingSells) {
        return held.add(workingBuys)
                .abs()
                .max(held.subtract(workingSells).abs())
                .max(held.abs());
    }

    private record Exchanged(Tally amounts, BigDecimal rate) {}

    /**
     * Adds up for each currency and exchanges the sums: prices and units are short numbers, a rate has sixteen digits,
     * and what is added up is the same.
     */
    private static final class Sum {
        private final Currency in;
        private final Valuation valuation;
        private final Map<Currency, Exchanged> sums = new HashMap<>();
        private final Set<InstrumentId> unpriced = new TreeSet<>();

        Sum(Currency in, Valuation valuation) {
            this.in = in;
            this.valuation = valuation;
        }

        void add(InstrumentId instrument, Tally units) {
            if (units.isNothing()) {
                return;
            }
            var price = valuation.price(instrument);
            var sum = price == null ? null : in(valuation.currency(instrument));
            if (price == null || sum == null) {
                unpriced.add(instrument);
            } else {
                sum.amounts.add(units, price.value());
            }
        }

        private @Nullable Exchanged in(@Nullable Currency currency) {
            if (currency == null) {
                return null;
            }
            var known = sums.get(currency);
            if (known == null) {
                var rate = valuation.rate(currency, in);
                if (rate == null) {
                    return null;
                }
                known = new Exchanged(new Tally(), rate);
                sums.put(currency, known);
            }
            return known;
        }

        Exposure exposure() {
            var value = new Tally();
            for (var sum : sums.values()) {
                value.add(sum.amounts, sum.rate);
            }
            var gross = value.longs.add(value.shorts);
            return new Exposure(
                    Money.round(value.longs.subtract(value.shorts), in, RoundingMode.HALF_EVEN),
                    Money.round(gross, in, RoundingMode.UP),
                    Money.round(gross.add(value.further), in, RoundingMode.UP),
                    unpriced);
        }
    }

    private Entry entry(AccountId account, InstrumentId instrument, Currency currency) {
        return lines.computeIfAbsent(account, each -> new TreeMap<>())
                .computeIfAbsent(
                        instrument,
                        each -> new Entry(
                                account, instrument, currency, totals.computeIfAbsent(instrument, any -> new Tally())));
    }
}
