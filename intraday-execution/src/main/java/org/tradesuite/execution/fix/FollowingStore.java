package org.tradesuite.execution.fix;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.Collection;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import quickfix.MessageStore;
import quickfix.MessageUtils;
import quickfix.field.ClOrdID;
import quickfix.field.ExecID;
import quickfix.field.MsgType;
import quickfix.field.OrderID;

/**
 * A session's memory: what we sent is in the file store before it is on the wire, and what we still expect to hear is
 * what the journal has not got yet.
 *
 * <p>QuickFIX/J counts a message as received as soon as the session has handed it over, long before the journal has it.
 * After a crash that count would be too high and the fills between the journal and the count would be lost. So the
 * count on file is not believed at start: the session expects the message after the last one that the journal has, and
 * asks the broker for everything from there.
 *
 * <p>Called by the session's own thread only; {@link #handedOver()} reads before the session starts to talk.
 */
final class FollowingStore implements MessageStore, Closeable {
    private static final Set<String> ORDER_MESSAGES = Set.of("D", "F", "G");
    /** What the session says by itself, and what answers a message we cannot read. */
    private static final Set<String> SESSION_MESSAGES = Set.of("0", "1", "2", "3", "4", "5", "A", "j");

    private final MessageStore file;
    private final Runnable onReset;
    private volatile boolean keptTheLast = true;

    FollowingStore(MessageStore file, OptionalInt nextTargetByJournal, Runnable onReset) throws IOException {
        this.file = file;
        this.onReset = onReset;
        file.setNextTargetMsgSeqNum(nextTargetByJournal.orElse(1));
    }

    /**
     * The ClOrdIDs of all orders, cancels and replaces, and the ids of all don't-knows, that were ever handed to this session
     * for sending.
     *
     * <p>A message is written down, then counted, then sent. One that a kill left written but not counted was not sent, and
     * the next message takes its number: it is not among them, and may be half a message.
     */
    Set<String> handedOver() throws IOException {
        List<String> sent = new ArrayList<>();
        file.get(1, file.getNextSenderMsgSeqNum() - 1, sent);
        Set<String> ids = new HashSet<>();
        for (String message : sent) {
            String type = MessageUtils.getStringField(message, MsgType.FIELD);
            if (ORDER_MESSAGES.contains(type)) {
                ids.add(MessageUtils.getStringField(message, ClOrdID.FIELD));
            } else if ("Q".equals(type)) {
                ids.add(OrderMessages.dontKnow(
                        MessageUtils.getStringField(message, OrderID.FIELD),
                        MessageUtils.getStringField(message, ExecID.FIELD)));
            }
        }
        return ids;
    }

    /** Whether the last message of ours could be written down. One that could not was not sent either. */
    boolean keptTheLast() {
        return keptTheLast;
    }

    @Override
    public boolean set(int sequence, String message) throws IOException {
        boolean ours = !SESSION_MESSAGES.contains(MessageUtils.getStringField(message, MsgType.FIELD));
        if (ours) {
            keptTheLast = false;
        }
        boolean set = file.set(sequence, message);
        if (ours) {
            keptTheLast = true;
        }
        return set;
    }

    @Override
    public void get(int startSequence, int endSequence, Collection<String> messages) throws IOException {
        file.get(startSequence, endSequence, messages);
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
    public void setNextSenderMsgSeqNum(int next) throws IOException {
        file.setNextSenderMsgSeqNum(next);
    }

    @Override
    public void setNextTargetMsgSeqNum(int next) throws IOException {
        file.setNextTargetMsgSeqNum(next);
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
