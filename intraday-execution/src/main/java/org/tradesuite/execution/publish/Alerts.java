package org.tradesuite.execution.publish;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tradesuite.execution.engine.Commit;
import org.tradesuite.execution.engine.CommitListener;
import org.tradesuite.execution.engine.Effect;
import org.tradesuite.execution.fix.LineTrouble;

/** What a person should look at now, at the logger {@code alert}: whoever watches the house watches this one name. */
public final class Alerts implements CommitListener {
    private static final Logger LOG = LoggerFactory.getLogger("alert");

    @Override
    public void committed(Commit commit) {
        for (Effect effect : commit.effects()) {
            if (effect instanceof Effect.Alert alert) {
                LOG.warn("{} {} {}: {}", alert.at(), alert.kind(), alert.subject(), alert.text());
            }
        }
    }

    public void trouble(LineTrouble trouble) {
        LOG.warn("{} LINE {}: {}", trouble.at(), trouble.line(), trouble.text());
    }
}
