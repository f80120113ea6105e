package org.tradesuite.reconciliation.journal;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.tradesuite.eventstore.EventStore;
import org.tradesuite.eventstore.NewEvent;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What is done here and by whom, in the journal, in the transaction in which it is done. Thread-safe. */
public final class Journal {

    private static final String CHAIN = "reconciliation";

    private final DataSource dataSource;
    private final JsonMapper json;
    private final EventStore journal = new EventStore(CHAIN);

    public Journal(DataSource dataSource, JsonMapper json) {
        this.dataSource = dataSource;
        this.json = json;
    }

    /**
     * Waits for a run that carries its breaks, and has others wait. Comes before any row is locked: whoever locks a break
     * first and the journal afterwards gets in the way of a run that does it the other way round.
     */
    public void begin() {
        with(journal::begin);
    }

    public ObjectNode payload() {
        return json.createObjectNode();
    }

    public String text(ObjectNode payload) {
        return json.writeValueAsString(payload);
    }

    /** @param version of the stream, counted from 1 */
    public void append(
            String stream,
            int version,
            String type,
            String actor,
            @Nullable String reason,
            Instant at,
            ObjectNode payload) {
        append(List.of(new NewEvent(stream, version, type, 1, at, actor, reason, null, null, text(payload))), at);
    }

    public void append(List<NewEvent> events, Instant at) {
        if (!events.isEmpty()) {
            with(connection -> journal.append(connection, events, at));
        }
    }

    private interface Work {
        Object on(Connection connection) throws SQLException;
    }

    private void with(Work work) {
        Connection connection = DataSourceUtils.getConnection(dataSource);
        try {
            work.on(connection);
        } catch (SQLException failed) {
            throw new IllegalStateException("The journal did not take what was done", failed);
        } finally {
            DataSourceUtils.releaseConnection(connection, dataSource);
        }
    }
}
