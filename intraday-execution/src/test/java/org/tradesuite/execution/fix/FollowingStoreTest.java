package org.tradesuite.execution.fix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quickfix.FileStoreFactory;
import quickfix.MemoryStore;
import quickfix.SessionID;
import quickfix.SessionSettings;

/** What the store of a session knows about what was sent, at the worst moments. */
class FollowingStoreTest {
    private static final SessionID SESSION = new SessionID("FIX.4.4", "TRADESUITE", "BRAVO");

    @TempDir
    Path folder;

    @Test
    void an_order_that_was_written_down_and_not_yet_counted_when_the_process_died_was_not_handed_over()
            throws Exception {
        try (FollowingStore store = open()) {
            store.set(1, order("A-1"));
            store.incrNextSenderMsgSeqNum();
            store.set(2, order("B-1"));
        }
        try (FollowingStore again = open()) {
            assertThat(again.handedOver()).containsExactly("A-1");
        }
    }

    @Test
    void half_an_order_at_the_end_of_the_file_hides_none_of_those_before_it() throws Exception {
        try (FollowingStore store = open()) {
            store.set(1, order("A-1"));
            store.incrNextSenderMsgSeqNum();
            store.set(2, order("B-1"));
        }
        try (var body = new RandomAccessFile(
                folder.resolve("FIX.4.4-TRADESUITE-BRAVO.body").toFile(), "rw")) {
            body.setLength(body.length() - order("B-1").length() / 2);
        }
        try (FollowingStore again = open()) {
            assertThat(again.handedOver()).containsExactly("A-1");
        }
    }

    @Test
    void an_order_for_which_there_was_no_room_is_not_kept_whatever_the_session_says_meanwhile() throws Exception {
        var full = new AtomicBoolean(true);
        var store = new FollowingStore(
                new MemoryStore(SESSION) {
                    @Override
                    public boolean set(int sequence, String message) throws IOException {
                        if (full.get()) {
                            throw new IOException("No space left on device");
                        }
                        return super.set(sequence, message);
                    }
                },
                OptionalInt.empty(),
                () -> {});
        assertThatThrownBy(() -> store.set(1, order("A-1"))).isInstanceOf(IOException.class);
        full.set(false);
        store.set(1, message("0", "112=hello"));
        assertThat(store.keptTheLast()).isFalse();
        store.set(2, order("A-1"));
        assertThat(store.keptTheLast()).isTrue();
    }

    private FollowingStore open() throws IOException {
        var settings = new SessionSettings();
        settings.setString(SESSION, FileStoreFactory.SETTING_FILE_STORE_PATH, folder.toString());
        return new FollowingStore(new FileStoreFactory(settings).create(SESSION), OptionalInt.empty(), () -> {});
    }

    private static String order(String clOrdId) {
        return message("D", "11=" + clOrdId + "\00138=100");
    }

    private static String message(String type, String body) {
        return "8=FIX.4.4\0019=60\00135=" + type + "\00134=1\001" + body + "\00110=000\001";
    }
}
