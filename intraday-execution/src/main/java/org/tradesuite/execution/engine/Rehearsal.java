package org.tradesuite.execution.engine;

import java.util.Collection;
import java.util.List;
import org.tradesuite.execution.reference.ReferenceData;

/**
 * What would happen: the engine's own decisions about any inputs, by the same code, with no journal behind and no broker in
 * front. The state lives as long as the object; nothing is written and nothing is sent. Belongs to one thread.
 */
public final class Rehearsal {

    /** What the inputs would have put into the journal, and what would have left after it. */
    public record Outcome(List<Recorded> facts, List<Effect> effects) {}

    private final Desk desk;

    /** Begins with an empty journal. */
    public Rehearsal(EngineSettings settings, ReferenceData reference) {
        this.desk = new Desk(settings, reference);
    }

    /** Takes the inputs one after the other, as one batch of the journal would. */
    public Outcome take(Collection<? extends Input> inputs) {
        var batch = new Batch();
        for (var input : inputs) {
            desk.handle(input, batch);
        }
        batch.close(desk.state());
        return new Outcome(List.copyOf(batch.facts), List.copyOf(batch.effects));
    }
}
