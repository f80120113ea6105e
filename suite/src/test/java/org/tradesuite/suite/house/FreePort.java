package org.tradesuite.suite.house;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ports that nobody listens on, each given once. They lie below those that the system gives to whoever calls somebody:
 * one of those may be taken again before it is listened on.
 */
public final class FreePort {

    private static final int FIRST = 10_000;
    private static final int END = 32_000;
    private static final AtomicInteger NEXT =
            new AtomicInteger(ThreadLocalRandom.current().nextInt(END - FIRST));

    private FreePort() {}

    public static int next() {
        for (var tries = FIRST; tries < END; tries++) {
            var port = FIRST + NEXT.getAndIncrement() % (END - FIRST);
            if (isFree(port)) {
                return port;
            }
        }
        throw new IllegalStateException("Every port from " + FIRST + " to " + END + " is taken");
    }

    private static boolean isFree(int port) {
        try (var probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return probe.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
