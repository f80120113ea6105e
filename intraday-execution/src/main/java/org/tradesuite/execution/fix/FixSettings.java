package org.tradesuite.execution.fix;

import java.nio.file.Path;
import quickfix.FileStoreFactory;
import quickfix.Initiator;
import quickfix.Session;
import quickfix.SessionFactory;
import quickfix.SessionID;
import quickfix.SessionSettings;

/**
 * QuickFIX/J's settings for one dialect.
 *
 * <p>Never reset on logon, logout or disconnect: a reset would throw away the fills that a broker still has for us. The
 * file store does not force each message to disk: that would be a disk wait inside the session's lock. Killing the
 * process loses nothing; after a loss of power the last messages may be missing in the store, and the orders concerned
 * are asked for by 35=H.
 */
final class FixSettings {
    private FixSettings() {}

    static SessionID sessionId(Dialect dialect) {
        return new SessionID(dialect.version().beginString, dialect.sender(), dialect.target());
    }

    static SessionSettings of(Dialect dialect, Path storeFolder, boolean checkLatency) {
        var settings = new SessionSettings();
        SessionID id = sessionId(dialect);
        settings.setString(id, SessionFactory.SETTING_CONNECTION_TYPE, SessionFactory.INITIATOR_CONNECTION_TYPE);
        settings.setString(id, SessionSettings.BEGINSTRING, dialect.version().beginString);
        settings.setString(id, SessionSettings.SENDERCOMPID, dialect.sender());
        settings.setString(id, SessionSettings.TARGETCOMPID, dialect.target());
        settings.setString(id, Initiator.SETTING_SOCKET_CONNECT_HOST, dialect.host());
        settings.setLong(id, Initiator.SETTING_SOCKET_CONNECT_PORT, dialect.port());
        settings.setLong(id, Initiator.SETTING_RECONNECT_INTERVAL, dialect.reconnectSeconds());
        settings.setLong(id, Session.SETTING_HEARTBTINT, dialect.heartbeatSeconds());
        settings.setString(id, Session.SETTING_NON_STOP_SESSION, "Y");
        settings.setString(
                id, Session.SETTING_TIMESTAMP_PRECISION, dialect.timestamps().name());
        settings.setString(id, FileStoreFactory.SETTING_FILE_STORE_PATH, storeFolder.toString());
        settings.setString(id, FileStoreFactory.SETTING_FILE_STORE_SYNC, "N");
        settings.setString(id, Session.SETTING_RESET_ON_LOGON, "N");
        settings.setString(id, Session.SETTING_RESET_ON_LOGOUT, "N");
        settings.setString(id, Session.SETTING_RESET_ON_DISCONNECT, "N");
        settings.setString(id, Session.SETTING_RESET_ON_ERROR, "N");
        settings.setString(id, Session.SETTING_PERSIST_MESSAGES, "Y");
        settings.setString(id, Session.SETTING_CHECK_LATENCY, checkLatency ? "Y" : "N");
        settings.setString(id, Session.SETTING_USE_DATA_DICTIONARY, "Y");
        String dictionary = WiderDictionary.of(dialect.version().dictionary, storeFolder);
        if (dialect.version().beginString.startsWith("FIXT")) {
            settings.setString(id, Session.SETTING_DEFAULT_APPL_VER_ID, dialect.version().application);
            settings.setString(id, Session.SETTING_TRANSPORT_DATA_DICTIONARY, "FIXT11.xml");
            settings.setString(id, Session.SETTING_APP_DATA_DICTIONARY, dictionary);
        } else {
            settings.setString(id, Session.SETTING_DATA_DICTIONARY, dictionary);
        }
        settings.setString(id, Session.SETTING_VALIDATE_USER_DEFINED_FIELDS, "N");
        settings.setString(id, Session.SETTING_ALLOW_UNKNOWN_MSG_FIELDS, dialect.unknownTags() ? "Y" : "N");
        // A message our code fails on is not counted as received: the gap makes the broker send it again.
        settings.setString(id, Session.SETTING_REJECT_MESSAGE_ON_UNHANDLED_EXCEPTION, "N");
        settings.setString(id, Session.SETTING_REQUIRES_ORIG_SENDING_TIME, "N");
        settings.setString(id, Session.SETTING_ALLOW_POS_DUP_MESSAGES, "Y");
        return settings;
    }
}
