package org.tradesuite.execution.reference;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toUnmodifiableMap;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tradesuite.market.AccountId;
import org.tradesuite.market.BrokerId;
import org.tradesuite.market.BusinessCalendar;
import org.tradesuite.market.Currency;
import org.tradesuite.market.InstrumentId;
import org.tradesuite.market.Isin;
import org.tradesuite.market.Mic;
import org.tradesuite.market.Money;

/**
 * The reference data of one business date, unchanging: a change makes a new one. What is not known is empty, never a
 * default, so that the rules can refuse and say which datum is missing. Safe to share between threads.
 */
public final class ReferenceData {

    /** Settlement against payment also needs the currency's banks open. */
    private static final Map<Currency, String> PAYMENT_CALENDARS = Map.of(
            Currency.GBP, "GBLO",
            Currency.EUR, "EUTA",
            Currency.USD, "USNY",
            Currency.JPY, "JPTO");

    private static final MathContext RATE_PRECISION = new MathContext(16, RoundingMode.HALF_EVEN);

    private final LocalDate businessDate;
    private final ReferenceContent content;
    private final Map<InstrumentId, Instrument> instruments;
    private final Map<ListedAs, Instrument> byIsin;
    private final Map<ListedAs, Instrument> bySymbol;
    private final Map<AccountId, Account> accounts;
    private final Map<BrokerId, Broker> brokers;
    private final Map<ChargedOn, BrokerRate> rates;
    private final Map<String, Strategy> strategies;
    private final Map<String, Trader> traders;
    private final Map<Mic, List<TradingSession>> sessions;
    private final Map<Mic, List<SettlementCycle>> cycles;
    private final Map<Mic, List<VolumeBin>> profiles;
    private final Map<String, BusinessCalendar> calendars;
    private final Map<Pair, BigDecimal> fx;
    private final Limits limits;
    private final TradingLists tradingLists;
    private final Permissions permissions;
    private final Borrowing borrowing;
    private final Map<AssetClass, MarginRate> marginRates;
    private final Map<String, Mandate> mandates = new HashMap<>();
    private final Map<AccountId, Map<InstrumentId, BigDecimal>> opening = new HashMap<>();
    /** When a session of a date begins and ends is asked for every order and does not change. */
    private final Map<SessionOn, Optional<OpenInterval>> intervals = new ConcurrentHashMap<>();

    private final Map<Mic, List<OpenInterval>> aroundToday;

    private record SessionOn(TradingSession session, LocalDate date) {}

    private record ListedAs(String name, Mic mic) {}

    private record ChargedOn(BrokerId broker, Mic mic) {}

    private record Pair(Currency base, Currency quote) {
        Pair turned() {
            return new Pair(/* base= */ quote, /* quote= */ base);
        }
    }

    private ReferenceData(LocalDate businessDate, ReferenceContent content) {
        this.businessDate = businessDate;
        this.content = content;
        this.instruments = index(content.instruments(), Instrument::id);
        this.byIsin = content.instruments().stream()
                .filter(instrument -> instrument.isin() != null)
                .collect(toUnmodifiableMap(
                        instrument -> new ListedAs(String.valueOf(instrument.isin()), instrument.mic()),
                        Function.identity()));
        this.bySymbol = index(content.instruments(), instrument -> new ListedAs(instrument.symbol(), instrument.mic()));
        this.accounts = index(content.accounts(), Account::id);
        this.brokers = index(content.brokers(), Broker::id);
        this.rates = index(content.brokerRates(), rate -> new ChargedOn(rate.broker(), rate.mic()));
        this.strategies = index(content.strategies(), Strategy::id);
        this.traders = index(content.traders(), Trader::id);
        this.sessions = content.tradingSessions().stream().collect(groupingBy(TradingSession::mic));
        this.cycles = content.settlementCycles().stream().collect(groupingBy(SettlementCycle::mic));
        this.profiles = content.volumeProfiles().stream()
                .sorted(Comparator.comparing(VolumeBin::start))
                .collect(groupingBy(VolumeBin::mic));
        this.calendars = calendars(content);
        this.aroundToday = aroundToday();
        this.fx = latestRates(businessDate, content.fxRates());
        this.limits = new Limits(content.limits(), this::fxRate);
        var rulebook = content.rulebook();
        this.tradingLists = new TradingLists(rulebook.tradingLists());
        this.permissions = new Permissions(rulebook.permissions());
        this.borrowing = new Borrowing(rulebook, businessDate);
        this.marginRates = index(rulebook.marginRates(), MarginRate::assetClass);
        rulebook.mandateRules().stream()
                .collect(groupingBy(MandateRule::mandate))
                .forEach((id, rules) -> mandates.put(id, new Mandate(id, rules)));
        for (var position : content.openingPositions()) {
            if (position.businessDate().equals(businessDate)) {
                opening.computeIfAbsent(position.account(), account -> new HashMap<>())
                        .put(position.instrument(), position.quantity());
            }
        }
    }

    /**
     * The picture on a business date: exchange rates are the latest on or before it.
     *
     * @throws IllegalArgumentException if a calendar that the content names is not known
     * @throws IllegalStateException if two entries have the same key
     */
    public static ReferenceData of(LocalDate businessDate, ReferenceContent content) {
        return new ReferenceData(businessDate, content);
    }

    public LocalDate businessDate() {
        return businessDate;
    }

    public ReferenceContent content() {
        return content;
    }

    public Optional<Instrument> instrument(InstrumentId id) {
        return Optional.ofNullable(instruments.get(id));
    }

    public Optional<Instrument> instrument(Isin isin, Mic mic) {
        return Optional.ofNullable(byIsin.get(new ListedAs(isin.toString(), mic)));
    }

    /** By the market's own symbol, which is not always the first part of our identifier. */
    public Optional<Instrument> instrument(String symbol, Mic mic) {
        return Optional.ofNullable(bySymbol.get(new ListedAs(symbol, mic)));
    }

    public Collection<Instrument> instruments() {
        return content.instruments();
    }

    public Optional<Account> account(AccountId id) {
        return Optional.ofNullable(accounts.get(id));
    }

    public Collection<Account> accounts() {
        return content.accounts();
    }

    public Optional<Broker> broker(BrokerId id) {
        return Optional.ofNullable(brokers.get(id));
    }

    public Collection<Broker> brokers() {
        return content.brokers();
    }

    /** What the dearest broker of that market would charge for so much, unrounded; nothing where no broker is known. */
    public BigDecimal dearestCharges(Mic mic, BigDecimal gross) {
        @Nullable BigDecimal dearest = null;
        for (var broker : content.brokers()) {
            var rate = rates.get(new ChargedOn(broker.id(), mic));
            if (rate != null) {
                var charges = rate.charges(gross);
                dearest = dearest == null ? charges : dearest.max(charges);
            }
        }
        return dearest == null ? BigDecimal.ZERO : dearest;
    }

    public Optional<BrokerRate> rate(BrokerId broker, Mic mic) {
        return Optional.ofNullable(rates.get(new ChargedOn(broker, mic)));
    }

    public Optional<Strategy> strategy(String id) {
        return Optional.ofNullable(strategies.get(id));
    }

    public Optional<Trader> trader(String id) {
        return Optional.ofNullable(traders.get(id));
    }

    public Optional<Firm> firm() {
        return content.firm().stream().findFirst();
    }

    /** Whether there is such a one that a limit could hold. Reads all of them: for a person who sets a limit. */
    public boolean knows(LimitScope scope, String id) {
        return switch (scope) {
            case FIRM -> id.equals(Limit.THE_FIRM);
            case DESK ->
                traders.values().stream().anyMatch(trader -> trader.desk().equals(id));
            case TRADER -> traders.containsKey(id);
            case CLIENT ->
                accounts.values().stream().anyMatch(account -> account.client().equals(id));
            case PORTFOLIO ->
                accounts.values().stream()
                        .anyMatch(account -> account.portfolio().equals(id));
            case ACCOUNT ->
                accounts.keySet().stream().anyMatch(account -> account.value().equals(id));
            case STRATEGY -> strategies.containsKey(id);
            case ASSET_CLASS ->
                Arrays.stream(AssetClass.values()).anyMatch(each -> each.name().equals(id));
            case MARKET ->
                sessions.keySet().stream().anyMatch(mic -> mic.value().equals(id));
            case INSTRUMENT ->
                instruments.keySet().stream().anyMatch(each -> each.value().equals(id));
            case BROKER ->
                brokers.keySet().stream().anyMatch(broker -> broker.value().equals(id));
        };
    }

    public Limits limits() {
        return limits;
    }

    /** All that the lists of compliance say about the instrument or its issuer, also what has ended or not begun. */
    public List<TradingListEntry> tradingLists(Instrument instrument) {
        return tradingLists.about(instrument);
    }

    /** A permission that covers the order; empty if nobody gave one. */
    public Optional<Permission> permission(String trader, AccountId account, String strategy, Instrument instrument) {
        return Optional.ofNullable(permissions.covering(trader, account.value(), strategy, instrument));
    }

    /** How much lenders gave their word for today; zero if none did. */
    public BigDecimal located(AccountId account, InstrumentId instrument) {
        return borrowing.located(account, instrument);
    }

    public boolean isEasyToBorrow(InstrumentId instrument, Instant at) {
        return borrowing.isEasy(instrument, at);
    }

    /** Whether a short sale has to be above the best bid. */
    public boolean isRestrictedShort(InstrumentId instrument, Instant at) {
        return borrowing.isRestricted(instrument, at);
    }

    public Optional<MarginRate> marginRate(AssetClass assetClass) {
        return Optional.ofNullable(marginRates.get(assetClass));
    }

    /** A mandate that no rule is known of is empty, and not one that allows everything. */
    public Optional<Mandate> mandate(String id) {
        return Optional.ofNullable(mandates.get(id));
    }

    /** What the account held when the day began, by the files; zero if they do not mention it. */
    public BigDecimal openingQuantity(AccountId account, InstrumentId instrument) {
        var ofAccount = opening.get(account);
        return ofAccount == null ? BigDecimal.ZERO : ofAccount.getOrDefault(instrument, BigDecimal.ZERO);
    }

    public List<OpeningPosition> openingPositions() {
        return content.openingPositions();
    }

    public List<OpeningCash> openingCash() {
        return content.openingCash();
    }

    /** Whether any session of the market is known; without one, nobody can say whether it is open. */
    public boolean knowsSessionsOf(Mic mic) {
        return sessions.containsKey(mic);
    }

    /** The session the market is in at that instant, if it is in one. */
    public Optional<OpenInterval> openSession(Mic mic, Instant at) {
        for (var interval : aroundToday.getOrDefault(mic, List.of())) {
            if (interval.contains(at)) {
                return Optional.of(interval);
            }
        }
        return openSessionOnAnyDay(mic, at);
    }

    private Optional<OpenInterval> openSessionOnAnyDay(Mic mic, Instant at) {
        for (var session : sessions.getOrDefault(mic, List.of())) {
            var today = at.atZone(session.zone()).toLocalDate();
            // A session that began yesterday may still be open.
            for (var date = today.minusDays(1); !date.isAfter(today); date = date.plusDays(1)) {
                var interval = interval(session, date);
                if (interval.isPresent() && interval.get().contains(at)) {
                    return interval;
                }
            }
        }
        return Optional.empty();
    }

    /** The sessions of the business date and of the days beside it, in order of time: what nearly every order asks for. */
    private Map<Mic, List<OpenInterval>> aroundToday() {
        var around = new HashMap<Mic, List<OpenInterval>>();
        sessions.forEach((mic, ofMarket) -> around.put(
                mic,
                ofMarket.stream()
                        .flatMap(session -> Stream.of(businessDate.minusDays(1), businessDate, businessDate.plusDays(1))
                                .flatMap(date -> interval(session, date).stream()))
                        .sorted(Comparator.comparing(OpenInterval::open))
                        .toList()));
        return around;
    }

    private Optional<OpenInterval> interval(TradingSession session, LocalDate date) {
        return intervals.computeIfAbsent(
                new SessionOn(session, date),
                each -> calendar(session.calendar()).isBusinessDay(date)
                        ? Optional.of(session.on(date))
                        : Optional.empty());
    }

    /** The market's sessions on a date of its own zone, in order of time; none on a holiday. */
    public List<OpenInterval> sessionsOn(Mic mic, LocalDate date) {
        return sessions.getOrDefault(mic, List.of()).stream()
                .filter(session -> calendar(session.calendar()).isBusinessDay(date))
                .map(session -> session.on(date))
                .sorted(Comparator.comparing(OpenInterval::open))
                .toList();
    }

    /**
     * The market's usual volume on a date, as fractions of the day between instants, in order of time; empty when no
     * profile is known or the market is closed on the date.
     */
    public List<VolumeInterval> volumeProfile(Mic mic, LocalDate date) {
        var ofMarket = sessions.getOrDefault(mic, List.of());
        if (ofMarket.isEmpty() || sessionsOn(mic, date).isEmpty()) {
            return List.of();
        }
        var zone = ofMarket.getFirst().zone();
        var intervals = new ArrayList<VolumeInterval>();
        for (var bin : profiles.getOrDefault(mic, List.of())) {
            var endsOn = bin.end().isAfter(bin.start()) ? date : date.plusDays(1);
            intervals.add(new VolumeInterval(
                    date.atTime(bin.start()).atZone(zone).toInstant(),
                    endsOn.atTime(bin.end()).atZone(zone).toInstant(),
                    bin.share()));
        }
        return List.copyOf(intervals);
    }

    /** @throws IllegalArgumentException if the calendar is not known */
    public BusinessCalendar calendar(String id) {
        var known = calendars.get(id);
        return known != null ? known : BusinessCalendar.of(id, content.calendarOverrides());
    }

    /**
     * When a trade of that date settles: so many business days later as the market's cycle on the trade date says,
     * counted on the place of settlement and the currency's banks together. Empty when no cycle is known.
     */
    public Optional<LocalDate> settlementDate(Instrument instrument, LocalDate tradeDate) {
        return cycles.getOrDefault(instrument.mic(), List.of()).stream()
                .filter(cycle -> !cycle.validFrom().isAfter(tradeDate))
                .max(Comparator.comparing(SettlementCycle::validFrom))
                .map(cycle -> settlementCalendar(instrument).plusBusinessDays(tradeDate, cycle.days()));
    }

    private BusinessCalendar settlementCalendar(Instrument instrument) {
        var place = calendar(instrument.calendar());
        var payment = PAYMENT_CALENDARS.get(instrument.currency());
        // A crypto pair is delivered and paid on the venue's own books, which keep no bank holidays.
        return payment == null || instrument.assetClass() == AssetClass.CRYPTO
                ? place
                : place.combined(calendar(payment));
    }

    /** What one unit of a currency is worth in another: quoted, inverted, or through one third currency. */
    public Optional<BigDecimal> fxRate(Currency from, Currency to) {
        return from.equals(to) ? Optional.of(BigDecimal.ONE) : Optional.ofNullable(fx.get(new Pair(from, to)));
    }

    /** The amount in another currency, rounded half to even; empty when no rate is known. */
    public Optional<Money> convert(Money money, Currency to) {
        return fxRate(money.currency(), to)
                .map(rate -> Money.round(money.amount().multiply(rate), to, RoundingMode.HALF_EVEN));
    }

    private static <K, V> Map<K, V> index(Collection<V> values, Function<V, K> key) {
        return values.stream().collect(toUnmodifiableMap(key, Function.identity()));
    }

    private static Map<String, BusinessCalendar> calendars(ReferenceContent content) {
        var calendars = new HashMap<String, BusinessCalendar>();
        for (var session : content.tradingSessions()) {
            calendars.computeIfAbsent(session.calendar(), id -> BusinessCalendar.of(id, content.calendarOverrides()));
        }
        for (var instrument : content.instruments()) {
            calendars.computeIfAbsent(
                    instrument.calendar(), id -> BusinessCalendar.of(id, content.calendarOverrides()));
        }
        for (var id : PAYMENT_CALENDARS.values()) {
            calendars.computeIfAbsent(id, each -> BusinessCalendar.of(each, content.calendarOverrides()));
        }
        return Map.copyOf(calendars);
    }

    /** Every pair that can be had: directly, inverted, and crossed through one currency that both are quoted against. */
    private static Map<Pair, BigDecimal> latestRates(LocalDate businessDate, List<FxRate> rates) {
        var direct = new HashMap<Pair, BigDecimal>();
        rates.stream()
                .filter(rate -> !rate.date().isAfter(businessDate))
                .sorted(Comparator.comparing(FxRate::date))
                .forEach(rate -> direct.put(new Pair(rate.base(), rate.quote()), rate.rate()));
        var known = new HashMap<Pair, BigDecimal>();
        direct.forEach((pair, rate) -> known.put(pair.turned(), BigDecimal.ONE.divide(rate, RATE_PRECISION)));
        known.putAll(direct);
        var currencies =
                known.keySet().stream().map(Pair::base).distinct().sorted().toList();
        var crossed = new HashMap<>(known);
        for (var from : currencies) {
            for (var to : currencies) {
                for (var through : currencies) {
                    var first = known.get(new Pair(from, through));
                    var second = known.get(new Pair(through, to));
                    if (first != null && second != null && !from.equals(to)) {
                        crossed.putIfAbsent(new Pair(from, to), first.multiply(second, RATE_PRECISION));
                    }
                }
            }
        }
        return Map.copyOf(crossed);
    }
}
