package org.tradesuite.execution.fix.entry;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.tradesuite.execution.engine.ClientMessage;
import org.tradesuite.execution.engine.ClientReport;
import org.tradesuite.execution.engine.Input;
import org.tradesuite.execution.fix.Reading;
import org.tradesuite.execution.order.Algo;
import org.tradesuite.execution.order.OrderType;
import org.tradesuite.execution.order.TimeInForce;
import org.tradesuite.execution.reference.Instrument;
import org.tradesuite.execution.reference.ReferenceData;
import org.tradesuite.market.AccountId;
import org.tradesuite.market.InstrumentId;
import org.tradesuite.market.Isin;
import org.tradesuite.market.Mic;
import org.tradesuite.market.Price;
import org.tradesuite.market.Quantity;
import org.tradesuite.market.Side;
import quickfix.FieldNotFound;
import quickfix.IncorrectDataFormat;
import quickfix.IncorrectTagValue;
import quickfix.Message;
import quickfix.UnsupportedMessageType;
import quickfix.field.Account;
import quickfix.field.ClOrdID;
import quickfix.field.Currency;
import quickfix.field.EffectiveTime;
import quickfix.field.ExDestination;
import quickfix.field.ExpireTime;
import quickfix.field.MassStatusReqID;
import quickfix.field.MassStatusReqType;
import quickfix.field.MsgSeqNum;
import quickfix.field.MsgType;
import quickfix.field.OrdStatusReqID;
import quickfix.field.OrdType;
import quickfix.field.OrderQty;
import quickfix.field.OrigClOrdID;
import quickfix.field.OrigSendingTime;
import quickfix.field.ParticipationRate;
import quickfix.field.PossResend;
import quickfix.field.SecurityExchange;
import quickfix.field.SecurityID;
import quickfix.field.SecurityIDSource;
import quickfix.field.SenderSubID;
import quickfix.field.Symbol;
import quickfix.field.TargetStrategy;
import quickfix.field.TargetStrategyParameters;

/**
 * What a client says, in the desk's words: its accounts are ours, its symbols our instruments. A message that lacks a field
 * is refused as a message (35=j 380=5); one that asks for what we do not do, or the client may not, is an order we reject.
 */
final class ClientOrders {
    private static final int UNKNOWN_SYMBOL = 1;
    private static final int TOO_LATE_TO_ENTER = 4;
    private static final int UNSUPPORTED = 11;
    private static final int INCORRECT_QUANTITY = 13;
    private static final int UNKNOWN_ACCOUNT = 15;
    private static final int OTHER = 99;
    private static final int REFUSED_REPLACE = 2;

    private final Client client;
    private final Supplier<ReferenceData> reference;
    private final Supplier<String> decisionIds;
    private final Clock wall;
    private final Duration staleAfter;

    /**
     * @param decisionIds gives an id that was never given before
     * @param staleAfter an order that comes again after a gap is not entered if it was first sent before that
     */
    ClientOrders(
            Client client,
            Supplier<ReferenceData> reference,
            Supplier<String> decisionIds,
            Clock wall,
            Duration staleAfter) {
        this.client = client;
        this.reference = reference;
        this.decisionIds = decisionIds;
        this.wall = wall;
        this.staleAfter = staleAfter;
    }

    ClientMessage read(Message m, Instant at)
            throws FieldNotFound, IncorrectDataFormat, IncorrectTagValue, UnsupportedMessageType {
        String type = m.getHeader().getString(MsgType.FIELD);
        if (client.takesCopies()) {
            throw new UnsupportedMessageType();
        }
        return switch (type) {
            case "D" -> newOrder(m, at);
            case "F" ->
                new ClientMessage.Cancel(
                        client.name(),
                        sequence(m),
                        m.getString(ClOrdID.FIELD),
                        m.getString(OrigClOrdID.FIELD),
                        possResend(m));
            case "G" -> replace(m);
            case "H" ->
                new ClientMessage.StatusQuestion(
                        client.name(), m.getString(ClOrdID.FIELD), Reading.text(m, OrdStatusReqID.FIELD), asked(m));
            case "AF" -> massQuestion(m);
            default -> throw new UnsupportedMessageType();
        };
    }

    private static long sequence(Message m) throws FieldNotFound {
        return m.getHeader().getInt(MsgSeqNum.FIELD);
    }

    private static boolean possResend(Message m) throws FieldNotFound {
        return m.getHeader().isSetField(PossResend.FIELD) && m.getHeader().getBoolean(PossResend.FIELD);
    }

    // A new order

    /** What is wrong first; the rest of the message is read all the same. */
    private static final class Wrongs {
        private ClientMessage.@Nullable Wrong first;

        void add(int reason, String text) {
            if (first == null) {
                first = new ClientMessage.Wrong(reason, text);
            }
        }
    }

    private ClientMessage newOrder(Message m, Instant at) throws FieldNotFound, IncorrectDataFormat, IncorrectTagValue {
        var wrongs = new Wrongs();
        String clOrdId = m.getString(ClOrdID.FIELD);
        @Nullable Side side = side(m);
        if (side == null) {
            wrongs.add(UNSUPPORTED, "Side (54) is 1 or 2 here, not " + m.getString(quickfix.field.Side.FIELD) + ".");
        }
        @Nullable OrderType type = type(m);
        if (type == null || !client.orderTypes().contains(type)) {
            wrongs.add(
                    UNSUPPORTED,
                    "OrdType (40) " + m.getString(OrdType.FIELD) + " is not one you may send: " + client.orderTypes());
        }
        Quantity quantity = quantity(m, wrongs, INCORRECT_QUANTITY);
        @Nullable Price limit = limit(m, type, wrongs, OTHER);
        @Nullable AccountId account = account(m, wrongs);
        @Nullable Instrument instrument = instrument(m, wrongs);
        mayTrade(instrument, m, wrongs);
        Algo algo = algo(m, wrongs);
        TimeInForce inForce = inForce(m, algo, wrongs);
        @Nullable String trader = trader(m, wrongs);
        if (isStale(m)) {
            wrongs.add(TOO_LATE_TO_ENTER, "It was first sent more than " + staleAfter.toSeconds() + " seconds ago.");
        }
        var terms = new ClientReport.Terms(
                Reading.text(m, Account.FIELD),
                instrument == null ? symbol(m) : instrument.symbol(),
                instrument == null
                        ? Reading.text(m, SecurityExchange.FIELD)
                        : instrument.mic().toString(),
                instrument == null || instrument.isin() == null
                        ? null
                        : instrument.isin().toString(),
                instrument == null ? null : instrument.currency().toString(),
                side == null ? Side.BUY : side,
                quantity,
                type == null ? OrderType.MARKET : type,
                limit,
                inForce);
        Input.@Nullable DecisionSubmitted decision =
                wrongs.first != null || account == null || instrument == null || trader == null
                        ? null
                        : decision(m, at, clOrdId, account, instrument, terms, algo, trader);
        return new ClientMessage.NewOrder(
                client.name(), sequence(m), clOrdId, possResend(m), terms, decision, wrongs.first, client.openOrders());
    }

    private Input.DecisionSubmitted decision(
            Message m,
            Instant at,
            String clOrdId,
            AccountId account,
            Instrument instrument,
            ClientReport.Terms terms,
            Algo algo,
            String trader)
            throws FieldNotFound {
        @Nullable Instant start = Reading.time(m, EffectiveTime.FIELD);
        @Nullable Instant end = Reading.time(m, ExpireTime.FIELD);
        return new Input.DecisionSubmitted(
                at,
                0,
                "client:" + client.name(),
                decisionIds.get(),
                "fix/" + client.name() + "/" + reference.get().businessDate() + "/" + clOrdId,
                digest(account, instrument.id(), terms, algo, trader, start, end),
                account,
                client.strategy(),
                trader,
                instrument.id(),
                terms.side(),
                terms.quantity(),
                terms.type(),
                terms.limit(),
                algo,
                start,
                end,
                terms.timeInForce(),
                null);
    }

    private static @Nullable Side side(Message m) throws FieldNotFound {
        return switch (m.getString(quickfix.field.Side.FIELD)) {
            case "1" -> Side.BUY;
            case "2" -> Side.SELL;
            default -> null;
        };
    }

    private static @Nullable OrderType type(Message m) throws FieldNotFound {
        return switch (m.getString(OrdType.FIELD)) {
            case "1" -> OrderType.MARKET;
            case "2" -> OrderType.LIMIT;
            default -> null;
        };
    }

    private static Quantity quantity(Message m, Wrongs wrongs, int reason) throws FieldNotFound, IncorrectDataFormat {
        @Nullable BigDecimal value = Reading.decimal(m, OrderQty.FIELD);
        if (value == null) {
            throw new FieldNotFound(OrderQty.FIELD);
        }
        if (value.signum() <= 0) {
            wrongs.add(reason, "OrderQty (38) is " + value.toPlainString() + ": send one above zero.");
            return Quantity.ZERO;
        }
        return Quantity.of(value);
    }

    private static @Nullable Price limit(Message m, @Nullable OrderType type, Wrongs wrongs, int reason)
            throws FieldNotFound, IncorrectDataFormat {
        @Nullable BigDecimal value = Reading.decimal(m, quickfix.field.Price.FIELD);
        if (value == null) {
            if (type == OrderType.LIMIT) {
                throw new FieldNotFound(quickfix.field.Price.FIELD);
            }
            return null;
        }
        if (value.signum() <= 0) {
            wrongs.add(reason, "Price (44) is " + value.toPlainString() + ": send one above zero.");
            return null;
        }
        if (type == OrderType.MARKET) {
            wrongs.add(reason, "A market order has no Price (44): leave it out or send a limit order.");
            return null;
        }
        return Price.of(value);
    }

    private @Nullable AccountId account(Message m, Wrongs wrongs) throws FieldNotFound {
        @Nullable String theirs = Reading.text(m, Account.FIELD);
        if (theirs == null) {
            wrongs.add(UNKNOWN_ACCOUNT, "Account (1) is missing: send one of " + accounts() + ".");
            return null;
        }
        @Nullable AccountId ours = client.accounts().get(theirs);
        if (ours == null) {
            wrongs.add(UNKNOWN_ACCOUNT, "Account (1) " + theirs + " is not one of yours: " + accounts() + ".");
        }
        return ours;
    }

    private List<String> accounts() {
        return client.accounts().keySet().stream().sorted().toList();
    }

    private static String symbol(Message m) throws FieldNotFound {
        @Nullable String symbol = Reading.text(m, Symbol.FIELD);
        return symbol == null ? "[N/A]" : symbol;
    }

    /** By ISIN (48 with 22=4), or by symbol, on the market that 207 or 100 names if there are several; or by our own id. */
    private @Nullable Instrument instrument(Message m, Wrongs wrongs) throws FieldNotFound {
        @Nullable String exchange = Reading.text(m, SecurityExchange.FIELD);
        @Nullable String mic = exchange == null ? Reading.text(m, ExDestination.FIELD) : exchange;
        @Nullable
        String securityId =
                Objects.equals(Reading.text(m, SecurityIDSource.FIELD), "4") ? Reading.text(m, SecurityID.FIELD) : null;
        String symbol = symbol(m);
        try {
            if (securityId == null && symbol.indexOf('.') > 0) {
                Optional<Instrument> known = reference.get().instrument(InstrumentId.of(symbol));
                if (known.isPresent()) {
                    return known.get();
                }
            }
            @Nullable Isin isin = securityId == null ? null : Isin.of(securityId);
            @Nullable Mic market = mic == null ? null : Mic.of(mic);
            List<Instrument> found = reference.get().instruments().stream()
                    .filter(each -> isin == null ? each.symbol().equals(symbol) : isin.equals(each.isin()))
                    .filter(each -> market == null || each.mic().equals(market))
                    .toList();
            if (found.size() == 1) {
                return found.getFirst();
            }
            wrongs.add(
                    UNKNOWN_SYMBOL,
                    found.isEmpty()
                            ? "There is no instrument " + (isin == null ? symbol : isin)
                                    + (mic == null ? "" : " on " + mic) + "."
                            : (isin == null ? symbol : isin) + " trades on several markets: send one in 207.");
        } catch (IllegalArgumentException malformed) {
            wrongs.add(UNKNOWN_SYMBOL, String.valueOf(malformed.getMessage()));
        }
        return null;
    }

    private void mayTrade(@Nullable Instrument instrument, Message m, Wrongs wrongs) throws FieldNotFound {
        if (instrument == null) {
            return;
        }
        boolean market = client.markets().isEmpty()
                || client.markets().contains(instrument.mic().toString());
        boolean listed = client.instruments().isEmpty()
                || client.instruments().contains(instrument.id().toString());
        if (!market || !listed) {
            wrongs.add(UNKNOWN_SYMBOL, "You may not trade " + instrument.id() + " here.");
        }
        @Nullable String currency = Reading.text(m, Currency.FIELD);
        if (currency != null && !currency.equals(instrument.currency().toString())) {
            wrongs.add(OTHER, instrument.id() + " trades in " + instrument.currency() + ", not in " + currency + ".");
        }
    }

    /** Until a time (59=6) is for the day as far as brokers are concerned: the desk takes it back when it is time. */
    private static TimeInForce inForce(Message m, Algo algo, Wrongs wrongs) throws FieldNotFound {
        @Nullable String asked = Reading.text(m, quickfix.field.TimeInForce.FIELD);
        boolean untilTime = "6".equals(asked) && m.isSetField(ExpireTime.FIELD);
        if (asked == null || asked.equals("0") || untilTime) {
            return TimeInForce.DAY;
        }
        TimeInForce inForce = switch (asked) {
            case "3" -> TimeInForce.IOC;
            case "4" -> TimeInForce.FOK;
            default -> TimeInForce.DAY;
        };
        if (inForce == TimeInForce.DAY) {
            wrongs.add(UNSUPPORTED, "TimeInForce (59) is 0, 3, 4, or 6 with ExpireTime (126), not " + asked + ".");
        } else if (algo != Algo.IMMEDIATE) {
            wrongs.add(
                    UNSUPPORTED,
                    algo + " takes its time and " + inForce + " does not wait: send one without the other.");
        } else if (m.isSetField(ExpireTime.FIELD)) {
            wrongs.add(UNSUPPORTED, inForce + " does not wait until ExpireTime (126): leave it out.");
        }
        return inForce;
    }

    /** TargetStrategy (847) 1 is VWAP; FIX gives TWAP no number, so its name in 848 says it. */
    private Algo algo(Message m, Wrongs wrongs) throws FieldNotFound, IncorrectTagValue {
        @Nullable String strategy = Reading.text(m, TargetStrategy.FIELD);
        @Nullable String name = Reading.text(m, TargetStrategyParameters.FIELD);
        if (strategy == null && name == null) {
            return Algo.IMMEDIATE;
        }
        Algo algo = Algo.IMMEDIATE;
        if ("1".equals(strategy) || "VWAP".equals(name)) {
            algo = Algo.VWAP;
        } else if ("TWAP".equals(name)) {
            algo = Algo.TWAP;
        } else {
            wrongs.add(UNSUPPORTED, "TargetStrategy (847) is 1 for VWAP, or 848 says TWAP or VWAP.");
        }
        if (!client.algos().contains(algo)) {
            wrongs.add(UNSUPPORTED, algo + " is not one you may ask for: " + client.algos() + ".");
        }
        if (m.isSetField(ParticipationRate.FIELD)) {
            wrongs.add(UNSUPPORTED, "ParticipationRate (849) is for the desk to say: leave it out.");
        }
        return algo;
    }

    private @Nullable String trader(Message m, Wrongs wrongs) throws FieldNotFound {
        @Nullable String who = Reading.text(m.getHeader(), SenderSubID.FIELD);
        if (who == null || client.traders().isEmpty()) {
            return client.trader();
        }
        @Nullable String ours = client.traders().get(who);
        if (ours == null) {
            wrongs.add(OTHER, "SenderSubID (50) " + who + " is not a trader of yours.");
        }
        return ours;
    }

    private boolean isStale(Message m) throws FieldNotFound {
        return m.getHeader().isSetField(OrigSendingTime.FIELD)
                && m.getHeader()
                        .getUtcTimeStamp(OrigSendingTime.FIELD)
                        .toInstant(ZoneOffset.UTC)
                        .plus(staleAfter)
                        .isBefore(wall.instant());
    }

    // Requests and questions

    private ClientMessage replace(Message m) throws FieldNotFound, IncorrectDataFormat {
        var wrongs = new Wrongs();
        @Nullable Side side = side(m);
        @Nullable OrderType type = type(m);
        if (side == null || type == null) {
            wrongs.add(REFUSED_REPLACE, "Side and order type stay as they are.");
        }
        Quantity quantity = quantity(m, wrongs, REFUSED_REPLACE);
        @Nullable Price limit = limit(m, type, wrongs, REFUSED_REPLACE);
        return new ClientMessage.Replace(
                client.name(),
                sequence(m),
                m.getString(ClOrdID.FIELD),
                m.getString(OrigClOrdID.FIELD),
                possResend(m),
                side == null ? Side.BUY : side,
                quantity,
                type == null ? OrderType.MARKET : type,
                limit,
                wrongs.first);
    }

    private static ClientReport.Terms asked(Message m) throws FieldNotFound {
        @Nullable Side side = side(m);
        return new ClientReport.Terms(
                Reading.text(m, Account.FIELD),
                symbol(m),
                Reading.text(m, SecurityExchange.FIELD),
                null,
                null,
                side == null ? Side.BUY : side,
                Quantity.ZERO,
                OrderType.MARKET,
                null,
                TimeInForce.DAY);
    }

    private ClientMessage massQuestion(Message m) throws FieldNotFound, IncorrectTagValue {
        String id = m.getString(MassStatusReqID.FIELD);
        return switch (m.getString(MassStatusReqType.FIELD)) {
            case "7" -> new ClientMessage.MassQuestion(client.name(), id, null);
            case "1" -> {
                var wrongs = new Wrongs();
                @Nullable Instrument instrument = instrument(m, wrongs);
                if (instrument == null) {
                    throw new IncorrectTagValue(Symbol.FIELD);
                }
                yield new ClientMessage.MassQuestion(client.name(), id, instrument.id());
            }
            default -> throw new IncorrectTagValue(MassStatusReqType.FIELD);
        };
    }

    private static String digest(
            AccountId account,
            InstrumentId instrument,
            ClientReport.Terms terms,
            Algo algo,
            String trader,
            @Nullable Instant start,
            @Nullable Instant end) {
        String canonical = String.join(
                "\n",
                account.toString(),
                instrument.toString(),
                terms.side().toString(),
                terms.quantity().toString(),
                terms.type().toString(),
                String.valueOf(terms.limit()),
                terms.timeInForce().toString(),
                algo.toString(),
                trader,
                String.valueOf(start),
                String.valueOf(end));
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(canonical.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
