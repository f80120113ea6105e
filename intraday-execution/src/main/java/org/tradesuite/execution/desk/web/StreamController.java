package org.tradesuite.execution.desk.web;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import org.tradesuite.execution.publish.Change;
import org.tradesuite.execution.publish.History;
import org.tradesuite.execution.publish.Message;
import org.tradesuite.execution.publish.Publisher;
import org.tradesuite.execution.publish.Subscription;
import org.tradesuite.openapi.problem.ProblemCode;
import org.tradesuite.web.ProblemException;

/**
 * Server-sent events. A listener that comes back with Last-Event-ID first hears the present state of everything that
 * changed from there on, read from the journal, then what happens. All messages of one commit carry its sequence, and a
 * listener may have heard a part of them, so that the last one is told again: states, not differences, do no harm twice.
 */
@RestController
class StreamController {
    private static final Logger LOG = LoggerFactory.getLogger(StreamController.class);
    /** Short enough that a dead listener is noticed and no proxy thinks the line idle. */
    private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(10);

    private final Publisher publisher;
    private final History history;
    private final StreamReader reader;

    StreamController(Publisher publisher, History history, StreamReader reader) {
        this.publisher = publisher;
        this.history = history;
        this.reader = reader;
    }

    @GetMapping(path = "/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    SseEmitter stream(@RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId) {
        long from = from(lastEventId);
        var emitter = new SseEmitter(0L);
        // Listening begins before the past is read: what happens meanwhile waits.
        Subscription subscription = publisher.subscribe(0);
        long head = history.head();
        List<Change> missed = from < 0 ? List.of() : history.changes(from, head);
        emitter.onCompletion(subscription::close);
        Thread.ofVirtual().name("stream").start(() -> send(emitter, subscription, missed, head));
        return emitter;
    }

    private static long from(@Nullable String lastEventId) {
        if (lastEventId == null || lastEventId.isBlank()) {
            return -1;
        }
        try {
            long from = Long.parseLong(lastEventId.strip());
            if (from >= 0) {
                return from;
            }
        } catch (NumberFormatException notANumber) {
            throw wrong(lastEventId);
        }
        throw wrong(lastEventId);
    }

    private static ProblemException wrong(String lastEventId) {
        return ProblemException.inField(
                "Last-Event-ID",
                ProblemCode.INVALID_PARAMETER,
                "Last-Event-ID cannot be '" + lastEventId + "'. Send the id of the last event you heard.");
    }

    private void send(SseEmitter emitter, Subscription subscription, List<Change> missed, long head) {
        try (subscription) {
            emitter.send(SseEmitter.event().id(Long.toString(head)).comment("listening"));
            if (!missed.isEmpty()) {
                for (Message message : reader.read(missed)) {
                    send(emitter, message);
                }
            }
            while (!subscription.isCut()) {
                @Nullable Message message = subscription.next(SIGN_OF_LIFE);
                if (message == null) {
                    emitter.send(SseEmitter.event().comment("still here"));
                } else {
                    send(emitter, message);
                }
            }
            LOG.info("a listener was too slow and is cut off; it may come back with Last-Event-ID");
            emitter.complete();
        } catch (IOException | IllegalStateException gone) {
            // The container hears of it too and ends the request; there is nobody left to be told.
            LOG.debug("a listener went away", gone);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            emitter.complete();
        } catch (RuntimeException failed) {
            LOG.warn("a listener is cut off; it may come back with Last-Event-ID", failed);
            emitter.completeWithError(failed);
        }
    }

    private static void send(SseEmitter emitter, Message message) throws IOException {
        var event = SseEmitter.event().name(message.kind()).data(message.json(), MediaType.APPLICATION_JSON);
        if (message.seq() > 0) {
            event.id(Long.toString(message.seq()));
        }
        emitter.send(event);
    }
}
