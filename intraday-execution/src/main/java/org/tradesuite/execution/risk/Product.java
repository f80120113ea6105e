package org.tradesuite.execution.risk;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tradesuite.execution.marketdata.Tape;
import org.tradesuite.execution.reference.Instrument;
import org.tradesuite.market.InstrumentId;

/** An instrument with what a unit of it is worth, where it is heard, and everybody's line in it. */
final class Product {

    final InstrumentId id;

    /** Null for what the reference data do not know. */
    final @Nullable Instrument known;

    final Tape tape;

    final List<Line> lines = new ArrayList<>(4);

    /** In the base currency, as it was last marked; null if nobody can say. */
    @Nullable
    BigDecimal unit;

    Product(InstrumentId id, @Nullable Instrument known, Tape tape) {
        this.id = id;
        this.known = known;
        this.tape = tape;
    }
}
