package org.tradesuite.eventstore;

import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** The end of a chain: number and hash of its last event; 0 and 32 zero bytes before the first. */
@SuppressWarnings("ArrayRecordComponent") // equals, hashCode and toString go by the bytes
public record ChainHead(String chain, long seq, byte[] hash) {

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ChainHead head
                && seq == head.seq
                && chain.equals(head.chain)
                && Arrays.equals(hash, head.hash);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(hash) + 31 * Long.hashCode(seq);
    }

    @Override
    public String toString() {
        return chain + "/" + seq + " " + HexFormat.of().formatHex(hash);
    }
}
