package org.tradesuite.execution.fix.entry;

import java.util.Map;
import quickfix.Application;
import quickfix.FieldNotFound;
import quickfix.IncorrectDataFormat;
import quickfix.IncorrectTagValue;
import quickfix.Message;
import quickfix.RejectLogon;
import quickfix.SessionID;
import quickfix.UnsupportedMessageType;

/** Brings what QuickFIX/J says to the client's session it is about. */
final class ClientSessions implements Application {
    private final Map<SessionID, ClientSession> sessions;

    ClientSessions(Map<SessionID, ClientSession> sessions) {
        this.sessions = sessions;
    }

    ClientSession of(SessionID id) {
        ClientSession session = sessions.get(id);
        if (session == null) {
            throw new IllegalStateException("nobody is known as " + id);
        }
        return session;
    }

    @Override
    public void onCreate(SessionID id) {}

    @Override
    public void onLogon(SessionID id) {
        of(id).up();
    }

    @Override
    public void onLogout(SessionID id) {
        of(id).down();
    }

    @Override
    public void toAdmin(Message message, SessionID id) {}

    @Override
    public void fromAdmin(Message message, SessionID id) throws FieldNotFound, RejectLogon {
        of(id).admin(message);
    }

    @Override
    public void toApp(Message message, SessionID id) {}

    @Override
    public void fromApp(Message message, SessionID id)
            throws FieldNotFound, IncorrectDataFormat, IncorrectTagValue, UnsupportedMessageType {
        of(id).hear(message);
    }
}
