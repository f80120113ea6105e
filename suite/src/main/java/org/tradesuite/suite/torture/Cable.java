package org.tradesuite.suite.torture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The cable between the suite and a broker, with us in the middle: it carries bytes as they come, until it is told to fail.
 * A message may be cut in the middle, so that half of it is all the other side gets, or arrive with a byte changed.
 */
final class Cable implements AutoCloseable {

    /** What can happen to a cable. */
    enum Fault {
        /** Both ends are reset at once. */
        RESET,
        /** One end hears that nothing more comes; the other direction still works. */
        HALF_CLOSED,
        /** Nothing moves for some seconds, then both ends are reset. */
        STALLED,
        /** The next order or report arrives half, then both ends are reset. */
        CUT,
        /** The next order or report arrives with one byte changed. */
        GARBLED
    }

    private static final Logger LOG = LoggerFactory.getLogger(Cable.class);
    private static final int BUFFER = 64 * 1024;
    private static final byte SOH = 1;
    private static final Duration MESSAGE_WITHIN = Duration.ofSeconds(8);

    /** One connection: {@code near} is the suite's side. */
    private record Link(Socket near, Socket far) {

        void reset() {
            reset(near);
            reset(far);
        }

        private static void reset(Socket socket) {
            try (socket) {
                socket.setSoLinger(true, 0);
            } catch (IOException closed) {
                LOG.debug("the other side was faster", closed);
            }
        }
    }

    /** A fault that waits for a message to hit. */
    private record Blow(Fault fault, boolean towardsBroker, long seed) {}

    private final ServerSocket door;
    private final int target;
    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    private volatile @Nullable Blow blow;
    private volatile @Nullable String hit;
    private volatile boolean stalled;

    /** @param target the broker's port */
    Cable(int target) {
        this.target = target;
        try {
            this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException("no port is free for a cable", e);
        }
        Thread.ofPlatform().name("cable-" + target).daemon(true).start(this::accept);
    }

    /** Where the suite connects. */
    int port() {
        return door.getLocalPort();
    }

    /**
     * Fails in this way once.
     *
     * @param towardsBroker which direction is half closed, or whose message is hit
     * @return what happened, for a person
     */
    String fail(Fault fault, boolean towardsBroker, Random random) throws InterruptedException, IOException {
        var direction = towardsBroker ? "towards the broker" : "towards us";
        return switch (fault) {
            case RESET -> {
                reset();
                yield "reset";
            }
            case HALF_CLOSED -> {
                for (var link : links) (towardsBroker ? link.far() : link.near()).shutdownOutput();
                yield "half closed " + direction;
            }
            case STALLED -> {
                var millis = 1_000 + random.nextInt(4_000);
                stalled = true;
                Thread.sleep(millis);
                stalled = false;
                reset();
                yield "stalled for " + millis + " ms, then reset";
            }
            case CUT, GARBLED -> {
                hit = null;
                blow = new Blow(fault, towardsBroker, random.nextLong());
                var deadline = System.nanoTime() + MESSAGE_WITHIN.toNanos();
                while (hit == null && System.nanoTime() < deadline) Thread.sleep(5);
                blow = null;
                var what = hit;
                yield what == null ? "no message came " + direction + " that could be hit" : what + " " + direction;
            }
        };
    }

    /** Whether the last fault of this kind did something: one that needs a message may have found none. */
    boolean wasHit(Fault fault) {
        return hit != null || (fault != Fault.CUT && fault != Fault.GARBLED);
    }

    private void reset() {
        links.forEach(Link::reset);
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                var near = door.accept();
                try {
                    var link = new Link(near, new Socket(InetAddress.getLoopbackAddress(), target));
                    near.setTcpNoDelay(true);
                    link.far().setTcpNoDelay(true);
                    links.add(link);
                    carry(link, true);
                    carry(link, false);
                } catch (IOException away) {
                    LOG.debug("nobody answers at {}", target, away);
                    near.close();
                }
            } catch (IOException closed) {
                LOG.debug("the cable to {} takes no more connections", target, closed);
            }
        }
    }

    private void carry(Link link, boolean towardsBroker) {
        Thread.ofVirtual().start(() -> {
            try {
                var in = (towardsBroker ? link.near() : link.far()).getInputStream();
                var out = (towardsBroker ? link.far() : link.near()).getOutputStream();
                var buffer = new byte[BUFFER];
                for (var read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    while (stalled) LockSupport.parkNanos(1_000_000);
                    var due = blow;
                    var length = read;
                    if (due != null && due.towardsBroker() == towardsBroker && isOrderOrReport(buffer, read)) {
                        blow = null;
                        length = strike(due, buffer, read);
                    }
                    out.write(buffer, 0, length);
                    if (length < read) {
                        link.reset();
                        break;
                    }
                }
            } catch (IOException gone) {
                LOG.debug("one end is gone, so is the other", gone);
            } finally {
                links.remove(link);
                close(link.near());
                close(link.far());
            }
        });
    }

    /** @return how many of the bytes are still carried */
    private int strike(Blow due, byte[] bytes, int length) {
        var random = new Random(due.seed());
        var at = messageType(bytes, length);
        if (due.fault() == Fault.CUT) {
            var kept = 1 + random.nextInt(length - 1);
            hit = "a message cut after " + kept + " of " + length + " bytes";
            return kept;
        }
        var place = at + 3 + random.nextInt(Math.max(1, length - at - 12));
        while (place < length - 1 && bytes[place] == SOH) place++;
        bytes[place] ^= 2;
        hit = "a message with byte " + place + " of " + length + " changed";
        return length;
    }

    private static boolean isOrderOrReport(byte[] bytes, int length) {
        return length > 40 && messageType(bytes, length) > 0;
    }

    /** Where an order, cancel, replace, execution report or cancel reject begins to say what it is; 0 for none. */
    private static int messageType(byte[] bytes, int length) {
        var text = new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
        for (var type : new String[] {"D", "F", "G", "8", "9"}) {
            var at = text.indexOf("\u000135=" + type + "\u0001");
            if (at > 0) return at;
        }
        return 0;
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException("a socket cannot be closed", e);
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
        reset();
    }
}
