package org.tradesuite.execution.publish;

import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tradesuite.execution.engine.Commit;
import org.tradesuite.execution.engine.CommitListener;
import org.tradesuite.execution.engine.Effect;
import org.tradesuite.execution.fix.LineTrouble;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a person should look at now: at the logger {@code alert}, so that whoever watches the house watches this one name,
 * and on the stream, for whoever looks at the console.
 */
public final class Alerts implements CommitListener {
    private static final Logger LOG = LoggerFactory.getLogger("alert");

    private static final String KIND = "ALERT";

    private final Supplier<Publisher> publisher;
    private final JsonMapper json;

    /** @param publisher asked for late: it knows the brokers' lines, and they tell their troubles here */
    public Alerts(Supplier<Publisher> publisher, JsonMapper json) {
        this.publisher = publisher;
        this.json = json;
    }

    @Override
    public void committed(Commit commit) {
        if (publisher.get().isHeard()) {
            RuleAlerts.of(commit)
                    .forEach(alert -> publisher.get().tell(new Message(0, KIND, json.writeValueAsString(alert))));
        }
        for (Effect effect : commit.effects()) {
            if (effect instanceof Effect.Alert alert) {
                LOG.warn("{} {} {}: {}", alert.at(), alert.kind(), alert.subject(), alert.text());
                if (publisher.get().isHeard()) {
                    publisher.get().tell(new Message(0, KIND, json.writeValueAsString(alert)));
                }
            }
        }
    }

    public void trouble(LineTrouble trouble) {
        LOG.warn("{} LINE {}: {}", trouble.at(), trouble.line(), trouble.text());
    }
}
