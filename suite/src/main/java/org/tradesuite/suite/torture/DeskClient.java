package org.tradesuite.suite.torture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.springframework.web.client.RestClientException;
import org.tradesuite.suite.door.FrontDoor;
import org.tradesuite.suite.market.Market;
import org.tradesuite.suite.market.Seed;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The desk: hands in decisions at a steady rate, each with its key, and repeats what was not answered with the same key
 * and the same words until it is. It writes down what it asks before it asks, and what it was answered. Some orders it
 * cancels or amends, and some answered decisions it hands in once more.
 */
final class DeskClient implements AutoCloseable {

    /** What a decision was answered with. */
    record Answer(
            Ask ask,
            String decisionId,
            String status,
            @Nullable String orderId,
            List<String> refusals) {}

    private static final int OPEN_AT_ONCE = 48;
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(6);
    private static final Duration AGAIN_AFTER = Duration.ofMillis(150);
    private static final Duration TOKEN_FOR = Duration.ofMinutes(5);
    private static final String TOO_LATE = " has passed.";
    private static final int CREATED = 201;
    private static final int ACCEPTED = 202;
    private static final int BAD_REQUEST = 400;
    private static final int UNAUTHORIZED = 401;
    private static final int CONFLICT = 409;
    private static final int UNPROCESSABLE = 422;
    private static final int UNAVAILABLE = 503;

    private final String address;
    private final FrontDoor door;
    private final Seed seed;
    private final Market market;
    private final Clock clock;
    private final long interval;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private final FileChannel record;
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final Set<String> late = ConcurrentHashMap.newKeySet();
    private final Queue<String> surprises = new ConcurrentLinkedQueue<>();
    private final Semaphore slots = new Semaphore(OPEN_AT_ONCE);
    private final AtomicInteger unfinished = new AtomicInteger();
    private final AtomicInteger repeated = new AtomicInteger();
    private final AtomicInteger changes = new AtomicInteger();
    private volatile boolean flowing;
    private volatile boolean closed;
    private int number;
    private @Nullable String token;
    private long tokenUntil;

    DeskClient(String address, FrontDoor door, Seed seed, Market market, Clock clock, int perSecond, Path record) {
        this.address = address;
        this.door = door;
        this.seed = seed;
        this.market = market;
        this.clock = clock;
        this.interval = TimeUnit.SECONDS.toNanos(1) / perSecond;
        try {
            this.record = FileChannel.open(record, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new UncheckedIOException("the desk's record cannot be kept", e);
        }
        Thread.ofPlatform().name("desk").daemon(true).start(this::decide);
    }

    void flow() {
        flowing = true;
    }

    /** Makes no new decisions; what is open is seen through. */
    void pause() {
        flowing = false;
    }

    /** Whether everything is answered and every change is made. */
    boolean isIdle() {
        return unfinished.get() == 0;
    }

    int unanswered() {
        return unfinished.get();
    }

    int answered() {
        return answers.size();
    }

    /** How often a request had to be made again because it was not answered. */
    int repeated() {
        return repeated.get();
    }

    int changes() {
        return changes.get();
    }

    Map<String, Answer> answers() {
        return Map.copyOf(answers);
    }

    /** Decisions that were turned away because their window had passed before they were taken: they are nowhere. */
    Set<String> late() {
        return Set.copyOf(late);
    }

    /** Answers that were not to be expected. */
    List<String> surprises() {
        return List.copyOf(surprises);
    }

    private void decide() {
        var due = System.nanoTime();
        while (!closed) {
            due = Math.max(due + interval, System.nanoTime() - TimeUnit.SECONDS.toNanos(1));
            while (System.nanoTime() < due) LockSupport.parkNanos(due - System.nanoTime());
            if (!flowing || !slots.tryAcquire()) continue;
            var ask = Ask.of(seed, ++number, market, clock.instant());
            unfinished.incrementAndGet();
            Thread.ofVirtual().start(() -> {
                try {
                    seeThrough(ask);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                } finally {
                    slots.release();
                    unfinished.decrementAndGet();
                }
            });
        }
    }

    private void seeThrough(Ask ask) throws InterruptedException {
        write("{\"asked\":\"" + ask.key() + "\",\"body\":" + ask.body() + "}");
        var answer = handIn(ask);
        if (answer == null) return;
        answers.put(ask.key(), answer);
        write("{\"answered\":\"%s\",\"decision\":\"%s\",\"status\":\"%s\",\"order\":\"%s\"}"
                .formatted(ask.key(), answer.decisionId(), answer.status(), answer.orderId()));
        if (ask.again()) {
            var again = handIn(ask);
            if (again != null && !again.equals(answer))
                surprises.add(ask.key() + " was answered " + answer + " and later " + again);
        }
        if (answer.orderId() != null && ask.change() != null) change(ask, answer.orderId(), ask.change());
    }

    private void change(Ask ask, String orderId, Ask.Change change) throws InterruptedException {
        Thread.sleep(ask.changeAfter());
        var response = change == Ask.Change.CANCEL
                ? cancel(orderId)
                : untilAnswered(
                        "/execution/orders/" + orderId + "/amend",
                        "{\"quantity\":\"" + ask.amended() + "\",\"reason\":\"Another size.\"}");
        if (response == null) return;
        changes.incrementAndGet();
        // Too late is an answer too: the order has ended, has gone too far, or is what was asked for already.
        if (response.statusCode() != ACCEPTED
                && response.statusCode() != CONFLICT
                && response.statusCode() != UNPROCESSABLE)
            surprises.add(change + " of " + orderId + ": " + response.statusCode() + " " + response.body());
    }

    /** Asks for an order to be cancelled until that is answered. */
    @Nullable
    HttpResponse<String> cancel(String orderId) throws InterruptedException {
        return untilAnswered("/execution/orders/" + orderId + "/cancel", "{\"reason\":\"The desk withdrew.\"}");
    }

    private @Nullable Answer handIn(Ask ask) throws InterruptedException {
        var response = untilAnswered("/execution/decisions", ask.body(), "Idempotency-Key", ask.key());
        if (response == null) return null;
        if (response.statusCode() == BAD_REQUEST && response.body().contains(TOO_LATE)) {
            // It was never taken, and while it was repeated its window passed.
            late.add(ask.key());
            return null;
        }
        if (response.statusCode() != CREATED) {
            surprises.add(ask.key() + ": " + response.statusCode() + " " + response.body());
            return null;
        }
        var json = JsonMapper.shared().readTree(response.body());
        return new Answer(
                ask, text(json, "decisionId"), text(json, "status"), textOrNull(json, "orderId"), refusals(json));
    }

    private static List<String> refusals(JsonNode json) {
        var codes = new ArrayList<String>();
        if (json.has("refusals")) json.get("refusals").forEach(each -> codes.add(text(each, "code")));
        return codes;
    }

    private static String text(JsonNode json, String field) {
        var value = textOrNull(json, field);
        if (value == null) throw new IllegalStateException("the answer has no " + field + ": " + json);
        return value;
    }

    private static @Nullable String textOrNull(JsonNode json, String field) {
        return json.hasNonNull(field) ? json.get(field).asString() : null;
    }

    /** No answer, or one that says to come back later, is no answer. Null when we are closed meanwhile. */
    private @Nullable HttpResponse<String> untilAnswered(String path, String body, String... headers)
            throws InterruptedException {
        while (!closed) {
            try {
                var request = HttpRequest.newBuilder(URI.create(address + path))
                        .timeout(ANSWER_WITHIN)
                        .header("Authorization", "Bearer " + token())
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body));
                if (headers.length > 0) request.headers(headers);
                var response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
                if (response.statusCode() < 500 && response.statusCode() != UNAUTHORIZED) return response;
                if (response.statusCode() == UNAUTHORIZED) forgetToken();
                else if (response.statusCode() != UNAVAILABLE)
                    surprises.add(path + ": " + response.statusCode() + response.body());
            } catch (IOException | RestClientException notAnswered) {
                repeated.incrementAndGet();
            }
            Thread.sleep(AGAIN_AFTER);
        }
        return null;
    }

    private synchronized void forgetToken() {
        token = null;
    }

    private synchronized String token() {
        var current = token;
        if (current == null || System.nanoTime() > tokenUntil) {
            current = door.token();
            token = current;
            tokenUntil = System.nanoTime() + TOKEN_FOR.toNanos();
        }
        return current;
    }

    private void write(String line) {
        var bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
        synchronized (record) {
            try {
                while (bytes.hasRemaining()) record.write(bytes);
            } catch (IOException e) {
                throw new UncheckedIOException("the desk's record cannot be kept", e);
            }
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        http.shutdownNow();
        synchronized (record) {
            record.close();
        }
    }
}
