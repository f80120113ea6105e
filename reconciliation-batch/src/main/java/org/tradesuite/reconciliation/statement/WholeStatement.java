package org.tradesuite.reconciliation.statement;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A statement put together from its pages and judged by what it says of itself: no page missing, none twice with
 * different words, the parts adding up to the whole, one page going on from the other.
 *
 * @param pages in order, without repetitions
 * @param repeated the pages that came again and say the same
 * @param refused null when it may be compared
 */
public record WholeStatement(
        Page.Key key,
        List<KeptPage> pages,
        List<KeptPage> repeated,
        @Nullable Verdict refused) {

    /** Further from the statement date than this no value date is meant. */
    private static final int YEARS = 5;

    public WholeStatement {
        pages = List.copyOf(pages);
        repeated = List.copyOf(repeated);
    }

    /**
     * Sorts pages into statements, whatever the order they came in.
     *
     * @param earlier the pages of a statement that came before and still waits for more; where they complete it they
     *     belong to it
     */
    public static List<WholeStatement> assemble(
            Collection<KeptPage> pages, Function<Page.Key, List<KeptPage>> earlier) {
        var byKey = new LinkedHashMap<Page.Key, List<KeptPage>>();
        for (var page : pages) {
            byKey.computeIfAbsent(page.page().key(), none -> new ArrayList<>()).add(page);
        }
        return byKey.entrySet().stream()
                .map(entry -> withEarlier(entry.getKey(), entry.getValue(), earlier))
                .sorted(Comparator.comparing(
                                (WholeStatement statement) -> statement.key().feed())
                        .thenComparing(statement -> statement.key().account())
                        .thenComparing(statement -> statement.key().date())
                        .thenComparing(statement -> statement.key().part()))
                .toList();
    }

    private static WholeStatement withEarlier(
            Page.Key key, List<KeptPage> pages, Function<Page.Key, List<KeptPage>> earlier) {
        var alone = judged(key, pages);
        var refused = alone.refused();
        if (refused == null || refused.refusal() != Refusal.STATEMENT_GAP) {
            return alone;
        }
        var numbers = pages.stream().map(KeptPage::number).toList();
        var together = new ArrayList<>(pages);
        earlier.apply(key).stream()
                .filter(page -> !numbers.contains(page.number()))
                .forEach(together::add);
        return together.size() == pages.size() ? alone : judged(key, together);
    }

    private static WholeStatement judged(Page.Key key, List<KeptPage> all) {
        var byNumber = new TreeMap<Integer, List<KeptPage>>();
        for (var page : all) {
            byNumber.computeIfAbsent(page.number(), none -> new ArrayList<>()).add(page);
        }
        var pages = byNumber.values().stream().map(List::getFirst).toList();
        var repeated = byNumber.values().stream()
                .flatMap(same -> same.stream().skip(1))
                .toList();
        return new WholeStatement(key, pages, repeated, wrong(key, byNumber, pages));
    }

    private static @Nullable Verdict wrong(
            Page.Key key, TreeMap<Integer, List<KeptPage>> byNumber, List<KeptPage> pages) {
        for (var same : byNumber.values()) {
            var first = same.getFirst();
            if (!same.stream().allMatch(first::saysTheSame)) {
                return new Verdict(
                        Refusal.STATEMENT_NOT_FOOTING,
                        "Page " + first.number()
                                + " came twice and says different things. Ask the custodian which one counts.");
            }
        }
        var gap = gap(pages);
        if (gap != null) {
            return new Verdict(Refusal.STATEMENT_GAP, gap);
        }
        for (var page : pages) {
            if (page.wrong() != null) {
                return page.wrong();
            }
            var footing = notFooting(page);
            if (footing != null) {
                return new Verdict(Refusal.STATEMENT_NOT_FOOTING, footing);
            }
        }
        var chain = chain(pages);
        return chain == null ? impossible(key, pages) : new Verdict(Refusal.STATEMENT_NOT_FOOTING, chain);
    }

    private static @Nullable String gap(List<KeptPage> pages) {
        for (var i = 0; i < pages.size(); i++) {
            var page = pages.get(i);
            if (page.number() != i + 1) {
                return "Page " + (i + 1) + " is missing. Ask the custodian for it.";
            }
            if (!page.page().more() && i + 1 < pages.size()) {
                return "Page " + page.number() + " says it is the last, and page " + (page.number() + 1)
                        + " follows. Ask the custodian to send the statement again.";
            }
        }
        var last = pages.getLast();
        return last.page().more()
                ? "Page " + last.number() + " says that another follows, and none came: page " + (last.number() + 1)
                        + " is missing. Ask the custodian for it."
                : null;
    }

    private static @Nullable String notFooting(KeptPage page) {
        var opening = page.page().opening();
        var closing = page.page().closing();
        if (opening == null || closing == null) {
            return null;
        }
        var reached = opening.amount().add(page.sum());
        return reached.compareTo(closing.amount()) == 0
                ? null
                : "Page " + page.number() + ": opening and entries come to " + reached.toPlainString()
                        + ", the closing balance is " + closing.amount().toPlainString()
                        + ". Ask the custodian to send it again.";
    }

    /** Cash goes on from page to page: what one closes with, the next opens with. */
    private static @Nullable String chain(List<KeptPage> pages) {
        BigDecimal carried = null;
        for (var page : pages) {
            var opening = page.page().opening();
            var closing = page.page().closing();
            if (opening == null || closing == null) {
                continue;
            }
            if (page.page().carriedIn() != (carried != null)) {
                return "Page " + page.number() + " opens with the wrong kind of balance (a first one on the first page,"
                        + " an intermediate one after). Ask the custodian to send it again.";
            }
            if (carried != null && carried.compareTo(opening.amount()) != 0) {
                return "Page " + page.number() + " opens with "
                        + opening.amount().toPlainString()
                        + ", the page before closed with " + carried.toPlainString()
                        + ". Ask the custodian to send it again.";
            }
            carried = closing.amount();
        }
        return null;
    }

    private static @Nullable Verdict impossible(Page.Key key, List<KeptPage> pages) {
        for (var page : pages) {
            for (var date : new @Nullable LocalDate[] {page.firstDate(), page.lastDate()}) {
                if (date != null
                        && (date.isBefore(key.date().minusYears(YEARS))
                                || date.isAfter(key.date().plusYears(YEARS)))) {
                    return new Verdict(
                            Refusal.IMPOSSIBLE_DATE,
                            "Page " + page.number() + " has an entry of " + date + " in a statement of " + key.date()
                                    + ". Ask the custodian to send it again.");
                }
            }
        }
        return null;
    }

    /** Every page came again. */
    public boolean repeatedAsAWhole() {
        return repeated.size() >= pages.size();
    }

    public @Nullable BigDecimal opening() {
        var opening = pages.getFirst().page().opening();
        return opening == null ? null : opening.amount();
    }

    public @Nullable BigDecimal closing() {
        var closing = pages.getLast().page().closing();
        return closing == null ? null : closing.amount();
    }

    public long lines() {
        return pages.stream().mapToLong(KeptPage::lines).sum();
    }

    /** The same for two statements that say the same under other references and in another language. */
    public String contentKey() {
        return String.join(
                "|",
                PageTotals.together(pages.stream().map(KeptPage::says).toList()),
                key.date().toString(),
                plain(opening()),
                plain(closing()),
                String.valueOf(pages.getFirst().page().basis()),
                pages.getFirst().page().complete() ? "all" : "changes");
    }

    /** Opening, movements and closing, whatever the date and the references; null without movements. */
    public @Nullable String movementKey() {
        return opening() == null || pages.stream().allMatch(page -> page.booked() == 0)
                ? null
                : String.join(
                        "|",
                        PageTotals.together(pages.stream().map(KeptPage::moves).toList()),
                        plain(opening()),
                        plain(closing()));
    }

    private static String plain(@Nullable BigDecimal number) {
        return number == null
                ? "-"
                : Objects.requireNonNull(
                        number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString());
    }
}
