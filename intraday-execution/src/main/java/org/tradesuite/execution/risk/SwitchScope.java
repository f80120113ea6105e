package org.tradesuite.execution.risk;

import java.util.ArrayList;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.tradesuite.execution.reference.Account;
import org.tradesuite.execution.reference.Instrument;
import org.tradesuite.execution.reference.ReferenceData;
import org.tradesuite.execution.reference.Trader;
import org.tradesuite.market.AccountId;
import org.tradesuite.market.BrokerId;
import org.tradesuite.market.InstrumentId;
import org.tradesuite.market.Mic;

/**
 * Which orders a switch is about: those of which every part that it names is as it says. Naming nothing means the firm.
 * An order has a scope too, in which everything known of it is named; before a broker was chosen, its broker is not.
 *
 * @param desk at which the trader sits
 * @param trader who decided
 * @param client whose account it is
 * @param algorithm that works the order: IMMEDIATE, TWAP or VWAP
 * @param venue on which the instrument is traded
 */
public record SwitchScope(
        @Nullable String desk,
        @Nullable String trader,
        @Nullable String client,
        @Nullable AccountId account,
        @Nullable String strategy,
        @Nullable String algorithm,
        @Nullable InstrumentId instrument,
        @Nullable BrokerId broker,
        @Nullable Mic venue) {

    public static final SwitchScope FIRM = new SwitchScope(null, null, null, null, null, null, null, null, null);

    private static final String FIRM_ID = "FIRM";

    public static SwitchScope ofBroker(BrokerId broker) {
        return new SwitchScope(null, null, null, null, null, null, null, broker, null);
    }

    public static SwitchScope ofStrategy(String strategy) {
        return new SwitchScope(null, null, null, null, strategy, null, null, null, null);
    }

    /** The scope of an order, with what reference data knows of its trader, account and instrument. */
    public static SwitchScope ofOrder(
            ReferenceData reference,
            String trader,
            AccountId account,
            String strategy,
            @Nullable String algorithm,
            InstrumentId instrument) {
        return new SwitchScope(
                reference.trader(trader).map(Trader::desk).orElse(null),
                trader,
                reference.account(account).map(Account::client).orElse(null),
                account,
                strategy,
                algorithm,
                instrument,
                null,
                reference.instrument(instrument).map(Instrument::mic).orElse(null));
    }

    /** The same order, on its way to that broker. */
    public SwitchScope with(BrokerId chosen) {
        return new SwitchScope(desk, trader, client, account, strategy, algorithm, instrument, chosen, venue);
    }

    /** Which parts are named, a bit for each. */
    int named() {
        return bit(desk, 0)
                | bit(trader, 1)
                | bit(client, 2)
                | bit(account, 3)
                | bit(strategy, 4)
                | bit(algorithm, 5)
                | bit(instrument, 6)
                | bit(broker, 7)
                | bit(venue, 8);
    }

    private static int bit(@Nullable Object part, int place) {
        return part == null ? 0 : 1 << place;
    }

    /** These parts alone, as a switch that names them and means this order would be written. */
    SwitchScope only(int named) {
        return new SwitchScope(
                in(named, 0, desk),
                in(named, 1, trader),
                in(named, 2, client),
                in(named, 3, account),
                in(named, 4, strategy),
                in(named, 5, algorithm),
                in(named, 6, instrument),
                in(named, 7, broker),
                in(named, 8, venue));
    }

    private static <T> @Nullable T in(int named, int place, @Nullable T part) {
        return (named & 1 << place) == 0 ? null : part;
    }

    /** Whether an order falls under it. */
    public boolean covers(SwitchScope order) {
        var named = named();
        return (order.named() & named) == named && order.only(named).equals(this);
    }

    /** Its name, in which it can also be part of an address: {@code account=GEQ1,instrument=VOD.XLON}, or FIRM. */
    public String id() {
        var parts = new ArrayList<String>();
        add(parts, "desk", desk);
        add(parts, "trader", trader);
        add(parts, "client", client);
        add(parts, "account", account);
        add(parts, "strategy", strategy);
        add(parts, "algorithm", algorithm);
        add(parts, "instrument", instrument);
        add(parts, "broker", broker);
        add(parts, "venue", venue);
        return parts.isEmpty() ? FIRM_ID : String.join(",", parts);
    }

    private static void add(ArrayList<String> parts, String name, @Nullable Object part) {
        if (part != null) {
            parts.add(name + "=" + part.toString().replace('/', '~'));
        }
    }

    /** @throws IllegalArgumentException if it is not the name of a scope */
    public static SwitchScope of(String id) {
        if (id.equals(FIRM_ID)) {
            return FIRM;
        }
        @Nullable String[] parts = new @Nullable String[9];
        for (var each : id.split(",", -1)) {
            var equals = each.indexOf('=');
            var place = equals < 1 ? -1 : place(each.substring(0, equals));
            if (place < 0 || equals == each.length() - 1 || parts[place] != null) {
                throw new IllegalArgumentException(
                        "'" + id + "' is not the name of a switch: FIRM, or parts such as account=GEQ1,broker=ALFA");
            }
            parts[place] = each.substring(equals + 1);
        }
        var account = parts[3];
        var instrument = parts[6];
        var broker = parts[7];
        var venue = parts[8];
        return new SwitchScope(
                parts[0],
                parts[1],
                parts[2],
                account == null ? null : AccountId.of(account),
                parts[4],
                parts[5],
                instrument == null ? null : InstrumentId.of(instrument.replace('~', '/')),
                broker == null ? null : BrokerId.of(broker),
                venue == null ? null : Mic.of(venue));
    }

    private static int place(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "desk" -> 0;
            case "trader" -> 1;
            case "client" -> 2;
            case "account" -> 3;
            case "strategy" -> 4;
            case "algorithm" -> 5;
            case "instrument" -> 6;
            case "broker" -> 7;
            case "venue" -> 8;
            default -> -1;
        };
    }

    @Override
    public String toString() {
        return id();
    }
}
