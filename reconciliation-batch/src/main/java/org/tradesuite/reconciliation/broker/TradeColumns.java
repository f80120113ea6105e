package org.tradesuite.reconciliation.broker;

import java.util.List;
import org.tradesuite.reconciliation.match.Column;
import org.tradesuite.reconciliation.match.Shape;

/** What is compared of a trade or a fill, ours and theirs, and where it stands in an item. */
final class TradeColumns {

    static final Shape SHAPE = new Shape(
            Column.text("reference"),
            Column.references("references"),
            Column.text("account"),
            Column.text("instrument"),
            Column.text("isin"),
            Column.text("listing"),
            Column.text("side"),
            Column.text("currency"),
            Column.text("trade"),
            Column.decimal("quantity"),
            Column.decimal("price"),
            Column.decimal("gross"),
            Column.decimal("costs"),
            Column.decimal("fees"),
            Column.decimal("tax"),
            Column.decimal("accrued"),
            Column.decimal("fxRate"),
            Column.decimal("net"),
            Column.date("settles"),
            Column.date("traded"));

    /** Ours: the id of the trade or fill. Theirs: what they call it. */
    static final int REFERENCE = SHAPE.at("reference");

    static final int REFERENCES = SHAPE.at("references");
    static final int ACCOUNT = SHAPE.at("account");
    /** Theirs: absent if we do not know it. */
    static final int INSTRUMENT = SHAPE.at("instrument");
    /** Theirs, as they say it. */
    static final int ISIN = SHAPE.at("isin");
    /** Theirs: symbol and market, as VOD.XLON. */
    static final int LISTING = SHAPE.at("listing");

    static final int SIDE = SHAPE.at("side");
    static final int CURRENCY = SHAPE.at("currency");
    /** Ours, of a fill: the trade it is in. */
    static final int TRADE = SHAPE.at("trade");

    static final int QUANTITY = SHAPE.at("quantity");
    static final int PRICE = SHAPE.at("price");
    static final int GROSS = SHAPE.at("gross");
    /** Commission and fees; ours, of a fill: those of its trade. */
    static final int COSTS = SHAPE.at("costs");

    static final int FEES = SHAPE.at("fees");
    /** Theirs, if they tell it. */
    static final int TAX = SHAPE.at("tax");
    /** Theirs, if they tell it. */
    static final int ACCRUED = SHAPE.at("accrued");
    /** Theirs, if they tell it. */
    static final int FX_RATE = SHAPE.at("fxRate");
    /** Theirs. */
    static final int NET = SHAPE.at("net");

    static final int SETTLES = SHAPE.at("settles");
    static final int TRADED = SHAPE.at("traded");

    /** What tells findings about rows apart that found no partner. */
    static final List<String> KNOWN_BY =
            List.of("reference", "account", "listing", "side", "traded", "quantity", "price");

    private TradeColumns() {}
}
