package org.tradesuite.reconciliation.broker;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.tradesuite.reconciliation.dropcopy.HeardSoFar;
import org.tradesuite.reconciliation.statement.Feed;
import org.tradesuite.reconciliation.statement.WholeSets;

/** The last look at each live drop copy, and what it found; made anew in one transaction of the caller. */
public final class DropCopyLooks {

    private static final String FORGET =
            "delete from reconciliation.found_break where job = :job and reconciled_on = :date";
    private static final String KEEP = """
        insert into reconciliation.drop_copy_look (reconciled_on, broker_id, looked_at, state, says, reached, ours, theirs,
            differences, waiting)
        values (:date, :broker, :at, :state, :says, :reached, :ours, :theirs, :differences, :waiting)
        on conflict (reconciled_on, broker_id) do update set looked_at = excluded.looked_at, state = excluded.state,
            says = excluded.says, reached = excluded.reached, ours = excluded.ours, theirs = excluded.theirs,
            differences = excluded.differences, waiting = excluded.waiting
        """;
    private static final String NEWEST = """
        select distinct on (broker_id) reconciled_on, broker_id, looked_at, state, says, reached, ours, theirs, differences,
            waiting
        from reconciliation.drop_copy_look
        order by broker_id, reconciled_on desc
        """;
    private static final String JUDGED = """
        select broker_id from reconciliation.drop_copy_look
        where reconciled_on = :date and state <> 'NOT_COMPARED' and broker_id = any(:brokers)
        order by broker_id
        """;

    private final DataSource dataSource;
    private final JdbcClient jdbc;
    private final ExecutionsSoFar executions;

    DropCopyLooks(DataSource dataSource, ExecutionsSoFar executions) {
        this.dataSource = dataSource;
        this.jdbc = JdbcClient.create(dataSource);
        this.executions = executions;
    }

    /** Compares each; what one said before is forgotten. */
    List<DropCopyLook> look(LocalDate date, List<HeardSoFar> heard, RowsTold.Meter meter)
            throws SQLException, IOException {
        WholeSets.join(jdbc);
        jdbc.sql(FORGET).param("job", ExecutionsSoFar.JOB).param("date", date).update();
        var looks = new ArrayList<DropCopyLook>();
        Connection connection = DataSourceUtils.getConnection(dataSource);
        try (var told = new RowsTold(meter)) {
            heard.forEach(each -> told.expectOctets(each.length()));
            for (var each : heard) {
                var look = executions.compare(connection, date, each, told);
                keep(look);
                looks.add(look);
            }
        } finally {
            DataSourceUtils.releaseConnection(connection, dataSource);
        }
        return looks;
    }

    private void keep(DropCopyLook look) {
        var reached = look.reached();
        jdbc.sql(KEEP)
                .param("date", look.date())
                .param("broker", look.broker())
                .param("at", look.at().truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC))
                .param("state", look.state().name())
                .param("says", look.says())
                .param("reached", reached == null ? null : reached.atOffset(ZoneOffset.UTC))
                .param("ours", look.ours())
                .param("theirs", look.theirs())
                .param("differences", look.differences())
                .param("waiting", look.waiting())
                .update();
    }

    /** Those of them that were compared when they were looked at last, as the ledger names what a run has judged. */
    List<String> judged(LocalDate date, List<String> brokers) {
        return jdbc.sql(JUDGED)
                .param("date", date)
                .param("brokers", brokers.toArray(String[]::new))
                .query((row, number) -> new Source(row.getString(1), Feed.BROKER_DROP_COPY).judged())
                .list();
    }

    /** The last look at each broker's, whatever its date. */
    public List<DropCopyLook> newest() {
        return jdbc.sql(NEWEST)
                .query((row, number) -> {
                    var reached = row.getObject("reached", OffsetDateTime.class);
                    return new DropCopyLook(
                            row.getObject("reconciled_on", LocalDate.class),
                            row.getString("broker_id"),
                            row.getObject("looked_at", OffsetDateTime.class).toInstant(),
                            DropCopyLook.State.valueOf(row.getString("state")),
                            row.getString("says"),
                            reached == null ? null : reached.toInstant(),
                            row.getLong("ours"),
                            row.getLong("theirs"),
                            row.getLong("differences"),
                            row.getLong("waiting"));
                })
                .list();
    }
}
