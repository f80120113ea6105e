package org.tradesuite.suite.broker;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tradesuite.suite.broker.OrderDesk.Outgoing;
import org.tradesuite.suite.market.Listing;

/**
 * The broker's middle office: an allocation (35=J) is first received (35=P, 87=3), then checked against what was done and
 * accepted or refused (87=0 or 1, 88 says why), then, where the FIX version has it, confirmed with its money (35=AK, one
 * per account). Affirmations (35=AU) are kept.
 */
final class AllocationDesk {

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("yyyyMMdd", Locale.ROOT);
    /** Average prices are quoted with few decimals: a basis point is rounding, more is a difference. */
    private static final BigDecimal PRICE_TOLERANCE = new BigDecimal("0.0001");

    /** One block as instructed; {@code said} is how many of its answers were sent. */
    private static final class Block {
        final Fields fields;
        final Instant at;
        final long line;
        int said;

        Block(Fields fields, Instant at, long line) {
            this.fields = fields;
            this.at = at;
            this.line = line;
        }
    }

    private record Fault(String code, String text) {}

    private final BrokerProfile profile;
    private final OrderDesk orders;
    private final Charges charges;
    private final SettlementCalendar calendar;
    private final Map<Long, Block> open = new LinkedHashMap<>();
    private final Set<String> accepted = new LinkedHashSet<>();
    private final Set<String> affirmed = new LinkedHashSet<>();

    AllocationDesk(BrokerProfile profile, OrderDesk orders, Charges charges, SettlementCalendar calendar) {
        this.profile = profile;
        this.orders = orders;
        this.charges = charges;
        this.calendar = calendar;
    }

    Set<String> accepted() {
        return accepted;
    }

    Set<String> affirmed() {
        return affirmed;
    }

    void received(BrokerLog.Entry entry) {
        Fields fields = Fields.of(entry.fields());
        if (fields.type().equals("AU")) {
            if (fields.is(940, "3")) {
                affirmed.add(fields.need(664));
            }
            return;
        }
        boolean again = fields.is(43, "Y")
                && (accepted.contains(fields.need(70))
                        || open.values().stream().anyMatch(b -> b.fields.is(70, fields.need(70))));
        if (!again) {
            open.put(entry.n(), new Block(fields, entry.at(), entry.n()));
        }
    }

    @Nullable
    Outgoing due(Instant now) {
        for (Block block : open.values()) {
            Instant at = block.at.plus(profile.pace().latencyShortest().multipliedBy(block.said + 1L));
            if (!at.isAfter(now)) {
                return answer(block, at);
            }
        }
        return null;
    }

    private Outgoing answer(Block block, Instant at) {
        if (block.said == 0) {
            return new Outgoing(at, acknowledgement(block, "3", at), 0);
        }
        if (block.said == 1) {
            Fault fault = fault(block.fields);
            Fields answer = acknowledgement(block, fault == null ? "0" : "1", at);
            if (fault != null) {
                answer.put(88, fault.code()).put(58, fault.text());
            }
            return new Outgoing(at, answer, answersOf(block, fault != null) == 2 ? block.line : 0);
        }
        int index = block.said - 2;
        return new Outgoing(
                at, confirmation(block, index, at), block.said + 1 == answersOf(block, false) ? block.line : 0);
    }

    private int answersOf(Block block, boolean refused) {
        boolean confirmed = profile.confirms() && !refused && !block.fields.is(71, "2");
        return 2 + (confirmed ? shares(block.fields).size() : 0);
    }

    private Fields acknowledgement(Block block, String status, Instant at) {
        return new Fields("P")
                .copy(block.fields, 70, 75)
                .put(60, OrderDesk.timestamp(at))
                .put(87, status);
    }

    private @Nullable Fault fault(Fields block) {
        if (block.is(71, "2")) {
            return null;
        }
        BigDecimal executed = BigDecimal.ZERO;
        BigDecimal notional = BigDecimal.ZERO;
        Set<SimulatedOrder> named = new LinkedHashSet<>();
        for (String clOrdId : block.list(73)) {
            SimulatedOrder order = orders.order(clOrdId);
            if (order == null) {
                return new Fault("5", "Unknown order " + clOrdId);
            }
            if (!order.original.is(54, block.need(54)) || !order.original.is(55, block.need(55))) {
                return new Fault("7", "Order " + clOrdId + " is not of this side and symbol");
            }
            if (named.add(order)) {
                executed = executed.add(order.executed());
                notional = notional.add(order.notional());
            }
        }
        BigDecimal allocated = shares(block).stream()
                .map(share -> new BigDecimal(share.quantity()))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        BigDecimal quantity = block.decimal(53);
        if (executed.compareTo(quantity) != 0 || allocated.compareTo(quantity) != 0) {
            return new Fault(
                    "1",
                    "Executed " + executed.toPlainString() + ", block " + quantity.toPlainString() + ", allocated "
                            + allocated.toPlainString());
        }
        if (block.get(6) != null && executed.signum() > 0) {
            BigDecimal average = notional.divide(executed, 10, RoundingMode.HALF_EVEN);
            BigDecimal difference = average.subtract(block.decimal(6)).abs();
            if (difference.compareTo(average.multiply(PRICE_TOLERANCE)) > 0) {
                return new Fault("2", "Average price is " + average.toPlainString());
            }
        }
        return null;
    }

    private record Share(String account, String quantity) {}

    private static List<Share> shares(Fields block) {
        List<Share> shares = new ArrayList<>();
        for (String pair : block.list(78)) {
            int equals = pair.lastIndexOf('=');
            if (equals > 0) {
                shares.add(new Share(pair.substring(0, equals), pair.substring(equals + 1)));
            }
        }
        return shares;
    }

    private Fields confirmation(Block block, int index, Instant at) {
        Fields asked = block.fields;
        List<Share> shares = shares(asked);
        SimulatedOrder first = orders.order(asked.list(73).getFirst());
        if (first == null || first.listing == null) {
            throw new IllegalStateException("Accepted allocation of an unknown order: " + asked);
        }
        Listing listing = first.listing;
        BigDecimal notional = BigDecimal.ZERO;
        Set<SimulatedOrder> named = new LinkedHashSet<>();
        for (String clOrdId : asked.list(73)) {
            SimulatedOrder order = orders.order(clOrdId);
            if (order != null && named.add(order)) {
                notional = notional.add(order.notional());
            }
        }
        boolean buy = asked.is(54, "1");
        BigDecimal block53 = asked.decimal(53);
        BigDecimal before = BigDecimal.ZERO;
        for (int i = 0; i < index; i++) {
            before = before.add(new BigDecimal(shares.get(i).quantity()));
        }
        BigDecimal own = new BigDecimal(shares.get(index).quantity());
        Charges.Money whole = charges.of(listing.mic(), listing.currency(), buy, notional);
        BigDecimal after = before.add(own);
        Charges.Money part = Charges.money(
                Charges.share(whole.gross(), before, after, block53),
                Charges.share(whole.commission(), before, after, block53),
                Charges.share(whole.fees(), before, after, block53),
                buy);
        LocalDate tradeDate = LocalDate.parse(asked.need(75), DATE);
        return new Fields("AK")
                .copy(asked, 70, 75, 54, 55, 48, 22, 207)
                .put(664, profile.brokerId() + "-" + asked.need(70) + "-" + (index + 1))
                .put(666, "0")
                .put(773, "2")
                .put(665, "4")
                .put(60, OrderDesk.timestamp(at))
                .put(64, calendar.settles(listing, tradeDate).format(DATE))
                .put(73, asked.need(73))
                .put(79, shares.get(index).account())
                .put(80, own)
                .put(862, "A=" + own.toPlainString())
                .put(6, notional.divide(block53, 8, RoundingMode.HALF_EVEN))
                .put(15, listing.currency())
                .put(381, part.gross())
                .put(12, part.commission())
                .put(13, "3")
                .put(136, part.fees().toPlainString() + "=" + listing.currency() + "=4")
                .put(118, part.net());
    }

    void sent(BrokerLog.Entry entry) {
        Fields fields = Fields.of(entry.fields());
        String id = fields.need(70);
        Block answered = null;
        for (Block block : open.values()) {
            if (block.fields.is(70, id)) {
                answered = block;
                break;
            }
        }
        if (answered == null) {
            throw new IllegalStateException("The log answers an allocation it never received: " + fields);
        }
        answered.said++;
        if (fields.is(87, "0")) {
            accepted.add(id);
        }
        if (entry.re() == answered.line) {
            open.remove(answered.line);
        }
    }
}
