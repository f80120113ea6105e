package org.tradesuite.reconciliation.dropcopy;

import java.nio.file.Path;
import java.time.format.DateTimeFormatter;
import org.tradesuite.reconciliation.dropcopy.DropCopyTerms.Role;
import quickfix.Acceptor;
import quickfix.FileStoreFactory;
import quickfix.Initiator;
import quickfix.Session;
import quickfix.SessionFactory;
import quickfix.SessionID;
import quickfix.SessionSettings;

/**
 * QuickFIX/J's settings for a drop copy. Nothing is judged by a dictionary: a message that the standard does not like is
 * written down all the same, and what it means is found out when it is compared. Numbers are not reset but at the hours
 * that are agreed: a reset would throw away what the broker still has for us.
 */
final class LineSettings {

    private LineSettings() {}

    static SessionID id(DropCopyTerms terms) {
        return new SessionID(terms.version().beginString, terms.sender(), terms.target());
    }

    static SessionSettings of(DropCopyTerms terms, Path store, boolean checkLatency) {
        var settings = new SessionSettings();
        var id = id(terms);
        settings.setString(id, SessionSettings.BEGINSTRING, terms.version().beginString);
        settings.setString(id, SessionSettings.SENDERCOMPID, terms.sender());
        settings.setString(id, SessionSettings.TARGETCOMPID, terms.target());
        if (terms.role() == Role.INITIATOR) {
            settings.setString(id, SessionFactory.SETTING_CONNECTION_TYPE, SessionFactory.INITIATOR_CONNECTION_TYPE);
            settings.setString(id, Initiator.SETTING_SOCKET_CONNECT_HOST, terms.host());
            settings.setLong(id, Initiator.SETTING_SOCKET_CONNECT_PORT, terms.port());
            settings.setLong(id, Initiator.SETTING_RECONNECT_INTERVAL, terms.reconnectSeconds());
        } else {
            settings.setString(id, SessionFactory.SETTING_CONNECTION_TYPE, SessionFactory.ACCEPTOR_CONNECTION_TYPE);
            settings.setString(id, Acceptor.SETTING_SOCKET_ACCEPT_ADDRESS, terms.host());
            settings.setLong(id, Acceptor.SETTING_SOCKET_ACCEPT_PORT, terms.port());
            if (!terms.allowed().isEmpty()) {
                settings.setString(id, Session.SETTING_ALLOWED_REMOTE_ADDRESSES, terms.allowed());
            }
        }
        settings.setLong(id, Session.SETTING_HEARTBTINT, terms.heartbeatSeconds());
        var hours = terms.hours();
        if (hours == null) {
            settings.setString(id, Session.SETTING_NON_STOP_SESSION, "Y");
        } else {
            var time = DateTimeFormatter.ofPattern("HH:mm:ss", java.util.Locale.ROOT);
            settings.setString(id, Session.SETTING_TIMEZONE, terms.day().zone().getId());
            settings.setString(id, Session.SETTING_START_TIME, time.format(hours.from()));
            settings.setString(id, Session.SETTING_END_TIME, time.format(hours.to()));
        }
        if (terms.version().beginString.startsWith("FIXT")) {
            settings.setString(id, Session.SETTING_DEFAULT_APPL_VER_ID, terms.version().application);
        }
        settings.setString(id, FileStoreFactory.SETTING_FILE_STORE_PATH, store.toString());
        // What comes is forced to disk before it is counted; a count that is older than that is only asked for again.
        settings.setString(id, FileStoreFactory.SETTING_FILE_STORE_SYNC, "N");
        // What we send is of the session alone and need not be sent again; and a logon has a password in it.
        settings.setString(id, Session.SETTING_PERSIST_MESSAGES, "N");
        settings.setString(id, Session.SETTING_USE_DATA_DICTIONARY, "N");
        settings.setString(id, Session.SETTING_VALIDATE_INCOMING_MESSAGE, "N");
        settings.setString(id, Session.SETTING_RESET_ON_LOGON, "N");
        settings.setString(id, Session.SETTING_RESET_ON_LOGOUT, "N");
        settings.setString(id, Session.SETTING_RESET_ON_DISCONNECT, "N");
        settings.setString(id, Session.SETTING_RESET_ON_ERROR, "N");
        settings.setString(id, Session.SETTING_CHECK_LATENCY, checkLatency ? "Y" : "N");
        // A message that cannot be written down is not counted: the gap makes the broker send it again.
        settings.setString(id, Session.SETTING_REJECT_MESSAGE_ON_UNHANDLED_EXCEPTION, "N");
        settings.setString(id, Session.SETTING_REQUIRES_ORIG_SENDING_TIME, "N");
        return settings;
    }
}
