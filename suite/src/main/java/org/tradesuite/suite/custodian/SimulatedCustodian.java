package org.tradesuite.suite.custodian;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tradesuite.suite.market.ReferenceFiles;
import org.tradesuite.suite.market.Seed;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The custodian's day. Instructions are taken from {@code custodian/to} as they arrive and answered in {@code
 * custodian/from}: acknowledged, then matched or not. {@link #settle} settles what is due on a date, {@link
 * #statements} tells the balances. Which accounts' business in which security fails to match, fails to settle or
 * settles in part follows from the seed, whatever the references and however the business is divided into instructions.
 * Everything is in the log before it is in a file: killed at any moment, it goes on where it was.
 */
public final class SimulatedCustodian {

    /**
     * How often things go wrong: subjects unmatched at first in a hundred, and subjects that fail and that settle by
     * half on each date. A subject is what one account receives, or delivers, of one security of one trade date.
     */
    public record Behaviour(int unmatchedPerHundred, int failsPerDay, int partialsPerDay, List<StatementFault> faults) {

        public static Behaviour usual() {
            return new Behaviour(4, 3, 1, List.of(StatementFault.values()));
        }

        public static Behaviour faultless() {
            return new Behaviour(0, 0, 0, List.of());
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(SimulatedCustodian.class);
    private static final int EVERY_MILLIS = 200;
    private static final List<String> UNMATCHED_REASONS = List.of("CMIS", "DMON", "DQUA");

    private final Clock clock;
    private final Seed seed;
    private final Behaviour behaviour;
    private final SharedFolders folders;
    private final Books books;
    private final CustodyLog log;
    private final Map<String, Trade> trades = new LinkedHashMap<>();
    private final Set<LocalDate> stated = new HashSet<>();
    private final List<JsonNode> statementEntries = new ArrayList<>();
    private final ScheduledExecutorService desk;
    private long messages;
    private @Nullable ScheduledFuture<?> rounds;

    /**
     * @param drop the folder both sides know
     * @param folder where the custodian keeps its log
     * @param truth where the seeded statement errors are written
     */
    public SimulatedCustodian(
            ReferenceFiles files, long seed, Clock clock, Behaviour behaviour, Path drop, Path folder, Path truth) {
        this.clock = clock;
        this.seed = new Seed(seed);
        this.behaviour = behaviour;
        this.folders = new SharedFolders(drop, truth);
        this.books = new Books(files);
        this.log = new CustodyLog(folder.resolve("custodian").resolve("log.jsonl"));
        this.desk = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("custodian").daemon().factory());
        for (JsonNode entry : log.past()) {
            take(entry);
        }
        for (JsonNode entry : log.past()) {
            folders.deliver(entry);
        }
        for (Trade trade : trades.values()) {
            // Received, and the process died before the first answer or between two of them.
            if (!trade.answered) {
                answerNew(trade.order);
            }
        }
    }

    public void start() {
        rounds = desk.scheduleWithFixedDelay(this::roundSafely, EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    public void stop() {
        ScheduledFuture<?> running = rounds;
        if (running != null) {
            running.cancel(false);
        }
        desk.shutdown();
        try {
            if (!desk.awaitTermination(5, TimeUnit.SECONDS)) {
                LOG.warn("The custodian is still busy and is left to finish alone");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        synchronized (this) {
            log.close();
        }
    }

    private void roundSafely() {
        try {
            process();
        } catch (RuntimeException e) {
            // The desk must survive one bad round; a file that could not be handled is still there.
            LOG.error("The custodian could not read its mail", e);
        }
    }

    /** Reads all instructions that have arrived; called regularly once started. */
    public synchronized void process() {
        for (Path file : folders.arrived()) {
            String name = file.getFileName().toString();
            try {
                String text = Files.readString(file);
                Order order = OrderFiles.read(name, text);
                if (!trades.containsKey(order.reference())) {
                    receive(order);
                }
                folders.file(file);
            } catch (OrderFiles.Unreadable e) {
                folders.refuse(file, String.valueOf(e.getMessage()));
            } catch (IOException e) {
                throw new UncheckedIOException("Cannot read " + file, e);
            }
        }
    }

    private void receive(Order order) {
        record(CustodyEntries.instruction(order));
        answerNew(order);
    }

    private void answerNew(Order order) {
        String fault = !books.knows(order.safekeepingAccount())
                ? "SAFE"
                : order.currency() != null && books.cash(order.safekeepingAccount(), order.currency()) == null
                        ? "CASH"
                        : null;
        if (fault != null) {
            status(order, "IPRC//REJT", "REJT", fault);
            return;
        }
        status(order, "IPRC//PACK", "PACK", null);
        long draw = Math.floorMod(seed.number("unmatched", order.subject()), 100L);
        if (draw < behaviour.unmatchedPerHundred()) {
            status(order, "MTCH//NMAT", "NMAT", UNMATCHED_REASONS.get((int)
                    Math.floorMod(draw, (long) UNMATCHED_REASONS.size())));
        } else {
            status(order, "MTCH//MACH", "MACH", null);
            status(order, "SETT//PEND", "PEND", "FUTU");
        }
    }

    /**
     * Settles what is due on that date, securities in before securities out. Calling it again for the same date settles
     * only what came in since.
     */
    public synchronized void settle(LocalDate date) {
        process();
        for (Trade trade : List.copyOf(trades.values())) {
            if (!trade.matched
                    && !trade.rejected
                    && !trade.order.settlementDate().isAfter(date)) {
                status(trade.order, "MTCH//MACH", "MACH", null);
            }
        }
        List<Trade> due = trades.values().stream()
                .filter(t -> t.isOpen() && !t.order.settlementDate().isAfter(date) && !date.equals(t.lastTried))
                .sorted(Comparator.comparing((Trade t) -> !t.order.receive())
                        .thenComparing(t -> t.order.subject())
                        .thenComparing(t -> t.order.quantity())
                        .thenComparing(t -> t.order.reference()))
                .toList();
        // Over all subjects of the date, also those already settled: a settlement cut short goes on with the same
        // choice.
        List<String> onTime = trades.values().stream()
                .filter(t -> isOnTime(t, date))
                .map(t -> t.order.subject())
                .distinct()
                .sorted(Comparator.comparingLong((String subject) -> seed.number("settlement", subject)))
                .toList();
        List<String> failing = onTime.subList(0, Math.min(behaviour.failsPerDay(), onTime.size()));
        Map<String, BigDecimal> halves = new HashMap<>();
        onTime.stream()
                .skip(failing.size())
                .filter(subject -> half(subject, date).signum() > 0)
                .limit(behaviour.partialsPerDay())
                .forEach(subject -> halves.put(subject, stillOfHalf(subject, date)));
        for (Trade trade : due) {
            Order order = trade.order;
            boolean onTimeToday = order.settlementDate().equals(date);
            BigDecimal ofHalf = onTimeToday ? halves.get(order.subject()) : null;
            if (onTimeToday && failing.contains(order.subject())) {
                failing(trade, date, order.receive() ? "CLAC" : "CMON");
            } else if (!order.receive()
                    && books.held(order.safekeepingAccount(), order.isin()).compareTo(trade.rest()) < 0) {
                failing(trade, date, "LACK");
            } else if (ofHalf == null || ofHalf.compareTo(trade.rest()) >= 0) {
                if (ofHalf != null) {
                    halves.put(order.subject(), ofHalf.subtract(trade.rest()));
                }
                confirm(trade, trade.rest(), date, trade.partial ? "PARC" : null);
            } else if (ofHalf.signum() > 0) {
                halves.put(order.subject(), BigDecimal.ZERO);
                confirm(trade, ofHalf, date, "PAIN");
            } else {
                failing(trade, date, "CLAC");
            }
        }
    }

    private static boolean isOnTime(Trade trade, LocalDate date) {
        return trade.matched && !trade.rejected && trade.order.settlementDate().equals(date);
    }

    /** Half of what an account is to receive, in whole units; nothing of what it delivers, which settles whole. */
    private BigDecimal half(String subject, LocalDate date) {
        return trades.values().stream()
                .filter(t -> isOnTime(t, date)
                        && t.order.receive()
                        && t.order.subject().equals(subject))
                .map(t -> t.order.quantity())
                .reduce(BigDecimal.ZERO, BigDecimal::add)
                .divide(BigDecimal.valueOf(2), 0, RoundingMode.DOWN);
    }

    /** What of the half a settlement that was cut short has left to do. */
    private BigDecimal stillOfHalf(String subject, LocalDate date) {
        return trades.values().stream()
                .filter(t -> isOnTime(t, date) && t.order.subject().equals(subject))
                .map(t -> t.settledQuantity)
                .reduce(half(subject, date), BigDecimal::subtract);
    }

    private void failing(Trade trade, LocalDate date, String reason) {
        FinMessage message = CustodianWords.advice(trade, nextWord(trade), nextReference(), "SETT//PENF", reason);
        ObjectNode entry = CustodyEntries.entry("message", trade.order);
        entry.put("kind", "PENF").put("date", date.toString());
        send(entry, "548", message, trade);
    }

    private void status(Order order, String status, String kind, @Nullable String reason) {
        Trade trade = trades.get(order.reference());
        if (trade == null) {
            throw new IllegalStateException("Never received " + order);
        }
        ObjectNode entry = CustodyEntries.entry("message", order);
        entry.put("kind", kind);
        send(entry, "548", CustodianWords.advice(trade, nextWord(trade), nextReference(), status, reason), trade);
    }

    private void confirm(Trade trade, BigDecimal quantity, LocalDate date, @Nullable String partial) {
        Order order = trade.order;
        boolean last = quantity.compareTo(trade.rest()) == 0;
        BigDecimal amount = last
                ? order.amount().subtract(trade.settledAmount)
                : order.amount()
                        .multiply(quantity)
                        .divide(order.quantity(), order.amount().scale(), RoundingMode.HALF_UP);
        String reference = nextReference();
        FinMessage message =
                CustodianWords.confirmation(trade, nextWord(trade), reference, quantity, amount, date, partial);
        ObjectNode entry = CustodyEntries.entry("message", order);
        entry.put("kind", partial != null && partial.equals("PAIN") ? "PART" : "DONE")
                .put("date", date.toString())
                .put("quantity", quantity.toPlainString())
                .put("amount", amount.toPlainString())
                .put("ref", reference);
        send(entry, CustodianWords.confirmationType(order), message, trade);
    }

    /** Later than the last word on this trade, by the second that FIN can tell apart. */
    private Instant nextWord(Trade trade) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        Instant after = trade.lastWord.plusSeconds(1);
        return now.isAfter(after) ? now : after;
    }

    private String nextReference() {
        return String.format("CU%014d", messages + 1);
    }

    private void send(ObjectNode entry, String type, FinMessage message, Trade trade) {
        entry.put("at", nextWord(trade).toString())
                .put("file", "MT" + type + "-" + nextReference() + ".fin")
                .put("text", message.text());
        record(entry);
        folders.deliver(entry);
    }

    /**
     * Writes the statements of holdings and cash as at that date, after what settled that day. Writing a date again
     * gives the same files.
     *
     * @return the errors seeded, also written to {@code seeded-CUSTODIAN-<yyyyMMdd>.json}
     */
    public synchronized List<SeededFault> statements(LocalDate date) {
        if (!stated.contains(date)) {
            CustodyStatements.Statements statements =
                    new CustodyStatements(books, seed, date, clock.instant(), lastFaults()).write(behaviour.faults());
            ObjectNode entry = CustodyEntries.statements(date, statements);
            record(entry);
            folders.deliver(entry);
            return statements.faults();
        }
        List<SeededFault> faults = new ArrayList<>();
        for (JsonNode entry : statementEntries) {
            if (entry.get("date").asString().equals(date.toString())) {
                folders.deliver(entry);
                for (JsonNode fault : entry.get("faults")) {
                    faults.add(CustodyEntries.fault(fault));
                }
            }
        }
        return faults;
    }

    /** What was wrong in the statements of the latest date. */
    private List<SeededFault> lastFaults() {
        List<SeededFault> faults = new ArrayList<>();
        if (!statementEntries.isEmpty()) {
            for (JsonNode fault : statementEntries.getLast().get("faults")) {
                faults.add(CustodyEntries.fault(fault));
            }
        }
        return faults;
    }

    // The log, and the state as its fold

    private void record(ObjectNode entry) {
        log.append(entry);
        take(entry);
    }

    private void take(JsonNode entry) {
        switch (entry.get("type").asString()) {
            case "instruction" -> {
                Order order = CustodyEntries.order(entry);
                trades.put(order.reference(), new Trade(order));
            }
            case "message" -> said(entry);
            case "statements" -> {
                stated.add(LocalDate.parse(entry.get("date").asString()));
                statementEntries.add(entry);
                for (JsonNode closing : entry.get("closings")) {
                    for (Books.Cash cash : books.cash()) {
                        if (cash.number.equals(closing.get("number").asString())) {
                            cash.reported =
                                    new BigDecimal(closing.get("reported").asString());
                            cash.statements = closing.get("statements").asInt();
                            cash.unreported.clear();
                            for (JsonNode line : closing.get("owed")) {
                                cash.unreported.add(CustodyEntries.owed(line));
                            }
                        }
                    }
                }
            }
            default -> throw new IllegalStateException("The custodian's log has an unknown entry: " + entry);
        }
    }

    private void said(JsonNode entry) {
        messages++;
        Trade trade = trades.get(entry.get("reference").asString());
        if (trade == null) {
            throw new IllegalStateException("The custodian's log speaks of an instruction it never got: " + entry);
        }
        trade.lastWord = Instant.parse(entry.get("at").asString());
        String date = CustodyEntries.text(entry, "date");
        if (date != null) {
            trade.lastTried = LocalDate.parse(date);
        }
        switch (entry.get("kind").asString()) {
            case "REJT" -> {
                trade.answered = true;
                trade.rejected = true;
            }
            case "NMAT" -> trade.answered = true;
            case "MACH" -> {
                trade.answered = true;
                trade.matched = true;
            }
            case "PART", "DONE" -> {
                BigDecimal quantity = new BigDecimal(entry.get("quantity").asString());
                BigDecimal amount = new BigDecimal(entry.get("amount").asString());
                trade.partial |= entry.get("kind").asString().equals("PART");
                trade.settledQuantity = trade.settledQuantity.add(quantity);
                trade.settledAmount = trade.settledAmount.add(amount);
                books.settle(
                        trade.order,
                        quantity,
                        amount,
                        LocalDate.parse(String.valueOf(date)),
                        entry.get("ref").asString());
            }
            default -> {
                // Acknowledged, pending, failing: told, and nothing is different for it.
            }
        }
    }

    /**
     * Runs the custodian in a process of its own: {@code <drop> <folder> <truth> <seed>}; it settles and states nothing
     * by itself.
     */
    public static void main(String[] args) throws InterruptedException {
        SimulatedCustodian custodian = new SimulatedCustodian(
                ReferenceFiles.onClassPath(),
                Long.parseLong(args[3]),
                Clock.systemUTC(),
                Behaviour.usual(),
                Path.of(args[0]),
                Path.of(args[1]),
                Path.of(args[2]));
        custodian.start();
        Runtime.getRuntime().addShutdownHook(new Thread(custodian::stop));
        Thread.currentThread().join();
    }
}
