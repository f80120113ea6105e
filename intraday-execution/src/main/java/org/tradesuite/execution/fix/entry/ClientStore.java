package org.tradesuite.execution.fix.entry;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import quickfix.MessageStore;
import quickfix.MessageUtils;
import quickfix.field.MsgType;

/**
 * A client session's memory. What we sent is in the file store before it is on the wire, and beside each message stands how
 * far in the journal the reports had been given to the session by then: one write says both, so a restart knows exactly
 * which report is the next one. What we still expect to hear is what the journal has not got.
 */
final class ClientStore implements MessageStore, Closeable {
    private static final Set<String> REPORTS = Set.of("8", "9");

    private final MessageStore file;
    private final Runnable onReset;
    /** Touched by the session's threads, one at a time: the session's lock is around every write. */
    private volatile long kept;

    private volatile long next;

    /** @param inbound MsgSeqNum up to which the journal has the client's messages */
    ClientStore(MessageStore file, OptionalLong inbound, Runnable onReset) throws IOException {
        this.file = file;
        this.onReset = onReset;
        file.setNextTargetMsgSeqNum(Math.toIntExact(inbound.orElse(0) + 1));
        kept = lastKept();
        next = kept;
    }

    /** The place in the journal of the last report in the store; 0 if there is none. */
    long kept() {
        return kept;
    }

    /** The report handed to the session next comes from this place in the journal. */
    void next(long place) {
        next = place;
    }

    private long lastKept() throws IOException {
        for (int sequence = file.getNextSenderMsgSeqNum() - 1; sequence > 0; sequence--) {
            List<String> found = new ArrayList<>();
            file.get(sequence, sequence, found);
            if (!found.isEmpty()) {
                String last = found.getFirst();
                return Long.parseLong(last.substring(0, last.indexOf(' ')));
            }
        }
        return 0;
    }

    @Override
    public boolean set(int sequence, String message) throws IOException {
        boolean report = REPORTS.contains(MessageUtils.getStringField(message, MsgType.FIELD));
        long place = report ? next : kept;
        boolean done = file.set(sequence, place + " " + message);
        kept = place;
        return done;
    }

    @Override
    public void get(int startSequence, int endSequence, Collection<String> messages) throws IOException {
        List<String> found = new ArrayList<>();
        file.get(startSequence, endSequence, found);
        found.forEach(each -> messages.add(each.substring(each.indexOf(' ') + 1)));
    }

    @Override
    public int getNextSenderMsgSeqNum() throws IOException {
        return file.getNextSenderMsgSeqNum();
    }

    @Override
    public int getNextTargetMsgSeqNum() throws IOException {
        return file.getNextTargetMsgSeqNum();
    }

    @Override
    public void setNextSenderMsgSeqNum(int number) throws IOException {
        file.setNextSenderMsgSeqNum(number);
    }

    @Override
    public void setNextTargetMsgSeqNum(int number) throws IOException {
        file.setNextTargetMsgSeqNum(number);
    }

    @Override
    public void incrNextSenderMsgSeqNum() throws IOException {
        file.incrNextSenderMsgSeqNum();
    }

    @Override
    public void incrNextTargetMsgSeqNum() throws IOException {
        file.incrNextTargetMsgSeqNum();
    }

    @Override
    public Date getCreationTime() throws IOException {
        return file.getCreationTime();
    }

    @Override
    public Calendar getCreationTimeCalendar() throws IOException {
        return file.getCreationTimeCalendar();
    }

    @Override
    public void reset() throws IOException {
        file.reset();
        onReset.run();
    }

    @Override
    public void refresh() throws IOException {
        file.refresh();
    }

    @Override
    public void close() throws IOException {
        if (file instanceof Closeable closeable) {
            closeable.close();
        }
    }
}
