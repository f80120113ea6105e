package org.tradesuite.suite.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Sends decisions over HTTP and looks when the order of each reached the broker. Bounded in count and time; loopback
 * only.
 */
final class DecisionLoad {

    /**
     * @param perSecond orders that reached the broker a second
     * @param nanos from the moment a decision was due to be sent to its NewOrderSingle at the broker
     * @param lost decisions that were accepted and whose order had not arrived ten seconds after the last one was sent
     * @param notTaken decisions that got another answer than an order
     */
    record Result(double perSecond, Histogram nanos, int lost, int notTaken) {}

    private static final Pattern ORDER_ID = Pattern.compile("\"orderId\":\"([^\"]+)\"");

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI decisions;
    private final String token;
    private final OrderSink sink;
    private final AtomicInteger keys = new AtomicInteger();

    DecisionLoad(String address, String token, OrderSink sink) {
        this.decisions = URI.create(address + "/execution/decisions");
        this.token = token;
        this.sink = sink;
    }

    /** As many as the suite takes, {@code atOnce} requests open at a time. */
    Result asFastAsItGoes(int count, int atOnce) throws InterruptedException {
        return run(count, atOnce, 0);
    }

    /** {@code perSecond} decisions a second whether or not the earlier ones are answered. */
    Result at(int perSecond, int count) throws InterruptedException {
        return run(count, count, TimeUnit.SECONDS.toNanos(1) / perSecond);
    }

    private Result run(int count, int atOnce, long interval) throws InterruptedException {
        var due = new ConcurrentHashMap<String, Long>(count * 2);
        var slots = new Semaphore(atOnce);
        var notTaken = new AtomicInteger();
        var arrivedBefore = sink.count();
        var start = System.nanoTime();
        for (var i = 0; i < count; i++) {
            slots.acquire();
            var moment = interval == 0 ? System.nanoTime() : start + i * interval;
            while (System.nanoTime() < moment) LockSupport.parkNanos(moment - System.nanoTime());
            var number = keys.incrementAndGet();
            Thread.ofVirtual().start(() -> {
                try {
                    var order = send(number);
                    if (order != null) due.put(order, moment);
                    else notTaken.incrementAndGet();
                } finally {
                    slots.release();
                }
            });
        }
        slots.acquire(atOnce);
        var deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (sink.count() < arrivedBefore + due.size() && System.nanoTime() < deadline) Thread.sleep(1);
        return judge(due, start, notTaken.get());
    }

    private Result judge(Map<String, Long> due, long start, int notTaken) {
        var nanos = new Histogram(TimeUnit.MINUTES.toNanos(1), 3);
        var last = start;
        var arrived = 0;
        for (var arrival : sink.arrivals().entrySet()) {
            var moment = due.get(orderOf(arrival.getKey()));
            if (moment == null) continue;
            nanos.recordValue(Math.max(0, arrival.getValue() - moment));
            last = Math.max(last, arrival.getValue());
            arrived++;
        }
        return new Result(arrived / ((last - start) / 1e9), nanos, due.size() - arrived, notTaken);
    }

    /** The parent order's id is what its routes' ClOrdIDs begin with. */
    private static String orderOf(String clOrdId) {
        var dash = clOrdId.indexOf('-');
        return dash < 0 ? clOrdId : clOrdId.substring(0, dash);
    }

    /** @return the order that came of it, null if none did */
    private @Nullable String send(int number) {
        // A different quantity each time, so that none looks like a duplicate.
        var body = """
            {"accountId":"PEN1","strategyId":"VALUE","traderId":"apatel","instrumentId":"VOD.XLON",\
            "side":"BUY","quantity":"%d","orderType":"MARKET","algo":"IMMEDIATE"}\
            """.formatted(number);
        var request = HttpRequest.newBuilder(decisions)
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", "benchmark-%08d".formatted(number))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            var answer =
                    http.send(request, HttpResponse.BodyHandlers.ofString()).body();
            var order = ORDER_ID.matcher(answer);
            return order.find() ? order.group(1) : null;
        } catch (IOException e) {
            throw new UncheckedIOException("the suite did not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
