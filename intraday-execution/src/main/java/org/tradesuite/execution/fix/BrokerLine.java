package org.tradesuite.execution.fix;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tradesuite.execution.engine.Brake;
import org.tradesuite.execution.engine.Effect;
import org.tradesuite.execution.engine.Input;
import org.tradesuite.market.BrokerId;
import quickfix.FieldNotFound;
import quickfix.IncorrectDataFormat;
import quickfix.IncorrectTagValue;
import quickfix.Message;
import quickfix.UnsupportedMessageType;

/**
 * The line to one broker: what the engine wants said is said in the engine's order, by one thread, so that the journal
 * never waits for a socket or a file; what the broker says is handed to the engine as it is heard.
 */
final class BrokerLine implements Line.Ear, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BrokerLine.class);

    /** Between two tries to keep a message for which there was no room. */
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final BrokerId broker;
    private final Line line;
    private final OrderMessages messages;
    private final BrokerReports reports;
    private final ToEngine engine;
    private final Predicate<String> held;
    private final Clock clock;
    private final Consumer<LineTrouble> troubles;
    private final Runnable upOrDown;
    private final ExecutorService sender;
    private final CountDownLatch started = new CountDownLatch(1);
    /** Only touched by the sender; null until the store was read. */
    private @Nullable Set<String> handedOver;
    /** Only touched by the sender: routes whose order the last restart found here. */
    private final Set<String> heldBack = new HashSet<>();
    /** Only touched by the sender: routes whose order a stop caught on its way out. */
    private final Set<String> neverLeft = new HashSet<>();

    /** @param held whether an order, by its route, must not leave any more */
    BrokerLine(
            Dialect dialect,
            Function<Line.Ear, Line> line,
            ToEngine engine,
            Predicate<String> held,
            Clock clock,
            Consumer<LineTrouble> troubles,
            Runnable upOrDown) {
        this.broker = BrokerId.of(dialect.name());
        this.line = line.apply(this);
        this.messages = new OrderMessages(dialect);
        this.reports = new BrokerReports(dialect, this.line::sent);
        this.engine = engine;
        this.held = held;
        this.clock = clock;
        this.troubles = troubles;
        this.upOrDown = upOrDown;
        this.sender = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().name("fix-out-" + dialect.name()).factory());
    }

    Line line() {
        return line;
    }

    /** What was given to send before is sent from now on. */
    void start() {
        line.start();
        started.countDown();
    }

    @Override
    public void close() {
        sender.shutdown();
        if (started.getCount() > 0) {
            sender.shutdownNow();
            return;
        }
        try {
            if (!sender.awaitTermination(10, TimeUnit.SECONDS)) {
                LOG.warn("{}: not everything was handed to the session before it closed", broker);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        line.close();
    }

    /** How long the message would be that nobody gets. */
    int rehearse(Effect.Outbound outbound) {
        return messages.write(outbound).toString().length();
    }

    void send(Effect.Outbound outbound) {
        later(() -> say(outbound));
    }

    void resume(Effect.Resume resume) {
        later(() -> {
            Effect.Outbound message = resume.message();
            if (!alreadyHandedOver().contains(messages.idInStore(message)) && !isHeldBack(message)) {
                say(message);
            }
        });
    }

    /** An order that never left waits until the engine knows the broker's books; what is about it is not said before it. */
    private boolean isHeldBack(Effect.Outbound message) {
        return switch (message) {
            case Effect.SendNewOrder order -> {
                heldBack.add(order.terms().routeId());
                engine.bring(new Input.HeldBack(now(), broker, order.clOrdId()));
                yield true;
            }
            case Effect.SendCancel cancel -> heldBack.contains(cancel.terms().routeId());
            case Effect.SendReplace replace -> heldBack.contains(replace.terms().routeId());
            default -> false;
        };
    }

    private void later(Runnable task) {
        try {
            sender.execute(() -> {
                try {
                    started.await();
                    task.run();
                } catch (InterruptedException e) {
                    LOG.info("{}: closed before it was started", broker, e);
                    Thread.currentThread().interrupt();
                } catch (RuntimeException e) {
                    LOG.error("{}: a message could not be handed to the session", broker, e);
                    trouble("a message could not be handed to the session: " + e.getMessage());
                }
            });
        } catch (RejectedExecutionException e) {
            LOG.info("{}: closed; what is in the journal is sent at the next start", broker, e);
        }
    }

    private Set<String> alreadyHandedOver() {
        Set<String> known = handedOver;
        if (known == null) {
            known = new HashSet<>(line.handedOver());
            handedOver = known;
        }
        return known;
    }

    private void say(Effect.Outbound outbound) {
        String type = OrderMessages.type(outbound);
        if (outbound instanceof Effect.SendStatusRequest || outbound instanceof Effect.SendMassStatusRequest) {
            // Nobody waits for an old question: while the line is down it is not even stored.
            if (line.dialect().supports(type) && line.isUp()) {
                line.send(messages.write(outbound));
            }
            return;
        }
        if (isStopped(outbound)) {
            return;
        }
        if (!line.dialect().supports(type)) {
            engine.bring(
                    new Input.NotSent(now(), broker, outbound.messageId(), broker + " does not understand 35=" + type));
            return;
        }
        if (handedOver != null) {
            handedOver.add(messages.idInStore(outbound));
        }
        if (!line.send(messages.write(outbound))) {
            trouble("message " + outbound.messageId() + " cannot be kept and waits; is the disk full?");
            sendWhenThereIsRoom(outbound);
        }
    }

    /** An order that a stop caught does not leave, and what is about it would mean nothing to the broker. */
    private boolean isStopped(Effect.Outbound outbound) {
        return switch (outbound) {
            case Effect.SendNewOrder order -> {
                if (!held.test(order.terms().routeId())) {
                    yield false;
                }
                neverLeft.add(order.terms().routeId());
                engine.bring(new Input.NotSent(now(), broker, order.clOrdId(), Brake.NEVER_LEFT));
                yield true;
            }
            case Effect.SendCancel cancel -> neverLeft.contains(cancel.terms().routeId());
            case Effect.SendReplace replace ->
                neverLeft.contains(replace.terms().routeId());
            default -> false;
        };
    }

    /** What comes after it waits too: the broker hears everything in the engine's order. */
    private void sendWhenThereIsRoom(Effect.Outbound outbound) {
        do {
            if (sender.isShutdown()) {
                LOG.warn("{}: {} was not sent; the journal has it for the next start", broker, outbound.messageId());
                return;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        } while (!line.send(messages.write(outbound)));
        LOG.info("{}: {} was sent after all", broker, outbound.messageId());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    @Override
    public void hear(Message message)
            throws FieldNotFound, IncorrectDataFormat, IncorrectTagValue, UnsupportedMessageType {
        engine.bring(reports.read(message, now()));
    }

    @Override
    public void up() {
        engine.bring(new Input.BrokerSessionUp(
                now(), broker, line.dialect().supports("H"), line.dialect().supports("AF")));
        upOrDown.run();
    }

    @Override
    public void down(String reason) {
        if (!engine.offer(new Input.BrokerSessionDown(now(), broker, reason))) {
            LOG.info("{}: down ({}), and the engine takes nothing more", broker, reason);
        }
        upOrDown.run();
    }

    @Override
    public void counterReset() {
        engine.bring(new Input.BrokerSequence(now(), broker, 0));
    }

    @Override
    public boolean isHeld(String clOrdId) {
        return held.test(clOrdId.substring(0, Math.max(0, clOrdId.lastIndexOf('-'))));
    }

    @Override
    public void stale(Message message, boolean neverLeft) {
        @Nullable String clOrdId = Line.clOrdId(message);
        if (neverLeft && clOrdId != null && isHeld(clOrdId)) {
            engine.bring(new Input.NotSent(now(), broker, clOrdId, Brake.NEVER_LEFT));
            return;
        }
        trouble("order " + clOrdId + " waited too long and is not sent any more"
                + (neverLeft ? "" : "; it may have arrived before the line was cut"));
        if (neverLeft && clOrdId != null) {
            engine.bring(new Input.NotSent(now(), broker, clOrdId, "the line was down for too long"));
        }
    }

    @Override
    public void trouble(String text) {
        troubles.accept(new LineTrouble(now(), broker.toString(), text));
    }
}
