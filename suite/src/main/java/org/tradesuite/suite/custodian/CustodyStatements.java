package org.tradesuite.suite.custodian;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tradesuite.suite.custodian.Books.Cash;
import org.tradesuite.suite.custodian.Books.Entry;
import org.tradesuite.suite.custodian.Books.Kind;
import org.tradesuite.suite.market.Seed;

/**
 * The statements of one date: MT535, one per safekeeping account, and MT950, one per cash account, each over as many
 * pages as it needs. Opening balance plus lines is the closing balance on every page and over all of them, also where a
 * line was left out or falsified. The next statement makes good, as a bank does when it notices: the line that was left
 * out comes late under its own reference, a wrong one is reversed and booked again.
 */
final class CustodyStatements {

    /** How many holdings and how many cash lines fit on a page: few, so that splits are everyday. */
    static final int HOLDINGS_PER_PAGE = 12;

    static final int LINES_PER_PAGE = 6;

    record Page(String name, String text) {}

    /** @param owed lines that the next statement makes good with */
    record CashClosing(String number, BigDecimal reported, int statements, List<Entry> owed) {}

    record Statements(List<Page> pages, List<CashClosing> closings, List<SeededFault> faults) {}

    private record Holding(String safe, String isin, BigDecimal quantity) {}

    private final Books books;
    private final Seed seed;
    private final LocalDate date;
    private final Instant at;
    private final List<SeededFault> faults = new ArrayList<>();
    private final Set<String> spoilt;
    private final Map<String, List<Entry>> owed = new HashMap<>();

    /** @param before what was wrong in the statements before: it is right in these */
    CustodyStatements(Books books, Seed seed, LocalDate date, Instant at, Collection<SeededFault> before) {
        this.books = books;
        this.seed = seed;
        this.date = date;
        this.at = at;
        this.spoilt = before.stream()
                .map(fault -> fault.number() + fault.subject())
                .collect(Collectors.toCollection(HashSet::new));
    }

    Statements write(List<StatementFault> wanted) {
        Map<String, Map<String, BigDecimal>> shown = new LinkedHashMap<>();
        books.safes().forEach(safe -> shown.put(safe, new TreeMap<>(books.holdings(safe))));
        Map<Cash, List<Entry>> lines = new LinkedHashMap<>();
        for (Cash cash : books.cash()) {
            lines.put(cash, new ArrayList<>(unreported(cash)));
        }
        for (StatementFault fault : wanted) {
            switch (fault) {
                case WRONG_QUANTITY, MISSING_HOLDING -> spoilHolding(fault, shown);
                case EXTRA_HOLDING -> addHolding(shown);
                case MISSING_CASH_LINE, WRONG_AMOUNT -> spoilCash(fault, lines);
            }
        }
        List<Page> pages = new ArrayList<>();
        shown.forEach((safe, holdings) -> pages.addAll(holdingPages(safe, holdings)));
        List<CashClosing> closings = new ArrayList<>();
        lines.forEach((cash, entries) -> pages.addAll(cashPages(cash, entries, closings)));
        return new Statements(pages, closings, List.copyOf(faults));
    }

    private static List<Entry> unreported(Cash cash) {
        BigDecimal closing = cash.unreported.stream().map(Entry::amount).reduce(cash.reported, BigDecimal::add);
        if (closing.compareTo(cash.balance) != 0) {
            throw new IllegalStateException(
                    "The lines of " + cash.number + " come to " + closing + ", its balance is " + cash.balance);
        }
        return cash.unreported;
    }

    // Faults

    private void spoilHolding(StatementFault fault, Map<String, Map<String, BigDecimal>> shown) {
        List<Holding> candidates = new ArrayList<>();
        shown.forEach((safe, holdings) -> holdings.forEach((isin, quantity) -> {
            if (!spoilt.contains(safe + isin)) {
                candidates.add(new Holding(safe, isin, quantity));
            }
        }));
        Optional<Holding> target = candidates.stream()
                .min(Comparator.comparingLong(
                        (Holding h) -> seed.number(fault.name(), date.toString(), h.safe(), h.isin())));
        if (target.isEmpty()) {
            return;
        }
        Holding holding = target.get();
        Map<String, BigDecimal> holdings = shown.get(holding.safe());
        if (holdings == null) {
            throw new IllegalStateException("No holdings of " + holding.safe());
        }
        BigDecimal wrong = holding.quantity().add(BigDecimal.valueOf(100));
        if (fault == StatementFault.WRONG_QUANTITY) {
            holdings.put(holding.isin(), wrong);
        } else {
            holdings.remove(holding.isin());
        }
        spoilt.add(holding.safe() + holding.isin());
        faults.add(new SeededFault(
                date,
                fault,
                books.client(holding.safe()),
                holding.safe(),
                holding.isin(),
                holding.quantity().toPlainString(),
                fault == StatementFault.WRONG_QUANTITY ? wrong.toPlainString() : null));
    }

    /** A holding in a security that some other account holds and this one does not. */
    private void addHolding(Map<String, Map<String, BigDecimal>> shown) {
        Set<String> isins = new HashSet<>();
        shown.values().forEach(holdings -> isins.addAll(holdings.keySet()));
        List<Holding> candidates = new ArrayList<>();
        for (String safe : shown.keySet()) {
            for (String isin : isins) {
                if (books.held(safe, isin).signum() == 0 && !spoilt.contains(safe + isin)) {
                    candidates.add(new Holding(safe, isin, BigDecimal.valueOf(500)));
                }
            }
        }
        candidates.stream()
                .min(Comparator.comparingLong((Holding h) ->
                        seed.number(StatementFault.EXTRA_HOLDING.name(), date.toString(), h.safe(), h.isin())))
                .ifPresent(extra -> {
                    shown.computeIfAbsent(extra.safe(), s -> new TreeMap<>()).put(extra.isin(), extra.quantity());
                    spoilt.add(extra.safe() + extra.isin());
                    faults.add(new SeededFault(
                            date,
                            StatementFault.EXTRA_HOLDING,
                            books.client(extra.safe()),
                            extra.safe(),
                            extra.isin(),
                            null,
                            extra.quantity().toPlainString()));
                });
    }

    private void spoilCash(StatementFault fault, Map<Cash, List<Entry>> lines) {
        record Line(Cash cash, Entry entry) {}
        List<Line> candidates = new ArrayList<>();
        lines.forEach((cash, entries) -> entries.forEach(entry -> {
            if (entry.kind() == Kind.BOOKED && !spoilt.contains(cash.number)) {
                candidates.add(new Line(cash, entry));
            }
        }));
        // By account, which a rerun repeats, then by amount, which it nearly does, not by reference, which it does not.
        Optional<Line> target = candidates.stream()
                .min(Comparator.comparingLong(
                                (Line line) -> seed.number(fault.name(), date.toString(), line.cash().number))
                        .thenComparing(line -> line.entry().amount()));
        if (target.isEmpty()) {
            return;
        }
        Line line = target.get();
        List<Entry> entries = lines.getOrDefault(line.cash(), List.of());
        int index = entries.indexOf(line.entry());
        BigDecimal correct = line.entry().amount();
        BigDecimal wrong = correct.add(BigDecimal.TEN.setScale(correct.scale(), RoundingMode.UNNECESSARY));
        @Nullable String reported = null;
        if (fault == StatementFault.MISSING_CASH_LINE) {
            entries.remove(index);
            owed.put(line.cash().number, List.of(like(line.entry(), correct, Kind.LATE)));
        } else {
            entries.set(index, like(line.entry(), wrong, Kind.BOOKED));
            owed.put(
                    line.cash().number,
                    List.of(like(line.entry(), wrong.negate(), Kind.REVERSAL), like(line.entry(), correct, Kind.LATE)));
            reported = wrong.toPlainString();
        }
        spoilt.add(line.cash().number);
        faults.add(new SeededFault(
                date,
                fault,
                line.cash().account,
                line.cash().number,
                line.entry().reference(),
                correct.toPlainString(),
                reported));
    }

    private static Entry like(Entry entry, BigDecimal amount, Kind kind) {
        return new Entry(entry.date(), amount, entry.reference(), entry.ourReference(), kind);
    }

    // MT535

    private List<Page> holdingPages(String safe, Map<String, BigDecimal> holdings) {
        List<Map.Entry<String, BigDecimal>> all = List.copyOf(holdings.entrySet());
        int count = Math.max(1, (all.size() + HOLDINGS_PER_PAGE - 1) / HOLDINGS_PER_PAGE);
        List<Page> pages = new ArrayList<>();
        for (int page = 1; page <= count; page++) {
            int from = (page - 1) * HOLDINGS_PER_PAGE;
            String which = count == 1 ? "ONLY" : page == count ? "LAST" : "MORE";
            FinMessage message = new FinMessage("535", at)
                    .open("GENL")
                    .line("28E", page + "/" + which)
                    .line("13A", ":STAT//" + String.format("%03d", date.getDayOfYear()))
                    .line("20C", ":SEME//" + "H" + FinMessage.shortDate(date) + tail(safe, 5) + "P" + page)
                    .line("23G", "NEWM")
                    .prepared()
                    .line("98A", ":STAT//" + FinMessage.date(date))
                    .line("22F", ":SFRE//DAIL")
                    .line("22F", ":CODE//COMP")
                    .line("22F", ":STTY//CUST")
                    .line("22F", ":STBA//SETT")
                    .line("97A", ":SAFE//" + safe)
                    .line("17B", ":ACTI//" + (all.isEmpty() ? "N" : "Y"))
                    .close("GENL");
            if (!all.isEmpty()) {
                message.open("SUBSAFE");
                for (var holding : all.subList(from, Math.min(all.size(), from + HOLDINGS_PER_PAGE))) {
                    message.open("FIN")
                            .isin(holding.getKey())
                            .line("93B", ":AGGR//" + FinMessage.units(holding.getValue()))
                            .close("FIN");
                }
                message.close("SUBSAFE");
            }
            pages.add(new Page("MT535-" + safe + "-" + FinMessage.date(date) + "-" + page + ".fin", message.text()));
        }
        return pages;
    }

    private static String tail(String text, int length) {
        return text.substring(Math.max(0, text.length() - length));
    }

    // MT950

    private List<Page> cashPages(Cash cash, List<Entry> entries, List<CashClosing> closings) {
        int count = Math.max(1, (entries.size() + LINES_PER_PAGE - 1) / LINES_PER_PAGE);
        int statement = cash.statements + 1;
        BigDecimal balance = cash.reported;
        List<Page> pages = new ArrayList<>();
        for (int page = 1; page <= count; page++) {
            int from = (page - 1) * LINES_PER_PAGE;
            FinMessage message = new FinMessage("950", at)
                    .line("20", "S" + FinMessage.shortDate(date) + tail(cash.number, 7) + "P" + page)
                    .line("25", cash.number)
                    .line("28C", statement + "/" + page)
                    .line(page == 1 ? "60F" : "60M", balance(balance, cash.currency));
            for (Entry entry : entries.subList(from, Math.min(entries.size(), from + LINES_PER_PAGE))) {
                balance = balance.add(entry.amount());
                message.line("61", line(entry));
            }
            message.line(page == count ? "62F" : "62M", balance(balance, cash.currency));
            pages.add(new Page(
                    "MT950-" + cash.number + "-" + FinMessage.date(date) + "-" + page + ".fin", message.text()));
        }
        closings.add(new CashClosing(cash.number, balance, statement, owed.getOrDefault(cash.number, List.of())));
        return pages;
    }

    private String balance(BigDecimal amount, String currency) {
        return (amount.signum() < 0 ? "D" : "C")
                + FinMessage.shortDate(date)
                + currency
                + FinMessage.number(amount.abs());
    }

    private static String line(Entry entry) {
        boolean credit = entry.amount().signum() >= 0;
        String mark = entry.kind() == Kind.REVERSAL ? (credit ? "RD" : "RC") : credit ? "C" : "D";
        String day = FinMessage.shortDate(entry.date());
        return day + day.substring(2) + mark + FinMessage.number(entry.amount().abs()) + "NSEC" + entry.reference()
                + "//" + entry.ourReference();
    }
}
