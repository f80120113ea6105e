package org.tradesuite.execution.desk;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
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
import org.tradesuite.execution.engine.DeskFact;
import org.tradesuite.execution.engine.Effect;
import org.tradesuite.execution.engine.Effect.Outcome;
import org.tradesuite.execution.engine.Input;
import org.tradesuite.execution.engine.Intake;
import org.tradesuite.execution.engine.Recorded;

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
    private final Map<Long, CompletableFuture<Answered>> open = new ConcurrentHashMap<>();

    /** @param within how long a caller waits, on the wall clock */
    public Answers(Function<Input, Intake> engine, Duration within) {
        this.engine = engine;
        this.within = within;
    }

    /** A request on its way; its answer is waited for with {@link #await}. */
    public record Asked(long number, CompletableFuture<Answered> answer) {}

    /**
     * What became of a request.
     *
     * @param decision the decision as the journal has it, if this request made one: whoever answers need not read it back
     */
    public record Answered(Outcome outcome, @Nullable Recorded decision) {}

    /**
     * Brings a request to the engine.
     *
     * @param request makes it, given its number
     * @throws NoAnswerException if the engine does not take it
     */
    public Asked ask(LongFunction<Input.Request> request) {
        long number = numbers.incrementAndGet();
        var answer = new CompletableFuture<Answered>();
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
    public Answered await(Asked asked) {
        return await(asked, within);
    }

    /**
     * For whoever does not want to wait as long as others.
     *
     * @throws NoAnswerException if there is none in time
     */
    public Answered await(Asked asked, Duration longest) {
        try {
            return asked.answer().get(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new NoAnswerException("It was not committed within " + longest.toSeconds() + " seconds.");
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
        return await(ask(request)).outcome();
    }

    @Override
    public void committed(Commit commit) {
        @Nullable Map<String, Recorded> decisions = null;
        for (Effect effect : commit.effects()) {
            if (effect instanceof Effect.Answer answer) {
                @Nullable CompletableFuture<Answered> waiting = open.remove(answer.requestId());
                if (waiting != null) {
                    if (decisions == null) {
                        decisions = decisions(commit.facts());
                    }
                    waiting.complete(new Answered(answer.outcome(), decision(decisions, answer.outcome())));
                }
            }
        }
    }

    private static Map<String, Recorded> decisions(List<Recorded> facts) {
        var decisions = new HashMap<String, Recorded>();
        for (Recorded recorded : facts) {
            // What became of one that waited is not what whoever handed it in was told.
            if (recorded.version() == 1
                    && (recorded.fact() instanceof DeskFact.DecisionAccepted
                            || recorded.fact() instanceof DeskFact.DecisionRefused
                            || recorded.fact() instanceof DeskFact.DecisionHeld)) {
                decisions.put(recorded.id(), recorded);
            }
        }
        return decisions;
    }

    /** A repetition of an earlier request has its decision in an earlier commit. */
    private static @Nullable Recorded decision(Map<String, Recorded> decisions, Outcome outcome) {
        return switch (outcome) {
            case Outcome.DecisionAccepted accepted -> decisions.get(accepted.decisionId());
            case Outcome.DecisionRefused refused -> decisions.get(refused.decisionId());
            case Outcome.DecisionHeld held -> decisions.get(held.decisionId());
            case Outcome.AmendmentHeld _,
                    Outcome.AmendmentRefused _,
                    Outcome.KeyUsedForAnotherBody _,
                    Outcome.Done _,
                    Outcome.Checked _,
                    Outcome.Refused _ -> null;
        };
    }
}
