package org.tradesuite.reconciliation.iso;

import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tradesuite.reconciliation.statement.Feed;
import org.tradesuite.reconciliation.statement.Line.Movement;
import org.tradesuite.reconciliation.statement.PageSink;
import org.tradesuite.reconciliation.statement.StatedNumbers;
import org.tradesuite.reconciliation.statement.UnreadableException;

/** semt.017 Securities Transaction Posting Report: transactions below the security they moved. */
final class MovementsReport extends SecuritiesReport {

    private static final String CORPORATE_ACTION = "CORP";
    private static final String ROOT = "SctiesTxPstngRpt";
    private @Nullable Element security;

    MovementsReport(String message, String sender) {
        super(message, sender, Feed.CUSTODIAN_MOVEMENT, ROOT);
    }

    @Override
    public boolean isWalked(String path) {
        return path.equals(ROOT) || path.endsWith("/FinInstrmDtls") || path.equals(ROOT + "/SubAcctDtls");
    }

    @Override
    int line(String parent, Element element, PageSink sink) throws UnreadableException, IOException {
        switch (element.name()) {
            case "FinInstrmId" -> security = element;
            case "Tx" -> {
                sink.line(movement(element));
                return 1;
            }
            default -> {}
        }
        return 0;
    }

    private Movement movement(Element transaction) throws UnreadableException {
        var named = security;
        if (named == null) {
            throw new UnreadableException(
                    "Line " + transaction.span().line() + ": a transaction names no security. Ask the custodian.");
        }
        var details = transaction
                .at("TxDtls")
                .orElseThrow(() -> new UnreadableException("Line "
                        + transaction.span().line() + ": a transaction has no details (TxDtls). Ask for them."));
        var instrument =
                Securities.security(new Element("FinInstrmDtls", Map.of(), "", List.of(named), transaction.span()));
        var quantity = Securities.quantity(details.at("PstngQty")
                .orElseThrow(() -> new UnreadableException(
                        "Line " + transaction.span().line() + ": a transaction has no quantity (PstngQty).")));
        // The direction is that of the transaction; a reversal takes it back.
        var reversal = details.text("RvslInd").map(SecuritiesReport::yes).orElse(false);
        var in = Securities.receives(details) != reversal;
        return new Movement(
                transaction.span(),
                instrument.isin(),
                instrument.otherId(),
                quantity.type(),
                in ? quantity.amount() : quantity.amount().negate(),
                Securities.amount(details, in).orElse(null),
                Securities.currency(details),
                Securities.reference(transaction.text("AcctOwnrTxId").orElse(null)),
                Securities.reference(transaction.text("AcctSvcrTxId").orElse(null)),
                Securities.date(details, "TradDt").orElse(null),
                Securities.date(details, "FctvSttlmDt")
                        .orElseThrow(() -> new UnreadableException("Line "
                                + transaction.span().line() + ": a transaction has no effective settlement date.")),
                reversal,
                corporateAction(details));
    }

    /** The event where there is one, or that the transaction is of some. */
    private static @Nullable String corporateAction(Element details) {
        return details.text("SttlmTxOrCorpActnEvtTp", "CorpActnEvtTp", "Cd")
                .or(() -> details.text("SttlmTxOrCorpActnEvtTp", "CorpActnEvtTp", "Prtry", "Id"))
                .or(() -> details.text("TxActvty", "Cd").filter(CORPORATE_ACTION::equals))
                .orElse(null);
    }

    @Override
    LocalDate date(Element general) throws UnreadableException {
        var until =
                general.text("StmtPrd", "FrDtToDt", "ToDt").or(() -> general.text("StmtPrd", "FrDtTmToDtTm", "ToDtTm"));
        if (until.isEmpty()) {
            throw new UnreadableException("The report does not say of which period it is (StmtPrd).");
        }
        return StatedNumbers.date(until.get());
    }

    @Override
    @Nullable
    LocalDate from(Element general) throws UnreadableException {
        var from =
                general.text("StmtPrd", "FrDtToDt", "FrDt").or(() -> general.text("StmtPrd", "FrDtTmToDtTm", "FrDtTm"));
        return from.isEmpty() ? null : StatedNumbers.date(from.get());
    }
}
