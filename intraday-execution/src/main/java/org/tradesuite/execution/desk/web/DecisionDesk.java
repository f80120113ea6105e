package org.tradesuite.execution.desk.web;

import com.github.f4b6a3.tsid.TsidFactory;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.springframework.stereotype.Component;
import org.tradesuite.execution.desk.Answers;
import org.tradesuite.execution.desk.CurrentReference;
import org.tradesuite.execution.engine.Effect.Outcome;
import org.tradesuite.execution.engine.Input;
import org.tradesuite.openapi.execution.model.NewDecision;
import org.tradesuite.openapi.problem.ProblemCode;
import org.tradesuite.web.ProblemException;

/** Gives a decision its id and its time, brings it to the engine and says what became of it, whichever way it came in. */
@Component
class DecisionDesk {
    private static final String NOT_MEANT = "a-question";

    private final Answers answers;
    private final CurrentReference reference;
    private final Clock clock;
    private final TsidFactory ids;

    DecisionDesk(Answers answers, CurrentReference reference, Clock clock) {
        this.answers = answers;
        this.reference = reference;
        this.clock = clock;
        this.ids = TsidFactory.builder().withClock(clock).build();
    }

    /**
     * @throws ProblemException if its form is wrong; nothing was asked
     * @throws Answers.NoAnswerException if the engine does not take it
     */
    Answers.Asked ask(String actor, String key, NewDecision sent) {
        Instant at = clock.instant().truncatedTo(ChronoUnit.MICROS);
        String id = "D" + ids.create();
        return answers.ask(number -> DecisionForm.read(sent, reference.get(), at, number, actor, id, key));
    }

    /**
     * What would become of it if it were handed in now.
     *
     * @throws ProblemException if its form is wrong, or nothing could be decided now
     * @throws Answers.NoAnswerException if the engine does not take the question, or does not answer in time
     */
    Outcome.Checked check(String actor, NewDecision sent) {
        Instant at = clock.instant().truncatedTo(ChronoUnit.MICROS);
        // Neither id nor key: nothing will be kept under them.
        return checked(answers.answer(number -> new Input.DecisionCheckAsked(
                DecisionForm.read(sent, reference.get(), at, number, actor, NOT_MEANT, NOT_MEANT))));
    }

    /** @throws ProblemException if it could not be decided */
    static Outcome.Checked checked(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Checked checked -> checked;
            case Outcome.Refused refused -> throw Refusals.problem(refused);
            default -> throw new IllegalStateException("a question is answered or refused, and not " + outcome);
        };
    }

    /** @throws Answers.NoAnswerException if there is none in time */
    Answers.Answered await(Answers.Asked asked) {
        return answers.await(asked);
    }

    /** @throws ProblemException if there is no decision to show */
    static String decisionId(String key, Outcome outcome) {
        return switch (outcome) {
            case Outcome.DecisionAccepted accepted -> accepted.decisionId();
            case Outcome.DecisionRefused refused -> refused.decisionId();
            case Outcome.DecisionHeld held -> held.decisionId();
            case Outcome.KeyUsedForAnotherBody used ->
                throw new ProblemException(
                        ProblemCode.IDEMPOTENCY_KEY_REUSED,
                        key + " was used for another body, decision " + used.decisionId()
                                + ". Use a new key for a new decision.");
            case Outcome.Refused refused -> throw Refusals.problem(refused);
            case Outcome.Done _, Outcome.Checked _, Outcome.AmendmentHeld _, Outcome.AmendmentRefused _ ->
                throw new IllegalStateException("a decision is accepted or refused, not done");
        };
    }
}
