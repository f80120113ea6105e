package org.tradesuite.reporting.mifir;

import java.time.LocalDate;
import java.util.List;
import org.tradesuite.reporting.document.Csv;
import org.tradesuite.reporting.mifir.Eligibility.Verdict;

/** All executions of a date with what became of each: nothing is left out without a name for it. */
record Population(List<Line> lines) {

    record Line(ExecutionFacts execution, Verdict verdict) {}

    Population {
        lines = List.copyOf(lines);
    }

    static Population judge(List<ExecutionFacts> executions, Eligibility eligibility) {
        return new Population(executions.stream()
                .map(execution -> new Line(execution, eligibility.judge(execution)))
                .toList());
    }

    List<Transaction> reportable() {
        return lines.stream()
                .map(Line::verdict)
                .filter(Verdict.Reportable.class::isInstance)
                .map(verdict -> ((Verdict.Reportable) verdict).transaction())
                .toList();
    }

    long notReported() {
        return lines.stream()
                .filter(line -> line.verdict() instanceof Verdict.NotReported)
                .count();
    }

    /** For whoever compares front office, file and authority. */
    byte[] csv(LocalDate businessDate) {
        Csv csv = new Csv(
                "business_date",
                "fill_id",
                "executed_at",
                "instrument_id",
                "isin",
                "mic",
                "side",
                "quantity",
                "price",
                "currency",
                "status",
                "reason",
                "detail",
                "trn");
        for (Line line : lines) {
            ExecutionFacts execution = line.execution();
            String status;
            String reason = "";
            String detail = "";
            String trn = "";
            switch (line.verdict()) {
                case Verdict.Reportable reportable -> {
                    status = "REPORTED";
                    trn = reportable.transaction().trn();
                }
                case Verdict.NotReported not -> {
                    status = not.reason().repair() ? "HELD_BACK" : "NOT_REPORTABLE";
                    reason = not.reason().name();
                    detail = not.detail();
                }
            }
            csv.row(
                    businessDate,
                    execution.fillId(),
                    execution.executedAt(),
                    execution.instrumentId(),
                    execution.isin(),
                    execution.mic(),
                    execution.side(),
                    execution.quantity(),
                    execution.price(),
                    execution.currency(),
                    status,
                    reason,
                    detail,
                    trn);
        }
        return csv.bytes();
    }
}
