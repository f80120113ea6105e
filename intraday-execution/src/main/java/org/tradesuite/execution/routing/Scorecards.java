package org.tradesuite.execution.routing;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.tradesuite.market.BrokerId;
import org.tradesuite.market.Mic;
import org.tradesuite.market.Price;
import org.tradesuite.market.Quantity;
import org.tradesuite.market.Side;

/** Every broker's scorecard on every market, kept up from what happens to its orders. Belongs to one thread. */
public final class Scorecards {

    public record Key(BrokerId broker, Mic mic) {}

    private final Map<Key, Scorecard> cards = new LinkedHashMap<>();

    /** All cards as they are now. */
    public Map<Key, Scorecard> content() {
        return new LinkedHashMap<>(cards);
    }

    /** Those that had this content. */
    public static Scorecards of(Map<Key, Scorecard> content) {
        var scorecards = new Scorecards();
        scorecards.cards.putAll(content);
        return scorecards;
    }

    public Scorecard of(BrokerId broker, Mic mic) {
        return cards.getOrDefault(new Key(broker, mic), Scorecard.BLANK);
    }

    public void sent(BrokerId broker, Mic mic) {
        change(broker, mic, Scorecard::afterSend);
    }

    public void rejected(BrokerId broker, Mic mic) {
        change(broker, mic, Scorecard::afterReject);
    }

    /** @param arrivalMid when the child order was sent */
    public void filled(BrokerId broker, Mic mic, Side side, Quantity quantity, Price price, Price arrivalMid) {
        BigDecimal executed = price.value().multiply(quantity.value());
        BigDecimal cost = price.value().subtract(arrivalMid.value()).multiply(side.signed(quantity));
        change(broker, mic, card -> card.afterFill(executed, cost));
    }

    private void change(BrokerId broker, Mic mic, UnaryOperator<Scorecard> change) {
        var key = new Key(broker, mic);
        cards.put(key, change.apply(cards.getOrDefault(key, Scorecard.BLANK)));
    }
}
