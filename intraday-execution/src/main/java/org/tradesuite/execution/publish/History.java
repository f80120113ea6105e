package org.tradesuite.execution.publish;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What changed since a listener left, by the journal. */
@Component
public class History {

    private static final String SINCE = """
        select stream, max(seq) as seq, min(event_time) as since
        from journal.event
        where chain = 'execution-0' and seq >= :from and seq <= :to
        group by stream
        order by max(seq)
        """;

    private static final String HEAD = "select coalesce(max(seq), 0) from journal.head where chain = 'execution-0'";

    private final JdbcClient jdbc;

    History(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The sequence of the last event. */
    public long head() {
        return jdbc.sql(HEAD).query(Long.class).single();
    }

    /**
     * Everything that changed from one sequence to another, both included: of the first one the listener may have heard
     * only a part.
     */
    public List<Change> changes(long from, long to) {
        return jdbc
                .sql(SINCE)
                .param("from", from)
                .param("to", to)
                .query((columns, number) -> Change.of(
                        columns.getString("stream"),
                        columns.getLong("seq"),
                        columns.getObject("since", OffsetDateTime.class).toInstant()))
                .list()
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }
}
