package org.tradesuite.reconciliation.iso;

import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tradesuite.reconciliation.statement.Feed;
import org.tradesuite.reconciliation.statement.Line.Pending;
import org.tradesuite.reconciliation.statement.PageSink;
import org.tradesuite.reconciliation.statement.UnreadableException;

/** semt.018 Securities Transaction Pending Report: a status over its transactions, or transactions with theirs. */
final class PendingReport extends SecuritiesReport {

    private static final String ROOT = "SctiesTxPdgRpt";

    /** As MT537 writes them; in the order in which one outweighs another. */
    private static final Map<String, String> SETTLEMENT = Map.of("Pdg", "SETT//PEND", "Flng", "SETT//PENF");

    private static final Map<String, String> MATCHING = Map.of("Mtchd", "MTCH//MACH", "Umtchd", "MTCH//NMAT");
    private static final Map<String, String> INFERRED = Map.of("Mtchd", "INMH//MACH", "Umtchd", "INMH//NMAT");
    private static final Map<String, String> PROCESSING = Map.of(
            "PdgPrcg", "IPRC//PPRC",
            "AckdAccptd", "IPRC//PACK",
            "Rjctd", "IPRC//REJT",
            "Rpr", "IPRC//REPR",
            "Canc", "IPRC//CAND",
            "PdgCxl", "IPRC//CANP",
            "CxlReqd", "IPRC//CPRC",
            "ModReqd", "IPRC//MPRC",
            "Gnrtd", "IPRC//CGEN");

    private @Nullable Element above;

    PendingReport(String message, String sender) {
        super(message, sender, Feed.CUSTODIAN_PENDING, ROOT);
    }

    @Override
    public boolean isWalked(String path) {
        return path.equals(ROOT) || path.equals(ROOT + "/Sts");
    }

    @Override
    public void open(String path) throws UnreadableException {
        super.open(path);
        above = null;
    }

    @Override
    int line(String parent, Element element, PageSink sink) throws UnreadableException, IOException {
        switch (element.name()) {
            case "StsAndRsn" -> above = element;
            case "Tx" -> {
                sink.line(pending(element, above));
                return 1;
            }
            case "Txs" -> {
                sink.line(pending(element, null));
                return 1;
            }
            default -> {}
        }
        return 0;
    }

    private static Pending pending(Element transaction, @Nullable Element status) throws UnreadableException {
        var details = transaction
                .at("TxDtls")
                .orElseThrow(() -> new UnreadableException("Line "
                        + transaction.span().line() + ": a transaction has no details (TxDtls). Ask for them."));
        var security = Securities.security(details);
        var quantity = Securities.quantity(details.at("PstngQty")
                .orElseThrow(() -> new UnreadableException(
                        "Line " + transaction.span().line() + ": a transaction has no quantity (PstngQty).")));
        var in = Securities.receives(details);
        var statuses = new ArrayList<>(transaction.all("StsAndRsn"));
        if (status != null) {
            statuses.add(status);
        }
        return new Pending(
                transaction.span(),
                security.isin(),
                security.otherId(),
                quantity.type(),
                in ? quantity.amount() : quantity.amount().negate(),
                Securities.amount(details, in).orElse(null),
                Securities.currency(details),
                Securities.reference(transaction.text("AcctOwnrTxId").orElse(null)),
                Securities.reference(transaction.text("AcctSvcrTxId").orElse(null)),
                Securities.date(details, "TradDt").orElse(null),
                Securities.date(details, "SttlmDt")
                        .orElseThrow(() -> new UnreadableException(
                                "Line " + transaction.span().line() + ": a transaction has no settlement date.")),
                status(statuses, transaction),
                reasons(statuses));
    }

    /** The status nearest to settlement wins: settlement over matching over processing. */
    private static String status(List<Element> statuses, Element transaction) throws UnreadableException {
        for (var kind : List.of(
                Map.entry("SttlmSts", SETTLEMENT),
                Map.entry("MtchgSts", MATCHING),
                Map.entry("IfrrdMtchgSts", INFERRED),
                Map.entry("InstrPrcgSts", PROCESSING))) {
            for (var status : statuses) {
                var found = status.first(List.of(kind.getKey()));
                if (found != null && !found.children().isEmpty()) {
                    var code = found.children().getFirst().name();
                    return kind.getValue().getOrDefault(code, kind.getKey() + "//" + code);
                }
            }
        }
        throw new UnreadableException("Line " + transaction.span().line()
                + ": a pending transaction has no status that is known. Ask the custodian.");
    }

    private static List<String> reasons(List<Element> statuses) {
        return statuses.stream()
                .flatMap(status -> status.everywhere("Cd").stream())
                .toList();
    }

    @Override
    LocalDate date(Element general) throws UnreadableException {
        return Securities.date(general, "StmtDtTm")
                .orElseThrow(() -> new UnreadableException("The report does not say of which day it is (StmtDtTm)."));
    }
}
