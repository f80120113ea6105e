package org.tradesuite.suite.broker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tradesuite.suite.broker.OrderDesk.Outgoing;
import org.tradesuite.suite.market.LoopbackAcceptor;
import org.tradesuite.suite.market.Market;
import org.tradesuite.suite.market.ReferenceFiles;
import org.tradesuite.suite.market.Seed;
import quickfix.ApplicationAdapter;
import quickfix.FieldNotFound;
import quickfix.InvalidMessage;
import quickfix.Message;
import quickfix.MessageStore;
import quickfix.Session;
import quickfix.SessionID;
import quickfix.SessionNotFound;
import quickfix.UnsupportedMessageType;

/**
 * A broker: a FIX acceptor on a loopback port, an order desk and a middle office, a log of its own. Everything received
 * is in the log before the session counts it as received, everything sent before it is sent: killed at any moment, it
 * goes on where it was. A copy of each execution goes out on a session of its own, if it offers one. After the close it
 * writes its statement from its log.
 */
public final class SimulatedBroker {

    /** Whom it expects on the session of its drop copy. */
    public static final String DROP_COPY_TARGET = DropCopySession.TARGET;

    private static final Logger LOG = LoggerFactory.getLogger(SimulatedBroker.class);
    private static final int EVERY_MILLIS = 10;
    private static final Set<String> ORDER_MESSAGES = Set.of("D", "F", "G", "H", "AF");
    private static final Set<String> ALLOCATION_MESSAGES = Set.of("J", "AU");
    /** Noted in the log; what the desk makes of it, it settles by telephone. */
    private static final String DO_NOT_KNOW = "Q";

    private static final String POSSIBLE_RESEND = "97";
    /** More than were ever sent between two lines of the log. */
    private static final int LATEST = 100;

    /** An order as the broker's log has it at the end: all its ClOrdIDs are in {@link #logFile()}. */
    public record Outcome(
            String orderId,
            String firstClOrdId,
            String lastClOrdId,
            String status,
            BigDecimal quantity,
            BigDecimal executed) {}

    private final BrokerProfile profile;
    private final Clock clock;
    private final Path logFile;
    private final BrokerLog log;
    private final OrderDesk orders;
    private final AllocationDesk allocations;
    private final StatementOfTrades statement;
    private final Wire wire;
    private final LoopbackAcceptor acceptor;
    private final @Nullable DropCopySession dropCopy;
    private final List<Fields> unsent;
    private final List<Fields> notCopied;
    private final ScheduledExecutorService desk;
    private @Nullable ScheduledFuture<?> rounds;

    /**
     * @param client the counterparty's CompID
     * @param folder where the broker keeps its log and its session
     */
    public SimulatedBroker(
            BrokerProfile profile,
            Market market,
            ReferenceFiles files,
            long seed,
            Clock clock,
            String client,
            Path folder) {
        this.profile = profile;
        this.clock = clock;
        Path own = folder.resolve(profile.brokerId());
        this.logFile = own.resolve("log.jsonl");
        this.log = BrokerLog.open(logFile);
        this.orders = new OrderDesk(profile, market, new Seed(seed));
        Charges charges = new Charges(files, profile.brokerId());
        SettlementCalendar calendar = new SettlementCalendar(files);
        this.allocations = new AllocationDesk(profile, orders, charges, calendar);
        this.statement = new StatementOfTrades(profile, orders, charges, calendar, market, new Seed(seed));
        this.wire = new Wire(profile);
        this.acceptor = new LoopbackAcceptor(
                profile.version(),
                profile.brokerId(),
                client,
                profile.port(),
                own.resolve("session"),
                true,
                new Conversation());
        this.dropCopy =
                profile.dropCopyPort() == 0 ? null : new DropCopySession(profile, clock, own.resolve("drop-copy"));
        this.desk = Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform()
                .name("broker-" + profile.brokerId())
                .daemon()
                .factory());
        List<BrokerLog.Entry> past = BrokerLog.read(logFile);
        past.forEach(this::take);
        this.unsent = notInSession(past);
        this.notCopied = dropCopy == null ? new ArrayList<>() : dropCopy.missed(executions(past));
    }

    /** The same broker, whose log survives a loss of power too; to be said before it starts. */
    public synchronized SimulatedBroker forcingItsLog() {
        log.force();
        return this;
    }

    /** @throws IllegalStateException if the port is taken */
    public void start() {
        acceptor.start();
        if (dropCopy != null) {
            startCopying(dropCopy);
        }
        rounds = desk.scheduleWithFixedDelay(this::roundSafely, EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** What it executed before it died and nobody was given goes first. */
    private void startCopying(DropCopySession copies) {
        try {
            copies.start();
            notCopied.forEach(each -> copies.send(wire.write(each)));
            notCopied.clear();
        } catch (RuntimeException e) {
            acceptor.stop();
            throw e;
        }
    }

    private static List<Fields> executions(List<BrokerLog.Entry> past) {
        return past.stream()
                .filter(entry -> !entry.in())
                .map(entry -> Fields.of(entry.fields()))
                .filter(SimulatedBroker::isExecution)
                .toList();
    }

    private static boolean isExecution(Fields sent) {
        return sent.type().equals("8") && sent.is(150, "F");
    }

    public void stop() {
        ScheduledFuture<?> running = rounds;
        if (running != null) {
            running.cancel(false);
        }
        desk.shutdown();
        try {
            if (!desk.awaitTermination(5, TimeUnit.SECONDS)) {
                LOG.warn("{} is still busy and is left to finish alone", profile.brokerId());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        acceptor.stop();
        if (dropCopy != null) {
            dropCopy.stop();
        }
        synchronized (this) {
            log.close();
        }
    }

    public String brokerId() {
        return profile.brokerId();
    }

    public Path logFile() {
        return logFile;
    }

    public synchronized List<Outcome> outcomes() {
        return orders.orders().stream()
                .map(o ->
                        new Outcome(o.orderId, o.original.need(11), o.clOrdId, o.ordStatus(), o.quantity, o.executed()))
                .toList();
    }

    /**
     * Writes the statement of that trade date to {@code <drop>/brokers/<BROKER>/trades-<yyyyMMdd>.csv} and what is wrong
     * in it on purpose to {@code <truth>/seeded-<BROKER>.json}; writing the same day again gives the same files.
     *
     * @return the errors seeded
     */
    public synchronized List<SeededError> endOfDay(LocalDate tradeDate, Path drop, Path truth) {
        return statement.write(tradeDate, drop, truth);
    }

    private void roundSafely() {
        try {
            round();
        } catch (RuntimeException e) {
            // The desk must survive one bad round; what was due stays due.
            LOG.error("{} could not act", profile.brokerId(), e);
        }
    }

    private synchronized void round() {
        while (!unsent.isEmpty()) {
            Message again = wire.write(unsent.getFirst());
            again.getHeader().setString(Integer.parseInt(POSSIBLE_RESEND), "Y");
            send(again);
            unsent.removeFirst();
        }
        Instant now = clock.instant();
        while (true) {
            Outgoing next = orders.due(now);
            if (next == null) {
                next = allocations.due(now);
            }
            if (next == null) {
                return;
            }
            BrokerLog.Entry entry = log.append(next.at(), false, next.answers(), next.fields());
            take(entry);
            send(wire.write(next.fields()));
            if (dropCopy != null && isExecution(next.fields())) {
                dropCopy.send(wire.write(next.fields()));
            }
        }
    }

    private void send(Message message) {
        try {
            // Without a connection the session keeps the message and sends it when asked for what was missed.
            Session.sendToTarget(message, acceptor.session());
        } catch (SessionNotFound e) {
            throw new IllegalStateException(profile.brokerId() + " has no session", e);
        }
    }

    private void take(BrokerLog.Entry entry) {
        String type = String.valueOf(entry.fields().get(35));
        if (entry.in()) {
            if (ORDER_MESSAGES.contains(type)) {
                orders.received(entry);
            } else if (!type.equals(DO_NOT_KNOW)) {
                allocations.received(entry);
            }
        } else if (type.equals("8") || type.equals("9")) {
            orders.sent(entry);
        } else {
            allocations.sent(entry);
        }
    }

    /** What the log says was sent but the session never got, because the process died between the two. */
    private List<Fields> notInSession(List<BrokerLog.Entry> past) {
        List<Fields> latest = new ArrayList<>(past.stream()
                .filter(e -> !e.in())
                .skip(Math.max(0, past.stream().filter(e -> !e.in()).count() - LATEST))
                .map(e -> Fields.of(e.fields()))
                .toList());
        Set<String> inSession = signaturesInSession();
        int last = latest.size() - 1;
        while (last >= 0 && !inSession.contains(Wire.signature(latest.get(last)))) {
            last--;
        }
        // None at all: the two sides agreed on a new session since, and whoever lacks a report asks for the status.
        return last < 0 ? new ArrayList<>() : new ArrayList<>(latest.subList(last + 1, latest.size()));
    }

    private Set<String> signaturesInSession() {
        try {
            MessageStore store = acceptor.store();
            int next = store.getNextSenderMsgSeqNum();
            List<String> messages = new ArrayList<>();
            store.get(Math.max(1, next - 2 * LATEST), next - 1, messages);
            if (store instanceof AutoCloseable closeable) {
                closeable.close();
            }
            Set<String> signatures = new HashSet<>();
            for (String text : messages) {
                Message message = new Message(text, false);
                signatures.add(Wire.signature(Wire.read(message)));
            }
            return signatures;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InvalidMessage | FieldNotFound e) {
            throw new IllegalStateException("The session store of " + profile.brokerId() + " is not readable", e);
        } catch (Exception e) {
            throw new IllegalStateException("The session store of " + profile.brokerId() + " cannot be closed", e);
        }
    }

    private final class Conversation extends ApplicationAdapter {

        @Override
        public void fromApp(Message message, SessionID session) throws FieldNotFound, UnsupportedMessageType {
            Fields fields = Wire.read(message);
            String type = fields.type();
            boolean known =
                    ORDER_MESSAGES.contains(type) || ALLOCATION_MESSAGES.contains(type) || type.equals(DO_NOT_KNOW);
            if (!known || (profile.isFix42() && (type.equals("AF") || type.equals("AU")))) {
                throw new UnsupportedMessageType();
            }
            requireWhatTheDeskNeeds(fields);
            synchronized (SimulatedBroker.this) {
                take(log.append(clock.instant(), true, 0, fields));
            }
        }

        private void requireWhatTheDeskNeeds(Fields fields) throws FieldNotFound {
            int[] needed = switch (fields.type()) {
                case "D", "G" ->
                    fields.is(40, "2") ? new int[] {11, 38, 40, 44, 54, 55} : new int[] {11, 38, 40, 54, 55};
                case "F" -> new int[] {11, 41};
                case "H" -> new int[] {11};
                case "AF" -> new int[] {584, 585};
                case "J" -> new int[] {70, 71, 73, 53, 54, 55, 75, 78};
                case DO_NOT_KNOW -> new int[] {17, 37, 54, 55, 127};
                default -> new int[] {664, 940};
            };
            for (int tag : needed) {
                if (fields.get(tag) == null) {
                    throw new FieldNotFound(tag);
                }
            }
        }
    }

    /** Runs one broker in a process of its own: {@code <BROKER> <folder> <client CompID> <seed> [anchor date]}. */
    public static void main(String[] args) throws InterruptedException {
        BrokerProfile profile = switch (args[0]) {
            case "ALFA" -> BrokerProfile.alfa();
            case "BRAVO" -> BrokerProfile.bravo();
            case "CHARLIE" -> BrokerProfile.charlie();
            default -> throw new IllegalArgumentException("ALFA, BRAVO or CHARLIE, not " + args[0]);
        };
        Clock clock = Clock.systemUTC();
        long seed = Long.parseLong(args[3]);
        LocalDate anchor =
                args.length > 4 ? LocalDate.parse(args[4]) : LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        ReferenceFiles files = ReferenceFiles.onClassPath();
        SimulatedBroker broker = new SimulatedBroker(
                profile, Market.of(files, seed, anchor), files, seed, clock, args[2], Path.of(args[1]));
        broker.start();
        Runtime.getRuntime().addShutdownHook(new Thread(broker::stop));
        Thread.currentThread().join();
    }
}
