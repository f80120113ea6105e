package org.tradesuite.suite.market;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quickfix.ApplicationAdapter;
import quickfix.FieldMap;
import quickfix.FieldNotFound;
import quickfix.Group;
import quickfix.Message;
import quickfix.Session;
import quickfix.SessionID;
import quickfix.SessionNotFound;
import quickfix.UnsupportedMessageType;
import quickfix.field.HighPx;
import quickfix.field.LowPx;
import quickfix.field.MDEntryDate;
import quickfix.field.MDEntryPx;
import quickfix.field.MDEntrySize;
import quickfix.field.MDEntryTime;
import quickfix.field.MDEntryType;
import quickfix.field.MDReqID;
import quickfix.field.MDReqRejReason;
import quickfix.field.MDUpdateAction;
import quickfix.field.MsgType;
import quickfix.field.SecurityExchange;
import quickfix.field.SecurityID;
import quickfix.field.SecurityIDSource;
import quickfix.field.SecurityStatusReqID;
import quickfix.field.SecurityTradingStatus;
import quickfix.field.SubscriptionRequestType;
import quickfix.field.Symbol;
import quickfix.field.Text;
import quickfix.fix44.MarketDataIncrementalRefresh;
import quickfix.fix44.MarketDataRequest;
import quickfix.fix44.MarketDataRequestReject;
import quickfix.fix44.MarketDataSnapshotFullRefresh;
import quickfix.fix44.SecurityStatus;

/**
 * The market data vendor: FIX 4.4, one client. A subscription (35=V, 263=1) is answered by a snapshot (35=W) and then by
 * increments (35=X): the quote whenever it changed and every print, each with its own time. A subscription lives as long
 * as the connection. What was missed while away is not sent again: the next snapshot has the state. Whoever asks for the
 * status of an instrument (35=e) is told it at once and when it changes (35=f): its halts are written in a script.
 */
public final class MarketFeed {

    public static final int PORT = 9860;

    private static final Logger LOG = LoggerFactory.getLogger(MarketFeed.class);
    private static final String SENDER = "MARKET";
    private static final int ENTRIES_PER_MESSAGE = 200;
    private static final int EVERY_MILLIS = 100;
    private static final char SUBSCRIBE = '1';
    private static final char UNSUBSCRIBE = '2';
    private static final String ISIN = "4";

    private record Subscription(Listing listing, String requestId) {}

    /**
     * That an instrument is halted for a while, and within which prices it trades afterwards.
     *
     * @param low LowPx (333) and
     * @param high HighPx (332), null for no band
     */
    public record Halt(
            String symbol,
            String mic,
            Instant from,
            Instant until,
            @Nullable BigDecimal low,
            @Nullable BigDecimal high) {}

    /** What was said of an instrument: the halt it is in, or the one it came out of. */
    private record Said(@Nullable Halt halt, boolean trades) {}

    private static final class Progress {
        Instant sentUpTo;
        Quote quote;

        Progress(Instant sentUpTo, Quote quote) {
            this.sentUpTo = sentUpTo;
            this.quote = quote;
        }
    }

    private final Market market;
    private final Clock clock;
    private final LoopbackAcceptor acceptor;
    private final Map<Subscription, Progress> subscriptions = new LinkedHashMap<>();
    private final Map<Subscription, Said> statuses = new LinkedHashMap<>();
    private final List<Halt> script = new ArrayList<>();
    private final ScheduledExecutorService publisher = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("market-feed").factory());

    private @Nullable ScheduledFuture<?> rounds;

    /** @param client the counterparty's CompID */
    public MarketFeed(Market market, Clock clock, int port, String client, Path folder) {
        this.market = market;
        this.clock = clock;
        this.acceptor = new LoopbackAcceptor(
                "FIX.4.4", SENDER, client, port, folder.resolve(SENDER), false, new Conversation());
    }

    public void start() {
        acceptor.start();
        rounds = publisher.scheduleWithFixedDelay(
                this::publishSafely, EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Adds to the script. */
    public synchronized void halts(Halt halt) {
        script.add(halt);
    }

    public void stop() {
        ScheduledFuture<?> running = rounds;
        if (running != null) {
            running.cancel(false);
        }
        publisher.shutdownNow();
        acceptor.stop();
    }

    private void publishSafely() {
        try {
            publish();
        } catch (RuntimeException | SessionNotFound e) {
            // The schedule must survive one bad round: the next one publishes from where the last good one ended.
            LOG.error("A round of market data was not published", e);
        }
    }

    private synchronized void publish() throws SessionNotFound {
        Instant now = clock.instant();
        for (Map.Entry<Subscription, Said> entry : statuses.entrySet()) {
            Said said = scripted(entry.getKey().listing(), now);
            if (!said.equals(entry.getValue())) {
                entry.setValue(said);
                Session.sendToTarget(status(entry.getKey(), said), acceptor.session());
            }
        }
        for (Map.Entry<Subscription, Progress> entry : subscriptions.entrySet()) {
            Listing listing = entry.getKey().listing();
            Progress progress = entry.getValue();
            if (!now.isAfter(progress.sentUpTo)) {
                continue;
            }
            List<Group> changes = new ArrayList<>();
            for (Print print : market.prints(listing, progress.sentUpTo, now)) {
                Group trade = increment(listing, MDEntryType.TRADE, print.time());
                trade.setDecimal(MDEntryPx.FIELD, print.price());
                trade.setDecimal(MDEntrySize.FIELD, print.quantity());
                changes.add(trade);
            }
            Optional<Quote> quote = market.quote(listing, now);
            if (quote.isPresent() && !sameSides(quote.get(), progress.quote)) {
                Group bid = increment(listing, MDEntryType.BID, now);
                bid.setDecimal(MDEntryPx.FIELD, quote.get().bid());
                Group ask = increment(listing, MDEntryType.OFFER, now);
                ask.setDecimal(MDEntryPx.FIELD, quote.get().ask());
                changes.add(bid);
                changes.add(ask);
                progress.quote = quote.get();
            }
            progress.sentUpTo = now;
            for (int i = 0; i < changes.size(); i += ENTRIES_PER_MESSAGE) {
                MarketDataIncrementalRefresh refresh = new MarketDataIncrementalRefresh();
                refresh.setString(MDReqID.FIELD, entry.getKey().requestId());
                changes.subList(i, Math.min(changes.size(), i + ENTRIES_PER_MESSAGE))
                        .forEach(refresh::addGroup);
                Session.sendToTarget(refresh, acceptor.session());
            }
        }
    }

    private Said scripted(Listing listing, Instant now) {
        Said said = new Said(null, true);
        for (Halt halt : script) {
            if (halt.symbol().equals(listing.symbol())
                    && halt.mic().equals(listing.mic())
                    && !now.isBefore(halt.from())) {
                said = new Said(halt, !now.isBefore(halt.until()));
            }
        }
        return said;
    }

    private static Message status(Subscription subscription, Said said) {
        SecurityStatus status = new SecurityStatus();
        status.setString(SecurityStatusReqID.FIELD, subscription.requestId());
        identify(status, subscription.listing());
        Halt halt = said.halt();
        status.setInt(
                SecurityTradingStatus.FIELD,
                !said.trades()
                        ? SecurityTradingStatus.TRADING_HALT
                        : halt == null ? SecurityTradingStatus.READY_TO_TRADE : SecurityTradingStatus.RESUME);
        if (halt != null && halt.low() != null) {
            status.setDecimal(LowPx.FIELD, halt.low());
        }
        if (halt != null && halt.high() != null) {
            status.setDecimal(HighPx.FIELD, halt.high());
        }
        return status;
    }

    private static boolean sameSides(Quote one, Quote other) {
        return one.bid().compareTo(other.bid()) == 0 && one.ask().compareTo(other.ask()) == 0;
    }

    private static Group increment(Listing listing, char type, Instant time) {
        Group entry = new MarketDataIncrementalRefresh.NoMDEntries();
        entry.setChar(MDUpdateAction.FIELD, type == MDEntryType.TRADE ? MDUpdateAction.NEW : MDUpdateAction.CHANGE);
        identify(entry, listing);
        stamp(entry, type, time);
        return entry;
    }

    private static void identify(FieldMap fields, Listing listing) {
        fields.setString(Symbol.FIELD, listing.symbol());
        fields.setString(SecurityExchange.FIELD, listing.mic());
        String isin = listing.isin();
        if (isin != null) {
            fields.setString(SecurityID.FIELD, isin);
            fields.setString(SecurityIDSource.FIELD, ISIN);
        }
    }

    private static void stamp(Group entry, char type, Instant time) {
        LocalDateTime utc = LocalDateTime.ofInstant(time.truncatedTo(ChronoUnit.MILLIS), ZoneOffset.UTC);
        entry.setChar(MDEntryType.FIELD, type);
        entry.setUtcDateOnly(MDEntryDate.FIELD, utc.toLocalDate());
        entry.setUtcTimeOnly(MDEntryTime.FIELD, utc.toLocalTime(), true);
    }

    private final class Conversation extends ApplicationAdapter {

        @Override
        public void onLogout(SessionID session) {
            synchronized (MarketFeed.this) {
                subscriptions.clear();
                statuses.clear();
            }
        }

        @Override
        public void fromApp(Message message, SessionID session) throws FieldNotFound, UnsupportedMessageType {
            try {
                switch (message.getHeader().getString(MsgType.FIELD)) {
                    case MsgType.MARKET_DATA_REQUEST -> answer(message);
                    case MsgType.SECURITY_STATUS_REQUEST -> answerStatus(message);
                    default -> throw new UnsupportedMessageType();
                }
            } catch (SessionNotFound e) {
                throw new IllegalStateException(e);
            }
        }

        private void answerStatus(Message request) throws FieldNotFound, SessionNotFound {
            Optional<Listing> listing =
                    market.listing(request.getString(Symbol.FIELD), request.getString(SecurityExchange.FIELD));
            if (listing.isEmpty()) {
                throw new FieldNotFound(Symbol.FIELD);
            }
            Subscription subscription = new Subscription(listing.get(), request.getString(SecurityStatusReqID.FIELD));
            synchronized (MarketFeed.this) {
                Said said = scripted(subscription.listing(), clock.instant());
                statuses.keySet().removeIf(each -> each.listing().equals(subscription.listing()));
                if (request.getChar(SubscriptionRequestType.FIELD) == SUBSCRIBE) {
                    statuses.put(subscription, said);
                }
                Session.sendToTarget(status(subscription, said), acceptor.session());
            }
        }

        private void answer(Message request) throws FieldNotFound, SessionNotFound {
            String requestId = request.getString(MDReqID.FIELD);
            char kind = request.getChar(SubscriptionRequestType.FIELD);
            for (Group asked : request.getGroups(new MarketDataRequest.NoRelatedSym().getFieldTag())) {
                String symbol = asked.getString(Symbol.FIELD);
                String mic = asked.isSetField(SecurityExchange.FIELD) ? asked.getString(SecurityExchange.FIELD) : "";
                Optional<Listing> listing = market.listing(symbol, mic);
                if (listing.isEmpty()) {
                    MarketDataRequestReject reject = new MarketDataRequestReject();
                    reject.setString(MDReqID.FIELD, requestId);
                    reject.setChar(MDReqRejReason.FIELD, MDReqRejReason.UNKNOWN_SYMBOL);
                    reject.setString(Text.FIELD, "Unknown symbol " + symbol + " on " + mic);
                    Session.sendToTarget(reject, acceptor.session());
                } else {
                    follow(kind, new Subscription(listing.get(), requestId));
                }
            }
        }

        private void follow(char kind, Subscription subscription) throws SessionNotFound {
            synchronized (MarketFeed.this) {
                subscriptions.keySet().removeIf(s -> s.listing().equals(subscription.listing()));
                if (kind == UNSUBSCRIBE) {
                    return;
                }
                Instant now = clock.instant();
                Quote quote = market.indication(subscription.listing(), now);
                Session.sendToTarget(snapshot(subscription, quote, now), acceptor.session());
                if (kind == SUBSCRIBE) {
                    subscriptions.put(subscription, new Progress(now, quote));
                }
            }
        }

        private Message snapshot(Subscription subscription, Quote quote, Instant now) {
            MarketDataSnapshotFullRefresh snapshot = new MarketDataSnapshotFullRefresh();
            snapshot.setString(MDReqID.FIELD, subscription.requestId());
            identify(snapshot, subscription.listing());
            char[] types = {MDEntryType.BID, MDEntryType.OFFER, MDEntryType.TRADE};
            for (char type : types) {
                Group entry = new MarketDataSnapshotFullRefresh.NoMDEntries();
                entry.setDecimal(
                        MDEntryPx.FIELD,
                        type == MDEntryType.BID ? quote.bid() : type == MDEntryType.OFFER ? quote.ask() : quote.last());
                stamp(entry, type, now);
                snapshot.addGroup(entry);
            }
            return snapshot;
        }
    }

    /** Runs the feed in a process of its own: {@code <folder> <client CompID> <seed> [anchor date]}. */
    public static void main(String[] args) throws InterruptedException {
        Clock clock = Clock.systemUTC();
        LocalDate anchor =
                args.length > 3 ? LocalDate.parse(args[3]) : LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        Market market = Market.of(ReferenceFiles.onClassPath(), Long.parseLong(args[2]), anchor);
        MarketFeed feed = new MarketFeed(market, clock, PORT, args[1], Path.of(args[0]));
        feed.start();
        Runtime.getRuntime().addShutdownHook(new Thread(feed::stop));
        Thread.currentThread().join();
    }
}
