package org.tradesuite.execution.desk;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.tradesuite.execution.engine.Commit;
import org.tradesuite.execution.engine.CommitListener;
import org.tradesuite.execution.engine.Effect;
import org.tradesuite.execution.engine.Effect.Outcome;
import org.tradesuite.execution.engine.Input;
import org.tradesuite.execution.engine.Intake;

/**
 * Who asked, waits here until what was decided is in the journal. Waiting ends after a while, deciding does not: whoever
 * gives up may ask again with the same key and gets the same answer. Thread-safe.
 */
public final class Answers implements CommitListener {

    /** The engine does not take the request now, or has not answered in time. Nothing is lost by asking again. */
    public static final class NoAnswerException extends RuntimeException {
        NoAnswerException(String message) {
            super(message);
        }
    }

    private final Function<Input, Intake> engine;
    private final Duration within;
    private final AtomicLong numbers = new AtomicLong();
    private final Map<Long, CompletableFuture<Outcome>> open = new ConcurrentHashMap<>();

    /** @param within how long a caller waits, on the wall clock */
    public Answers(Function<Input, Intake> engine, Duration within) {
        this.engine = engine;
        this.within = within;
    }

    /** A request on its way; its answer is waited for with {@link #await}. */
    public record Asked(long number, CompletableFuture<Outcome> answer) {}

    /**
     * Brings a request to the engine.
     *
     * @param request makes it, given its number
     * @throws NoAnswerException if the engine does not take it
     */
    public Asked ask(LongFunction<Input.Request> request) {
        long number = numbers.incrementAndGet();
        var answer = new CompletableFuture<Outcome>();
        open.put(number, answer);
        Intake intake = engine.apply(request.apply(number));
        if (intake != Intake.TAKEN) {
            open.remove(number);
            throw new NoAnswerException(
                    switch (intake) {
                        case BUSY -> "More is coming in than we can take at the moment.";
                        case UNAVAILABLE -> "The database does not answer; nothing is decided until it does.";
                        default -> "We are stopping.";
                    });
        }
        return new Asked(number, answer);
    }

    /** @throws NoAnswerException if there is none in time */
    public Outcome await(Asked asked) {
        try {
            return asked.answer().get(within.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new NoAnswerException("It was not committed within " + within.toSeconds() + " seconds.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NoAnswerException("We are stopping.");
        } catch (ExecutionException e) {
            throw new IllegalStateException("an answer never fails", e);
        } finally {
            open.remove(asked.number());
        }
    }

    public Outcome answer(LongFunction<Input.Request> request) {
        return await(ask(request));
    }

    @Override
    public void committed(Commit commit) {
        for (Effect effect : commit.effects()) {
            if (effect instanceof Effect.Answer answer) {
                @Nullable CompletableFuture<Outcome> waiting = open.remove(answer.requestId());
                if (waiting != null) {
                    waiting.complete(answer.outcome());
                }
            }
        }
    }
}
