package org.tradesuite.reconciliation.broker;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tradesuite.market.Currency;
import org.tradesuite.market.Isin;
import org.tradesuite.market.Mic;
import org.tradesuite.market.Side;
import org.tradesuite.reconciliation.broker.BrokerLayout.Column;
import org.tradesuite.reconciliation.broker.BrokerLayout.Places;
import org.tradesuite.reconciliation.match.Digits;
import org.tradesuite.reconciliation.match.ItemWriter;

/** Understands the rows of one statement by its layout. */
final class RowReader {

    private static final long OFFSETS = 48;

    /** Known before the first row, as are the markets of our instruments: what is new to a reader holds it up. */
    private static final List<Currency> USUAL = List.of(Currency.EUR, Currency.GBP, Currency.JPY, Currency.USD);

    /**
     * A number of a row.
     *
     * @param field where it stands; below zero if the broker does not tell it
     * @param everywhere whether each row has it
     */
    private record Told(String what, int column, int field, boolean everywhere) {}

    private final BrokerLayout layout;
    private final int width;
    private final long number;
    private final byte mark;
    private final int reference;
    private final int executions;
    private final int clients;
    private final int account;
    private final int symbol;
    private final int mic;
    private final int isin;
    private final int side;
    private final int quantity;
    private final int rate;
    private final Told[] numbers;
    private final int traded;
    private final int settles;
    private final int currency;
    private final Vocabulary<Boolean> accounts = new Vocabulary<>();
    private final Vocabulary<byte[]> instruments = new Vocabulary<>();
    private final Vocabulary<Boolean> markets = new Vocabulary<>();
    private final Vocabulary<byte[]> currencies = new Vocabulary<>();
    private final Vocabulary<Integer> days = new Vocabulary<>();
    private final Vocabulary<byte[]> sides = new Vocabulary<>();
    private final ItemWriter row = new ItemWriter(TradeColumns.SHAPE);
    private byte[] key = new byte[256];

    /** @param number of the statement, stands in the place of every row */
    RowReader(BrokerLayout layout, Places places, KnownHere known, int number) {
        this.layout = layout;
        this.width = places.width();
        this.number = (long) number << OFFSETS;
        this.mark = (byte) layout.decimalMark().charAt(0);
        reference = places.at(Column.REFERENCE);
        executions = places.at(Column.EXECUTION_REFERENCES);
        clients = places.at(Column.CLIENT_REFERENCES);
        account = places.at(Column.ACCOUNT);
        symbol = places.at(Column.SYMBOL);
        mic = places.at(Column.MIC);
        isin = places.at(Column.ISIN);
        side = places.at(Column.SIDE);
        quantity = places.at(Column.QUANTITY);
        rate = places.at(Column.FX_RATE);
        numbers = new Told[] {
            new Told("Quantity", TradeColumns.QUANTITY, quantity, true),
            new Told("Price", TradeColumns.PRICE, places.at(Column.PRICE), true),
            new Told("Gross amount", TradeColumns.GROSS, places.at(Column.GROSS), true),
            new Told("Commission", TradeColumns.COSTS, places.at(Column.COMMISSION), true),
            new Told("Fees", TradeColumns.FEES, places.at(Column.FEES), true),
            new Told("Tax", TradeColumns.TAX, places.at(Column.TAX), false),
            new Told("Accrued interest", TradeColumns.ACCRUED, places.at(Column.ACCRUED), false),
            new Told("FX rate", TradeColumns.FX_RATE, rate, false),
            new Told("Net amount", TradeColumns.NET, places.at(Column.NET), true)
        };
        traded = places.at(Column.TRADE_DATE);
        settles = places.at(Column.SETTLE_DATE);
        currency = places.at(Column.CURRENCY);
        known.accounts().forEach(each -> accounts.put(each, true));
        known.instruments()
                .forEach((each, instrument) -> instruments.put(each, instrument.getBytes(StandardCharsets.UTF_8)));
        known.instruments().keySet().forEach(each -> markets.put(each.substring(each.lastIndexOf('@') + 1), true));
        USUAL.forEach(each -> currencies.put(each.code(), each.code().getBytes(StandardCharsets.UTF_8)));
        sides.put(layout.buy(), Side.BUY.name().getBytes(StandardCharsets.UTF_8));
        sides.put(layout.sell(), Side.SELL.name().getBytes(StandardCharsets.UTF_8));
    }

    static long place(int number, long offset) {
        return (long) number << OFFSETS | offset;
    }

    static int number(long place) {
        return (int) (place >>> OFFSETS);
    }

    static long offset(long place) {
        return place & (1L << OFFSETS) - 1;
    }

    /** The row that was read last. */
    ItemWriter row() {
        return row;
    }

    /** @return why the record is no row, or null */
    BrokerStatement.@Nullable Refused read(Records record) {
        return read(record, record.line(), record.offset());
    }

    BrokerStatement.@Nullable Refused read(Records record, long line, long offset) {
        if (record.fields() != width) {
            return new BrokerStatement.Refused(
                    line,
                    record.raw(),
                    "COLUMNS_WRONG",
                    "The row has " + record.fields() + " values under a heading of " + width + ".");
        }
        if (accounts.get(record.octets(), record.from(account), record.to(account)) == null) {
            return new BrokerStatement.Refused(
                    line,
                    record.raw(),
                    "ACCOUNT_UNKNOWN",
                    "Account '" + record.text(account) + "' is not one of ours: ask the broker whose trade it is.");
        }
        try {
            understand(record, line, offset);
            return null;
        } catch (IllegalArgumentException wrong) {
            return new BrokerStatement.Refused(
                    line,
                    record.raw(),
                    "VALUE_WRONG",
                    wrong.getMessage() + ". Correct the row and release it, or ask the broker.");
        }
    }

    private void understand(Records record, long line, long offset) {
        row.begin(number | offset, Math.toIntExact(line));
        var octets = record.octets();
        var named = reference >= 0 && !record.isEmpty(reference) ? reference : executions;
        if (named >= 0 && !record.isEmpty(named)) {
            row.text(TradeColumns.REFERENCE, octets, record.from(named), record.to(named));
        }
        references(record);
        row.text(TradeColumns.ACCOUNT, octets, record.from(account), record.to(account));
        instrument(record);
        side(record);
        var code = currency(record);
        row.text(TradeColumns.CURRENCY, code, 0, code.length);
        for (var each : numbers) {
            if (each.everywhere() || (each.field() >= 0 && !record.isEmpty(each.field()))) {
                number(each, record);
            }
        }
        if (!row.isPositive(TradeColumns.QUANTITY)) {
            throw new IllegalArgumentException("Quantity '" + record.text(quantity) + "' is not above zero");
        }
        if (!row.sum(TradeColumns.COSTS, TradeColumns.COSTS, TradeColumns.FEES)) {
            throw new IllegalArgumentException(
                    "Commission and fees together have more than " + Digits.MOST + " digits");
        }
        if (row.isNegativeOrZero(TradeColumns.FX_RATE)) {
            throw new IllegalArgumentException("FX rate '" + record.text(rate) + "' is not above zero");
        }
        row.date(TradeColumns.TRADED, day("Trade date", record, traded));
        row.date(TradeColumns.SETTLES, day("Settlement date", record, settles));
    }

    private void side(Records record) {
        var known = sides.get(record.octets(), record.from(side), record.to(side));
        if (known == null) {
            throw new IllegalArgumentException(
                    "Side '" + record.text(side) + "' is neither '" + layout.buy() + "' nor '" + layout.sell() + "'");
        }
        row.text(TradeColumns.SIDE, known, 0, known.length);
    }

    /** Theirs, those of the executions, ours; parted by blanks, each once. */
    private void references(Records record) {
        var first = true;
        for (var field : new int[] {reference, executions, clients}) {
            if (field >= 0 && !record.isEmpty(field)) {
                first &= references(record, field, first);
            }
        }
    }

    private boolean references(Records record, int field, boolean first) {
        var octets = record.octets();
        var at = record.from(field);
        var end = record.to(field);
        var none = first;
        while (at < end) {
            var from = at;
            while (at < end && octets[at] != ' ') {
                at++;
            }
            if (at > from && (none || !row.hasReference(TradeColumns.REFERENCES, octets, from, at))) {
                row.reference(TradeColumns.REFERENCES, octets, from, at);
                none = false;
            }
            at++;
        }
        return none;
    }

    /** By ISIN and market, or by symbol and market where there is no ISIN; none if we do not know it. */
    private void instrument(Records record) {
        var octets = record.octets();
        if (markets.get(octets, record.from(mic), record.to(mic)) == null) {
            Mic.of(record.text(mic));
            markets.put(octets, record.from(mic), record.to(mic), true);
        }
        var byIsin = !record.isEmpty(isin);
        var end = at(record, byIsin ? isin : symbol, mic, (byte) '@');
        var instrument = instruments.get(key, 0, end);
        if (instrument != null) {
            row.text(TradeColumns.INSTRUMENT, instrument, 0, instrument.length);
        }
        if (byIsin) {
            if (instrument == null) {
                Isin.of(record.text(isin));
            }
            row.text(TradeColumns.ISIN, octets, record.from(isin), record.to(isin));
        }
        row.text(TradeColumns.LISTING, key, 0, at(record, symbol, mic, (byte) '.'));
    }

    private int at(Records record, int one, int other, byte between) {
        var first = record.to(one) - record.from(one);
        var second = record.to(other) - record.from(other);
        if (key.length < first + second + 1) {
            key = new byte[2 * (first + second + 1)];
        }
        System.arraycopy(record.octets(), record.from(one), key, 0, first);
        key[first] = between;
        System.arraycopy(record.octets(), record.from(other), key, first + 1, second);
        return first + 1 + second;
    }

    private byte[] currency(Records record) {
        var known = currencies.get(record.octets(), record.from(currency), record.to(currency));
        if (known == null) {
            known = Currency.of(record.text(currency)).code().getBytes(StandardCharsets.UTF_8);
            currencies.put(record.octets(), record.from(currency), record.to(currency), known);
        }
        return known;
    }

    private void number(Told number, Records record) {
        var field = number.field();
        switch (row.decimal(number.column(), record.octets(), record.from(field), record.to(field), mark)) {
            case TAKEN -> {}
            case WRONG ->
                throw new IllegalArgumentException(number.what() + " '" + record.text(field)
                        + "' is not a number with '" + layout.decimalMark() + "' as decimal mark");
            case TOO_LONG ->
                throw new IllegalArgumentException(number.what() + " '" + record.text(field) + "' has more than "
                        + Digits.MOST + " digits and would have to be rounded");
        }
    }

    private int day(String what, Records record, int field) {
        var known = days.get(record.octets(), record.from(field), record.to(field));
        if (known == null) {
            known = Math.toIntExact(layout.date(what, record.text(field)).toEpochDay());
            days.put(record.octets(), record.from(field), record.to(field), known);
        }
        return known;
    }
}
