package org.tradesuite.suite.day;

import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.tradesuite.openapi.execution.model.TradingDay;
import org.tradesuite.openapi.settlement.model.Instruction;
import org.tradesuite.suite.clock.AcceleratedClock;
import org.tradesuite.suite.door.FrontDoor;
import org.tradesuite.suite.door.MachineUser;
import org.tradesuite.suite.house.Suite;
import org.tradesuite.suite.house.SuiteSettings;

/**
 * One business date from the desk's first decision to the last file, through the front doors only. Each step can be told
 * again: what an earlier start of the same day finished is found finished.
 */
public final class NarratedDay {

    private static final LocalTime EVENING = LocalTime.of(19, 0);
    private static final double EVENING_PACE = 20;
    private static final Duration LONGEST_GLANCE = Duration.ofMinutes(2);

    private final Suite suite;
    private final SuiteSettings settings;
    private final AcceleratedClock clock;
    private final LocalDate date;
    private final FrontDoor door;
    private final Clerk clerk;
    private final Narrator narrator;

    private NarratedDay(Suite suite, SuiteSettings settings, AcceleratedClock clock, LocalDate date) {
        this.suite = suite;
        this.settings = settings;
        this.clock = clock;
        this.date = date;
        this.door = new FrontDoor(suite.address(), MachineUser.signUp(suite.postgres(), "narrator"));
        this.clerk = new Clerk(door);
        this.narrator = new Narrator(System.out, clock);
    }

    /** Tells the day that is under way, or else the next one; the exit code is 0 if everything added up. */
    public static int tell(SuiteSettings settings) throws InterruptedException {
        var before = DayFile.read(settings.data());
        var date = before.map(day -> day.finished() ? BusinessDates.after(day.clock()) : day.date())
                .orElseGet(() -> settings.date() != null ? settings.date() : BusinessDates.latest());
        var start = before.filter(day -> !day.finished())
                // What was recorded since the clock was last written down must stay in the past.
                .map(day -> day.clock().plusMillis((long) (600 * settings.speed())))
                .orElseGet(() -> DecisionTape.day(date).open().minus(Duration.ofMinutes(30)));
        // The day waits for the house to be open.
        var clock = AcceleratedClock.startingAt(start, 1);
        try (var suite = Suite.start(settings.withDate(date), clock)) {
            var day = new NarratedDay(suite, settings, clock, date);
            int exitCode;
            try (var _ = day.keepTime()) {
                exitCode = day.tell(before.isPresent() && !before.get().finished());
            }
            new DayFile(date, clock.instant(), true).write(settings.data());
            return exitCode;
        }
    }

    private int tell(boolean again) throws InterruptedException {
        // The first users are shown once, whichever way the suite is started first.
        narrator.print(suite.signInNotice());
        narrator.say(again ? "%s goes on where it was broken off." : "Business date %s begins.", date);
        startOfDay();
        var tape = DecisionTape.of(settings.seed(), date, settings.decisions(), Holding.opening(door, date));
        var tally = trade(tape);
        clock.pace(EVENING_PACE);
        closeTradingDay();
        suite.simulators().endOfDay(date);
        clock.jumpTo(date.atTime(21, 30).toInstant(ZoneOffset.UTC));
        job("settlement", "confirm-trades", 1);
        job("settlement", "instruct", 1);
        var settled = settle();
        job("settlement", "age-fails", 1);
        suite.simulators().custodianStates(settled);
        job("reconciliation", "reconcile-brokers", 1);
        job("reconciliation", "reconcile-custodian", 1);
        for (var report : List.of(
                "tca",
                "trade-confirmations",
                "limit-utilisation",
                "control-evidence",
                "break-sheet",
                "transaction-report",
                "audit-export")) job("reporting", report, 1);
        var summary = new DayInspection(door, suite.simulators(), date, settled, outputs()).inspect(tally, tape);
        narrator.print(summary.table("The day in figures"));
        return summary.addsUp() ? 0 : 1;
    }

    private Path outputs() {
        return settings.out().resolve(date.toString());
    }

    private void startOfDay() throws InterruptedException {
        var start = new StartOfDay(suite, door);
        if (!start.isDone(date)) start.open(date);
        await(
                "every broker to log on",
                Duration.ofSeconds(60),
                () -> door.brokers().listBrokers().getItems().stream()
                        .allMatch(broker -> broker.getState().getValue().equals("UP")));
        await("a price of everything that trades", Duration.ofSeconds(60), this::everyOpenMarketHasPrices);
        narrator.say("Reference data is in, the brokers are connected, the trading day is open.");
    }

    private boolean everyOpenMarketHasPrices() {
        return door.reference().listInstruments(null, null, null, 1000).getItems().stream()
                .filter(each -> Boolean.TRUE.equals(each.getMarketOpen()))
                .allMatch(each -> each.getBid() != null);
    }

    /**
     * The sessions of all markets: the desk sends, the algorithms work, the narrator tells what changed. The clock waits
     * for the desk: a decision is sent at its time, on however slow a machine.
     */
    private Desk.Tally trade(List<Decision> tape) throws InterruptedException {
        var hours = DecisionTape.day(date);
        var desk = new Desk(door, clock, date, what -> narrator.say("%s", what));
        // After a break the desk first sends again what it sent before.
        clock.waitAt(clock.instant());
        clock.pace(settings.speed());
        var next = 0;
        var told = clock.instant();
        var noon = date.atTime(12, 0).toInstant(ZoneOffset.UTC);
        var looked = false;
        while (clock.instant().isBefore(hours.close().plus(Duration.ofMinutes(10))) || next < tape.size()) {
            next = desk.sendDue(tape, next);
            var glance = clock.instant().plus(LONGEST_GLANCE);
            clock.waitAt(
                    next < tape.size() && tape.get(next).at().isBefore(glance)
                            ? tape.get(next).at()
                            : glance);
            if (!looked && clock.instant().isAfter(noon)) {
                looked = true;
                lookAtDropCopies();
            }
            if (Duration.between(told, clock.instant()).compareTo(Duration.ofHours(2)) >= 0) {
                told = clock.instant();
                tellProgress(desk.tally());
            }
            Thread.sleep(5);
        }
        clock.waitNoMore();
        tellProgress(desk.tally());
        return desk.tally();
    }

    /** The clock waits for the clerk, too. */
    private void lookAtDropCopies() throws InterruptedException {
        if (door.tradingDays().getTradingDay(date).getStatus() != TradingDay.StatusEnum.OPEN) {
            return;
        }
        job("reconciliation", "reconcile-brokers-intraday", 1);
        for (var session : door.dropCopySessions().listDropCopySessions().getItems()) {
            var look = session.getLook();
            if (look != null && look.getBusinessDate().equals(date)) {
                narrator.say(
                        "%s's drop copy has %d executions so far, our books %d: %d differ, %d wait. %s",
                        session.getBrokerId(),
                        look.getTheirs(),
                        look.getOurs(),
                        look.getDifferences(),
                        look.getWaiting(),
                        look.getSays());
            }
        }
    }

    private void tellProgress(Desk.Tally tally) {
        var orders = Pages.orders(door, date);
        var done = orders.stream().filter(order -> order.getEndedAt() != null).count();
        narrator.say(
                "%d decisions sent, %d accepted, %d refused by risk, %d malformed; %d orders, %d of them done.",
                tally.sent(), tally.accepted(), tally.refused(), tally.malformed(), orders.size(), done);
    }

    private void closeTradingDay() throws InterruptedException {
        if (door.tradingDays().getTradingDay(date).getStatus() == TradingDay.StatusEnum.OPEN)
            door.tradingDays().closeTradingDay(date);
        await(
                "the trading day to close",
                Duration.ofSeconds(90),
                () -> door.tradingDays().getTradingDay(date).getStatus() == TradingDay.StatusEnum.CLOSED);
        narrator.say("The trading day is closed; every broker has confirmed what it did.");
    }

    /**
     * The custodian acknowledges in the evening and settles on each settlement date until all are past; answers the last
     * one.
     */
    private LocalDate settle() throws InterruptedException {
        var run = 1;
        suite.simulators().custodianAnswers();
        job("settlement", "apply-status", run++);
        var last = date;
        for (var day : settlementDates()) {
            clock.jumpTo(day.atTime(EVENING).toInstant(ZoneOffset.UTC));
            suite.simulators().custodianSettles(day);
            job("settlement", "apply-status", run++);
            last = day;
        }
        return last;
    }

    private List<LocalDate> settlementDates() {
        return Pages.instructions(door, date).stream()
                .map(Instruction::getSettlementDate)
                .filter(day -> day.isAfter(date))
                .distinct()
                .sorted()
                .toList();
    }

    private void job(String application, String job, int run) throws InterruptedException {
        var done = clerk.complete(application, job, date, run);
        narrator.say(
                "%s: %s, %d items%s.",
                application,
                run == 1 ? job : job + " (run " + run + ")",
                done.getItemsDone(),
                done.getItemsRefused() == 0 ? "" : ", " + done.getItemsRefused() + " refused");
    }

    private static void await(String what, Duration patience, BooleanSupplier condition) throws InterruptedException {
        var deadline = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline)
                throw new IllegalStateException("waited " + patience.toSeconds() + " s in vain for " + what);
            Thread.sleep(50);
        }
    }

    /** Writes down every half second what the clock shows, so that a broken-off day goes on there. */
    private DayFileKeeper keepTime() {
        return new DayFileKeeper(() -> new DayFile(date, clock.instant(), false).write(settings.data()));
    }
}
