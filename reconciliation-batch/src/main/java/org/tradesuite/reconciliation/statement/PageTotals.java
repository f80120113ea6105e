package org.tradesuite.reconciliation.statement;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tradesuite.reconciliation.statement.Line.CashEntry;
import org.tradesuite.reconciliation.statement.Line.EntryStatus;
import org.tradesuite.reconciliation.statement.Line.Holding;
import org.tradesuite.reconciliation.statement.Line.Movement;
import org.tradesuite.reconciliation.statement.Line.Pending;
import org.tradesuite.reconciliation.statement.Line.SubBalance;

/**
 * What a page comes to, added up line by line while it is read: what was booked, whether the parts of its holdings are
 * the whole, and two digests that do not depend on the order of the lines.
 */
public final class PageTotals {

    private static final int LANES = 4;

    private final MessageDigest digest = sha256();
    private final long[] says = new long[LANES];
    private final long[] moves = new long[LANES];
    private long lines;
    private long booked;
    private BigDecimal sum = BigDecimal.ZERO;
    private @Nullable LocalDate first;
    private @Nullable LocalDate last;
    private @Nullable Verdict wrong;

    public void add(Line line) {
        lines++;
        switch (line) {
            case Holding holding -> {
                judge(holding);
                add(
                        says,
                        "H|" + holding.isin() + "|" + (holding.isin() == null ? holding.otherId() : "") + "|"
                                + holding.type() + "|" + plain(holding.quantity()) + "|" + plain(holding.available())
                                + "|" + plain(holding.notAvailable()) + "|" + plain(holding.amortised())
                                + subBalances(holding));
            }
            case CashEntry entry -> {
                date(entry.valueDate());
                if (entry.status() == EntryStatus.BOOK) {
                    sum = sum.add(entry.amount());
                    booked++;
                    add(moves, entry.valueDate() + "|" + plain(entry.amount()));
                }
                add(
                        says,
                        "C|" + entry.status() + "|" + entry.valueDate() + "|" + plain(entry.amount()) + "|"
                                + entry.reference() + "|" + entry.theirReference());
            }
            case Movement movement -> {
                date(movement.settledOn());
                add(
                        says,
                        "M|" + movement.isin() + "|" + movement.otherId() + "|" + movement.type() + "|"
                                + plain(movement.quantity()) + "|" + plain(movement.amount()) + "|"
                                + movement.currency() + "|" + movement.settledOn() + "|" + movement.reference() + "|"
                                + movement.theirReference() + "|" + movement.reversal()
                                + (movement.corporateAction() == null ? "" : "|" + movement.corporateAction()));
            }
            case Pending pending -> {
                date(pending.settlementDate());
                add(
                        says,
                        "P|" + pending.isin() + "|" + pending.otherId() + "|" + pending.type() + "|"
                                + plain(pending.quantity()) + "|" + plain(pending.amount()) + "|" + pending.currency()
                                + "|" + pending.settlementDate() + "|" + pending.reference() + "|"
                                + pending.theirReference() + "|" + pending.status() + "|" + pending.reasons());
            }
        }
    }

    /** In any order, as the lines. */
    private static String subBalances(Holding holding) {
        return holding.subBalances().stream()
                .map(part ->
                        "|" + part.code() + " " + part.available() + " " + part.type() + " " + plain(part.quantity()))
                .sorted()
                .collect(Collectors.joining());
    }

    private void judge(Holding holding) {
        if (wrong != null) {
            return;
        }
        var name = holding.isin() == null ? holding.otherId() : holding.isin();
        if (holding.available() != null || holding.notAvailable() != null) {
            var parts = zeroIfNull(holding.available()).add(zeroIfNull(holding.notAvailable()));
            if (parts.compareTo(holding.quantity()) != 0) {
                wrong = new Verdict(
                        Refusal.STATEMENT_NOT_FOOTING,
                        "Holding " + name + ": available and not available are " + parts.toPlainString()
                                + " together, the aggregate is "
                                + holding.quantity().toPlainString() + ". Ask the custodian.");
                return;
            }
        }
        judgeSubBalances(holding, name, "AVAI", holding.available());
        judgeSubBalances(holding, name, "NAVL", holding.notAvailable());
    }

    /** Senders give some reasons, not always all: together they may not be more than the part they belong to. */
    private void judgeSubBalances(Holding holding, String name, String available, @Nullable BigDecimal whole) {
        var parts = holding.subBalances().stream()
                .filter(part -> available.equals(part.available()) && part.type() == holding.type())
                .map(SubBalance::quantity)
                .reduce(BigDecimal::add);
        if (wrong == null
                && whole != null
                && parts.isPresent()
                && parts.get().abs().compareTo(whole.abs()) > 0) {
            wrong = new Verdict(
                    Refusal.STATEMENT_NOT_FOOTING,
                    "Holding " + name + ": the sub-balances that are " + available + " are "
                            + parts.get().toPlainString() + " together, more than the " + whole.toPlainString()
                            + " of which they are parts. Ask the custodian.");
        }
    }

    private void date(LocalDate date) {
        if (first == null || date.isBefore(first)) {
            first = date;
        }
        if (last == null || date.isAfter(last)) {
            last = date;
        }
    }

    private void add(long[] lanes, String text) {
        var hash = ByteBuffer.wrap(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        for (var i = 0; i < LANES; i++) {
            lanes[i] += hash.getLong();
        }
    }

    public long lines() {
        return lines;
    }

    /** How many entries were booked. */
    public long booked() {
        return booked;
    }

    /** What the booked entries come to. */
    public BigDecimal sum() {
        return sum;
    }

    public @Nullable LocalDate firstDate() {
        return first;
    }

    public @Nullable LocalDate lastDate() {
        return last;
    }

    public @Nullable Verdict wrong() {
        return wrong;
    }

    /** The same for two pages that say the same in any order. */
    public String says() {
        return hex(says);
    }

    /** The same for two pages with the same value dates and amounts, whatever the references. */
    public String moves() {
        return hex(moves);
    }

    /** Digests of several pages as one; which page a line was on does not matter. */
    public static String together(Iterable<String> digests) {
        var lanes = new long[LANES];
        for (var digest : digests) {
            for (var i = 0; i < LANES; i++) {
                lanes[i] += Long.parseUnsignedLong(digest.substring(i * 16, i * 16 + 16), 16);
            }
        }
        return hex(lanes);
    }

    private static String hex(long[] lanes) {
        var text = new StringBuilder();
        for (var lane : lanes) {
            text.append(String.format("%016x", lane));
        }
        return text.toString();
    }

    private static BigDecimal zeroIfNull(@Nullable BigDecimal number) {
        return Objects.requireNonNullElse(number, BigDecimal.ZERO);
    }

    private static String plain(@Nullable BigDecimal number) {
        return number == null
                ? ""
                : number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException("Every Java platform has SHA-256", absent);
        }
    }
}
