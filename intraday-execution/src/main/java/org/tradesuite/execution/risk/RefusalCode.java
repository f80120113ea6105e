package org.tradesuite.execution.risk;

/**
 * Why an order was refused. Closed: callers may rely on these names, and a new rule adds its own. What ends in
 * {@code UNKNOWN} or {@code MISSING} is not a limit that was passed but a datum without which nobody can say.
 */
public enum RefusalCode {
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
    GROSS_EXPOSURE_LIMIT_MISSING("No limit says how large the gross exposure may be: have risk set one."),
    GROSS_EXPOSURE_NOT_MEASURABLE(
            "A limit of the gross exposure is set where it is not measured: have risk set it for an account, a"
                    + " portfolio or the firm."),
    GROSS_EXPOSURE_EXCEEDED(
            "The gross exposure would be larger than the limit allows: send a smaller order, or have risk raise the"
                    + " limit."),
    CASH_UNKNOWN("The account's cash in the instrument's currency is not known: have its balance imported."),
    CASH_INSUFFICIENT(
            "The account's cash does not pay for it and for what works already: send a smaller order, or cancel"
                    + " another."),
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
