package org.tradesuite.reconciliation.match;

/**
 * What one thread appends to the parts, some together: a part is locked and its memory brought near once for several. Has to
 * be handed over at the end.
 */
final class Gathered {

    private final Partitions to;
    private final int room;
    private final byte[] octets;
    private final int[] sizes;

    /** @param room octets that are gathered for a part */
    Gathered(Partitions to, int room) {
        this.to = to;
        this.room = room;
        octets = new byte[to.size() * room];
        sizes = new int[to.size()];
    }

    void append(int part, byte[] from, int offset, int length) {
        if (part >= sizes.length || length > room) {
            to.append(part, from, offset, length);
            return;
        }
        if (sizes[part] + length > room) {
            handOver(part);
        }
        System.arraycopy(from, offset, octets, part * room + sizes[part], length);
        sizes[part] += length;
    }

    void handOver() {
        for (var part = 0; part < sizes.length; part++) {
            if (sizes[part] > 0) {
                handOver(part);
            }
        }
    }

    private void handOver(int part) {
        to.append(part, octets, part * room, sizes[part]);
        sizes[part] = 0;
    }
}
