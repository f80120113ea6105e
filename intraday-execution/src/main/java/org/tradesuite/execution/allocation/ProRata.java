package org.tradesuite.execution.allocation;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.tradesuite.market.AccountId;
import org.tradesuite.market.Quantity;

/**
 * Divides what a block executed among the accounts it was ordered for, in proportion to their orders.
 *
 * <p>Each gets its share in whole lots, rounded down, and never more than it ordered. The lots left over go one by one
 * to the accounts with the largest rounded-off parts; at equal parts to the larger order, then to the account first in
 * order of name. What is less than a lot goes to the account first in that order which ordered that much more. The rule
 * knows no favourites and the same block is always divided the same way.
 *
 * <p>Worked example: 1,000 executed in lots of 100 for A 700, B 700, C 600 ordered. Shares 350, 350, 300; lots 300, 300,
 * 300; one lot is left, the parts are 50, 50, 0, the orders of A and B are equal, so A gets it: 400, 300, 300.
 */
public final class ProRata {

    private ProRata() {}

    private record Part(AccountId account, BigDecimal ordered, BigDecimal whole, BigDecimal rest) {}

    /**
     * @return for every account its quantity, in order of account; they add up to the executed quantity
     * @throws IllegalArgumentException if more was executed than ordered, or nothing was ordered
     */
    public static SequencedMap<AccountId, Quantity> divide(
            Quantity executed, Quantity lot, Map<AccountId, Quantity> ordered) {
        var total = ordered.values().stream().map(Quantity::value).reduce(BigDecimal.ZERO, BigDecimal::add);
        if (executed.value().compareTo(total) > 0 || total.signum() == 0) {
            throw new IllegalArgumentException("A block of " + total.toPlainString() + " cannot divide " + executed
                    + ": what is beyond the order belongs to the error account.");
        }
        var given = new TreeMap<AccountId, BigDecimal>();
        var parts = new ArrayList<Part>();
        ordered.forEach((account, quantity) -> {
            var share = executed.value().multiply(quantity.value()).divide(total, MathContext.DECIMAL128);
            var whole = share.divide(lot.value(), 0, RoundingMode.FLOOR).multiply(lot.value());
            parts.add(new Part(account, quantity.value(), whole, share.subtract(whole)));
            given.put(account, whole);
        });
        parts.sort(Comparator.comparing(Part::rest)
                .thenComparing(Part::ordered)
                .reversed()
                .thenComparing(Part::account));
        var left = executed.value().subtract(parts.stream().map(Part::whole).reduce(BigDecimal.ZERO, BigDecimal::add));
        left = handOut(left, lot.value(), parts, given);
        handOut(left, BigDecimal.ZERO, parts, given);
        var result = new LinkedHashMap<AccountId, Quantity>();
        given.forEach((account, quantity) -> result.put(account, Quantity.of(quantity)));
        return result;
    }

    /** Hands out whole steps while somebody has room for one; with a step of zero, as much as each has room for. */
    private static BigDecimal handOut(
            BigDecimal left, BigDecimal step, List<Part> parts, Map<AccountId, BigDecimal> given) {
        var rest = left;
        var handed = true;
        while (handed && rest.signum() > 0 && rest.compareTo(step) >= 0) {
            handed = false;
            for (var part : parts) {
                var has = given.getOrDefault(part.account(), BigDecimal.ZERO);
                var room = part.ordered().subtract(has);
                var piece = step.signum() > 0 ? step : room.min(rest);
                if (piece.signum() > 0 && piece.compareTo(rest) <= 0 && piece.compareTo(room) <= 0) {
                    given.put(part.account(), has.add(piece));
                    rest = rest.subtract(piece);
                    handed = true;
                }
            }
        }
        return rest;
    }
}
