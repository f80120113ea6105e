package org.tradesuite.execution.fix;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tradesuite.execution.engine.Input;
import org.tradesuite.market.InstrumentId;
import org.tradesuite.market.Price;
import org.tradesuite.market.Quantity;
import quickfix.FieldMap;
import quickfix.FieldNotFound;
import quickfix.Group;
import quickfix.IncorrectDataFormat;
import quickfix.IncorrectTagValue;
import quickfix.Message;
import quickfix.UnsupportedMessageType;
import quickfix.field.HighPx;
import quickfix.field.LowPx;
import quickfix.field.MDEntryPx;
import quickfix.field.MDEntrySize;
import quickfix.field.MDEntryType;
import quickfix.field.MDReqID;
import quickfix.field.MDUpdateAction;
import quickfix.field.MDUpdateType;
import quickfix.field.MarketDepth;
import quickfix.field.MsgType;
import quickfix.field.NoMDEntries;
import quickfix.field.NoMDEntryTypes;
import quickfix.field.NoRelatedSym;
import quickfix.field.SecurityExchange;
import quickfix.field.SecurityStatusReqID;
import quickfix.field.SecurityTradingStatus;
import quickfix.field.SubscriptionRequestType;
import quickfix.field.Symbol;
import quickfix.field.Text;

/**
 * The line to the market data provider: asks for the best prices and the trades of all instruments and passes them on. A
 * quote that says nothing new is not passed on, and a quote that finds the engine busy is dropped, for the next one
 * replaces it.
 */
final class MarketLine implements Line.Ear, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MarketLine.class);

    private record Named(String symbol, String market) {}

    private record Quote(@Nullable Price bid, @Nullable Price ask) {}

    private final Line line;
    private final ToEngine engine;
    private final Clock clock;
    private final Supplier<List<Subscription>> instruments;
    private final Consumer<LineTrouble> troubles;
    /** Only touched by the session's thread. */
    private final Map<InstrumentId, Quote> quotes = new HashMap<>();

    private final Map<Named, InstrumentId> named = new ConcurrentHashMap<>();
    private final Set<Subscription> asked = new HashSet<>();
    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong lost = new AtomicLong();

    MarketLine(
            Function<Line.Ear, Line> line,
            ToEngine engine,
            Clock clock,
            Supplier<List<Subscription>> instruments,
            Consumer<LineTrouble> troubles) {
        this.engine = engine;
        this.clock = clock;
        this.instruments = instruments;
        this.troubles = troubles;
        this.line = line.apply(this);
    }

    Line line() {
        return line;
    }

    void start() {
        line.start();
    }

    @Override
    public void close() {
        line.close();
        long missed = lost.getAndSet(0);
        if (missed > 0) {
            LOG.warn("{} trades of the market were not taken, because the engine was too busy", missed);
        }
    }

    /** Asks for the instruments there are now and that were not asked for since the logon. */
    void subscribe() {
        List<Subscription> wanted = line.isUp() ? notYetAsked() : List.of();
        if (wanted.isEmpty()) {
            return;
        }
        var request = new Message();
        request.getHeader().setString(MsgType.FIELD, "V");
        request.setString(MDReqID.FIELD, "MD" + clock.instant().getEpochSecond() + "-" + requests.incrementAndGet());
        request.setString(SubscriptionRequestType.FIELD, "1");
        request.setString(MarketDepth.FIELD, "1");
        request.setString(MDUpdateType.FIELD, "1");
        for (String type : List.of("0", "1", "2")) {
            var entryType = new Group(NoMDEntryTypes.FIELD, MDEntryType.FIELD);
            entryType.setString(MDEntryType.FIELD, type);
            request.addGroup(entryType);
        }
        for (Subscription subscription : wanted) {
            var symbol =
                    new Group(NoRelatedSym.FIELD, Symbol.FIELD, new int[] {Symbol.FIELD, SecurityExchange.FIELD, 0});
            symbol.setString(Symbol.FIELD, subscription.symbol());
            symbol.setString(SecurityExchange.FIELD, subscription.mic().toString());
            request.addGroup(symbol);
        }
        line.send(request);
        if (line.dialect().supports("e")) {
            wanted.forEach(this::askForStatus);
        }
    }

    /** 35=e, one for each instrument: the provider says at once how it is, and then whatever changes. */
    private void askForStatus(Subscription subscription) {
        var request = new Message();
        request.getHeader().setString(MsgType.FIELD, "e");
        request.setString(
                SecurityStatusReqID.FIELD, "SS" + clock.instant().getEpochSecond() + "-" + requests.incrementAndGet());
        request.setString(Symbol.FIELD, subscription.symbol());
        request.setString(SecurityExchange.FIELD, subscription.mic().toString());
        request.setString(SubscriptionRequestType.FIELD, "1");
        line.send(request);
    }

    /** Holds its own lock for a moment only and never while sending, which needs the session's. */
    private List<Subscription> notYetAsked() {
        synchronized (asked) {
            List<Subscription> wanted = instruments.get().stream()
                    .filter(subscription -> !asked.contains(subscription))
                    .toList();
            asked.addAll(wanted);
            wanted.forEach(subscription -> named.put(
                    new Named(subscription.symbol(), subscription.mic().toString()), subscription.instrument()));
            return wanted;
        }
    }

    @Override
    public void up() {
        synchronized (asked) {
            // The provider forgot us with the last session.
            asked.clear();
        }
        subscribe();
    }

    @Override
    public void hear(Message message)
            throws FieldNotFound, IncorrectDataFormat, IncorrectTagValue, UnsupportedMessageType {
        switch (message.getHeader().getString(MsgType.FIELD)) {
            case "W", "X" -> prices(message);
            case "f" -> status(message);
            case "Y" -> trouble("the request for prices was refused: " + Reading.text(message, Text.FIELD));
            case "j" -> trouble("the provider does not understand us: " + Reading.text(message, Text.FIELD));
            default -> throw new UnsupportedMessageType();
        }
    }

    /** Whether it trades, and within which prices. Unlike a price it is not repeated, so it waits for the engine. */
    private void status(Message message) throws FieldNotFound, IncorrectDataFormat, IncorrectTagValue {
        @Nullable InstrumentId instrument = instrument(message);
        if (instrument == null) {
            throw new FieldNotFound(Symbol.FIELD);
        }
        java.math.@Nullable BigDecimal low = Reading.decimal(message, LowPx.FIELD);
        java.math.@Nullable BigDecimal high = Reading.decimal(message, HighPx.FIELD);
        engine.bring(new Input.SecurityStatus(
                now(),
                instrument,
                message.getInt(SecurityTradingStatus.FIELD),
                low == null ? null : Price.of(low),
                high == null ? null : Price.of(high)));
    }

    private void prices(Message message) throws FieldNotFound, IncorrectDataFormat, IncorrectTagValue {
        @Nullable InstrumentId instrument = instrument(message);
        Map<InstrumentId, Quote> changed = new HashMap<>();
        for (Group entry : message.getGroups(NoMDEntries.FIELD)) {
            // An entry that names no instrument is about the same one as the entry before it.
            @Nullable InstrumentId named = instrument(entry);
            instrument = named == null ? instrument : named;
            if (instrument == null) {
                throw new FieldNotFound(Symbol.FIELD);
            }
            boolean gone = "2".equals(Reading.text(entry, MDUpdateAction.FIELD));
            Quote before = quotes.getOrDefault(instrument, new Quote(null, null));
            switch (entry.getString(MDEntryType.FIELD)) {
                case "0" -> quotes.put(instrument, new Quote(gone ? null : price(entry), before.ask()));
                case "1" -> quotes.put(instrument, new Quote(before.bid(), gone ? null : price(entry)));
                case "2" -> trade(instrument, entry);
                default -> LOG.trace("an entry nobody reads: {}", entry);
            }
            Quote after = quotes.getOrDefault(instrument, before);
            if (!after.equals(before)) {
                changed.put(instrument, after);
            }
        }
        changed.forEach(this::quote);
    }

    private void quote(InstrumentId instrument, Quote quote) {
        if (quote.bid() != null
                && quote.ask() != null
                && !engine.offer(new Input.MarketQuote(now(), instrument, quote.bid(), quote.ask()))) {
            // Forgotten, so that the same prices said once more count as news.
            quotes.remove(instrument);
        }
    }

    private void trade(InstrumentId instrument, FieldMap entry) throws FieldNotFound, IncorrectDataFormat {
        Quantity size = Quantity.of(
                Objects.requireNonNullElse(Reading.decimal(entry, MDEntrySize.FIELD), java.math.BigDecimal.ZERO)
                        .abs());
        if (!size.isZero() && !engine.offer(new Input.MarketTrade(now(), instrument, price(entry), size))) {
            lost.incrementAndGet();
        }
    }

    private @Nullable InstrumentId instrument(FieldMap fields) throws FieldNotFound, IncorrectTagValue {
        @Nullable String symbol = Reading.text(fields, Symbol.FIELD);
        @Nullable String market = Reading.text(fields, SecurityExchange.FIELD);
        if (symbol == null || market == null) {
            return null;
        }
        @Nullable InstrumentId instrument = named.get(new Named(symbol, market));
        if (instrument == null) {
            throw new IncorrectTagValue(Symbol.FIELD, symbol);
        }
        return instrument;
    }

    private static Price price(FieldMap entry) throws FieldNotFound, IncorrectDataFormat {
        java.math.@Nullable BigDecimal price = Reading.decimal(entry, MDEntryPx.FIELD);
        if (price == null) {
            throw new FieldNotFound(MDEntryPx.FIELD);
        }
        return Price.of(price);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    @Override
    public void down(String reason) {
        LOG.warn("{}: {}", line.dialect().name(), reason);
    }

    @Override
    public void counterReset() {
        LOG.info("{}: counts from 1 again", line.dialect().name());
    }

    @Override
    public void stale(Message message, boolean neverLeft) {
        LOG.debug("{}: an old request is not sent again", line.dialect().name());
    }

    @Override
    public void trouble(String text) {
        troubles.accept(new LineTrouble(now(), line.dialect().name(), text));
    }
}
