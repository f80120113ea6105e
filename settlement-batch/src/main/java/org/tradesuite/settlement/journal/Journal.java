package org.tradesuite.settlement.journal;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.jdbc.support.SQLExceptionTranslator;
import org.springframework.jdbc.support.SQLStateSQLExceptionTranslator;
import org.springframework.stereotype.Component;
import org.tradesuite.eventstore.EventStore;
import org.tradesuite.eventstore.NewEvent;
import org.tradesuite.eventstore.RecordedEvent;

/** Chain {@code settlement}. Every call takes part in the caller's transaction and needs one. */
@Component
public class Journal {

    /** The actor of what jobs do; who started the job is in the record of its run. */
    public static final String JOBS = "settlement";

    private static final SQLExceptionTranslator TRANSLATOR = new SQLStateSQLExceptionTranslator();

    private final EventStore store = new EventStore("settlement");
    private final DataSource dataSource;
    private final Clock clock;

    Journal(DataSource dataSource, Clock clock) {
        this.dataSource = dataSource;
        this.clock = clock;
    }

    public Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    public void append(List<NewEvent> events) {
        if (events.isEmpty()) {
            return;
        }
        var connection = DataSourceUtils.getConnection(dataSource);
        try {
            store.append(connection, events, now());
        } catch (SQLException failed) {
            throw translated("append to the journal", failed);
        } finally {
            DataSourceUtils.releaseConnection(connection, dataSource);
        }
    }

    public List<RecordedEvent> stream(String stream) {
        var connection = DataSourceUtils.getConnection(dataSource);
        try {
            return store.stream(connection, stream);
        } catch (SQLException failed) {
            throw translated("read from the journal", failed);
        } finally {
            DataSourceUtils.releaseConnection(connection, dataSource);
        }
    }

    private static RuntimeException translated(String task, SQLException failed) {
        var translated = TRANSLATOR.translate(task, null, failed);
        return translated != null ? translated : new IllegalStateException("Cannot " + task, failed);
    }
}
