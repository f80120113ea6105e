package org.tradesuite.execution.fix.entry;

import java.nio.file.Path;
import java.util.Collection;
import quickfix.Acceptor;
import quickfix.FileStoreFactory;
import quickfix.Session;
import quickfix.SessionFactory;
import quickfix.SessionID;
import quickfix.SessionSettings;

/** QuickFIX/J's settings for the clients' sessions, all on one port. Why nothing is reset: see the lines to brokers. */
final class EntrySettings {
    private EntrySettings() {}

    static SessionID sessionId(Client client) {
        return new SessionID(client.version().beginString, client.ourCompId(), client.compId());
    }

    static SessionSettings of(
            Collection<Client> clients, String address, int port, Path storeFolder, boolean checkLatency) {
        var settings = new SessionSettings();
        for (Client client : clients) {
            SessionID id = sessionId(client);
            settings.setString(id, SessionFactory.SETTING_CONNECTION_TYPE, SessionFactory.ACCEPTOR_CONNECTION_TYPE);
            settings.setString(id, SessionSettings.BEGINSTRING, client.version().beginString);
            settings.setString(id, SessionSettings.SENDERCOMPID, client.ourCompId());
            settings.setString(id, SessionSettings.TARGETCOMPID, client.compId());
            settings.setString(id, Acceptor.SETTING_SOCKET_ACCEPT_ADDRESS, address);
            settings.setLong(id, Acceptor.SETTING_SOCKET_ACCEPT_PORT, port);
            settings.setString(id, Session.SETTING_NON_STOP_SESSION, "Y");
            settings.setString(id, Session.SETTING_TIMESTAMP_PRECISION, "MILLIS");
            settings.setString(id, FileStoreFactory.SETTING_FILE_STORE_PATH, storeFolder.toString());
            settings.setString(id, FileStoreFactory.SETTING_FILE_STORE_SYNC, "N");
            settings.setString(id, Session.SETTING_RESET_ON_LOGON, "N");
            settings.setString(id, Session.SETTING_RESET_ON_LOGOUT, "N");
            settings.setString(id, Session.SETTING_RESET_ON_DISCONNECT, "N");
            settings.setString(id, Session.SETTING_RESET_ON_ERROR, "N");
            settings.setString(id, Session.SETTING_PERSIST_MESSAGES, "Y");
            settings.setString(id, Session.SETTING_CHECK_LATENCY, checkLatency ? "Y" : "N");
            settings.setString(id, Session.SETTING_USE_DATA_DICTIONARY, "Y");
            if (client.version().beginString.startsWith("FIXT")) {
                settings.setString(id, Session.SETTING_DEFAULT_APPL_VER_ID, client.version().application);
                settings.setString(id, Session.SETTING_TRANSPORT_DATA_DICTIONARY, "FIXT11.xml");
                settings.setString(id, Session.SETTING_APP_DATA_DICTIONARY, client.version().dictionary);
            } else {
                settings.setString(id, Session.SETTING_DATA_DICTIONARY, client.version().dictionary);
            }
            settings.setString(id, Session.SETTING_VALIDATE_USER_DEFINED_FIELDS, "N");
            // A message our code fails on is not counted as received: the gap makes the client send it again.
            settings.setString(id, Session.SETTING_REJECT_MESSAGE_ON_UNHANDLED_EXCEPTION, "N");
            settings.setString(id, Session.SETTING_REQUIRES_ORIG_SENDING_TIME, "Y");
            settings.setString(id, Session.SETTING_ALLOW_POS_DUP_MESSAGES, "Y");
            settings.setString(id, Session.SETTING_ENABLE_NEXT_EXPECTED_MSG_SEQ_NUM, client.nextExpected() ? "Y" : "N");
        }
        return settings;
    }
}
