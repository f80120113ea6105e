package org.tradesuite.execution.risk;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.tradesuite.execution.reference.Instrument;
import org.tradesuite.execution.reference.ReferenceData;
import org.tradesuite.market.AccountId;
import org.tradesuite.market.Currency;
import org.tradesuite.market.InstrumentId;

/**
 * When cash moves. A book on trade date has the money of a sale at once; the custodian has it when the trade settles, and
 * what is bought on a market that settles earlier has to be paid before. For each account and currency: what was dealt and
 * what working buys were promised, by the date on which it is paid. Amounts are without charges. Belongs to one thread.
 */
public final class ValueDates {

    private record Purse(AccountId account, Currency currency) {}

    private record Part(Purse purse, LocalDate date, BigDecimal dealt, BigDecimal promised) {}

    /** Of one purse on one date. */
    private static final class Sum {
        BigDecimal dealt = BigDecimal.ZERO;
        BigDecimal promised = BigDecimal.ZERO;
        int parts;
    }

    private record Trade(InstrumentId instrument, LocalDate date) {}

    private final Map<String, Part> parts = new HashMap<>();
    private final Map<Purse, NavigableMap<LocalDate, Sum>> sums = new HashMap<>();
    private final Map<Trade, Optional<LocalDate>> dates = new HashMap<>();

    /** When a trade of that date is paid; null if no cycle is known. */
    @Nullable
    LocalDate date(Instrument instrument, LocalDate tradeDate, ReferenceData reference) {
        return dates.computeIfAbsent(
                        new Trade(instrument.id(), tradeDate), trade -> reference.settlementDate(instrument, tradeDate))
                .orElse(null);
    }

    /**
     * An order is like this from now on.
     *
     * @param dealt what it brought, below zero for what it cost
     * @param promised what it may still cost
     */
    public void order(
            String orderId,
            AccountId account,
            Instrument instrument,
            LocalDate tradeDate,
            ReferenceData reference,
            BigDecimal dealt,
            BigDecimal promised) {
        var before = parts.remove(orderId);
        if (before != null) {
            count(before, -1);
        }
        var date = date(instrument, tradeDate, reference);
        if (date != null && (dealt.signum() != 0 || promised.signum() != 0)) {
            var part = new Part(new Purse(account, instrument.currency()), date, dealt, promised);
            parts.put(orderId, part);
            count(part, 1);
        }
    }

    private void count(Part part, int times) {
        var ofPurse = sums.computeIfAbsent(part.purse(), each -> new TreeMap<>());
        var sum = ofPurse.computeIfAbsent(part.date(), each -> new Sum());
        sum.dealt = times > 0 ? sum.dealt.add(part.dealt()) : sum.dealt.subtract(part.dealt());
        sum.promised = times > 0 ? sum.promised.add(part.promised()) : sum.promised.subtract(part.promised());
        sum.parts += times;
        if (sum.parts == 0) {
            ofPurse.remove(part.date());
        }
    }

    /**
     * What moves only after a date.
     *
     * @param dealt what was dealt and is paid later
     * @param promised what working buys were promised that is paid later
     */
    record After(LocalDate date, BigDecimal dealt, BigDecimal promised) {}

    /** From a date on: that date, and every later one on which something is paid, in order. */
    List<After> from(AccountId account, Currency currency, LocalDate date) {
        var known = sums.get(new Purse(account, currency));
        if (known == null || known.isEmpty() || !known.lastKey().isAfter(date)) {
            return List.of(new After(date, BigDecimal.ZERO, BigDecimal.ZERO));
        }
        var all = new ArrayList<After>();
        var dealt = BigDecimal.ZERO;
        var promised = BigDecimal.ZERO;
        for (var on : known.tailMap(date, false).descendingMap().entrySet()) {
            all.add(new After(on.getKey(), dealt, promised));
            dealt = dealt.add(on.getValue().dealt);
            promised = promised.add(on.getValue().promised);
        }
        all.add(new After(date, dealt, promised));
        return all.reversed();
    }
}
