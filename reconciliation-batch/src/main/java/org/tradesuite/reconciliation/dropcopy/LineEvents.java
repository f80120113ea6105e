package org.tradesuite.reconciliation.dropcopy;

import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quickfix.Log;

/**
 * What a session says about itself: to the logger {@code fix.<broker>}, without the messages, which are in the files, and
 * what is wrong to a person as well.
 */
final class LineEvents implements Log {

    private static final Pattern SECRET = Pattern.compile("([|](?:554|925|96)=)[^|]*");
    /** It repeats what was said before it. */
    private static final String CONSEQUENCE = "Disconnecting: ";

    private final Logger logger;
    private final Consumer<String> incoming;
    private final Consumer<String> wrong;

    LineEvents(String broker, Consumer<String> incoming, Consumer<String> wrong) {
        this.logger = LoggerFactory.getLogger("fix." + broker);
        this.incoming = incoming;
        this.wrong = wrong;
    }

    @Override
    public void clear() {
        logger.debug("log cleared");
    }

    @Override
    public void onIncoming(String message) {
        incoming.accept(message);
    }

    @Override
    public void onOutgoing(String message) {
        logger.debug("sent a message of {} octets", message.length());
    }

    @Override
    public void onEvent(String text) {
        logger.info("{}", readable(text));
    }

    @Override
    public void onWarnEvent(String text) {
        logger.warn("{}", readable(text));
    }

    @Override
    public void onErrorEvent(String text) {
        // At info: one that is away says this with every attempt. The state has it, and what is new is warned of once.
        var first = readable(text).lines().findFirst().orElse("");
        logger.info("{}", first);
        logger.debug("{}", readable(text));
        if (!text.startsWith(CONSEQUENCE)) {
            wrong.accept(first);
        }
    }

    /** The separator of FIX is not printable, and passwords are not for a log. */
    private static String readable(String text) {
        return SECRET.matcher(text.replace((char) 1, '|')).replaceAll("$1***");
    }
}
