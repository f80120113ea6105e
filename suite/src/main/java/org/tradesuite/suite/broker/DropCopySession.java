package org.tradesuite.suite.broker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.tradesuite.suite.market.LoopbackAcceptor;
import quickfix.ApplicationAdapter;
import quickfix.FieldNotFound;
import quickfix.InvalidMessage;
import quickfix.Message;
import quickfix.MessageStore;
import quickfix.Session;
import quickfix.SessionID;
import quickfix.SessionNotFound;
import quickfix.UtcTimestampPrecision;
import quickfix.field.SendingTime;

/**
 * The session on which a broker sends a copy of each execution to whoever reconciles, beside the one on which it trades.
 * It tells business time in SendingTime (52), by which the other side knows the day. What nobody was there to take is sent
 * when it is asked for.
 */
final class DropCopySession {

    static final String TARGET = "DROPCOPY";

    private final LoopbackAcceptor acceptor;

    DropCopySession(BrokerProfile profile, Clock clock, Path folder) {
        acceptor = new LoopbackAcceptor(
                profile.version(),
                profile.brokerId(),
                TARGET,
                profile.dropCopyPort(),
                folder,
                true,
                new InBusinessTime(clock));
    }

    void start() {
        acceptor.start();
    }

    void stop() {
        acceptor.stop();
    }

    void send(Message execution) {
        try {
            Session.sendToTarget(execution, acceptor.session());
        } catch (SessionNotFound e) {
            throw new IllegalStateException("The drop copy has no session " + acceptor.session(), e);
        }
    }

    /** Those of the executions that were never given to the session, because the process died before; before it starts. */
    List<Fields> missed(List<Fields> executions) {
        Set<String> given = given();
        return new ArrayList<>(executions.stream()
                .filter(each -> !given.contains(each.need(17)))
                .toList());
    }

    private Set<String> given() {
        try {
            MessageStore store = acceptor.store();
            List<String> texts = new ArrayList<>();
            store.get(1, Math.max(1, store.getNextSenderMsgSeqNum() - 1), texts);
            if (store instanceof AutoCloseable closeable) {
                closeable.close();
            }
            Set<String> given = new HashSet<>();
            for (String text : texts) {
                Message message = new Message(text, false);
                if (message.isSetField(17)) {
                    given.add(message.getString(17));
                }
            }
            return given;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InvalidMessage | FieldNotFound e) {
            throw new IllegalStateException("The store of " + acceptor.session() + " is not readable", e);
        } catch (Exception e) {
            throw new IllegalStateException("The store of " + acceptor.session() + " cannot be closed", e);
        }
    }

    private static final class InBusinessTime extends ApplicationAdapter {

        private final Clock clock;

        private InBusinessTime(Clock clock) {
            this.clock = clock;
        }

        @Override
        public void toAdmin(Message message, SessionID session) {
            stamp(message);
        }

        @Override
        public void toApp(Message message, SessionID session) {
            stamp(message);
        }

        private void stamp(Message message) {
            message.getHeader()
                    .setUtcTimeStamp(
                            SendingTime.FIELD,
                            LocalDateTime.ofInstant(clock.instant(), ZoneOffset.UTC),
                            UtcTimestampPrecision.MILLIS);
        }
    }
}
