package org.tradesuite.reporting.breaks;

import java.io.IOException;
import java.io.OutputStream;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.tradesuite.reporting.document.CsvStream;

/**
 * The open breaks of a business date. They are given to it one after the other, those with most money at risk first: it
 * counts all, writes all into its file, and keeps as many as a page can bear. So the page and the file are of one reading.
 */
final class BreakSheet {

    /** How breaks are grouped by age, in business days. */
    static final List<String> AGES = List.of("0-1", "2-3", "4-7", "8-30", "31+");

    private static final int MOST_ON_PAGE = 300;
    private static final String[] HEADER = {
        "business_date",
        "break_id",
        "feed",
        "class",
        "account_id",
        "broker_id",
        "instrument_id",
        "isin",
        "currency",
        "side",
        "reference",
        "ours",
        "theirs",
        "difference",
        "money_at_risk",
        "base_currency",
        "firm_money",
        "firm_currency",
        "material",
        "first_seen",
        "last_seen",
        "age_days",
        "age_bucket",
        "due_on",
        "overdue",
        "cause_code",
        "times_reopened",
        "owner",
        "status",
        "closing_asked_by",
        "detail"
    };

    /** What a row of totals is of. */
    record Kind(String feed, String breakClass) implements Comparable<Kind> {
        @Override
        public int compareTo(Kind other) {
            return Comparator.comparing(Kind::feed)
                    .thenComparing(Kind::breakClass)
                    .compare(this, other);
        }
    }

    /** An account's books; breaks of no account are together. */
    record Book(String account, String currency) implements Comparable<Book> {
        @Override
        public int compareTo(Book other) {
            return Comparator.comparing(Book::account)
                    .thenComparing(Book::currency)
                    .compare(this, other);
        }
    }

    private final LocalDate businessDate;
    private final Total all = new Total();
    private final Map<Kind, Total> byKind = new TreeMap<>();
    private final Map<Book, Total> byBook = new TreeMap<>();
    private final Map<Book, Total> byBookInBase = new TreeMap<>();
    private final List<OpenBreak> material = new ArrayList<>();
    private final List<OpenBreak> others = new ArrayList<>();
    private long waiting;
    private long unowned;
    private @Nullable String currency;
    private final CsvStream csv;

    /** @param rows where each break goes as a row of CSV when it is added */
    BreakSheet(LocalDate businessDate, OutputStream rows) {
        this.businessDate = businessDate;
        this.csv = new CsvStream(rows, HEADER);
    }

    /** @param firmCurrency what the money of the firm is in, the same for all */
    BreakSheet add(OpenBreak each, String firmCurrency) {
        currency = firmCurrency;
        all.add(each, each.firmMoney());
        byKind.computeIfAbsent(new Kind(each.feed(), each.breakClass()), kind -> new Total())
                .add(each, each.firmMoney());
        var book = new Book(text(each.account()), text(each.baseCurrency()));
        byBook.computeIfAbsent(book, of -> new Total()).add(each, each.firmMoney());
        byBookInBase.computeIfAbsent(book, of -> new Total()).add(each, each.moneyAtRisk());
        waiting += each.closingAskedBy() == null ? 0 : 1;
        unowned += each.owner() == null ? 1 : 0;
        var list = each.material() ? material : others;
        if (list.size() < MOST_ON_PAGE) {
            list.add(each);
        }
        csv.row(
                businessDate,
                each.number(),
                each.feed(),
                each.breakClass(),
                each.account(),
                each.broker(),
                each.instrument(),
                each.isin(),
                each.currency(),
                each.side(),
                each.reference(),
                each.ours(),
                each.theirs(),
                each.difference(),
                each.moneyAtRisk(),
                each.baseCurrency(),
                each.firmMoney(),
                firmCurrency,
                each.material(),
                each.firstSeen(),
                each.lastSeen(),
                each.ageDays(),
                each.ageBucket(),
                each.dueOn(),
                each.overdue(),
                each.cause(),
                each.timesReopened(),
                each.owner(),
                each.status(),
                each.closingAskedBy(),
                each.detail());
        return this;
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }

    LocalDate businessDate() {
        return businessDate;
    }

    /** Of the firm; empty where nothing is open. */
    String currency() {
        return text(currency);
    }

    Total all() {
        return all;
    }

    Map<Kind, Total> byKind() {
        return Collections.unmodifiableMap(byKind);
    }

    /** In the currency of the firm. */
    Map<Book, Total> byBook() {
        return Collections.unmodifiableMap(byBook);
    }

    /** In the base currency of the account. */
    Total inBase(Book book) {
        return byBookInBase.getOrDefault(book, new Total());
    }

    /** Those for which a second person has to agree to closing them; the first of them, where there are many. */
    List<OpenBreak> material() {
        return Collections.unmodifiableList(material);
    }

    /** The rest; the first of them, where there are many. */
    List<OpenBreak> others() {
        return Collections.unmodifiableList(others);
    }

    /** How many wait for a second person. */
    long waiting() {
        return waiting;
    }

    /** How many nobody looks after. */
    long unowned() {
        return unowned;
    }

    /** After the last break. */
    void end() throws IOException {
        csv.flush();
    }
}
