package org.tradesuite.suite.benchmark;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Sends decisions over HTTP and looks when the order of each reached the broker. Bounded in count and time; loopback
 * only.
 */
final class DecisionLoad implements AutoCloseable {

    /**
     * @param perSecond orders that reached the broker a second
     * @param nanos from the moment a decision was due to be sent to its NewOrderSingle at the broker
     * @param clOrdIds of those orders, in no order
     */
    record Result(double perSecond, Histogram nanos, List<String> clOrdIds) {}

    private static final String ORDER_ID = "\"orderId\":\"";

    private static final int SMALLEST = 1_000;

    private final PlainHttp http;
    private final OrderSink sink;
    private final AtomicInteger numbers = new AtomicInteger();

    DecisionLoad(int port, String token, OrderSink sink) {
        this.http = new PlainHttp(port, token);
        this.sink = sink;
    }

    @Override
    public void close() {
        http.close();
    }

    /** As many as the suite takes, {@code atOnce} requests open at a time. */
    Result asFastAsItGoes(int count, int atOnce) throws InterruptedException {
        return run(count, 1, atOnce, 0);
    }

    /** The same with so many decisions in each request. */
    Result inBatches(int requests, int each, int atOnce) throws InterruptedException {
        return run(requests, each, atOnce, 0);
    }

    /** {@code perSecond} decisions a second whether or not the earlier ones are answered. */
    Result at(int perSecond, int count) throws InterruptedException {
        return run(count, 1, count, TimeUnit.SECONDS.toNanos(1) / perSecond);
    }

    private Result run(int requests, int each, int atOnce, long interval) throws InterruptedException {
        var due = new ConcurrentHashMap<String, Long>(requests * each * 2);
        var slots = new Semaphore(atOnce);
        var refused = new AtomicReference<@Nullable String>();
        var arrivedBefore = sink.count();
        var start = System.nanoTime();
        for (var i = 0; i < requests; i++) {
            slots.acquire();
            var moment = interval == 0 ? System.nanoTime() : start + i * interval;
            while (System.nanoTime() < moment) LockSupport.parkNanos(moment - System.nanoTime());
            var number = numbers.getAndAdd(each) + 1;
            Thread.ofVirtual().start(() -> {
                try {
                    var answer = each == 1 ? send(number) : send(number, each);
                    var orders = orderIds(answer);
                    orders.forEach(order -> due.put(order, moment));
                    if (orders.size() != each) refused.compareAndSet(null, answer);
                } catch (IOException e) {
                    refused.compareAndSet(null, e.toString());
                } finally {
                    slots.release();
                }
            });
        }
        slots.acquire(atOnce);
        var answer = refused.get();
        if (answer != null) throw new IllegalStateException("A decision did not become an order: " + answer);
        var deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (sink.count() < arrivedBefore + due.size() && System.nanoTime() < deadline) Thread.sleep(1);
        return judge(due, start);
    }

    private Result judge(Map<String, Long> due, long start) {
        var nanos = new Histogram(TimeUnit.MINUTES.toNanos(1), 3);
        var clOrdIds = new ArrayList<String>(due.size());
        var last = start;
        for (var arrival : sink.arrivals().entrySet()) {
            var moment = due.get(orderOf(arrival.getKey()));
            if (moment == null) continue;
            nanos.recordValue(Math.max(0, arrival.getValue() - moment));
            last = Math.max(last, arrival.getValue());
            clOrdIds.add(arrival.getKey());
        }
        var lost = due.size() - nanos.getTotalCount();
        if (lost > 0)
            throw new IllegalStateException(lost + " orders had not reached the broker ten seconds after the last one");
        return new Result(due.size() / ((last - start) / 1e9), nanos, clOrdIds);
    }

    private static List<String> orderIds(String answer) {
        var ids = new ArrayList<String>();
        for (var at = answer.indexOf(ORDER_ID); at >= 0; at = answer.indexOf(ORDER_ID, at)) {
            at += ORDER_ID.length();
            ids.add(answer.substring(at, answer.indexOf('"', at)));
        }
        return ids;
    }

    /** The parent order's id is what its routes' ClOrdIDs begin with. */
    private static String orderOf(String clOrdId) {
        var dash = clOrdId.indexOf('-');
        return dash < 0 ? clOrdId : clOrdId.substring(0, dash);
    }

    private String send(int number) throws IOException {
        return http.post("/execution/decisions", "Idempotency-Key: " + key(number) + "\r\n", decision(number));
    }

    private String send(int first, int count) throws IOException {
        var decisions = IntStream.range(first, first + count)
                .mapToObj(
                        number -> "{\"idempotencyKey\":\"" + key(number) + "\",\"decision\":" + decision(number) + "}")
                .collect(Collectors.joining(",", "{\"decisions\":[", "]}"));
        return http.post("/execution/decision-batches", "", decisions);
    }

    private static final String DECISION = """
        {"accountId":"%s","strategyId":"VALUE","traderId":"apatel","instrumentId":"%s",\
        "side":"BUY","orderType":"MARKET","algo":"IMMEDIATE","quantity":"\
        """.formatted(SampleFirm.ACCOUNT, SampleFirm.INSTRUMENT);

    /** A different quantity each time, so that none looks like a duplicate; large enough to be filled in many parts. */
    private static String decision(int number) {
        return DECISION + (SMALLEST + number) + "\"}";
    }

    private static String key(int number) {
        return "benchmark-" + number;
    }
}
