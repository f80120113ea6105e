package org.tradesuite.reporting.limits;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tradesuite.reporting.document.Csv;

/**
 * The figures of a day's limit report; page and files all take them from here.
 *
 * @param checked decisions and amendments of which the rules were asked
 */
record LimitDay(
        LocalDate businessDate,
        int checked,
        List<Utilisation> utilisations,
        List<Exceeded> exceptions,
        List<Change> changes,
        List<Stop> stops) {

    LimitDay {
        utilisations = List.copyOf(utilisations);
        exceptions = List.copyOf(exceptions);
        changes = List.copyOf(changes);
        stops = List.copyOf(stops);
    }

    /**
     * One limit that orders of the day fell under.
     *
     * @param limit as it was when the peak was measured
     * @param peak the most that was measured; of a window of seconds the least: who came again too soon is inside it
     * @param peakOrder the order that did, or would have
     * @param overrides times that a person let it pass
     */
    record Utilisation(
            String rule,
            String scope,
            String scopeId,
            String unit,
            BigDecimal limit,
            BigDecimal peak,
            String peakOrder,
            Instant peakAt,
            int asked,
            int warnings,
            int blocks,
            int overrides) {

        private static final String SECONDS = "SECONDS";
        private static final BigDecimal MILLISECOND = new BigDecimal("0.001");

        /**
         * Of a limit of zero there is no share. A window of seconds is full when the same came again just when it had passed,
         * and above that when it came sooner.
         */
        @Nullable
        BigDecimal percent() {
            if (limit.signum() == 0) {
                return null;
            }
            return unit.equals(SECONDS) ? share(limit, peak.max(MILLISECOND)) : share(peak, limit);
        }

        private static BigDecimal share(BigDecimal part, BigDecimal of) {
            return part.movePointRight(2).divide(of, 1, RoundingMode.HALF_UP);
        }
    }

    /**
     * One block.
     *
     * @param outcome ACCEPTED where it was let pass, HELD where it waited, REFUSED otherwise
     */
    record Exceeded(
            Instant at,
            String subject,
            String order,
            String account,
            String instrument,
            String rule,
            String code,
            @Nullable BigDecimal measured,
            @Nullable BigDecimal limit,
            String unit,
            String outcome,
            @Nullable String overriddenBy,
            @Nullable String reason) {}

    /**
     * A version of a limit that began or ended on the day.
     *
     * @param until when it reverts by itself, null where it has no end
     */
    record Change(
            Instant from,
            @Nullable Instant until,
            String scope,
            String scopeId,
            String kind,
            BigDecimal amount,
            @Nullable String currency,
            @Nullable BigDecimal before,
            @Nullable String maker,
            @Nullable String checker,
            @Nullable String reason) {}

    /** A switch that stopped trading or opened it again, or a breaker that moved. */
    record Stop(
            Instant at,
            String event,
            String subject,
            String actor,
            @Nullable String reason) {}

    int warnings() {
        return utilisations.stream().mapToInt(Utilisation::warnings).sum();
    }

    int blocks() {
        return exceptions.size();
    }

    int overrides() {
        return (int)
                exceptions.stream().filter(each -> each.overriddenBy() != null).count();
    }

    byte[] utilisationCsv() {
        Csv csv = new Csv(
                "business_date",
                "rule",
                "scope",
                "scope_id",
                "unit",
                "limit",
                "peak",
                "peak_percent",
                "peak_order_id",
                "peak_at",
                "asked",
                "warnings",
                "blocks",
                "overrides");
        for (Utilisation each : utilisations) {
            csv.row(
                    businessDate,
                    each.rule(),
                    each.scope(),
                    each.scopeId(),
                    each.unit(),
                    each.limit(),
                    each.peak(),
                    each.percent(),
                    each.peakOrder(),
                    each.peakAt(),
                    each.asked(),
                    each.warnings(),
                    each.blocks(),
                    each.overrides());
        }
        return csv.bytes();
    }

    byte[] exceptionsCsv() {
        Csv csv = new Csv(
                "business_date",
                "checked_at",
                "subject",
                "order_id",
                "account_id",
                "instrument_id",
                "rule",
                "code",
                "measured",
                "limit",
                "unit",
                "outcome",
                "overridden_by",
                "override_reason");
        for (Exceeded each : exceptions) {
            csv.row(
                    businessDate,
                    each.at(),
                    each.subject(),
                    each.order(),
                    each.account(),
                    each.instrument(),
                    each.rule(),
                    each.code(),
                    each.measured(),
                    each.limit(),
                    each.unit(),
                    each.outcome(),
                    each.overriddenBy(),
                    each.reason());
        }
        return csv.bytes();
    }

    byte[] changesCsv() {
        Csv csv = new Csv(
                "business_date",
                "what",
                "from",
                "until",
                "scope",
                "scope_id",
                "kind",
                "amount",
                "currency",
                "before",
                "maker",
                "checker",
                "reason");
        for (Change each : changes) {
            csv.row(
                    businessDate,
                    "LIMIT",
                    each.from(),
                    each.until(),
                    each.scope(),
                    each.scopeId(),
                    each.kind(),
                    each.amount(),
                    each.currency(),
                    each.before(),
                    each.maker(),
                    each.checker(),
                    each.reason());
        }
        for (Stop each : stops) {
            csv.row(
                    businessDate,
                    each.event(),
                    each.at(),
                    null,
                    each.subject(),
                    null,
                    null,
                    null,
                    null,
                    null,
                    each.actor(),
                    null,
                    each.reason());
        }
        return csv.bytes();
    }
}
