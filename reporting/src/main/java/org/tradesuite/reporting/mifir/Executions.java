package org.tradesuite.reporting.mifir;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tradesuite.market.Lei;
import org.tradesuite.market.Side;

/** Reads the executions of a date with what their reports need, and remembers what was reported. */
final class Executions {

    /**
     * A sale is short when the account's opening position and its fills up to then leave less than nothing. What was
     * claimed has no order of ours.
     */
    private static final String EXECUTIONS = """
        select f.fill_id, f.live, f.instrument_id, f.isin, f.mic, f.currency, f.side, f.quantity, f.price,
               f.transact_time, a.owner_lei, b.lei as broker_lei, o.algo, s.algorithm_id,
               t.country, t.national_id,
               f.side = 'SELL' and f.live and coalesce(p.quantity, 0) + sum(
                   case when not f.live then 0 when f.side = 'BUY' then f.quantity else -f.quantity end)
                   over (partition by f.account_id, f.instrument_id
                             order by f.transact_time, f.fill_id) < 0 as short_sale
          from execution_api.fill f
          left join execution_api.parent_order o on o.order_id = f.order_id
          left join execution_api.opening_position p
            on p.account_id = f.account_id and p.instrument_id = f.instrument_id
           and p.business_date = f.business_date
          left join reference_api.account a on a.account_id = f.account_id
          left join reference_api.broker b on b.broker_id = f.broker_id
          left join reference_api.strategy s on s.strategy_id = f.strategy_id
          left join reference_api.trader t on t.trader_id = f.trader_id
         where f.business_date = :businessDate
         order by f.transact_time, f.fill_id
        """;

    private static final String FIRM = "select lei, country from reference_api.firm";
    /** Reported in an earlier file, and cancelled by the broker since. */
    private static final String TO_CANCEL = """
        select r.trn, r.fill_id
          from reporting.transaction_reference r
          join execution_api.fill f on f.fill_id = r.fill_id
         where not f.live and r.cancelled_in is null and r.reported_in <> :file
         order by r.trn
        """;

    private static final String REPORTED_BEFORE = """
        select fill_id from reporting.transaction_reference
         where business_date = :businessDate and reported_in <> :file and cancelled_in is null
        """;
    private static final String FORGET_FILE = "delete from reporting.transaction_reference where reported_in = :file";
    private static final String REPORTED = """
        insert into reporting.transaction_reference (trn, fill_id, business_date, reported_in)
        values (:trn, :fill, :businessDate, :file)
        """;
    private static final String CANCELLED =
            "update reporting.transaction_reference set cancelled_in = :file where trn = :trn";
    private static final String FORGET_EXCLUSIONS =
            "delete from reporting.transaction_exclusion where business_date = :businessDate";
    private static final String EXCLUDED = """
        insert into reporting.transaction_exclusion (business_date, fill_id, reason, detail)
        values (:businessDate, :fill, :reason, :detail)
        """;

    private final JdbcClient jdbc;

    Executions(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Firm firm() {
        return jdbc.sql(FIRM)
                .query((rows, n) -> new Firm(Lei.of(rows.getString("lei")), rows.getString("country")))
                .optional()
                .orElseThrow(() -> new IllegalStateException(
                        "the firm itself is not in the reference data; import firm.csv and restart the run"));
    }

    List<ExecutionFacts> of(LocalDate businessDate) {
        return jdbc.sql(EXECUTIONS)
                .param("businessDate", businessDate)
                .query((rows, n) -> read(rows))
                .list();
    }

    private static ExecutionFacts read(ResultSet rows) throws SQLException {
        return new ExecutionFacts(
                rows.getString("fill_id"),
                rows.getBoolean("live"),
                rows.getString("instrument_id"),
                rows.getString("isin"),
                rows.getString("mic"),
                rows.getString("currency"),
                Side.valueOf(rows.getString("side")),
                rows.getBigDecimal("quantity"),
                rows.getBigDecimal("price"),
                rows.getObject("transact_time", OffsetDateTime.class).toInstant(),
                rows.getString("owner_lei"),
                rows.getString("broker_lei"),
                rows.getString("algo"),
                rows.getString("algorithm_id"),
                rows.getString("country"),
                rows.getString("national_id"),
                rows.getBoolean("short_sale"));
    }

    List<Cancellation> toCancel(String file) {
        return jdbc.sql(TO_CANCEL)
                .param("file", file)
                .query((rows, n) -> new Cancellation(rows.getString("trn"), rows.getString("fill_id")))
                .list();
    }

    List<String> reportedBefore(LocalDate businessDate, String file) {
        return jdbc.sql(REPORTED_BEFORE)
                .param("businessDate", businessDate)
                .param("file", file)
                .query((rows, n) -> rows.getString("fill_id"))
                .list();
    }

    void reported(
            LocalDate businessDate, String file, List<Transaction> transactions, List<Cancellation> cancellations) {
        jdbc.sql(FORGET_FILE).param("file", file).update();
        for (Transaction transaction : transactions) {
            jdbc.sql(REPORTED)
                    .param("trn", transaction.trn())
                    .param("fill", transaction.fillId())
                    .param("businessDate", businessDate)
                    .param("file", file)
                    .update();
        }
        for (Cancellation cancellation : cancellations) {
            jdbc.sql(CANCELLED)
                    .param("file", file)
                    .param("trn", cancellation.trn())
                    .update();
        }
    }

    void excluded(LocalDate businessDate, List<Population.Line> lines) {
        jdbc.sql(FORGET_EXCLUSIONS).param("businessDate", businessDate).update();
        for (Population.Line line : lines) {
            if (line.verdict() instanceof Eligibility.Verdict.NotReported not) {
                jdbc.sql(EXCLUDED)
                        .param("businessDate", businessDate)
                        .param("fill", line.execution().fillId())
                        .param("reason", not.reason().name())
                        .param("detail", not.detail())
                        .update();
            }
        }
    }
}
