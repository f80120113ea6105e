package org.tradesuite.suite.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The ports on which the console, order entry and the simulated counterparties listen. They are looked at before
 * anything starts: a suite that finds its last port taken would otherwise have to take down a database and three
 * brokers again. The database's own port is LocalPostgres's affair, because a server that a killed suite left behind
 * may still hold it.
 */
public final class Ports {

    private record Wanted(int port, String by, String key, InetSocketAddress address) {

        boolean isTaken() {
            try (var probe = new ServerSocket()) {
                probe.bind(address, 1);
                return false;
            } catch (IOException taken) {
                return true;
            }
        }

        @Override
        public String toString() {
            return "Port " + port + " is in use by another program; " + by + " needs it. Stop that program, or choose"
                    + " another port with --" + key + "=<port>.";
        }
    }

    private Ports() {}

    /** @throws PortTakenException naming every port that is taken */
    static void requireFree(SuiteSettings settings) {
        var taken = List.of(
                        new Wanted(
                                settings.port(),
                                "the console with all APIs",
                                "suite.port",
                                new InetSocketAddress(settings.port())),
                        onLoopback(settings.alfaPort(), "the simulated broker ALFA", "suite.alfa-port"),
                        onLoopback(settings.bravoPort(), "the simulated broker BRAVO", "suite.bravo-port"),
                        onLoopback(settings.charliePort(), "the simulated broker CHARLIE", "suite.charlie-port"),
                        onLoopback(settings.dropCopyPort(), "the drop copy of BRAVO", "suite.drop-copy-port"),
                        onLoopback(settings.marketPort(), "the simulated market data feed", "suite.market-port"),
                        onLoopback(settings.orderEntryPort(), "order entry by FIX", "suite.order-entry-port"))
                .stream()
                .filter(Wanted::isTaken)
                .toList();
        if (!taken.isEmpty()) {
            throw new PortTakenException(
                    taken.stream().map(Wanted::toString).collect(Collectors.joining(System.lineSeparator()))
                            + (taken.size() > 1 ? System.lineSeparator() + "Is another suite running?" : ""));
        }
    }

    /** The port that was asked for; for 0 one that is free now. */
    public static int chosen(int port) {
        if (port != 0) {
            return port;
        }
        try (var probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        } catch (IOException none) {
            throw new UncheckedIOException("this machine has no free port", none);
        }
    }

    private static Wanted onLoopback(int port, String by, String key) {
        return new Wanted(port, by, key, new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }
}
