package org.tradesuite.eventstore;

import java.util.List;

/** What a batch became: the events with their places and hashes, in the order given. Empty for an empty batch. */
public record AppendResult(List<RecordedEvent> events, ChainHead head) {

    public AppendResult {
        events = List.copyOf(events);
    }
}
