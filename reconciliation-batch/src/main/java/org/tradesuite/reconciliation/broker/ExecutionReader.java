package org.tradesuite.reconciliation.broker;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tradesuite.market.Currency;
import org.tradesuite.market.Isin;
import org.tradesuite.market.Side;
import org.tradesuite.reconciliation.broker.BrokerStatement.Refused;
import org.tradesuite.reconciliation.broker.DropCopyLayout.Holds;
import org.tradesuite.reconciliation.fix.FixMessage;
import org.tradesuite.reconciliation.match.Digits;
import org.tradesuite.reconciliation.match.ItemWriter;

/**
 * Understands executions as FIX says them. What a drop copy need not tell (account, currency, trade and settlement date) is
 * absent where it is not told, and not compared then; so are commission and fees where the layout names no tag of them.
 */
final class ExecutionReader {

    private static final int DECIMALS = 8;
    /** Of a rebate below zero. */
    private static final String AMOUNT = "-?[0-9]{1,15}([.][0-9]{0,8})?";

    private final ExecutionFields fields;
    private final KnownHere known;
    private final int number;
    /** What is listed on one market only, by ISIN or symbol; what is on several has an empty instrument. */
    private final Map<String, String> onOneMarket = new HashMap<>();

    private final ItemWriter row = new ItemWriter(TradeColumns.SHAPE);

    /** @param number of the statement, stands in the place of every row */
    ExecutionReader(ExecutionFields fields, KnownHere known, int number) {
        this.fields = fields;
        this.known = known;
        this.number = number;
        known.instruments()
                .forEach((name, instrument) ->
                        onOneMarket.merge(name.substring(0, name.lastIndexOf('@')), instrument, (one, other) -> ""));
    }

    /** The row that was read last. */
    ItemWriter row() {
        return row;
    }

    /** @return why the message is no row, or null */
    @Nullable
    Refused read(FixMessage message, long line, long offset, String text) {
        var side = side(message);
        var account = account(side, message);
        if (account != null && !known.accounts().contains(account)) {
            return new Refused(
                    line,
                    text,
                    "ACCOUNT_UNKNOWN",
                    fields.named(Holds.ACCOUNT) + " '" + account
                            + "' is not one of ours: ask the broker whose trade it is.");
        }
        try {
            understand(message, side, account, line, offset);
            return null;
        } catch (IllegalArgumentException wrong) {
            return new Refused(
                    line,
                    text,
                    "VALUE_WRONG",
                    wrong.getMessage() + ". Correct the message and release it, or ask the broker.");
        }
    }

    /** Of a message with several sides the one that is ours, such as a TradeCaptureReport with both. */
    private FixMessage side(FixMessage message) {
        var sides = fields.sides(message);
        return sides.stream()
                .filter(each -> known.accounts().contains(String.valueOf(fields.first(Holds.ACCOUNT, each))))
                .findFirst()
                .orElse(sides.getFirst());
    }

    private @Nullable String account(FixMessage side, FixMessage message) {
        var account = fields.first(Holds.ACCOUNT, side);
        return account == null ? fields.first(Holds.ACCOUNT, message) : account;
    }

    private void understand(FixMessage message, FixMessage side, @Nullable String account, long line, long offset) {
        row.begin(RowReader.place(number, offset), Math.toIntExact(line));
        var ids = ids(message);
        row.text(TradeColumns.REFERENCE, ids.getFirst());
        row.references(TradeColumns.REFERENCES, ids);
        text(TradeColumns.ACCOUNT, account);
        instrument(message);
        row.text(TradeColumns.SIDE, bought(side).name());
        var currency = fields.first(Holds.CURRENCY, message);
        text(
                TradeColumns.CURRENCY,
                currency == null ? null : Currency.of(currency).code());
        var quantity = number(Holds.QUANTITY, TradeColumns.QUANTITY, message);
        if (quantity.signum() <= 0) {
            throw new IllegalArgumentException(
                    fields.named(Holds.QUANTITY) + " '" + quantity.toPlainString() + "' is not above zero");
        }
        var gross = number(Holds.PRICE, TradeColumns.PRICE, message)
                .multiply(quantity)
                .setScale(DECIMALS, RoundingMode.HALF_UP);
        if (!Digits.fits(gross)) {
            throw new IllegalArgumentException(fields.named(Holds.QUANTITY) + " at " + fields.named(Holds.PRICE)
                    + " has more than " + Digits.MOST + " digits and would have to be rounded");
        }
        row.decimal(TradeColumns.GROSS, gross);
        charges(message);
        date(Holds.SETTLE_DATE, TradeColumns.SETTLES, message);
        date(Holds.TRADE_DATE, TradeColumns.TRADED, message);
    }

    /** Absent where the layout tells none. */
    private void charges(FixMessage message) {
        if (!fields.tells(Holds.COMMISSION) && !fields.tells(Holds.FEES)) {
            return;
        }
        var fees = sum(Holds.FEES, message);
        var all = sum(Holds.COMMISSION, message).add(fees);
        if (!Digits.fits(fees) || !Digits.fits(all)) {
            throw new IllegalArgumentException(
                    "Commission and fees together have more than " + Digits.MOST + " digits");
        }
        row.decimal(TradeColumns.COSTS, all);
        row.decimal(TradeColumns.FEES, fees);
    }

    private BigDecimal sum(Holds holds, FixMessage message) {
        var sum = BigDecimal.ZERO;
        for (var amount : fields.all(holds, message)) {
            if (!amount.matches(AMOUNT)) {
                throw new IllegalArgumentException(fields.named(holds) + " '" + amount + "' is not an amount");
            }
            sum = sum.add(new BigDecimal(amount));
        }
        return sum;
    }

    /** The execution's own first. */
    private List<String> ids(FixMessage message) {
        var ids = new LinkedHashSet<String>();
        ids.addAll(fields.each(Holds.EXECUTION, message));
        ids.addAll(fields.each(Holds.REFERENCE, message));
        if (ids.isEmpty()) {
            throw new IllegalArgumentException("It reports no execution");
        }
        return List.copyOf(ids);
    }

    private void text(int column, @Nullable String text) {
        if (text != null) {
            row.text(column, text);
        }
    }

    private Side bought(FixMessage side) {
        var said = fields.first(Holds.SIDE, side);
        var bought = fields.bought(said);
        if (bought == null) {
            throw new IllegalArgumentException(
                    fields.named(Holds.SIDE) + " '" + said + "' is neither a buy nor a sell");
        }
        return bought;
    }

    /**
     * By ISIN, or by symbol, on the first market named that lists it for us. An execution elsewhere is one in the only
     * listing that we know.
     */
    private void instrument(FixMessage message) {
        var isin = fields.first(Holds.ISIN, message);
        var symbol = fields.first(Holds.SYMBOL, message);
        var markets = new LinkedHashSet<>(fields.each(Holds.MARKET, message));
        text(TradeColumns.INSTRUMENT, instrument(isin == null ? symbol : isin, markets));
        if (isin != null) {
            row.text(TradeColumns.ISIN, Isin.of(isin).toString());
        }
        if (symbol == null && isin == null) {
            throw new IllegalArgumentException("Neither a symbol (" + fields.tags(Holds.SYMBOL) + ") nor an ISIN ("
                    + fields.tags(Holds.ISIN) + ") is there");
        }
        row.text(
                TradeColumns.LISTING,
                String.valueOf(symbol == null ? isin : symbol) + (markets.isEmpty() ? "" : "." + markets.getFirst()));
    }

    private @Nullable String instrument(@Nullable String name, Set<String> markets) {
        for (var market : markets) {
            var instrument = known.instruments().get(name + "@" + market);
            if (instrument != null) {
                return instrument;
            }
        }
        var only = onOneMarket.getOrDefault(String.valueOf(name), "");
        return only.isEmpty() ? null : only;
    }

    private BigDecimal number(Holds holds, int column, FixMessage message) {
        var text = fields.first(holds, message);
        if (text == null) {
            throw new IllegalArgumentException(fields.named(holds) + " is missing");
        }
        var octets = text.getBytes(StandardCharsets.UTF_8);
        return switch (row.decimal(column, octets, 0, octets.length, (byte) '.')) {
            case TAKEN -> new BigDecimal(text);
            case WRONG -> throw new IllegalArgumentException(fields.named(holds) + " '" + text + "' is not a number");
            case TOO_LONG ->
                throw new IllegalArgumentException(fields.named(holds) + " '" + text + "' has more than " + Digits.MOST
                        + " digits and would have to be rounded");
        };
    }

    private void date(Holds holds, int column, FixMessage message) {
        var text = fields.first(holds, message);
        if (text == null) {
            return;
        }
        try {
            row.date(column, LocalDate.parse(text, BrokerLayout.dates("uuuuMMdd")));
        } catch (DateTimeException wrong) {
            throw new IllegalArgumentException(
                    fields.named(holds) + " '" + text + "' is not a date as in 20261120", wrong);
        }
    }
}
