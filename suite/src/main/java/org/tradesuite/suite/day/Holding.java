package org.tradesuite.suite.day;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;
import org.tradesuite.openapi.execution.model.Fill;
import org.tradesuite.openapi.execution.model.Side;
import org.tradesuite.suite.door.FrontDoor;

/** What an account holds, named by both. */
public record Holding(String account, String instrument) implements Comparable<Holding> {

    /** What the sample firm starts with on its first day. */
    public static Map<Holding, BigDecimal> atTheBeginning() {
        var holdings = new TreeMap<Holding, BigDecimal>();
        for (var row : ReferenceFiles.rows("opening_positions"))
            holdings.put(
                    new Holding(row.getField("account_id"), row.getField("instrument_id")),
                    new BigDecimal(row.getField("quantity")));
        return holdings;
    }

    /** What the accounts held as that day began; the same whenever it is asked, also in the middle of the day. */
    static Map<Holding, BigDecimal> opening(FrontDoor door, LocalDate date) {
        var holdings = atTheBeginning();
        for (var fill : Pages.fills(door, null))
            if (fill.getBusinessDate().isBefore(date)) holdings.merge(of(fill), signed(fill), BigDecimal::add);
        return holdings;
    }

    public static Map<Holding, BigDecimal> now(FrontDoor door) {
        var holdings = new TreeMap<Holding, BigDecimal>();
        for (var position : Pages.positions(door))
            holdings.merge(
                    new Holding(position.getAccountId(), position.getInstrumentId()),
                    new BigDecimal(position.getQuantity()),
                    BigDecimal::add);
        return holdings;
    }

    static Holding of(Fill fill) {
        return new Holding(fill.getAccountId(), fill.getInstrumentId());
    }

    /** The execution's quantity; sold is below zero. */
    static BigDecimal signed(Fill fill) {
        var quantity = new BigDecimal(fill.getQuantity());
        return fill.getSide() == Side.BUY ? quantity : quantity.negate();
    }

    @Override
    public int compareTo(Holding other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return account + " " + instrument;
    }
}
