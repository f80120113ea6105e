package org.tradesuite.execution.position;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
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

    /**
     * All that the book knows, as values.
     *
     * @param pending by order: which was set last tells nothing
     */
    public record Content(
            List<Line> lines, Map<Purse, Money> cash, Map<Purse, BigDecimal> committed, List<PendingOrder> pending) {}

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

        Entry(AccountId account, InstrumentId instrument, Currency currency) {
            this.account = account;
            this.instrument = instrument;
            this.currency = currency;
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
    private final Map<Purse, Money> cash = new LinkedHashMap<>();
    private final Map<Purse, BigDecimal> committed = new LinkedHashMap<>();
    /** Mostly in the order of their ids, as they come. */
    private final Map<String, PendingOrder> pending = new LinkedHashMap<>();

    private final Map<String, Entry> lineOfFill = new HashMap<>();
    private @Nullable Watcher watcher;

    /**
     * From now on it is told of every change, and now of all that is there but the fills. In place of any other; null for
     * nobody.
     */
    public void watch(@Nullable Watcher by) {
        watcher = by;
        if (by == null) {
            return;
        }
        lines.values().forEach(account -> account.values().forEach(this::changed));
        cash.forEach((purse, balance) -> by.cash(purse.account(), balance));
        pending.values().forEach(by::pending);
    }

    private void changed(Entry entry) {
        if (watcher != null) {
            watcher.line(
                    entry.account, entry.instrument, entry.position.quantity(), entry.workingBuys, entry.workingSells);
        }
    }

    /**
     * The book as it is at this moment; later changes do not reach it. Costs as much as there are lines and working
     * orders.
     */
    public Content content() {
        var all = new ArrayList<Line>();
        lines.values().forEach(account -> account.values().forEach(entry -> all.add(entry.line())));
        var working = pending.values().stream()
                .sorted(Comparator.comparing(PendingOrder::orderId))
                .toList();
        return new Content(all, new LinkedHashMap<>(cash), new LinkedHashMap<>(committed), working);
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
                    changed(entry);
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
        changed(entry);
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
        tellCash(key);
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
        changed(entry);
        if (watcher != null) {
            watcher.booked(fill);
        }
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
        changed(entry);
        if (watcher != null) {
            watcher.takenBack(entry.booked(gone));
        }
        return booked(entry, before, entry.booked(gone).cashEffect().negated());
    }

    private Booking booked(Entry entry, Position before, Money effect) {
        return new Booking(
                entry.account, entry.instrument, before, entry.position, effect, addCash(entry.account, effect));
    }

    /** Cash that comes or goes other than by a fill: a minimum commission made good when the trade is allocated. */
    public Money addCash(AccountId account, Money change) {
        var purse = new Purse(account, change.currency());
        var balance = cash.merge(purse, change, Money::plus);
        tellCash(purse);
        return balance;
    }

    private void tellCash(Purse purse) {
        if (watcher != null) {
            watcher.cash(purse.account(), Objects.requireNonNull(cash.get(purse)));
        }
    }

    /** Sets what an order may still trade, in place of what was set under its id before; the same again changes nothing. */
    public void pend(PendingOrder order) {
        if (order.equals(pending.get(order.orderId()))) {
            return;
        }
        release(order.orderId());
        if (!order.leaves().isZero()) {
            pending.put(order.orderId(), order);
            count(order, order.leaves().value());
            if (watcher != null) {
                watcher.pending(order);
            }
        }
    }

    /** The order trades no more. Harmless if it was not working. */
    public void release(String orderId) {
        var order = pending.remove(orderId);
        if (order != null) {
            count(order, order.leaves().value().negate());
            if (watcher != null) {
                watcher.released(order);
            }
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
        changed(entry);
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

    /** How far a line may go, long or short, if everything that works traded on the side where that is further. */
    public static BigDecimal reach(BigDecimal held, BigDecimal workingBuys, BigDecimal workingSells) {
        return held.add(workingBuys)
                .abs()
                .max(held.subtract(workingSells).abs())
                .max(held.abs());
    }

    private Entry entry(AccountId account, InstrumentId instrument, Currency currency) {
        return lines.computeIfAbsent(account, each -> new TreeMap<>())
                .computeIfAbsent(instrument, each -> new Entry(account, instrument, currency));
    }
}
