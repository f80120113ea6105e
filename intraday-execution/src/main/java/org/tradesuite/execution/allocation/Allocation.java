package org.tradesuite.execution.allocation;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import org.tradesuite.execution.reference.BrokerRate;
import org.tradesuite.execution.reference.Instrument;
import org.tradesuite.execution.reference.ReferenceData;
import org.tradesuite.market.AccountId;
import org.tradesuite.market.BrokerId;
import org.tradesuite.market.Currency;
import org.tradesuite.market.InstrumentId;
import org.tradesuite.market.Money;
import org.tradesuite.market.Price;
import org.tradesuite.market.Quantity;
import org.tradesuite.market.Side;

/** Turns the fills of a day into trades. The same fills in any order give the same trades. */
public final class Allocation {

    private static final int AVERAGE_SCALE = 8;
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyMMdd");
    private static final String BASE_32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private record Block(AccountId account, BrokerId broker, InstrumentId instrument, Side side, LocalDate tradeDate)
            implements Comparable<Block> {

        private static final Comparator<Block> ORDER = Comparator.comparing(Block::account)
                .thenComparing(Block::broker)
                .thenComparing(Block::instrument)
                .thenComparing(Block::side)
                .thenComparing(Block::tradeDate);

        @Override
        public int compareTo(Block other) {
            return ORDER.compare(this, other);
        }
    }

    private Allocation() {}

    /** @param businessDate the day among whose trades they are */
    public static AllocatedDay allocate(LocalDate businessDate, Collection<DayFill> fills, ReferenceData reference) {
        var blocks = new TreeMap<Block, List<DayFill>>();
        for (var fill : fills) {
            blocks.computeIfAbsent(
                            new Block(fill.account(), fill.broker(), fill.instrument(), fill.side(), fill.tradeDate()),
                            block -> new ArrayList<>())
                    .add(fill);
        }
        var trades = new ArrayList<Trade>();
        var unallocated = new ArrayList<AllocatedDay.Unallocated>();
        blocks.forEach((block, ofBlock) -> {
            var instrument = reference.instrument(block.instrument());
            var rate = instrument.flatMap(each -> reference.rate(block.broker(), each.mic()));
            var settles = instrument.flatMap(each -> reference.settlementDate(each, block.tradeDate()));
            if (instrument.isEmpty()) {
                unallocated.add(missing(ofBlock, "Instrument " + block.instrument() + " is not known."));
            } else if (rate.isEmpty()) {
                unallocated.add(missing(
                        ofBlock,
                        "Broker " + block.broker() + " has no rate on "
                                + instrument.get().mic() + "."));
            } else if (settles.isEmpty()) {
                unallocated.add(missing(
                        ofBlock,
                        "Market " + instrument.get().mic() + " has no settlement cycle on " + block.tradeDate() + "."));
            } else {
                trades.add(trade(businessDate, block, ofBlock, instrument.get(), rate.get(), settles.get()));
            }
        });
        return new AllocatedDay(List.copyOf(trades), List.copyOf(unallocated));
    }

    private static AllocatedDay.Unallocated missing(List<DayFill> fills, String reason) {
        return new AllocatedDay.Unallocated(List.copyOf(fills), reason);
    }

    private static Trade trade(
            LocalDate businessDate,
            Block block,
            List<DayFill> fills,
            Instrument instrument,
            BrokerRate rate,
            LocalDate settles) {
        var quantity = BigDecimal.ZERO;
        var turnover = BigDecimal.ZERO;
        for (var fill : fills) {
            quantity = quantity.add(fill.quantity().value());
            turnover =
                    turnover.add(fill.price().value().multiply(fill.quantity().value()));
        }
        var currency = instrument.currency();
        var gross = Money.round(turnover, currency, RoundingMode.HALF_UP);
        var commission = commission(rate, gross, currency);
        var fees = fees(rate, gross);
        var charges = commission.plus(fees);
        return new Trade(
                tradeId(businessDate, block),
                businessDate,
                block.tradeDate(),
                block.account(),
                block.broker(),
                block.instrument(),
                block.side(),
                Quantity.of(quantity),
                Price.of(turnover.divide(quantity, AVERAGE_SCALE, RoundingMode.HALF_UP)),
                gross,
                commission,
                fees,
                block.side() == Side.BUY ? gross.plus(charges) : gross.minus(charges),
                settles,
                fills.stream().map(DayFill::orderId).distinct().sorted().toList(),
                fills.stream()
                        .map(DayFill::executedAt)
                        .max(Comparator.naturalOrder())
                        .orElse(Instant.EPOCH));
    }

    /** The rate on the gross amount, half up, but at least the minimum. */
    public static Money commission(BrokerRate rate, Money gross, Currency currency) {
        var byRate = rate.commission().of(gross, RoundingMode.HALF_UP);
        var minimum = Money.round(rate.minimumCommission(), currency, RoundingMode.HALF_UP);
        return byRate.amount().compareTo(minimum.amount()) >= 0 ? byRate : minimum;
    }

    public static Money fees(BrokerRate rate, Money gross) {
        return rate.fee().of(gross, RoundingMode.HALF_UP);
    }

    /**
     * T, the date, and 45 bits of a digest of what makes the trade one trade: 16 characters, as SWIFT and FIX references
     * take them, and the same on every computation. Two trades of one day collide once in 35 million million pairs.
     */
    private static String tradeId(LocalDate date, Block block) {
        var key = date + "|" + block.account() + "|" + block.broker() + "|" + block.instrument() + "|" + block.side();
        if (!block.tradeDate().equals(date)) {
            key += "|" + block.tradeDate();
        }
        long bits = 0;
        var digest = sha256(key);
        for (var place = 0; place < Long.BYTES; place++) {
            bits = (bits << 8) | (digest[place] & 0xFF);
        }
        var id = new StringBuilder("T").append(DAY.format(date));
        for (var place = 0; place < 9; place++) {
            id.append(BASE_32.charAt((int) ((bits >>> (5 * place)) & 31)));
        }
        return id.toString();
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException("Every Java has SHA-256.", absent);
        }
    }
}
