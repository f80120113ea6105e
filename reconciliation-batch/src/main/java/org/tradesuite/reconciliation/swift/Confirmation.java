package org.tradesuite.reconciliation.swift;

import java.io.IOException;
import org.tradesuite.reconciliation.statement.Feed;
import org.tradesuite.reconciliation.statement.Line.Movement;
import org.tradesuite.reconciliation.statement.Page;
import org.tradesuite.reconciliation.statement.PageSink;
import org.tradesuite.reconciliation.statement.UnreadableException;
import org.tradesuite.reconciliation.swift.FinMessage.Sequence;

/** MT544 to MT547: securities received (544, 545) or delivered (546, 547), free or against payment; one movement. */
final class Confirmation {

    private Confirmation() {}

    static void read(FinMessage message, PageSink sink) throws UnreadableException, IOException {
        var general = required(message, "GENL");
        var trade = required(message, "TRADDET");
        var account = required(message, "FIAC");
        var security = Fields.security(trade.required("35B", "security"));
        var function = general.required("23G", "function").strip();
        if (!function.startsWith("NEWM") && !function.startsWith("RVSL")) {
            throw new UnreadableException(
                    "Function (23G) '" + function + "' is neither a new confirmation nor a reversal.");
        }
        var reversal = function.startsWith("RVSL");
        var in = (message.type().equals("544") || message.type().equals("545")) != reversal;
        var quantity = Fields.quantity(account);
        var amount = message.body().everywhere("AMT").stream().toList();
        Fields.Amount paid = null;
        for (var one : amount) {
            paid = paid == null ? Fields.amount(one, "ESTT").orElse(null) : paid;
        }
        var date = Fields.date(trade, "ESET")
                .orElseThrow(() -> new UnreadableException("There is no effective settlement date (98A ESET)."));
        var reference = general.required("20C", "SEME", "reference").strip();
        sink.line(new Movement(
                message.span(),
                security.isin(),
                security.otherId(),
                quantity.type(),
                in ? quantity.amount() : quantity.amount().negate(),
                paid == null ? null : in ? paid.amount().negate() : paid.amount(),
                paid == null ? null : paid.currency(),
                Fields.linked(general, "RELA"),
                reference,
                Fields.date(trade, "TRAD").orElse(null),
                date,
                reversal,
                null));
        sink.page(Page.ofAdvice(
                new Page.Key(
                        Feed.CUSTODIAN_ADVICE,
                        message.sender(),
                        account.required("97", "SAFE", "safekeeping account").strip(),
                        null,
                        date,
                        reference),
                "MT" + message.type(),
                message.span()));
    }

    private static Sequence required(FinMessage message, String name) throws UnreadableException {
        return message.body()
                .child(name)
                .orElseThrow(() -> new UnreadableException("Sequence " + name + " is missing: ask the custodian."));
    }
}
