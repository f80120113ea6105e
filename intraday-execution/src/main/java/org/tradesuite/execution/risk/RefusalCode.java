package org.tradesuite.execution.risk;

/**
 * Why an order was refused. Closed: callers may rely on these names, and a new rule adds its own. What ends in
 * {@code UNKNOWN} or {@code MISSING} is not a limit that was passed but a datum without which nobody can say.
 */
public enum RefusalCode {
    TRADING_HALTED("Trading is stopped here: wait until it is opened again. The check says by whom and why."),
    TRADING_REDUCING_ONLY(
            "Only what brings a position closer to flat may be traded here: send no more than that, on the other side"
                    + " of the position."),
    MARKET_HALTED("The market has halted the instrument: send the order again when it trades."),
    PRICE_OUTSIDE_BAND("The limit is beyond the market's price band: move it into the band."),
    INSTRUMENT_UNKNOWN("The instrument is not in the reference data: correct it, or have it imported."),
    INSTRUMENT_HALTED("The instrument is halted: send the order again when it trades."),
    INSTRUMENT_SUSPENDED("The instrument is suspended: it cannot be traded until it is readmitted."),
    ACCOUNT_UNKNOWN("The account is not in the reference data: correct it, or have it imported."),
    ACCOUNT_NOT_ACTIVE("The account is not active: use another, or have it opened again."),
    STRATEGY_UNKNOWN("The strategy is not in the reference data: correct it, or have it imported."),
    TRADER_UNKNOWN("The trader is not in the reference data: correct it, or have it imported."),
    PERMISSION_MISSING(
            "Nobody gave the trader leave to trade this for this account and strategy: have compliance give it, or have"
                    + " somebody else trade it."),
    RESTRICTED("Compliance has restricted the instrument or its issuer: it cannot be traded until it is off the list."),
    SESSIONS_MISSING("The market's trading hours are not in the reference data: have them imported."),
    MARKET_CLOSED("The market is closed: send the order when it is open, or with a start time."),
    QUANTITY_ZERO("The quantity is zero: send one above it."),
    QUANTITY_TOO_PRECISE("The quantity has more decimals than the instrument: round it."),
    QUANTITY_OFF_LOT("The quantity is not a whole number of lots: round it to lots."),
    PRICE_NOT_POSITIVE("The limit price is not above zero: correct it."),
    PRICE_OFF_TICK("The limit price is off the instrument's tick: round it to a tick."),
    ORDER_QUANTITY_LIMIT_MISSING("No limit says how many units an order may have: have risk set one."),
    ORDER_QUANTITY_EXCEEDED(
            "The order has more units than the limit allows: send a smaller one, or have risk raise the limit.",
            Block.SOFT),
    ORDER_NOTIONAL_LIMIT_MISSING("No limit says how much an order may be worth: have risk set one."),
    ORDER_NOTIONAL_EXCEEDED(
            "The order is worth more than the limit allows: send a smaller one, or have risk raise the limit.",
            Block.SOFT),
    ADV_MISSING("The instrument's average daily volume is not known: have it imported."),
    ADV_SHARE_LIMIT_MISSING("No limit says what share of the daily volume an order may have: have risk set one."),
    ADV_SHARE_EXCEEDED(
            "The order is a larger share of the daily volume than the limit allows: send a smaller one, or have risk"
                    + " raise the limit.",
            Block.SOFT),
    PRICE_MISSING(
            "No price is known of the instrument, or of one that is held: wait for a quote, or have a reference price"
                    + " imported."),
    QUOTE_AGE_LIMIT_MISSING("No limit says how old a quote may be: have risk set one."),
    MARKET_PRICE_MISSING("The market has said no price lately: send a limit order, or wait for a quote."),
    PRICE_COLLAR_MISSING("No limit says how far from the market a price may be: have risk set one."),
    PRICE_OUTSIDE_COLLAR("The price is further from the market than the limit allows: move it closer.", Block.SOFT),
    FX_RATE_MISSING("An exchange rate that the limit needs is not known: have it imported."),
    DUPLICATE_WINDOW_MISSING("No limit says for how long the same order counts as a repetition: have risk set one."),
    DUPLICATE_ORDER(
            "The same order was accepted a moment ago: if it is meant twice, send it again a little later.",
            Block.SOFT),
    MESSAGE_RATE_LIMIT_MISSING("No limit says how many messages a second may go to brokers: have risk set one."),
    MESSAGE_RATE_EXCEEDED("More messages go to brokers than the limit allows: send it again in a second."),
    POSITION_LIMIT_MISSING("No limit says how large a position may be: have risk set one."),
    POSITION_LIMIT_EXCEEDED(
            "The position would be worth more than the limit allows: send a smaller order, or have risk raise the"
                    + " limit."),
    POSITION_QUANTITY_LIMIT_MISSING("No limit says how many units a position may have: have risk set one."),
    POSITION_QUANTITY_EXCEEDED(
            "The position would have more units than the limit allows: send a smaller order, or have risk raise the"
                    + " limit."),
    NET_EXPOSURE_LIMIT_MISSING("No limit says how large the net exposure may be: have risk set one."),
    NET_EXPOSURE_EXCEEDED(
            "The net exposure would be larger than the limit allows: send a smaller order, or have risk raise the"
                    + " limit."),
    LEVERAGE_LIMIT_MISSING(
            "No limit says how large the gross exposure may be beside what is there: have risk set one."),
    LEVERAGE_EXCEEDED(
            "The gross exposure would be a larger part of what the account is worth than the limit allows: send a"
                    + " smaller order, or have risk raise the limit."),
    CONCENTRATION_LIMIT_MISSING(
            "No limit says how much may be in one issuer, sector, country or currency: have risk set one."),
    CONCENTRATION_EXCEEDED(
            "Too large a part would be in one issuer, sector, country or currency: send a smaller order, or have risk"
                    + " raise the limit."),
    NET_ASSETS_NOT_POSITIVE("What is held and the cash are together worth nothing: no share of it can be measured."),
    OPEN_ORDERS_LIMIT_MISSING("No limit says how many orders may work at once: have risk set one."),
    OPEN_ORDERS_EXCEEDED("More orders work than the limit allows: cancel one, or wait until one is done."),
    WORKING_NOTIONAL_LIMIT_MISSING("No limit says how much may work at once: have risk set one."),
    WORKING_NOTIONAL_EXCEEDED(
            "What works would be worth more than the limit allows: cancel something, or have risk raise the limit."),
    DAILY_NOTIONAL_LIMIT_MISSING("No limit says how much may be dealt in a day: have risk set one."),
    DAILY_NOTIONAL_EXCEEDED(
            "More would be dealt today than the limit allows: send it tomorrow, or have risk raise the limit."),
    VENUE_NOTIONAL_LIMIT_MISSING("No limit says how much may work on one market: have risk set one."),
    VENUE_NOTIONAL_EXCEEDED(
            "What works on the market would be worth more than the limit allows: cancel something there, or have risk"
                    + " raise the limit."),
    MANDATE_UNKNOWN("Nobody knows what the account's mandate asks: have its rules imported."),
    MANDATE_FORBIDS("The account's mandate does not allow to hold the instrument: buy something else."),
    MANDATE_RATING("The account's mandate asks for a better rating than the instrument has: buy something else."),
    MANDATE_EXCLUDES("The account's mandate excludes what the issuer does: buy something else."),
    MANDATE_WEIGHT(
            "A part of the account would weigh more or less than its mandate allows: send a smaller order.",
            Block.SOFT),
    MANDATE_CASH_FLOOR("Less cash would be left than the account's mandate asks for: send a smaller order."),
    MANDATE_NO_SHORT("The account's mandate allows no short sale: sell what is held."),
    MANDATE_NO_LEVERAGE("The account's mandate allows nothing borrowed: send a smaller order."),
    MARGIN_RATE_MISSING("No margin rate is known of the asset class: have it imported."),
    MARGIN_EXCEEDED("The account does not bring the initial margin: send a smaller order, or have it pay in."),
    HAIRCUT_EXCEEDED("The account could not bear the haircuts of what it would hold: send a smaller order."),
    BROKER_NOTIONAL_LIMIT_MISSING("No limit says how much may work with one broker: have risk set one."),
    BROKER_NOTIONAL_EXCEEDED(
            "What works with the broker would be worth more than the limit allows: wait until some of it is done, or"
                    + " have risk raise the limit."),
    PRICE_COLLAR_PERIOD_MISSING(
            "No limit says how far from an earlier price a price may be, or how much earlier: have risk set both."),
    PRICE_MOVED_TOO_FAR(
            "The price is further from the market's price a while ago than the limit allows: have somebody look at the"
                    + " market, and send it again.",
            Block.SOFT),
    SPREAD_LIMIT_MISSING("No limit says how far bid and ask may lie apart: have risk set one."),
    SPREAD_EXCEEDED(
            "Bid and ask lie further apart than the limit allows: wait for a better market, or send a limit order.",
            Block.SOFT),
    IMPACT_LIMIT_MISSING("No limit says by how much an order may be expected to move the price: have risk set one."),
    IMPACT_EXCEEDED(
            "The order is expected to move the price by more than the limit allows: send a smaller one, or have risk"
                    + " raise the limit.",
            Block.SOFT),
    GROSS_EXPOSURE_LIMIT_MISSING("No limit says how large the gross exposure may be: have risk set one."),
    GROSS_EXPOSURE_EXCEEDED(
            "The gross exposure would be larger than the limit allows: send a smaller order, or have risk raise the"
                    + " limit."),
    CASH_UNKNOWN("The account's cash in the instrument's currency is not known: have its balance imported."),
    CASH_INSUFFICIENT(
            "The account's cash does not pay for it and for what works already: send a smaller order, or cancel"
                    + " another."),
    SETTLEMENT_DATE_MISSING("Nobody knows when the market settles: have its settlement cycle imported."),
    CASH_NOT_SETTLED(
            "It would have to be paid before the cash for it is there: send a smaller order, or wait until what was"
                    + " sold has settled."),
    SHORT_SALE("More would be sold than is held: send a smaller order, or cancel another sale."),
    LOCATE_MISSING("It would be sold short, and no lender gave its word for it today: have it located."),
    LOCATE_EXCEEDED(
            "More would be sold short than lenders gave their word for today: send a smaller order, or have more"
                    + " located."),
    SHORT_SALE_RESTRICTED("Short sales of the instrument are restricted: send a limit order above the best bid.");

    private enum Block {
        HARD,
        SOFT
    }

    private final String advice;
    private final Block block;

    RefusalCode(String advice) {
        this(advice, Block.HARD);
    }

    RefusalCode(String advice, Block block) {
        this.advice = advice;
        this.block = block;
    }

    /** What is wrong and what to do, in a sentence for a person. The checks have the numbers. */
    public String advice() {
        return advice;
    }

    /**
     * Whether nobody can let it pass. What is soft is about the size, the price or the repetition of one order, which an
     * entitled person may have looked at; what is hard is a law, a form, a missing datum or money that is not there.
     */
    public boolean isHard() {
        return block == Block.HARD;
    }
}
