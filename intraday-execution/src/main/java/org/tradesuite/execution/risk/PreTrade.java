package org.tradesuite.execution.risk;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tradesuite.execution.position.PendingOrder;
import org.tradesuite.market.BrokerId;

/**
 * The checks before an order may leave. Every rule is asked and every answer kept; the cheap ones come first only so
 * that a person reads the plain reasons first. Nothing is changed by asking.
 */
public final class PreTrade {

    private static final Rule BROKER_NOTIONAL = new Rule("BROKER_NOTIONAL", 2, CreditRules::broker);

    /** In the order in which answers are given. */
    private static final List<Rule> RULES = List.of(
            new Rule("TRADING_STATE", 1, TradingRules::tradingState),
            new Rule("INSTRUMENT_STATE", 1, PermissionRules::instrumentState),
            new Rule("MARKET_HALT", 1, MarketPhaseRules::halt),
            new Rule("PRICE_BAND", 1, MarketPhaseRules::band),
            new Rule("ACCOUNT_PERMISSION", 1, PermissionRules::account),
            new Rule("STRATEGY_PERMISSION", 1, PermissionRules::strategy),
            new Rule("TRADER_PERMISSION", 1, PermissionRules::trader),
            new Rule("MARKET_SESSION", 1, PermissionRules::marketSession),
            new Rule("TRADING_PERMISSION", 1, ComplianceRules::permission),
            new Rule("RESTRICTED_LIST", 1, ComplianceRules::restrictedList),
            new Rule("WATCH_LIST", 1, ComplianceRules::watchList),
            new Rule("QUANTITY_FORM", 1, FormRules::quantity),
            new Rule("PRICE_TICK", 1, FormRules::priceTick),
            new Rule("MAX_ORDER_QUANTITY", 2, SizeRules::orderQuantity),
            new Rule("MAX_ORDER_NOTIONAL", 2, SizeRules::orderNotional),
            new Rule("ADV_SHARE", 2, SizeRules::advShare),
            new Rule("PRICE_COLLAR", 1, PriceRules::collar),
            new Rule("PRICE_COLLAR_PERIOD", 1, PriceRules::period),
            new Rule("SPREAD", 1, LiquidityRules::spread),
            new Rule("DUPLICATE_ORDER", 1, ThroughputRules::duplicate),
            new Rule("MESSAGE_RATE", 2, ThroughputRules::messages),
            new Rule("NEW_ORDER_RATE", 1, ThroughputRules::newOrders),
            new Rule("CANCEL_RATE", 1, ThroughputRules::cancels),
            new Rule("REPLACE_RATE", 1, ThroughputRules::replaces),
            new Rule("OPEN_ORDERS", 2, CreditRules::openOrders),
            new Rule("WORKING_NOTIONAL", 2, CreditRules::working),
            new Rule("DAILY_NOTIONAL", 2, CreditRules::daily),
            new Rule("VENUE_NOTIONAL", 2, CreditRules::venue),
            new Rule("POSITION_LIMIT", 3, ExposureRules::positionNotional),
            new Rule("POSITION_QUANTITY", 2, ExposureRules::positionQuantity),
            new Rule("NET_EXPOSURE", 1, ExposureRules::net),
            new Rule("GROSS_EXPOSURE", 2, ExposureRules::gross),
            new Rule("LEVERAGE", 1, ExposureRules::leverage),
            new Rule("ISSUER_CONCENTRATION", 1, ExposureRules::issuer),
            new Rule("SECTOR_CONCENTRATION", 1, ExposureRules::sector),
            new Rule("COUNTRY_CONCENTRATION", 1, ExposureRules::country),
            new Rule("CURRENCY_CONCENTRATION", 1, ExposureRules::currency),
            new Rule("MANDATE_UNIVERSE", 1, MandateRules::universe),
            new Rule("MANDATE_RATING", 1, MandateRules::rating),
            new Rule("MANDATE_EXCLUSION", 1, MandateRules::exclusion),
            new Rule("MANDATE_WEIGHT", 1, MandateRules::weights),
            new Rule("MANDATE_CASH_FLOOR", 1, MandateRules::cashFloor),
            new Rule("MANDATE_LEVERAGE", 1, MandateRules::leverage),
            new Rule("MARGIN", 1, MarginRules::initial),
            new Rule("MARGIN_HAIRCUT", 1, MarginRules::haircut),
            new Rule("BUYING_POWER", 3, CashRules::buyingPower),
            new Rule("CASH_BY_VALUE_DATE", 1, CashRules::byValueDate),
            new Rule("SHORT_SALE", 3, CashRules::shortSale),
            new Rule("LOCATE", 2, ShortSaleRules::locate),
            new Rule("SHORT_SALE_RESTRICTION", 1, ShortSaleRules::restriction),
            new Rule("MARKET_IMPACT", 1, LiquidityRules::impact));

    private static final List<Rule> STOPS = RULES.stream()
            .filter(rule -> Set.of("TRADING_STATE", "MARKET_HALT", "PRICE_BAND").contains(rule.id()))
            .toList();

    /** What a child order is asked again: what may have changed since its order was let through, and what is its own. */
    private static final List<Rule> CHILD_RULES = Stream.concat(
                    RULES.stream()
                            .filter(rule -> Set.of(
                                            "INSTRUMENT_STATE",
                                            "ACCOUNT_PERMISSION",
                                            "MARKET_SESSION",
                                            "RESTRICTED_LIST",
                                            "MAX_ORDER_QUANTITY",
                                            "MAX_ORDER_NOTIONAL",
                                            "PRICE_COLLAR",
                                            "SPREAD",
                                            "MESSAGE_RATE",
                                            "NEW_ORDER_RATE",
                                            "SHORT_SALE_RESTRICTION")
                                    .contains(rule.id())),
                    Stream.of(BROKER_NOTIONAL))
            .toList();

    private PreTrade() {}

    public static Assessment assess(Proposal proposal, Situation situation) {
        return answers(RULES, proposal, null, situation);
    }

    /** Before a child order goes to a broker, and before it goes after it had to wait. */
    public static Assessment assessChild(Proposal child, BrokerId broker, Situation situation) {
        return answers(CHILD_RULES, child, broker, situation);
    }

    /** Whether the broker may have that much more: all that is left to ask of a child that is its whole order, at once. */
    public static Assessment assessBroker(Proposal child, BrokerId broker, Situation situation) {
        return answers(List.of(BROKER_NOTIONAL), child, broker, situation);
    }

    /**
     * Whether the broker may have what an amendment makes of what it has.
     *
     * @param has what is with the broker, at the prices at which it is counted there
     */
    public static Check checkBroker(Proposal amended, BrokerId broker, PendingOrder has, Situation situation) {
        return BROKER_NOTIONAL.check(new Facts(amended, broker, has, situation));
    }

    /**
     * What the rules about stops and halts say of a child order.
     *
     * @param unsent what is not with a broker of its order, which the child is a part of
     */
    public static List<Check> checkStops(Proposal child, @Nullable PendingOrder unsent, Situation situation) {
        var facts = new Facts(child, null, unsent, situation);
        return STOPS.stream().map(rule -> rule.check(facts)).toList();
    }

    private static Assessment answers(
            List<Rule> rules, Proposal proposal, @Nullable BrokerId broker, Situation situation) {
        var facts = new Facts(proposal, broker, situation);
        var checks = new Check[rules.size()];
        for (var place = 0; place < checks.length; place++) {
            checks[place] = rules.get(place).check(facts);
        }
        return new Assessment(List.of(checks));
    }

    /** All rules in order, with the one that only orders to a broker are asked last. */
    static List<Rule> inventory() {
        return Stream.concat(RULES.stream(), Stream.of(BROKER_NOTIONAL)).toList();
    }

    /** What orders to a broker are asked, and where they meet a stop or a halt, what those rules say. */
    static List<Rule> ofChildren() {
        return Stream.concat(STOPS.stream(), CHILD_RULES.stream()).toList();
    }

    /** The names of all rules, in order. */
    public static List<String> rules() {
        return RULES.stream().map(Rule::id).toList();
    }
}
