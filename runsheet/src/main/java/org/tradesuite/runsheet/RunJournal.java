package org.tradesuite.runsheet;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.tradesuite.eventstore.EventStore;
import org.tradesuite.eventstore.NewEvent;
import tools.jackson.databind.json.JsonMapper;

/** Writes what is done to runs into the application's chain of the journal, in the caller's transaction. */
final class RunJournal {

    private final DataSource dataSource;
    private final String application;
    private final EventStore chain;
    private final JsonMapper json = JsonMapper.builder().build();

    RunJournal(DataSource dataSource, String application) {
        this.dataSource = dataSource;
        this.application = application;
        this.chain = new EventStore(application);
    }

    void runEvent(String type, Run run, int version, String actor, @Nullable String reason, Instant at) {
        Map<String, Object> payload = new LinkedHashMap<>();
        payload.put("run", run.number());
        payload.put("job", run.job());
        payload.put("businessDate", run.businessDate().toString());
        payload.put("sequence", run.sequence());
        payload.put("status", run.status().name());
        payload.put("origin", run.origin().name());
        payload.put("done", run.done());
        payload.put("refused", run.refused());
        if (run.detail() != null) {
            payload.put("detail", run.detail());
        }
        append(application + "/run/" + run.number(), version, type, actor, reason, at, payload);
    }

    /** The version the next event of a stream has; the head of the chain decides if two ask at once. */
    int nextVersion(String stream) {
        Connection connection = DataSourceUtils.getConnection(dataSource);
        try {
            return chain.stream(connection, stream).size() + 1;
        } catch (SQLException e) {
            throw new DataAccessResourceFailureException("the stream " + stream + " could not be read", e);
        } finally {
            DataSourceUtils.releaseConnection(connection, dataSource);
        }
    }

    void append(
            String stream,
            int version,
            String type,
            String actor,
            @Nullable String reason,
            Instant at,
            Map<String, Object> payload) {
        Connection connection = DataSourceUtils.getConnection(dataSource);
        try {
            chain.append(
                    connection,
                    List.of(new NewEvent(
                            stream, version, type, 1, at, actor, reason, null, null, json.writeValueAsString(payload))),
                    at);
        } catch (SQLException e) {
            throw new DataAccessResourceFailureException("the event " + type + " could not be recorded", e);
        } finally {
            DataSourceUtils.releaseConnection(connection, dataSource);
        }
    }
}
