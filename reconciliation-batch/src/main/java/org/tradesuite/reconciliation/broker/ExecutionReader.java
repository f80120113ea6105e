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
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tradesuite.market.Currency;
import org.tradesuite.market.Isin;
import org.tradesuite.market.Side;
import org.tradesuite.reconciliation.broker.BrokerStatement.Refused;
import org.tradesuite.reconciliation.fix.FixMessage;
import org.tradesuite.reconciliation.match.Digits;
import org.tradesuite.reconciliation.match.ItemWriter;

/**
 * Understands executions as FIX says them. What a drop copy need not tell (account, currency, trade and settlement date) is
 * absent where it is not told, and not compared then; commission and taxes are no part of it.
 */
final class ExecutionReader {

    private static final int CURRENCY = 15;
    private static final int SECURITY_ID_SOURCE = 22;
    private static final int SECURITY_ID = 48;
    private static final int SETTL_DATE = 64;
    private static final int TRADE_DATE = 75;
    private static final int ALLOC_ACCOUNT = 79;
    private static final int EX_DESTINATION = 100;
    private static final int SECURITY_EXCHANGE = 207;
    private static final int SECURITY_ALT_ID = 455;
    private static final int SECURITY_ALT_ID_SOURCE = 456;
    private static final int SECONDARY_EXEC_ID = 527;
    private static final String ISIN = "4";
    private static final int DECIMALS = 8;

    private final KnownHere known;
    private final int number;
    /** What is listed on one market only, by ISIN or symbol; what is on several has an empty instrument. */
    private final Map<String, String> onOneMarket = new HashMap<>();

    private final ItemWriter row = new ItemWriter(TradeColumns.SHAPE);

    /** @param number of the statement, stands in the place of every row */
    ExecutionReader(KnownHere known, int number) {
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
                    "Account (1) '" + account + "' is not one of ours: ask the broker whose trade it is.");
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

    /** Of a TradeCaptureReport with both sides the one that is ours; all other messages have one. */
    private FixMessage side(FixMessage message) {
        if (!message.says(35, "AE")) {
            return message;
        }
        var sides = message.entries(ExecutionMessage.SIDE);
        return sides.stream()
                .filter(each -> known.accounts().contains(String.valueOf(each.text(ExecutionMessage.ACCOUNT))))
                .findFirst()
                .orElse(sides.isEmpty() ? message : sides.getFirst());
    }

    private static @Nullable String account(FixMessage side, FixMessage message) {
        return Stream.of(
                        side.text(ExecutionMessage.ACCOUNT),
                        message.text(ExecutionMessage.ACCOUNT),
                        message.text(ALLOC_ACCOUNT))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private void understand(FixMessage message, FixMessage side, @Nullable String account, long line, long offset) {
        row.begin(RowReader.place(number, offset), Math.toIntExact(line));
        var ids = ids(message);
        row.text(TradeColumns.REFERENCE, ids.getFirst());
        row.references(TradeColumns.REFERENCES, ids);
        text(TradeColumns.ACCOUNT, account);
        instrument(message);
        row.text(TradeColumns.SIDE, bought(side).name());
        var currency = message.text(CURRENCY);
        text(
                TradeColumns.CURRENCY,
                currency == null ? null : Currency.of(currency).code());
        var quantity = number("LastQty (32)", TradeColumns.QUANTITY, message, ExecutionMessage.LAST_QTY);
        if (quantity.signum() <= 0) {
            throw new IllegalArgumentException("LastQty (32) '" + quantity.toPlainString() + "' is not above zero");
        }
        var gross = number("LastPx (31)", TradeColumns.PRICE, message, ExecutionMessage.LAST_PX)
                .multiply(quantity)
                .setScale(DECIMALS, RoundingMode.HALF_UP);
        if (!Digits.fits(gross)) {
            throw new IllegalArgumentException("LastQty (32) at LastPx (31) has more than " + Digits.MOST
                    + " digits and would have to be rounded");
        }
        row.decimal(TradeColumns.GROSS, gross);
        date("SettlDate (64)", TradeColumns.SETTLES, message, SETTL_DATE);
        date("TradeDate (75)", TradeColumns.TRADED, message, TRADE_DATE);
    }

    /** The execution's own first. */
    private static List<String> ids(FixMessage message) {
        var said = ExecutionMessage.of(message).said();
        if (said == null) {
            throw new IllegalArgumentException("It reports no execution");
        }
        var ids = new LinkedHashSet<String>();
        ids.add(said.id());
        Stream.of(said.otherId(), message.text(SECONDARY_EXEC_ID))
                .filter(Objects::nonNull)
                .forEach(ids::add);
        return List.copyOf(ids);
    }

    private void text(int column, @Nullable String text) {
        if (text != null) {
            row.text(column, text);
        }
    }

    private static Side bought(FixMessage side) {
        return switch (String.valueOf(side.text(ExecutionMessage.SIDE))) {
            case "1", "3" -> Side.BUY;
            case "2", "4", "5", "6" -> Side.SELL;
            default ->
                throw new IllegalArgumentException(
                        "Side (54) '" + side.text(ExecutionMessage.SIDE) + "' is neither a buy nor a sell");
        };
    }

    /**
     * By ISIN, or by symbol, on the first market named that lists it for us: where the security is listed (207), where the
     * order went (100), where it was executed (30). An execution elsewhere is one in the only listing that we know.
     */
    private void instrument(FixMessage message) {
        var isin = isin(message);
        var symbol = message.text(ExecutionMessage.SYMBOL);
        var markets = new LinkedHashSet<String>();
        Stream.of(SECURITY_EXCHANGE, EX_DESTINATION, ExecutionMessage.LAST_MKT)
                .map(message::text)
                .filter(Objects::nonNull)
                .forEach(markets::add);
        text(TradeColumns.INSTRUMENT, instrument(isin == null ? symbol : isin, markets));
        if (isin != null) {
            row.text(TradeColumns.ISIN, Isin.of(isin).toString());
        }
        if (symbol == null && isin == null) {
            throw new IllegalArgumentException("Neither Symbol (55) nor an ISIN (48 with 22=4) is there");
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

    private static @Nullable String isin(FixMessage message) {
        if (message.says(SECURITY_ID_SOURCE, ISIN)) {
            return message.text(SECURITY_ID);
        }
        return message.entries(SECURITY_ALT_ID).stream()
                .filter(other -> other.says(SECURITY_ALT_ID_SOURCE, ISIN))
                .map(other -> other.text(SECURITY_ALT_ID))
                .findFirst()
                .orElse(null);
    }

    private BigDecimal number(String what, int column, FixMessage message, int tag) {
        var text = message.text(tag);
        if (text == null) {
            throw new IllegalArgumentException(what + " is missing");
        }
        var octets = text.getBytes(StandardCharsets.UTF_8);
        return switch (row.decimal(column, octets, 0, octets.length, (byte) '.')) {
            case TAKEN -> new BigDecimal(text);
            case WRONG -> throw new IllegalArgumentException(what + " '" + text + "' is not a number");
            case TOO_LONG ->
                throw new IllegalArgumentException(
                        what + " '" + text + "' has more than " + Digits.MOST + " digits and would have to be rounded");
        };
    }

    private void date(String what, int column, FixMessage message, int tag) {
        var text = message.text(tag);
        if (text == null) {
            return;
        }
        try {
            row.date(column, LocalDate.parse(text, BrokerLayout.dates("uuuuMMdd")));
        } catch (DateTimeException wrong) {
            throw new IllegalArgumentException(what + " '" + text + "' is not a date as in 20261120", wrong);
        }
    }
}
