package org.tradesuite.reconciliation.swift;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.tradesuite.reconciliation.statement.Feed;
import org.tradesuite.reconciliation.statement.Line.Pending;
import org.tradesuite.reconciliation.statement.PageSink;
import org.tradesuite.reconciliation.statement.Refusal;
import org.tradesuite.reconciliation.statement.UnreadableException;
import org.tradesuite.reconciliation.swift.FinMessage.Sequence;

/**
 * MT537 Statement of Pending Transactions. A status names its transactions (STAT over TRAN) or a transaction its status
 * (TRANS over STAT); a STAT below a penalty (PENA) is of neither kind, though it has the same name.
 */
final class PendingList {

    private static final Set<String> STATUS = Set.of("IPRC", "MTCH", "INMH", "SETT", "CPRC", "TPRC", "SPRC", "CALL");

    private PendingList() {}

    static void read(FinMessage message, PageSink sink) throws UnreadableException, IOException {
        var general = General.of(message, Feed.CUSTODIAN_PENDING);
        for (var status : message.body().children("STAT")) {
            for (var transaction : status.children("TRAN")) {
                sink.line(pending(transaction, List.of(status)));
            }
        }
        for (var transaction : message.body().children("TRANS")) {
            sink.line(pending(transaction, transaction.children("STAT")));
        }
        var penalties = message.body().children("PENA");
        if (!penalties.isEmpty()) {
            sink.finding(new PageSink.Finding(
                    Refusal.STATEMENT_UNREADABLE,
                    message.span(),
                    "It lists penalties (PENA), which are not read here: give it to who looks after fails."));
        }
        sink.page(Movements.page(message, general));
    }

    private static Pending pending(Sequence transaction, List<Sequence> statuses) throws UnreadableException {
        var details = transaction
                .child("TRANSDET")
                .orElseThrow(() -> new UnreadableException("A transaction has no details (TRANSDET): ask for them."));
        var named = details.field("35B")
                .orElseThrow(() -> new UnreadableException("A pending transaction names no security (35B)."));
        var security = Fields.security(named.value());
        var quantity = Fields.quantity(details);
        var amount = Fields.amount(details, "SETT", "PSTA");
        var in = Fields.receives(details);
        return new Pending(
                Movements.span(transaction, named.span()),
                security.isin(),
                security.otherId(),
                quantity.type(),
                in ? quantity.amount() : quantity.amount().negate(),
                amount.map(paid -> in ? paid.amount().negate() : paid.amount()).orElse(null),
                amount.map(Fields.Amount::currency).orElse(null),
                Fields.linked(transaction, "RELA"),
                Fields.linked(transaction, "ASRF", "TRRF"),
                Fields.date(details, "TRAD").orElse(null),
                Fields.date(details, "SETT")
                        .orElseThrow(() -> new UnreadableException(
                                "A pending transaction has no settlement date (98A SETT): ask the custodian.")),
                status(statuses),
                reasons(statuses));
    }

    /** The status nearest to settlement wins: SETT over MTCH over IPRC. */
    private static String status(List<Sequence> statuses) throws UnreadableException {
        var found = new ArrayList<String>();
        for (var sequence : statuses) {
            for (var field : sequence.fields()) {
                if (field.tag().equals("25D") && field.value().length() > 7) {
                    var qualifier = field.value().substring(1, 5);
                    if (STATUS.contains(qualifier)) {
                        found.add(qualifier + "//"
                                + field.after(qualifier).orElse("").strip());
                    }
                }
            }
        }
        for (var wanted : List.of("SETT", "MTCH", "INMH", "IPRC")) {
            for (var status : found) {
                if (status.startsWith(wanted)) {
                    return status;
                }
            }
        }
        if (found.isEmpty()) {
            throw new UnreadableException("A pending transaction has no status (25D): ask the custodian.");
        }
        return found.getFirst();
    }

    private static List<String> reasons(List<Sequence> statuses) {
        var found = new ArrayList<String>();
        for (var status : statuses) {
            for (var reason : status.children("REAS")) {
                for (var field : reason.fields()) {
                    if (field.tag().equals("24B") && field.value().contains("//")) {
                        found.add(field.value()
                                .substring(field.value().indexOf("//") + 2)
                                .strip());
                    }
                }
            }
        }
        return found;
    }
}
