package org.tradesuite.execution.engine;

import java.sql.SQLException;
import java.time.LocalDate;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.tradesuite.eventstore.EventStore;
import org.tradesuite.eventstore.NewEvent;

/** What clients were told, read back from the journal: for whoever has to send what was not sent before a restart. */
public final class ClientReports {

    /** @param seq its place in the chain */
    public record Entry(long seq, ClientFact fact) {}

    private final FactCodec codec = new FactCodec();
    private final EventStore store;
    private final DataSource dataSource;

    public ClientReports(String chain, DataSource dataSource) {
        this.store = new EventStore(chain);
        this.dataSource = dataSource;
    }

    /** Everything after a place in the chain, in order. */
    public void since(long seq, Consumer<Entry> reader) throws SQLException {
        try (var connection = dataSource.getConnection()) {
            store.replay(connection, seq, event -> {
                if (FactCodec.isForClients(event.type())
                        && codec.read(new NewEvent(
                                                event.stream(),
                                                event.version(),
                                                event.type(),
                                                event.schemaVersion(),
                                                event.eventTime(),
                                                event.actor(),
                                                event.reason(),
                                                event.causation(),
                                                event.correlation(),
                                                event.payload()))
                                        .fact()
                                instanceof ClientFact fact) {
                    reader.accept(new Entry(event.seq(), fact));
                }
            });
        }
    }

    /** The place in the chain before a day began, the very beginning if it was never opened. */
    public long dayBegan(LocalDate date) throws SQLException {
        try (var connection = dataSource.getConnection()) {
            var events = store.stream(connection, Streams.day(date));
            return events.isEmpty() ? 0 : events.getFirst().seq() - 1;
        }
    }
}
