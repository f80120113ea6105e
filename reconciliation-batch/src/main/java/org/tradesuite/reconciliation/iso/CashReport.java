package org.tradesuite.reconciliation.iso;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tradesuite.reconciliation.statement.Balance;
import org.tradesuite.reconciliation.statement.Feed;
import org.tradesuite.reconciliation.statement.Line.CashEntry;
import org.tradesuite.reconciliation.statement.Line.EntryStatus;
import org.tradesuite.reconciliation.statement.Page;
import org.tradesuite.reconciliation.statement.PageSink;
import org.tradesuite.reconciliation.statement.Refusal;
import org.tradesuite.reconciliation.statement.Span;
import org.tradesuite.reconciliation.statement.StatedNumbers;
import org.tradesuite.reconciliation.statement.UnreadableException;

/**
 * camt.053 statement, camt.052 report within the day, camt.054 notification: several accounts in one document, each with
 * its balances and entries. A batch whose parts are all told and add up is given part by part, because our movements are
 * the parts.
 */
final class CashReport implements Family {

    private static final Set<String> HEADERS = Set.of(
            "Id", "StmtPgntn", "RptPgntn", "NtfctnPgntn", "ElctrncSeqNb", "CreDtTm", "FrToDt", "Acct", "TxsSummry");

    private final String message;
    private final String sender;
    private final Feed feed;
    private final String root;
    private final String page;
    private final Map<String, Element> headers = new HashMap<>();
    private final List<Balance> balances = new ArrayList<>();
    private @Nullable Element documentPages;
    private @Nullable Balance opening;
    private @Nullable Balance previous;
    private @Nullable Balance closing;
    private @Nullable Balance interim;
    private boolean carriedIn;
    private boolean carriedOut;
    private @Nullable String currency;
    private int entries;
    private BigDecimal credits = BigDecimal.ZERO;
    private BigDecimal debits = BigDecimal.ZERO;

    CashReport(String message, String sender, Feed feed, String root, String page) {
        this.message = message;
        this.sender = sender;
        this.feed = feed;
        this.root = root;
        this.page = root + "/" + page;
    }

    @Override
    public Feed feed() {
        return feed;
    }

    @Override
    public String root() {
        return root;
    }

    @Override
    public boolean isWalked(String path) {
        return path.equals(root) || path.equals(page);
    }

    @Override
    public boolean isPage(String path) {
        return path.equals(page);
    }

    @Override
    public void open(String path) {
        if (path.equals(page)) {
            headers.clear();
            balances.clear();
            opening = null;
            previous = null;
            closing = null;
            interim = null;
            carriedIn = false;
            carriedOut = false;
            currency = null;
            entries = 0;
            credits = BigDecimal.ZERO;
            debits = BigDecimal.ZERO;
        }
    }

    @Override
    public String account() {
        var account = headers.get("Acct");
        return account == null
                ? ""
                : account.text("Id", "IBAN")
                        .or(() -> account.text("Id", "Othr", "Id"))
                        .orElse("");
    }

    @Override
    public void element(String parent, Element element, PageSink sink) throws UnreadableException, IOException {
        if (parent.equals(root)) {
            if (element.name().equals("GrpHdr")) {
                documentPages = element.at("MsgPgntn").orElse(null);
            }
            return;
        }
        switch (element.name()) {
            case "Bal" -> balance(element);
            case "Ntry" -> entry(element, sink);
            default -> {
                if (HEADERS.contains(element.name())) {
                    headers.put(element.name(), element);
                    if (element.name().equals("Acct")) {
                        element.text("Ccy").ifPresent(stated -> currency = stated);
                    }
                }
            }
        }
    }

    private void balance(Element element) throws UnreadableException {
        var code = element.text("Tp", "CdOrPrtry", "Cd")
                .or(() -> element.text("Tp", "CdOrPrtry", "Prtry"))
                .orElse("?");
        var balance = new Balance(
                code,
                amount(element),
                oneCurrency(element),
                Securities.date(element, "Dt")
                        .or(Optional::empty)
                        .orElseThrow(() -> new UnreadableException(
                                "Line " + element.span().line() + ": a balance has no date. Ask the custodian.")));
        var intermediate =
                element.text("Tp", "SubTp", "Cd").filter("INTM"::equals).isPresent();
        switch (code) {
            case "OPBD" -> {
                opening = balance;
                carriedIn = intermediate;
            }
            case "PRCD" -> previous = balance;
            case "CLBD" -> {
                closing = balance;
                carriedOut = intermediate;
            }
            case "ITBD" -> interim = balance;
            default -> {}
        }
        balances.add(balance);
    }

    private void entry(Element element, PageSink sink) throws UnreadableException, IOException {
        oneCurrency(element);
        var amount = amount(element);
        entries++;
        if (amount.signum() >= 0) {
            credits = credits.add(amount);
        } else {
            debits = debits.subtract(amount);
        }
        var status = status(element);
        var booked = Securities.date(element, "BookgDt");
        var value = Securities.date(element, "ValDt").or(() -> booked);
        if (value.isEmpty()) {
            if (status == EntryStatus.BOOK) {
                throw new UnreadableException("Line " + element.span().line()
                        + ": a booked entry has neither value date nor booking date. Ask the custodian.");
            }
            value = made();
        }
        var whole = new CashEntry(
                element.span(),
                status,
                value.orElseThrow(() -> new UnreadableException(
                        "Line " + element.span().line() + ": an entry has no date. Ask the custodian.")),
                booked.orElse(null),
                amount,
                element.text("RvslInd").map(SecuritiesReport::yes).orElse(false),
                element.text("BkTxCd", "Prtry", "Cd")
                        .or(() -> element.text("BkTxCd", "Domn", "Fmly", "SubFmlyCd"))
                        .orElse(null),
                null,
                Securities.reference(element.text("AcctSvcrRef").orElse(null)),
                element.text("AddtlNtryInf").orElse(null),
                null);
        var parts = element.all("NtryDtls").stream()
                .flatMap(details -> details.all("TxDtls").stream())
                .toList();
        switch (parts.size()) {
            case 0 -> sink.line(whole);
            case 1 -> sink.line(part(whole, parts.getFirst(), whole.amount(), null));
            default -> batch(whole, parts, sink);
        }
    }

    private void batch(CashEntry whole, List<Element> parts, PageSink sink) throws UnreadableException, IOException {
        var lines = new ArrayList<CashEntry>(parts.size());
        var sum = BigDecimal.ZERO;
        for (var part : parts) {
            var amount = partAmount(part, whole.amount().signum() < 0);
            if (amount == null) {
                break;
            }
            sum = sum.add(amount);
            lines.add(part(whole, part, amount, entries));
        }
        if (lines.size() == parts.size() && sum.compareTo(whole.amount()) == 0) {
            for (var line : lines) {
                sink.line(line);
            }
            return;
        }
        if (lines.size() == parts.size()) {
            sink.finding(new PageSink.Finding(
                    Refusal.BATCH_NOT_FOOTING,
                    whole.span(),
                    "Line " + whole.span().line() + ": the " + parts.size() + " parts of the entry come to "
                            + sum.toPlainString() + ", the entry is "
                            + whole.amount().toPlainString()
                            + ". It is compared as a whole; ask the custodian."));
        }
        sink.line(whole);
    }

    /** What one part moved, null where the sender does not say or says it in another currency. */
    private @Nullable BigDecimal partAmount(Element part, boolean debit) throws UnreadableException {
        var amount = part.at("Amt").or(() -> part.at("AmtDtls", "TxAmt", "Amt"));
        if (amount.isEmpty() || !Objects.equals(amount.get().attributes().get("Ccy"), currency)) {
            return null;
        }
        var number = StatedNumbers.decimal(amount.get().text().strip());
        var out = part.text("CdtDbtInd").map("DBIT"::equals).orElse(debit);
        return out ? number.negate() : number;
    }

    private static CashEntry part(CashEntry whole, Element part, BigDecimal amount, @Nullable Integer batch) {
        var reference = part.text("Refs", "AcctOwnrTxId")
                .or(() -> part.text("Refs", "InstrId"))
                .map(Securities::reference)
                .or(() -> part.text("Refs", "EndToEndId").map(Securities::reference))
                .orElse(null);
        var theirs = part.text("Refs", "AcctSvcrTxId")
                .or(() -> part.text("Refs", "AcctSvcrRef"))
                .map(Securities::reference)
                .orElse(whole.theirReference());
        return new CashEntry(
                part.span(),
                whole.status(),
                whole.valueDate(),
                whole.bookingDate(),
                amount,
                whole.reversal(),
                whole.kind(),
                reference,
                theirs,
                part.text("AddtlTxInf")
                        .or(() -> Optional.ofNullable(whole.text()))
                        .orElse(null),
                batch);
    }

    /** Sts/Cd from version 07 on, Sts before. */
    private static EntryStatus status(Element entry) throws UnreadableException {
        var code = entry.text("Sts", "Cd").or(() -> entry.text("Sts")).orElse("");
        return switch (code) {
            case "BOOK" -> EntryStatus.BOOK;
            case "PDNG", "FUTR" -> EntryStatus.PDNG;
            case "INFO" -> EntryStatus.INFO;
            default ->
                throw new UnreadableException("Line " + entry.span().line() + ": the status '" + code
                        + "' of an entry is none of BOOK, PDNG, FUTR and INFO. Ask the custodian.");
        };
    }

    private static BigDecimal amount(Element element) throws UnreadableException {
        var amount = StatedNumbers.decimal(element.required("Amt"));
        return element.required("CdtDbtInd").equals("DBIT") ? amount.negate() : amount;
    }

    private String oneCurrency(Element element) throws UnreadableException {
        var stated = StatedNumbers.currency(element.at("Amt")
                .map(amount -> amount.attributes().getOrDefault("Ccy", ""))
                .orElse(""));
        if (currency == null) {
            currency = stated;
        } else if (!currency.equals(stated)) {
            throw new UnreadableException(
                    Refusal.MIXED_CURRENCIES,
                    "Line " + element.span().line() + ": an amount in " + stated + " in the statement of an account in "
                            + currency + ". Ask the custodian for a statement of each currency.");
        }
        return stated;
    }

    private Optional<LocalDate> made() throws UnreadableException {
        var created = headers.get("CreDtTm");
        return created == null
                ? Optional.empty()
                : Optional.of(StatedNumbers.date(created.text().strip()));
    }

    @Override
    public void close(String path, Span span, PageSink sink) throws UnreadableException, IOException {
        if (!path.equals(page)) {
            return;
        }
        var account = headers.get("Acct");
        var reference = headers.get("Id");
        if (account == null || reference == null || account().isEmpty()) {
            throw new UnreadableException("Line " + span.line() + ": the account of the statement is missing.");
        }
        var from = opening == null ? previous : opening;
        var to = closing == null ? interim : closing;
        if (feed == Feed.CUSTODIAN_CASH) {
            judge(from, to);
        }
        var pages = pages(from, to);
        var number = pages.map(Numbered::number).orElse(1);
        var more = pages.map(Numbered::more).orElse(false);
        if (number == 1 && !more) {
            summary();
        }
        sink.page(new Page(
                new Page.Key(
                        feed,
                        servicer(account),
                        account(),
                        currency,
                        day(to),
                        feed == Feed.CUSTODIAN_CASH ? "" : reference.text().strip()),
                message,
                number,
                more,
                reference.text().strip(),
                null,
                true,
                feed == Feed.CUSTODIAN_CASH ? from : null,
                carriedIn,
                feed == Feed.CUSTODIAN_CASH ? to : null,
                carriedOut || (closing == null && more),
                balances,
                span,
                null));
    }

    private void judge(@Nullable Balance from, @Nullable Balance to) throws UnreadableException {
        if (from == null || to == null) {
            throw new UnreadableException("The statement of account " + account() + " has no "
                    + (from == null ? "opening balance (OPBD or PRCD)" : "closing balance (CLBD)")
                    + ". Ask the custodian to send it again.");
        }
        if (opening != null
                && previous != null
                && !carriedIn
                && opening.amount().compareTo(previous.amount()) != 0) {
            throw new UnreadableException(
                    Refusal.STATEMENT_GAP,
                    "It opens with " + opening.amount().toPlainString() + " and says that the last one closed with "
                            + previous.amount().toPlainString() + ". Ask the custodian what lies between.");
        }
    }

    private record Numbered(int number, boolean more) {}

    /** Pages of the statement; those of the document count only where the balances say that the statement goes on. */
    private Optional<Numbered> pages(@Nullable Balance from, @Nullable Balance to) throws UnreadableException {
        for (var name : List.of("StmtPgntn", "RptPgntn", "NtfctnPgntn")) {
            var pages = headers.get(name);
            if (pages != null) {
                return Optional.of(numbered(pages));
            }
        }
        var ofDocument = documentPages;
        return ofDocument != null && (carriedIn || carriedOut || (closing == null && from != null && to != null))
                ? Optional.of(numbered(ofDocument))
                : Optional.empty();
    }

    private static Numbered numbered(Element pages) throws UnreadableException {
        return new Numbered(
                SecuritiesReport.number(pages.required("PgNb")), !SecuritiesReport.yes(pages.required("LastPgInd")));
    }

    /** Number and sums where the sender gives them. */
    private void summary() throws UnreadableException {
        var summary = headers.get("TxsSummry");
        if (summary == null) {
            return;
        }
        var number = summary.text("TtlNtries", "NbOfNtries");
        if (number.isPresent() && StatedNumbers.decimal(number.get()).compareTo(BigDecimal.valueOf(entries)) != 0) {
            throw new UnreadableException(
                    Refusal.STATEMENT_GAP,
                    "It has " + entries + " entries and says that there are " + number.get()
                            + ". Ask the custodian to send it again.");
        }
        sum(summary, "TtlCdtNtries", credits);
        sum(summary, "TtlDbtNtries", debits);
    }

    private static void sum(Element summary, String name, BigDecimal reached) throws UnreadableException {
        var stated = summary.text(name, "Sum");
        if (stated.isPresent() && StatedNumbers.decimal(stated.get()).compareTo(reached) != 0) {
            throw new UnreadableException(
                    Refusal.STATEMENT_NOT_FOOTING,
                    "The entries come to " + reached.toPlainString() + ", " + name + " says " + stated.get()
                            + ". Ask the custodian to send it again.");
        }
    }

    private String servicer(Element account) {
        var bic = account.text("Svcr", "FinInstnId", "BICFI")
                .or(() -> account.text("Svcr", "FinInstnId", "BIC"))
                .orElse("");
        return bic.length() >= 8 ? bic.substring(0, 8) : sender;
    }

    private LocalDate day(@Nullable Balance to) throws UnreadableException {
        if (to != null) {
            return to.date();
        }
        var period = headers.get("FrToDt");
        if (period != null && period.text("ToDtTm").isPresent()) {
            return StatedNumbers.date(period.required("ToDtTm"));
        }
        return made().orElseThrow(() -> new UnreadableException("The report does not say of which day it is."));
    }
}
