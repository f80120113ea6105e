package org.tradesuite.execution.engine;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tradesuite.execution.marketdata.MarketData;
import org.tradesuite.execution.marketdata.MarketState;
import org.tradesuite.execution.marketdata.Print;
import org.tradesuite.execution.marketdata.Quote;
import org.tradesuite.execution.reference.Instrument;
import org.tradesuite.market.InstrumentId;
import org.tradesuite.market.Price;
import org.tradesuite.market.Quantity;

/** What the market says, as the desk looks at it: the price to reckon with, and the volume since a plan began. */
final class MarketView {

    private final Desk desk;
    private final MarketData data = new MarketData();
    private final Map<String, BigDecimal> volumeBefore = new HashMap<>();

    MarketView(Desk desk) {
        this.desk = desk;
    }

    void quote(Input.MarketQuote quote) {
        data.quote(quote.instrument(), new Quote(quote.bid(), quote.ask(), quote.at()));
        desk.stakes().moved(quote.instrument());
    }

    void trade(Input.MarketTrade trade) {
        data.trade(trade.instrument(), new Print(trade.price(), trade.quantity(), trade.at()));
        desk.stakes().moved(trade.instrument());
    }

    MarketData data() {
        return data;
    }

    MarketState of(InstrumentId instrument) {
        return data.of(instrument);
    }

    void startDay() {
        data.startDay();
        volumeBefore.clear();
    }

    /** What the market prints from now on counts for this order's plan. */
    void planBegins(String orderId, InstrumentId instrument) {
        volumeBefore.put(orderId, data.of(instrument).dayVolume().value());
    }

    /** After a restart the market's count begins at zero: what was printed before is known from the order. */
    void planGoesOn(String orderId, Quantity printedBefore) {
        volumeBefore.put(orderId, printedBefore.value().negate());
    }

    Quantity volumeSince(State.Work work) {
        var body = work.order.body();
        var volume = data.of(body.terms().instrument()).dayVolume().value();
        var before = volumeBefore.getOrDefault(body.orderId(), BigDecimal.ZERO);
        return Quantity.of(volume.subtract(before).max(BigDecimal.ZERO));
    }

    @Nullable
    Price expected(Instrument instrument, @Nullable Price limit) {
        return limit != null ? limit : mid(instrument);
    }

    @Nullable
    Price mid(InstrumentId id) {
        return desk.reference().instrument(id).map(this::mid).orElse(null);
    }

    /** The market's middle, else its last trade, else the last close. */
    @Nullable
    Price mid(Instrument instrument) {
        var heard = data.of(instrument.id());
        if (heard.quote() != null) {
            return heard.quote().mid();
        }
        return heard.lastTrade() != null ? heard.lastTrade().price() : instrument.referencePrice();
    }
}
