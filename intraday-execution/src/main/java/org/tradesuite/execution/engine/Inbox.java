package org.tradesuite.execution.engine;

import com.lmax.disruptor.EventPoller;
import com.lmax.disruptor.InsufficientCapacityException;
import com.lmax.disruptor.RingBuffer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A bounded queue that any thread puts into and one takes from, in the order in which places were claimed. No lock. */
final class Inbox<T> {

    private static final class Place<T> {
        @Nullable
        T item;
    }

    private final RingBuffer<Place<T>> ring;
    private final EventPoller<Place<T>> poller;

    /** @param places a power of two */
    Inbox(int places) {
        ring = RingBuffer.createMultiProducer(Place::new, places);
        poller = ring.newPoller();
        ring.addGatingSequences(poller.getSequence());
    }

    /** @return false if it is full; nothing was put */
    boolean offer(T item) {
        final long place;
        try {
            place = ring.tryNext();
        } catch (InsufficientCapacityException full) {
            return false;
        }
        ring.get(place).item = item;
        ring.publish(place);
        return true;
    }

    /**
     * Takes what is there, at most so many; only ever from one thread.
     *
     * @return how many were taken
     */
    int drain(Consumer<T> taker, int most) {
        var taken = new int[1];
        try {
            poller.poll((place, sequence, endOfBatch) -> {
                var item = place.item;
                place.item = null;
                taken[0]++;
                if (item != null) {
                    taker.accept(item);
                }
                return taken[0] < most;
            });
        } catch (RuntimeException failed) {
            throw failed;
        } catch (Exception impossible) {
            throw new IllegalStateException("Taking from the inbox throws nothing checked.", impossible);
        }
        return taken[0];
    }

    int size() {
        return (int) (ring.getBufferSize() - ring.remainingCapacity());
    }

    boolean isEmpty() {
        return size() == 0;
    }
}
