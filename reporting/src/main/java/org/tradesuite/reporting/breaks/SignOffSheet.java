package org.tradesuite.reporting.breaks;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tradesuite.reporting.document.Csv;

/**
 * Who stands for the feeds of a business date, and what was open then; page and files all take it from here.
 *
 * @param sheets the break sheets of the date, which name every break
 */
record SignOffSheet(LocalDate businessDate, List<Feed> feeds, List<Sheet> sheets) {

    SignOffSheet {
        feeds = List.copyOf(feeds);
        sheets = List.copyOf(sheets);
    }

    /**
     * A feed that was reconciled.
     *
     * @param status NOT_SIGNED, WAITING, SIGNED or REOPENED
     * @param stayedOpen by class and age, when it was signed or when somebody first wanted to
     */
    record Feed(
            String name,
            String status,
            @Nullable String askedBy,
            @Nullable Instant askedAt,
            @Nullable String signedBy,
            @Nullable Instant signedAt,
            @Nullable String reason,
            @Nullable String currency,
            List<Open> stayedOpen,
            @Nullable String reopenedBy,
            @Nullable Instant reopenedAt,
            @Nullable String reopenedWhy) {

        static final String NOT_SIGNED = "NOT_SIGNED";

        Feed {
            stayedOpen = List.copyOf(stayedOpen);
        }

        static Feed notSigned(String name) {
            return new Feed(name, NOT_SIGNED, null, null, null, null, null, null, List.of(), null, null, null);
        }

        /** Whether somebody stands for it now. */
        boolean signed() {
            return status.equals("SIGNED");
        }

        long open() {
            return stayedOpen.stream().mapToLong(Open::open).sum();
        }

        long material() {
            return stayedOpen.stream().mapToLong(Open::material).sum();
        }

        BigDecimal money() {
            return stayedOpen.stream().map(Open::firmMoney).reduce(BigDecimal.ZERO, BigDecimal::add);
        }
    }

    /**
     * Breaks of one class and age that were open.
     *
     * @param unvalued those whose money at risk is not known
     * @param firmMoney at risk, in the currency of the firm
     */
    record Open(
            String breakClass,
            String ageBucket,
            long open,
            long material,
            long overdue,
            long unvalued,
            BigDecimal firmMoney) {}

    /** A file of breaks one by one. */
    record Sheet(String fileName, String sha256) {}

    byte[] csv() {
        Csv csv = new Csv(
                "business_date",
                "feed",
                "status",
                "asked_by",
                "asked_at",
                "signed_by",
                "signed_at",
                "reason",
                "open_breaks",
                "material_breaks",
                "money_at_risk",
                "currency",
                "reopened_by",
                "reopened_at",
                "reopened_why");
        for (Feed each : feeds) {
            boolean asked = each.askedBy() != null;
            csv.row(
                    businessDate,
                    each.name(),
                    each.status(),
                    each.askedBy(),
                    each.askedAt(),
                    each.signedBy(),
                    each.signedAt(),
                    each.reason(),
                    asked ? each.open() : null,
                    asked ? each.material() : null,
                    asked ? each.money() : null,
                    each.currency(),
                    each.reopenedBy(),
                    each.reopenedAt(),
                    each.reopenedWhy());
        }
        return csv.bytes();
    }

    byte[] openCsv() {
        Csv csv = new Csv(
                "business_date",
                "feed",
                "class",
                "age_bucket",
                "open_breaks",
                "material_breaks",
                "overdue_breaks",
                "unvalued_breaks",
                "money_at_risk",
                "currency");
        for (Feed feed : feeds) {
            for (Open each : feed.stayedOpen()) {
                csv.row(
                        businessDate,
                        feed.name(),
                        each.breakClass(),
                        each.ageBucket(),
                        each.open(),
                        each.material(),
                        each.overdue(),
                        each.unvalued(),
                        each.firmMoney(),
                        feed.currency());
            }
        }
        return csv.bytes();
    }
}
