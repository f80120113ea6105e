package org.tradesuite.execution.risk;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tradesuite.execution.marketdata.Tape;
import org.tradesuite.execution.reference.Instrument;
import org.tradesuite.market.InstrumentId;
import org.tradesuite.market.Price;

/** An instrument with what a unit of it is worth, where it is heard, and everybody's line in it. */
final class Product {

    /** A price times a rate; more digits than that are noise, and are rounded up. */
    private static final MathContext UNIT_VALUE = new MathContext(10, RoundingMode.UP);

    final InstrumentId id;

    /** Null for what the reference data do not know. */
    final @Nullable Instrument known;

    final Tape tape;

    final List<Line> lines = new ArrayList<>(4);

    /** What one of its currency is worth in the base currency; null if nobody can say. */
    final @Nullable BigDecimal rate;

    /** What a unit is worth in the base currency, as it was last marked; null if nobody can say. */
    @Nullable
    BigDecimal unit;

    private @Nullable Price markedAt;

    Product(InstrumentId id, @Nullable Instrument known, Tape tape, @Nullable BigDecimal rate) {
        this.id = id;
        this.known = known;
        this.tape = tape;
        this.rate = rate;
        mark();
    }

    /** Values it at what the market said last, or at the last close; whether that makes a unit worth something else. */
    boolean mark() {
        var said = tape.state().lastPrice();
        var price = said != null || known == null ? said : known.referencePrice();
        if (price == null || rate == null || price.equals(markedAt)) {
            return false;
        }
        markedAt = price;
        unit = price.value().multiply(rate, UNIT_VALUE);
        return true;
    }
}
