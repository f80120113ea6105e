package org.tradesuite.execution.fix;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.tradesuite.execution.engine.Input;
import org.tradesuite.execution.engine.Intake;

/**
 * The way from a line to the engine. A full inbox makes the line wait; if that takes too long, the message is given back
 * to the session uncounted, and the session asks the broker for it again.
 */
public final class ToEngine {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final long PAUSE_NANOS = Duration.ofMillis(1).toNanos();

    private final Function<Input, Intake> engine;

    public ToEngine(Function<Input, Intake> engine) {
        this.engine = engine;
    }

    public void bring(Input input) {
        long begun = System.nanoTime();
        Intake intake = engine.apply(input);
        while (intake != Intake.TAKEN) {
            if (intake == Intake.STOPPED || System.nanoTime() - begun > PATIENCE.toNanos()) {
                throw new IllegalStateException("the engine does not take "
                        + input.getClass().getSimpleName() + " (" + intake + "); the session will ask for it again");
            }
            LockSupport.parkNanos(PAUSE_NANOS);
            intake = engine.apply(input);
        }
    }

    /** Whether the engine took it at once. */
    public boolean offer(Input input) {
        return engine.apply(input) == Intake.TAKEN;
    }
}
