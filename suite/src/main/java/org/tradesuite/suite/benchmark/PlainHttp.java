package org.tradesuite.suite.benchmark;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * A machine that posts JSON over connections it keeps open: HTTP/1.1 written and read by hand, because on one machine a
 * client that costs much is measured with what it asks. Loopback only. Thread-safe.
 */
final class PlainHttp implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 30_000;

    private final ConcurrentLinkedDeque<Line> idle = new ConcurrentLinkedDeque<>();
    private final int port;
    private final String sameInEach;

    PlainHttp(int port, String token) {
        this.port = port;
        this.sameInEach = " HTTP/1.1\r\nHost: localhost:" + port + "\r\nAuthorization: Bearer " + token
                + "\r\nContent-Type: application/json\r\nContent-Length: ";
    }

    /**
     * The body of the answer, whatever its status.
     *
     * @param headers each ended by a line feed
     */
    String post(String path, String headers, String body) throws IOException {
        var line = idle.pollFirst();
        if (line == null) line = new Line(port);
        try {
            var answer = line.ask("POST " + path + sameInEach + body.length() + "\r\n" + headers + "\r\n" + body);
            idle.addFirst(line);
            return answer;
        } catch (IOException e) {
            line.close();
            throw e;
        }
    }

    @Override
    public void close() {
        for (var line = idle.pollFirst(); line != null; line = idle.pollFirst()) line.close();
    }

    private static final class Line implements AutoCloseable {

        private final Socket socket;
        private final InputStream in;
        private final byte[] text = new byte[1 << 13];

        Line(int port) throws IOException {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(PATIENCE_MILLIS);
            in = new BufferedInputStream(socket.getInputStream(), 1 << 13);
        }

        String ask(String request) throws IOException {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            var length = -1;
            var chunked = false;
            for (var header = line(); !header.isEmpty(); header = line()) {
                if (header.regionMatches(true, 0, "Content-Length:", 0, 15))
                    length = Integer.parseInt(header.substring(15).strip());
                else if (header.regionMatches(true, 0, "Transfer-Encoding:", 0, 18)) chunked = true;
            }
            if (!chunked) return new String(exactly(Math.max(0, length)), StandardCharsets.ISO_8859_1);
            var body = new StringBuilder();
            for (var size = chunk(); size > 0; size = chunk()) {
                body.append(new String(exactly(size), StandardCharsets.ISO_8859_1));
                line();
            }
            line();
            return body.toString();
        }

        private int chunk() throws IOException {
            return Integer.parseInt(line().strip(), 16);
        }

        private byte[] exactly(int length) throws IOException {
            var bytes = in.readNBytes(length);
            if (bytes.length < length) throw new EOFException("the connection was closed within an answer");
            return bytes;
        }

        private String line() throws IOException {
            var length = 0;
            for (var each = in.read(); each != '\n'; each = in.read()) {
                if (each < 0) throw new EOFException("the connection was closed before an answer");
                text[length++] = (byte) each;
            }
            var end = length > 0 && text[length - 1] == '\r' ? length - 1 : length;
            return new String(text, 0, end, StandardCharsets.ISO_8859_1);
        }

        @Override
        public void close() {
            try {
                socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException("a connection of the load could not be closed", e);
            }
        }
    }
}
