package org.tradesuite.reconciliation.broker;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.tradesuite.market.Currency;
import org.tradesuite.reconciliation.match.Book;
import org.tradesuite.reconciliation.match.Digits;
import org.tradesuite.reconciliation.match.Item;
import org.tradesuite.reconciliation.match.Items;
import org.tradesuite.reconciliation.match.Outcome;
import org.tradesuite.reconciliation.match.Pass;

/**
 * Names what differs: in each pair, and what was left without a partner. One cause gives one break: an amount that
 * follows from a wrong quantity or price is not reported again, only what that does not explain.
 */
final class BrokerOutcome implements Outcome {

    private static final BigDecimal TEN_THOUSAND = BigDecimal.valueOf(10_000);

    /** What all threads of a run share. */
    record Run(
            Source source,
            Tolerances tolerances,
            KnownHere known,
            Statements statements,
            Set<String> busted,
            BreakSink found,
            Decisions decisions,
            MatchStore matches,
            FillCharges charges,
            RowsTold told) {

        Run {
            busted = Set.copyOf(busted);
        }

        private String broker() {
            return source.broker();
        }

        private String feed() {
            return source.feed().name();
        }

        /** The same, told to another. */
        Run to(BreakSink sink) {
            return new Run(source, tolerances, known, statements, busted, sink, decisions, matches, charges, told);
        }
    }

    private final Run run;
    private final RowsTold.Count rows;

    BrokerOutcome(Run run) {
        this(run, run.told().count());
    }

    private BrokerOutcome(Run run, RowsTold.Count rows) {
        this.run = run;
        this.rows = rows;
    }

    @Override
    public void matched(Pass pass, Items ours, Items theirs) {
        rows.add((long) ours.size() + theirs.size());
        run.matches().add(pass, ours, theirs);
        if (ours.size() > 1) {
            // One row for several of ours says nothing of each but the quantity, which adds up.
            for (var each = 0; each < ours.size(); each++) {
                charged(ours.at(each), theirs.at(0));
            }
            return;
        }
        var our = ours.at(0);
        for (var each = 0; each < theirs.size(); each++) {
            charged(our, theirs.at(each));
        }
        if (theirs.size() > 1 || !saysTheSame(our, theirs.at(0))) {
            compare(our, theirs);
        }
    }

    /** Few drop copies say anything of charges. */
    private void charged(Item our, Item their) {
        if (run.statements().tellCharges()) {
            run.charges().paired(our, their, run.statements());
        }
    }

    /** What a person has found to belong together; the match itself is in the decision. */
    void decided(Items ours, Items theirs) {
        charged(ours.at(0), theirs.at(0));
        if (!saysTheSame(ours.at(0), theirs.at(0))) {
            compare(ours.at(0), theirs);
        }
    }

    @Override
    public void proposed(Pass pass, Items ours, Items theirs) {
        for (var our = 0; our < ours.size(); our++) {
            for (var their = 0; their < theirs.size(); their++) {
                propose(pass, ours.at(our), theirs.at(their));
            }
        }
    }

    /** One that a person has refused is not proposed again while both say the same. */
    private void propose(Pass pass, Item our, Item their) {
        if (run.decisions().refused(our, their)) {
            return;
        }
        var left = new ArrayList<FoundBreaks.Found>();
        new BrokerOutcome(run.to(left::add), rows).compare(our, Items.copyOf(their));
        run.matches().propose(pass, our, their, run.statements(), left);
    }

    /** Everything but the net amount is equal, and that follows from the rest to the last digit. */
    private static boolean saysTheSame(Item our, Item their) {
        return our.same(their, TradeColumns.QUANTITY)
                && our.same(their, TradeColumns.PRICE)
                && agrees(our, their, TradeColumns.SETTLES)
                && agrees(our, their, TradeColumns.TRADED)
                && agrees(our, their, TradeColumns.ACCOUNT)
                && our.same(their, TradeColumns.INSTRUMENT)
                && our.same(their, TradeColumns.SIDE)
                && agrees(our, their, TradeColumns.CURRENCY)
                && (our.has(TradeColumns.TRADE) || netFollows(our, their));
    }

    /**
     * What they do not tell is not compared; a drop copy need not tell everything, a statement does. Nor is a date that we
     * do not know before the day is over.
     */
    private static boolean agrees(Item our, Item their, int column) {
        return !their.has(column) || our.same(their, column) || (isDate(column) && !our.has(column));
    }

    private static boolean isDate(int column) {
        return column == TradeColumns.SETTLES || column == TradeColumns.TRADED;
    }

    private static boolean netFollows(Item our, Item their) {
        var scale = Math.max(
                Math.max(our.scale(TradeColumns.GROSS), our.scale(TradeColumns.COSTS)), their.scale(TradeColumns.NET));
        var gross = raised(our, TradeColumns.GROSS, scale);
        var costs = raised(our, TradeColumns.COSTS, scale);
        var net = raised(their, TradeColumns.NET, scale);
        return gross != Long.MIN_VALUE
                && costs != Long.MIN_VALUE
                && net != Long.MIN_VALUE
                && net == (isBuy(our) ? gross + costs : gross - costs);
    }

    private static long raised(Item item, int column, int scale) {
        return Digits.raised(item.unscaled(column), scale - item.scale(column));
    }

    private static boolean isBuy(Item our) {
        return our.textOctet(TradeColumns.SIDE, 0) == 'B';
    }

    /** What several rows say together. */
    private record Theirs(
            Item first, BigDecimal quantity, BigDecimal price, BigDecimal gross, BigDecimal costs, BigDecimal net) {

        static Theirs of(Items rows) {
            var first = rows.at(0);
            if (rows.size() == 1) {
                return new Theirs(
                        first,
                        number(first, TradeColumns.QUANTITY),
                        number(first, TradeColumns.PRICE),
                        number(first, TradeColumns.GROSS),
                        number(first, TradeColumns.COSTS),
                        number(first, TradeColumns.NET));
            }
            var quantity = BigDecimal.ZERO;
            var turnover = BigDecimal.ZERO;
            var gross = BigDecimal.ZERO;
            var costs = BigDecimal.ZERO;
            var net = BigDecimal.ZERO;
            for (var row = 0; row < rows.size(); row++) {
                var item = rows.at(row);
                var each = number(item, TradeColumns.QUANTITY);
                quantity = quantity.add(each);
                turnover = turnover.add(each.multiply(number(item, TradeColumns.PRICE)));
                gross = gross.add(number(item, TradeColumns.GROSS));
                costs = costs.add(number(item, TradeColumns.COSTS));
                net = net.add(number(item, TradeColumns.NET));
            }
            return new Theirs(first, quantity, turnover.divide(quantity, MathContext.DECIMAL64), gross, costs, net);
        }
    }

    static BigDecimal number(Item item, int column) {
        return item.has(column) ? BigDecimal.valueOf(item.unscaled(column), item.scale(column)) : BigDecimal.ZERO;
    }

    private void compare(Item our, Items rows) {
        var theirs = Theirs.of(rows);
        var price = number(our, TradeColumns.PRICE);
        var quantity = number(our, TradeColumns.QUANTITY);
        var gross = number(our, TradeColumns.GROSS);
        text("ACCOUNT", our, rows, TradeColumns.ACCOUNT, gross, "Booked to another account.");
        instrument(our, rows, gross);
        text("SIDE", our, rows, TradeColumns.SIDE, gross.add(gross), "Bought and sold are swapped.");
        text("CURRENCY", our, rows, TradeColumns.CURRENCY, gross, "Another currency.");
        if (quantity.compareTo(theirs.quantity()) != 0) {
            var difference = theirs.quantity().subtract(quantity);
            number(
                    "QUANTITY",
                    our,
                    theirs.first(),
                    quantity,
                    theirs.quantity(),
                    difference.abs().multiply(price),
                    null);
        }
        var priceDistance = theirs.price().subtract(price).abs();
        var samePrice = priceDistance
                        .multiply(TEN_THOUSAND)
                        .compareTo(price.abs().multiply(run.tolerances().priceBasisPoints()))
                <= 0;
        if (!samePrice) {
            number("PRICE", our, theirs.first(), price, theirs.price(), priceDistance.multiply(quantity), null);
        }
        date("TRADE_DATE", our, rows, TradeColumns.TRADED, gross);
        date("SETTLE_DATE", our, rows, TradeColumns.SETTLES, gross);
        if (!our.has(TradeColumns.TRADE)) {
            net(our, rows, theirs, samePrice && quantity.compareTo(theirs.quantity()) == 0 ? gross : theirs.gross());
        }
    }

    /** Of several rows the one that says something else. */
    private static Item other(Item our, Items rows, int column) {
        for (var row = 0; row < rows.size(); row++) {
            if (!agrees(our, rows.at(row), column)) {
                return rows.at(row);
            }
        }
        return rows.at(0);
    }

    private void text(String breakClass, Item our, Items rows, int column, BigDecimal atRisk, String detail) {
        var their = other(our, rows, column);
        if (!agrees(our, their, column)) {
            add(breakClass, our, their, our.text(column), their.text(column), null, atRisk, detail);
        }
    }

    private void instrument(Item our, Items rows, BigDecimal atRisk) {
        var their = other(our, rows, TradeColumns.INSTRUMENT);
        if (!our.same(their, TradeColumns.INSTRUMENT)) {
            var instrument = our.text(TradeColumns.INSTRUMENT);
            var isin = run.known().isin(instrument);
            var theirIsin = their.text(TradeColumns.ISIN);
            add(
                    "INSTRUMENT_ID",
                    our,
                    their,
                    isin == null ? instrument : isin,
                    theirIsin == null ? their.text(TradeColumns.LISTING) : theirIsin,
                    null,
                    atRisk,
                    "Another instrument under our reference.");
        }
    }

    private void date(String breakClass, Item our, Items rows, int column, BigDecimal atRisk) {
        var their = other(our, rows, column);
        if (!agrees(our, their, column)) {
            var days = their.epochDay(column) - our.epochDay(column);
            add(breakClass, our, their, our.value(column), their.value(column), days + " days", atRisk, null);
        }
    }

    private void net(Item our, Items rows, Theirs theirs, BigDecimal agreedGross) {
        var costs = number(our, TradeColumns.COSTS);
        var expected = isBuy(our) ? agreedGross.add(costs) : agreedGross.subtract(costs);
        var tolerance = run.tolerances()
                .amount(number(our, TradeColumns.GROSS), Currency.of(String.valueOf(our.text(TradeColumns.CURRENCY))));
        var difference = theirs.net().subtract(expected);
        if (difference.abs().compareTo(tolerance) > 0) {
            var cause = AmountCause.of(our, rows, isBuy(our) ? difference : difference.negate(), tolerance, isBuy(our));
            add(
                    "AMOUNT",
                    our,
                    theirs.first(),
                    FoundBreaks.plain(expected),
                    FoundBreaks.plain(theirs.net()),
                    FoundBreaks.plain(difference),
                    difference.abs(),
                    cause.told(),
                    cause.code());
        }
    }

    private void number(
            String breakClass,
            Item our,
            Item their,
            BigDecimal ours,
            BigDecimal theirs,
            BigDecimal atRisk,
            @Nullable String detail) {
        add(
                breakClass,
                our,
                their,
                FoundBreaks.plain(ours),
                FoundBreaks.plain(theirs),
                FoundBreaks.plain(theirs.subtract(ours)),
                atRisk,
                detail);
    }

    private void add(
            String breakClass,
            Item our,
            Item their,
            @Nullable String ours,
            @Nullable String theirs,
            @Nullable String difference,
            BigDecimal atRisk,
            @Nullable String detail) {
        add(breakClass, our, their, ours, theirs, difference, atRisk, detail, null);
    }

    private void add(
            String breakClass,
            Item our,
            Item their,
            @Nullable String ours,
            @Nullable String theirs,
            @Nullable String difference,
            BigDecimal atRisk,
            @Nullable String detail,
            @Nullable String cause) {
        var id = String.valueOf(our.text(TradeColumns.REFERENCE));
        var instrument = our.text(TradeColumns.INSTRUMENT);
        run.found()
                .add(new FoundBreaks.Found(
                        List.of(run.feed(), breakClass, run.broker(), id),
                        breakClass,
                        our.text(TradeColumns.ACCOUNT),
                        instrument,
                        run.known().isin(instrument),
                        our.text(TradeColumns.CURRENCY),
                        reference(their),
                        our.text(TradeColumns.SIDE),
                        ours,
                        theirs,
                        difference,
                        atRisk,
                        detail,
                        id,
                        run.statements().id(their.place()),
                        their.line(),
                        RowReader.offset(their.place()),
                        cause));
    }

    private static String reference(Item their) {
        var reference = their.text(TradeColumns.REFERENCE);
        return reference == null ? "line " + their.line() : reference;
    }

    @Override
    public void left(Book book, Items items) {
        rows.add(items.size());
        if (book == Book.OURS) {
            for (var each = 0; each < items.size(); each++) {
                missingTheirs(items.at(each));
            }
        } else {
            leftOver(items);
        }
    }

    private void missingTheirs(Item our) {
        if (run.statements().tellCharges()) {
            run.charges().alone(our);
        }
        var id = String.valueOf(our.text(TradeColumns.REFERENCE));
        var instrument = our.text(TradeColumns.INSTRUMENT);
        var breakClass = our.isShared() ? "DUPLICATE_OURS" : "MISSING_THEIRS";
        run.found()
                .add(new FoundBreaks.Found(
                        List.of(run.feed(), breakClass, run.broker(), id),
                        breakClass,
                        our.text(TradeColumns.ACCOUNT),
                        instrument,
                        run.known().isin(instrument),
                        our.text(TradeColumns.CURRENCY),
                        id,
                        our.text(TradeColumns.SIDE),
                        quantityAtPrice(our),
                        null,
                        FoundBreaks.plain(number(our, TradeColumns.QUANTITY).negate()),
                        number(our, TradeColumns.GROSS),
                        our.isShared()
                                ? "A reference of it is on another of ours, and " + who() + " reports one less."
                                : "We have it, " + who() + " does not report it." + proposal(our),
                        id,
                        null,
                        null,
                        null,
                        null));
    }

    private String who() {
        return run.source().isDropCopy() ? "the drop copy of " + run.broker() : run.broker();
    }

    private String said() {
        return run.source().isDropCopy() ? "The drop copy of " + run.broker() : run.broker();
    }

    private String proposal(Item item) {
        return item.isProposed() && !run.decisions().refused(item)
                ? " A partner is proposed: look at it and decide."
                : "";
    }

    private static String quantityAtPrice(Item item) {
        return FoundBreaks.plain(number(item, TradeColumns.QUANTITY)) + " at "
                + FoundBreaks.plain(number(item, TradeColumns.PRICE));
    }

    /** Rows left over: repeated, of an execution that was busted, or unknown to us; those alike are numbered. */
    private void leftOver(Items items) {
        for (var breakClass : List.of("DUPLICATE_THEIRS", "CANCEL_NOT_SEEN", "MISSING_OURS")) {
            var nth = 0;
            for (var each = 0; each < items.size(); each++) {
                var item = items.at(each);
                if (breakClass.equals(breakClass(item))) {
                    nth++;
                    leftOver(breakClass, item, nth);
                }
            }
        }
    }

    private String breakClass(Item their) {
        if (their.isCopy() || their.isNamed()) {
            return "DUPLICATE_THEIRS";
        }
        return !run.busted().isEmpty()
                        && their.references(TradeColumns.REFERENCES).stream().anyMatch(run.busted()::contains)
                ? "CANCEL_NOT_SEEN"
                : "MISSING_OURS";
    }

    private void leftOver(String breakClass, Item their, int nth) {
        var instrument = their.text(TradeColumns.INSTRUMENT);
        var isin = their.text(TradeColumns.ISIN);
        Function<Integer, String> said = column -> {
            var value = their.value(column);
            return value == null ? "" : value;
        };
        var key = new ArrayList<>(List.of(run.feed(), breakClass, run.broker()));
        for (var column : new int[] {
            TradeColumns.ACCOUNT,
            TradeColumns.LISTING,
            TradeColumns.SIDE,
            TradeColumns.REFERENCE,
            TradeColumns.TRADED,
            TradeColumns.QUANTITY,
            TradeColumns.PRICE
        }) {
            key.add(said.apply(column));
        }
        key.add(Integer.toString(nth));
        run.found()
                .add(new FoundBreaks.Found(
                        key,
                        breakClass,
                        their.text(TradeColumns.ACCOUNT),
                        instrument,
                        isin == null ? run.known().isin(instrument) : isin,
                        their.text(TradeColumns.CURRENCY),
                        reference(their),
                        their.text(TradeColumns.SIDE),
                        null,
                        quantityAtPrice(their),
                        FoundBreaks.plain(number(their, TradeColumns.QUANTITY)),
                        number(their, TradeColumns.GROSS),
                        switch (breakClass) {
                            case "DUPLICATE_THEIRS" -> said() + " reports it more than once.";
                            case "CANCEL_NOT_SEEN" -> said() + " reports an execution that it has cancelled.";
                            default -> said() + " reports it, we do not have it." + proposal(their);
                        },
                        null,
                        run.statements().id(their.place()),
                        their.line(),
                        RowReader.offset(their.place()),
                        null));
    }
}
