package org.tradesuite.execution.fix;

import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quickfix.Log;
import quickfix.LogFactory;
import quickfix.SessionID;

/**
 * What a session says about itself. Messages go to the logger {@code fix.<session>} at level debug; trouble goes there
 * too and to the desk's alerts, so that a refused logon or a wrong version is seen by a person.
 */
public final class SessionLog implements Log {
    private static final Pattern SECRET = Pattern.compile("(\\|(?:554|925|96)=)[^|]*");

    private final Logger logger;
    private final String name;
    private final BiConsumer<String, String> alert;
    private final BooleanSupplier stopping;

    private SessionLog(String name, BiConsumer<String, String> alert, BooleanSupplier stopping) {
        this.logger = LoggerFactory.getLogger("fix." + name);
        this.name = name;
        this.alert = alert;
        this.stopping = stopping;
    }

    /**
     * @param alert told the session's name and what is wrong
     * @param stopping whether messages are left to the next start, which is no trouble
     */
    public static LogFactory factory(String name, BiConsumer<String, String> alert, BooleanSupplier stopping) {
        return (SessionID session) -> new SessionLog(name, alert, stopping);
    }

    @Override
    public void clear() {
        logger.debug("log cleared");
    }

    @Override
    public void onIncoming(String message) {
        if (logger.isDebugEnabled()) {
            logger.debug("<< {}", readable(message));
        }
    }

    @Override
    public void onOutgoing(String message) {
        if (logger.isDebugEnabled()) {
            logger.debug(">> {}", readable(message));
        }
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
        if (stopping.getAsBoolean()) {
            logger.debug("while stopping: {}", readable(text));
            return;
        }
        // Not a warning here: a broker that is away says this every second, and the alert tells a person once a minute.
        logger.info("{}", readable(text));
        alert.accept(name, readable(text));
    }

    /** The field separator of FIX is not printable, and passwords (554, 925, 96 of a logon) are not for a log. */
    private static String readable(String message) {
        String text = message.replace('\u0001', '|');
        return text.contains("|35=A|") ? SECRET.matcher(text).replaceAll("$1***") : text;
    }
}
