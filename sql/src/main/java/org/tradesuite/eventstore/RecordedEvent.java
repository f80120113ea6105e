package org.tradesuite.eventstore;

import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An event of the journal, as it was recorded.
 *
 * @param seq place in the chain, from 1 without a gap
 * @param prevHash hash of the event before it, 32 zero bytes for the first
 */
@SuppressWarnings("ArrayRecordComponent") // equals, hashCode and toString go by the bytes
public record RecordedEvent(
        String chain,
        long seq,
        String stream,
        int version,
        String type,
        int schemaVersion,
        Instant eventTime,
        String actor,
        @Nullable String reason,
        @Nullable String causation,
        @Nullable String correlation,
        Payload payload,
        Instant recordedAt,
        byte[] prevHash,
        byte[] hash) {

    static RecordedEvent of(
            EventHash hash, String chain, long seq, NewEvent event, Instant recordedAt, byte[] prevHash) {
        return new RecordedEvent(
                chain,
                seq,
                event.stream(),
                event.version(),
                event.type(),
                event.schemaVersion(),
                event.eventTime(),
                event.actor(),
                event.reason(),
                event.causation(),
                event.correlation(),
                event.payload(),
                recordedAt,
                prevHash,
                hash.of(chain, seq, event, recordedAt, prevHash));
    }

    public String payloadJson() {
        return payload.toString();
    }

    NewEvent asNew() {
        return new NewEvent(
                stream, version, type, schemaVersion, eventTime, actor, reason, causation, correlation, payload);
    }

    /** Whether the hash is the one of these contents. */
    public boolean isIntact() {
        return Arrays.equals(hash, new EventHash().of(chain, seq, asNew(), recordedAt, prevHash));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RecordedEvent event
                && seq == event.seq
                && chain.equals(event.chain)
                && recordedAt.equals(event.recordedAt)
                && asNew().equals(event.asNew())
                && Arrays.equals(prevHash, event.prevHash)
                && Arrays.equals(hash, event.hash);
    }

    @Override
    public int hashCode() {
        return Objects.hash(chain, seq, Arrays.hashCode(hash));
    }

    @Override
    public String toString() {
        return chain + "/" + seq + " " + stream + "@" + version + " " + type + " "
                + HexFormat.of().formatHex(hash, 0, 4);
    }
}
