package org.tradesuite.reconciliation.dropcopy;

import static org.tradesuite.reconciliation.fix.FixText.message;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.tradesuite.reconciliation.fix.FixLog;
import org.tradesuite.reconciliation.fix.FixMessage;

/**
 * The broker's end of a drop copy, over a real socket and without an engine, so that it can do what an engine would not: it
 * numbers and keeps what it says, may lose it on the way, and sends it again when it is asked to.
 */
public final class BrokerEnd implements AutoCloseable {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd-HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);

    private record Said(int number, String body, Instant at) {}

    private final String begin;
    private final String sender;
    private final String target;
    private final @Nullable ServerSocket door;
    private final List<Said> said = new ArrayList<>();
    private final List<Closeable> open = new ArrayList<>();
    private @Nullable Socket line;
    private Instant at = Instant.parse("2026-11-20T10:00:00Z");
    private String logon = "98=0|108=30";
    private boolean deaf;
    private int askedAgain;
    private int logons;
    private volatile boolean closed;

    private BrokerEnd(String begin, String sender, String target, @Nullable ServerSocket door) {
        this.begin = begin;
        this.sender = sender;
        this.target = target;
        this.door = door;
        if (begin.equals("FIXT.1.1")) {
            logon += "|1137=9";
        }
    }

    /** One that waits to be called. */
    public static BrokerEnd waiting(String begin, String sender, String target) throws IOException {
        var end = new BrokerEnd(begin, sender, target, new ServerSocket(0, 5, InetAddress.getLoopbackAddress()));
        Thread.ofPlatform().daemon().name("broker-" + sender).start(end::answer);
        return end;
    }

    /** One that calls. */
    public static BrokerEnd calling(String begin, String sender, String target, int port, String more)
            throws IOException {
        var end = new BrokerEnd(begin, sender, target, null);
        end.logon += more;
        end.take(new Socket(InetAddress.getLoopbackAddress(), port));
        end.say("35=A|", end.logon);
        return end;
    }

    public int port() {
        return Objects.requireNonNull(door).getLocalPort();
    }

    /** By the clock of the broker from now on. */
    public synchronized void at(String instant) {
        at = Instant.parse(instant);
    }

    /** Does not send anything again from now on. */
    public synchronized void deaf(boolean isDeaf) {
        deaf = isDeaf;
    }

    public synchronized int askedAgain() {
        return askedAgain;
    }

    public synchronized int logons() {
        return logons;
    }

    /** Sends a message; the type first. */
    public synchronized int say(String type, String body) {
        var number = lose(type, body);
        send(said.getLast(), false);
        return number;
    }

    /** Counts a message that does not get through. */
    public synchronized int lose(String type, String body) {
        said.add(new Said(said.size() + 1, type + "%s" + body, at));
        return said.size();
    }

    public int fill(String id, int quantity) {
        return say("35=8|", execution(id, quantity));
    }

    public static String execution(String id, int quantity) {
        return "37=O1|11=C1|39=1|150=F|17=" + id
                + "|1=GEQ1|55=VOD|48=GB00BH4HKS39|22=4|207=XLON|54=1|15=GBP|75=20261120|" + "64=20261124|32=" + quantity
                + "|31=0.7220";
    }

    /** Cuts the connection. */
    public synchronized void hangUp() throws IOException {
        if (line != null) {
            line.close();
            line = null;
        }
    }

    private void answer() {
        while (!closed) {
            try {
                take(Objects.requireNonNull(door).accept());
            } catch (IOException ended) {
                if (!closed) {
                    throw new UncheckedIOException(ended);
                }
            }
        }
    }

    private synchronized void take(Socket socket) {
        line = socket;
        open.add(socket);
        Thread.ofPlatform().daemon().name("broker-in-" + sender).start(() -> listen(socket));
    }

    private void listen(Socket socket) {
        try {
            var log = new FixLog(socket.getInputStream());
            while (log.next()) {
                var heard = log.message();
                if (heard != null) {
                    heard(heard);
                }
            }
        } catch (IOException cut) {
            // The other side was killed, or it was hung up here.
            return;
        }
    }

    private synchronized void heard(FixMessage heard) {
        switch (String.valueOf(heard.text(35))) {
            case "A" -> {
                logons++;
                if (door != null) {
                    say("35=A|", logon);
                }
            }
            case "1" -> say("35=0|", "112=" + heard.text(112));
            case "2" -> {
                askedAgain++;
                if (!deaf) {
                    sendAgain(Integer.parseInt(String.valueOf(heard.text(7))));
                }
            }
            case "5" -> say("35=5|", "58=bye");
            default -> {
                // Heartbeats and rejects need no answer.
            }
        }
    }

    /** Messages of the session are not sent again: the gap they leave is filled. */
    private void sendAgain(int from) {
        var gap = 0;
        for (var message : List.copyOf(said.subList(from - 1, said.size()))) {
            var admin = message.body().matches("(?s)35=[0-5A][|].*");
            if (admin && gap == 0) {
                gap = message.number();
            }
            if (!admin) {
                fillGap(gap, message.number());
                gap = 0;
                send(message, true);
            }
        }
        fillGap(gap, said.size() + 1);
    }

    private void fillGap(int from, int to) {
        if (from > 0) {
            send(new Said(from, "35=4|%s123=Y|36=" + to, at), true);
        }
    }

    private void send(Said message, boolean again) {
        var head = "34=" + message.number() + "|49=" + sender + "|56=" + target + "|52=" + TIME.format(at)
                + (again ? "|43=Y|122=" + TIME.format(message.at()) : "") + "|";
        raw(message(begin, message.body().formatted(head).replaceAll("[|]$", "")));
    }

    /** Sends it as it stands there. */
    public synchronized void raw(String text) {
        if (line == null) {
            return;
        }
        try {
            line.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException gone) {
            // It is asked for again when the other side is back.
            line = null;
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        if (door != null) {
            door.close();
        }
        synchronized (this) {
            for (var socket : open) {
                socket.close();
            }
        }
    }
}
