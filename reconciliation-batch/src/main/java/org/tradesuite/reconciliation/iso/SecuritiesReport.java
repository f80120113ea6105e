package org.tradesuite.reconciliation.iso;

import java.io.IOException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tradesuite.reconciliation.statement.Feed;
import org.tradesuite.reconciliation.statement.Page;
import org.tradesuite.reconciliation.statement.PageSink;
import org.tradesuite.reconciliation.statement.Refusal;
import org.tradesuite.reconciliation.statement.Span;
import org.tradesuite.reconciliation.statement.StatedNumbers;
import org.tradesuite.reconciliation.statement.UnreadableException;

/** What the reports on securities have in common: page, period, account, and sub-accounts that must be the same. */
abstract class SecuritiesReport implements Family {

    private static final Set<String> HEADERS = Set.of("Pgntn", "StmtGnlDtls", "SfkpgAcct", "AcctSvcr");

    private final Map<String, Element> headers = new HashMap<>();
    private final String message;
    private final String sender;
    private final Feed feed;
    private final String root;
    private long lines;

    SecuritiesReport(String message, String sender, Feed feed, String root) {
        this.message = message;
        this.sender = sender;
        this.feed = feed;
        this.root = root;
    }

    @Override
    public final Feed feed() {
        return feed;
    }

    @Override
    public final String root() {
        return root;
    }

    @Override
    public final boolean isPage(String path) {
        return path.equals(root);
    }

    @Override
    public void open(String path) throws UnreadableException {
        if (path.equals(root)) {
            headers.clear();
            lines = 0;
        }
    }

    @Override
    public final String account() {
        var account = headers.get("SfkpgAcct");
        return account == null ? "" : account.text("Id").orElse("");
    }

    @Override
    public final void element(String parent, Element element, PageSink sink) throws UnreadableException, IOException {
        if (parent.equals(root) && HEADERS.contains(element.name())) {
            headers.put(element.name(), element);
        } else if (parent.endsWith("SubAcctDtls") && element.name().equals("SfkpgAcct")) {
            var account = element.required("Id");
            if (!account.equals(account())) {
                throw new UnreadableException(
                        Refusal.ACCOUNT,
                        "It speaks of account " + account + " in the report of " + account()
                                + ". Ask the custodian for a report of each account.");
            }
        } else {
            lines += line(parent, element, sink);
        }
    }

    /** Reads one entry; returns how many lines it gave. */
    abstract int line(String parent, Element element, PageSink sink) throws UnreadableException, IOException;

    /** The first day it speaks of, where there are several. */
    @Nullable
    LocalDate from(Element general) throws UnreadableException {
        return null;
    }

    /** The day it speaks of, or the last one. */
    abstract LocalDate date(Element general) throws UnreadableException;

    @Override
    public final void close(String path, Span span, PageSink sink) throws UnreadableException, IOException {
        if (!path.equals(root)) {
            return;
        }
        var general = header("StmtGnlDtls");
        var active = general.text("ActvtyInd").map(SecuritiesReport::yes).orElse(true);
        if (!active && lines > 0) {
            throw new UnreadableException(
                    Refusal.STATEMENT_NOT_FOOTING,
                    "It says that there is nothing to report (ActvtyInd) and reports " + lines
                            + " entries. Ask the custodian which is right.");
        }
        var pages = header("Pgntn");
        sink.page(new Page(
                new Page.Key(feed, sender(), header("SfkpgAcct").required("Id"), null, date(general), ""),
                message,
                number(pages.required("PgNb")),
                !yes(pages.required("LastPgInd")),
                general.text("StmtId").orElse(""),
                basis(general),
                general.text("UpdTp", "Cd").map(type -> !type.equals("DELT")).orElse(true),
                null,
                false,
                null,
                false,
                List.of(),
                span,
                from(general)));
    }

    private String sender() {
        var servicer = headers.get("AcctSvcr");
        var bic = servicer == null
                ? ""
                : servicer.text("Id", "AnyBIC")
                        .or(() -> servicer.text("AnyBIC"))
                        .or(() -> servicer.text("Id", "BICOrBEI"))
                        .or(() -> servicer.text("BICOrBEI"))
                        .orElse("");
        return bic.length() >= 8 ? bic.substring(0, 8) : sender;
    }

    private Page.@Nullable Basis basis(Element general) throws UnreadableException {
        if (feed != Feed.CUSTODIAN_POSITION) {
            return null;
        }
        var text = general.text("StmtBsis", "Cd").orElse("SETT");
        return switch (text) {
            case "SETT" -> Page.Basis.SETT;
            case "TRAD" -> Page.Basis.TRAD;
            case "CONT" -> Page.Basis.CONT;
            default -> throw new UnreadableException("Statement basis '" + text + "' is none of SETT, TRAD and CONT.");
        };
    }

    private Element header(String name) throws UnreadableException {
        var found = headers.get(name);
        if (found == null) {
            throw new UnreadableException(root + " has no " + name + ": ask the custodian.");
        }
        return found;
    }

    static int number(String text) throws UnreadableException {
        var number = StatedNumbers.decimal(text);
        if (number.scale() > 0 || number.precision() > 6) {
            throw new UnreadableException("'" + text + "' is not the number of a page.");
        }
        return number.intValueExact();
    }

    static boolean yes(String indicator) {
        return indicator.equals("true") || indicator.equals("1");
    }
}
