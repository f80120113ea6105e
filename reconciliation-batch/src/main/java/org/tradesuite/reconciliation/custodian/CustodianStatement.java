package org.tradesuite.reconciliation.custodian;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tradesuite.reconciliation.custodian.Page.Cash;
import org.tradesuite.reconciliation.custodian.Page.Holdings;
import org.tradesuite.reconciliation.custodian.Page.StatementKey;
import org.tradesuite.reconciliation.statement.Refusal;
import org.tradesuite.reconciliation.statement.Verdict;

/**
 * A statement put together from its pages and judged by what it says of itself: no page missing, none twice with
 * different words, the parts adding up to the whole.
 *
 * @param pages in order, without repetitions
 * @param repeated whether the whole statement came more than once among these pages
 * @param refused null when it may be compared
 */
record CustodianStatement(
        StatementKey key,
        List<Page> pages,
        boolean repeated,
        @Nullable Verdict refused) {

    CustodianStatement {
        pages = List.copyOf(pages);
    }

    /** Sorts pages into statements, whatever the order they came in. */
    static List<CustodianStatement> assemble(List<Page> pages) {
        var byKey = new LinkedHashMap<StatementKey, List<Page>>();
        for (var page : pages) {
            byKey.computeIfAbsent(page.key(), none -> new ArrayList<>()).add(page);
        }
        return byKey.entrySet().stream()
                .map(entry -> judged(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparing((CustodianStatement statement) ->
                                statement.key().type())
                        .thenComparing(statement -> statement.key().account())
                        .thenComparing(statement -> statement.key().date()))
                .toList();
    }

    private static CustodianStatement judged(StatementKey key, List<Page> all) {
        var byNumber = new TreeMap<Integer, List<Page>>();
        for (var page : all) {
            byNumber.computeIfAbsent(page.number(), none -> new ArrayList<>()).add(page);
        }
        var pages = byNumber.values().stream().map(List::getFirst).toList();
        for (var same : byNumber.values()) {
            var first = same.getFirst();
            if (same.stream().anyMatch(page -> !page.says().equals(first.says()))) {
                return refused(
                        key,
                        pages,
                        Refusal.STATEMENT_NOT_FOOTING,
                        "Page " + first.number()
                                + " came twice and says different things. Ask the custodian which one counts.");
            }
        }
        var gap = gap(pages);
        if (gap != null) {
            return refused(key, pages, Refusal.STATEMENT_GAP, gap);
        }
        var wrong = notFooting(pages);
        if (wrong != null) {
            return refused(key, pages, Refusal.STATEMENT_NOT_FOOTING, wrong);
        }
        var repeated = byNumber.values().stream().allMatch(same -> same.size() > 1);
        return new CustodianStatement(key, pages, repeated, null);
    }

    private static CustodianStatement refused(StatementKey key, List<Page> pages, Refusal refusal, String reason) {
        return new CustodianStatement(key, pages, false, new Verdict(refusal, reason));
    }

    private static @Nullable String gap(List<Page> pages) {
        for (var i = 0; i < pages.size(); i++) {
            var page = pages.get(i);
            if (page.number() != i + 1) {
                return "Page " + (i + 1) + " is missing. Ask the custodian for it.";
            }
            if (!page.more() && i + 1 < pages.size()) {
                return "Page " + page.number() + " says it is the last, and page " + (page.number() + 1)
                        + " follows. Ask the custodian to send the statement again.";
            }
        }
        var last = pages.getLast();
        return last.more()
                ? "Page " + last.number() + " says that another follows, and none came: page " + (last.number() + 1)
                        + " is missing. Ask the custodian for it."
                : null;
    }

    private static @Nullable String notFooting(List<Page> pages) {
        for (var page : pages) {
            switch (page) {
                case Holdings holdings -> {
                    for (var holding : holdings.holdings()) {
                        if (holding.parts() != null && holding.parts().compareTo(holding.aggregate()) != 0) {
                            return "Holding " + holding.isin() + ": available and not available are "
                                    + holding.parts().toPlainString() + " together, the aggregate is "
                                    + holding.aggregate().toPlainString() + ". Ask the custodian.";
                        }
                    }
                }
                case Cash cash -> {
                    var reached =
                            cash.entries().stream().map(Page.Entry::amount).reduce(cash.opening(), BigDecimal::add);
                    if (reached.compareTo(cash.closing()) != 0) {
                        return "Page " + cash.number() + ": opening and entries come to " + reached.toPlainString()
                                + ", the closing balance is " + cash.closing().toPlainString()
                                + ". Ask the custodian to send it again.";
                    }
                }
            }
        }
        return chain(pages);
    }

    /** Cash goes on from page to page: what one closes with, the next opens with. */
    private static @Nullable String chain(List<Page> pages) {
        BigDecimal carried = null;
        for (var page : pages) {
            if (page instanceof Cash cash) {
                if (cash.intermediateOpening() != (carried != null)) {
                    return "Page " + cash.number() + " opens with the wrong kind of balance (60F first, 60M after).";
                }
                if (carried != null && carried.compareTo(cash.opening()) != 0) {
                    return "Page " + cash.number() + " opens with "
                            + cash.opening().toPlainString() + ", the page before closed with "
                            + carried.toPlainString() + ".";
                }
                carried = cash.closing();
            }
        }
        return null;
    }

    /** Holdings over all pages; the same ISIN on two pages is one holding. */
    Map<String, BigDecimal> holdings() {
        var holdings = new TreeMap<String, BigDecimal>();
        for (var page : pages) {
            if (page instanceof Holdings of) {
                of.holdings().forEach(holding -> holdings.merge(holding.isin(), holding.aggregate(), BigDecimal::add));
            }
        }
        return holdings;
    }

    List<Page.Entry> entries() {
        return pages.stream()
                .flatMap(page -> page instanceof Cash cash ? cash.entries().stream() : Stream.of())
                .toList();
    }

    @Nullable
    BigDecimal opening() {
        return pages.getFirst() instanceof Cash cash ? cash.opening() : null;
    }

    @Nullable
    BigDecimal closing() {
        return pages.getLast() instanceof Cash cash ? cash.closing() : null;
    }

    String text() {
        return pages.stream().map(Page::text).collect(Collectors.joining("\n"));
    }

    /** The same for two statements that say the same under other references. */
    String says() {
        return pages.stream().map(Page::says).collect(Collectors.joining("\n"));
    }
}
