package org.tradesuite.reconciliation.swift;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tradesuite.reconciliation.statement.Feed;
import org.tradesuite.reconciliation.statement.Line.Holding;
import org.tradesuite.reconciliation.statement.Line.QuantityType;
import org.tradesuite.reconciliation.statement.Line.SubBalance;
import org.tradesuite.reconciliation.statement.Page;
import org.tradesuite.reconciliation.statement.PageSink;
import org.tradesuite.reconciliation.statement.Refusal;
import org.tradesuite.reconciliation.statement.Span;
import org.tradesuite.reconciliation.statement.UnreadableException;
import org.tradesuite.reconciliation.swift.FinMessage.Sequence;

/** MT535 Statement of Holdings: each FIN sequence is a holding, at one place of safekeeping or another. */
final class Holdings {

    private Holdings() {}

    static void read(FinMessage message, PageSink sink) throws UnreadableException, IOException {
        var general = General.of(message, Feed.CUSTODIAN_POSITION);
        var basis = basis(general.sequence());
        var found = message.body().everywhere("FIN");
        if (!general.active() && !found.isEmpty()) {
            throw new UnreadableException(
                    Refusal.STATEMENT_NOT_FOOTING,
                    "It says that there are no holdings (17B ACTI//N) and lists " + found.size()
                            + ". Ask the custodian which is right.");
        }
        for (var safe : message.body().children("SUBSAFE")) {
            var account = safe.generic("97", "SAFE");
            if (account.isPresent() && !account.get().strip().equals(general.account())) {
                throw new UnreadableException(
                        Refusal.ACCOUNT,
                        "It lists holdings of account " + account.get().strip() + " in the statement of "
                                + general.account() + ". Ask the custodian for a statement of each account.");
            }
        }
        for (var holding : found) {
            sink.line(holding(holding));
        }
        sink.page(new Page(
                general.key(),
                "MT535",
                general.page().number(),
                general.page().more(),
                general.reference(),
                basis,
                general.complete(),
                null,
                false,
                null,
                false,
                List.of(),
                message.span(),
                null));
    }

    /** Settled where the sender does not say: it is what a custodian's books are. */
    private static Page.Basis basis(Sequence general) throws UnreadableException {
        var text = general.generic("22F", "STBA").orElse("SETT").strip();
        try {
            return Page.Basis.valueOf(text);
        } catch (IllegalArgumentException unknown) {
            throw new UnreadableException("Statement basis (22F STBA) '" + text + "' is none of SETT, TRAD and CONT.");
        }
    }

    private static Holding holding(Sequence sequence) throws UnreadableException {
        var named = sequence.field("35B")
                .orElseThrow(() -> new UnreadableException("A holding names no security (35B): ask the custodian."));
        var security = Fields.security(named.value());
        var aggregates = balances(sequence, "AGGR");
        var whole = whole(aggregates);
        if (whole == null) {
            throw new UnreadableException("Holding " + named(security) + " in line "
                    + named.span().line() + " has no aggregate balance (93B AGGR): ask the custodian.");
        }
        var type = whole.type();
        var amortised = first(aggregates, QuantityType.AMOR, true);
        return new Holding(
                span(sequence, named.span()),
                security.isin(),
                security.otherId(),
                type,
                whole.amount(),
                sum(sequence, "AVAI", type),
                sum(sequence, "NAVL", type),
                type == QuantityType.AMOR || amortised == null ? null : amortised.amount(),
                subBalances(sequence));
    }

    private static Fields.@Nullable Quantity whole(List<Fields.Quantity> aggregates) {
        var counted = first(aggregates, QuantityType.AMOR, false);
        return counted == null && !aggregates.isEmpty() ? aggregates.getFirst() : counted;
    }

    private static Fields.@Nullable Quantity first(List<Fields.Quantity> of, QuantityType type, boolean isThat) {
        for (var quantity : of) {
            if ((quantity.type() == type) == isThat) {
                return quantity;
            }
        }
        return null;
    }

    private static String named(Fields.Security security) {
        return Optional.ofNullable(security.isin()).orElse(security.otherId());
    }

    private static Span span(Sequence sequence, Span first) {
        var last = sequence.fields().getLast().span();
        return new Span(first.line(), first.from(), (int) (last.from() + last.length() - first.from()));
    }

    private static List<Fields.Quantity> balances(Sequence sequence, String qualifier) throws UnreadableException {
        var found = new ArrayList<Fields.Quantity>(1);
        for (var field : sequence.fields()) {
            if (field.tag().equals("93B")) {
                var text = field.after(qualifier);
                if (text.isPresent()) {
                    found.add(Fields.quantity(text.get()));
                }
            }
        }
        return found;
    }

    private static @Nullable BigDecimal sum(Sequence sequence, String qualifier, QuantityType type)
            throws UnreadableException {
        BigDecimal sum = null;
        for (var part : balances(sequence, qualifier)) {
            if (part.type() == type) {
                sum = sum == null ? part.amount() : sum.add(part.amount());
            }
        }
        return sum;
    }

    /** 93C in SUBBAL: a code, a type, whether available, a quantity; 93B where it is not said whether. */
    private static List<SubBalance> subBalances(Sequence holding) throws UnreadableException {
        var found = new ArrayList<SubBalance>(0);
        for (var sequence : holding.children("SUBBAL")) {
            for (var field : sequence.fields()) {
                if (field.tag().startsWith("93") && field.value().length() > 5) {
                    var code = field.value().substring(1, 5);
                    var text = field.after(code)
                            .orElseThrow(() -> new UnreadableException(
                                    "Sub-balance '" + field.value() + "' is not a code, a type and a quantity."));
                    var available = text.contains("/AVAI/") ? "AVAI" : text.contains("/NAVL/") ? "NAVL" : null;
                    var quantity = Fields.quantity(text.replace("/AVAI/", "/").replace("/NAVL/", "/"));
                    found.add(new SubBalance(code, available, quantity.type(), quantity.amount()));
                }
            }
        }
        return found;
    }
}
