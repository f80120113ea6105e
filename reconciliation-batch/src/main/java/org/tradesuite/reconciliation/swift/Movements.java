package org.tradesuite.reconciliation.swift;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tradesuite.reconciliation.statement.Feed;
import org.tradesuite.reconciliation.statement.Line.Movement;
import org.tradesuite.reconciliation.statement.Page;
import org.tradesuite.reconciliation.statement.PageSink;
import org.tradesuite.reconciliation.statement.Span;
import org.tradesuite.reconciliation.statement.UnreadableException;
import org.tradesuite.reconciliation.swift.FinMessage.Sequence;

/** MT536 Statement of Transactions: each TRAN sequence is a movement of the security named above it. */
final class Movements {

    private static final String CORPORATE_ACTION = "CORP";

    private Movements() {}

    static void read(FinMessage message, PageSink sink) throws UnreadableException, IOException {
        var general = General.of(message, Feed.CUSTODIAN_MOVEMENT);
        for (var security : message.body().everywhere("FIN")) {
            var named = security.field("35B")
                    .orElseThrow(
                            () -> new UnreadableException("A transaction names no security (35B): ask the custodian."));
            for (var transaction : security.children("TRAN")) {
                sink.line(movement(Fields.security(named.value()), named.span(), transaction));
            }
        }
        sink.page(page(message, general));
    }

    static Page page(FinMessage message, General general) {
        return new Page(
                general.key(),
                "MT" + message.type(),
                general.page().number(),
                general.page().more(),
                general.reference(),
                null,
                general.complete(),
                null,
                false,
                null,
                false,
                List.of(),
                message.span(),
                general.from());
    }

    private static Movement movement(Fields.Security security, Span above, Sequence transaction)
            throws UnreadableException {
        var details = transaction
                .child("TRANSDET")
                .orElseThrow(() -> new UnreadableException(
                        "A transaction below line " + above.line() + " has no details (TRANSDET): ask the custodian."));
        var quantity = Fields.quantity(details);
        var amount = Fields.amount(details, "PSTA", "SETT");
        // The direction is that of the transaction; a reversal takes it back.
        var reversal = details.generic("25D", "MOVE")
                .map(move -> move.strip().equals("REVE"))
                .orElse(false);
        var in = Fields.receives(details) != reversal;
        var settled = Fields.date(details, "ESET")
                .orElseThrow(() -> new UnreadableException(
                        "A transaction has no effective settlement date (98A ESET):" + " ask the custodian."));
        return new Movement(
                span(transaction, above),
                security.isin(),
                security.otherId(),
                quantity.type(),
                in ? quantity.amount() : quantity.amount().negate(),
                amount.map(paid -> in ? paid.amount().negate() : paid.amount()).orElse(null),
                amount.map(Fields.Amount::currency).orElse(null),
                Fields.linked(transaction, "RELA"),
                Fields.linked(transaction, "ASRF", "TRRF"),
                Fields.date(details, "TRAD").orElse(null),
                settled,
                reversal,
                corporateAction(details));
    }

    /** The event (22F CAEV) where there is one, or that the transaction is of some (22F TRAN). */
    private static @Nullable String corporateAction(Sequence details) {
        return details.generic("22F", "CAEV")
                .or(() -> details.generic("22F", "TRAN").filter(CORPORATE_ACTION::equals))
                .map(String::strip)
                .orElse(null);
    }

    static Span span(Sequence sequence, Span above) {
        var fields = new ArrayList<FinMessage.Field>();
        collect(sequence, fields);
        if (fields.isEmpty()) {
            return above;
        }
        var first = fields.getFirst().span();
        var last = fields.getLast().span();
        return new Span(first.line(), first.from(), (int) (last.from() + last.length() - first.from()));
    }

    private static void collect(Sequence sequence, List<FinMessage.Field> into) {
        into.addAll(sequence.fields());
        sequence.children().forEach(child -> collect(child, into));
        into.sort(Comparator.comparingLong(field -> field.span().from()));
    }
}
