package org.tradesuite.suite.torture;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tradesuite.suite.day.OrdersAtWork;
import org.tradesuite.suite.market.Seed;

/**
 * One run of the torture: trial after trial under load, all books compared now and then and at the end. It works in a
 * folder of its own, which stays if anything does not add up.
 */
public final class Torture {

    private static final Logger LOG = LoggerFactory.getLogger(Torture.class);
    private static final String ARGUMENT = "--torture";
    private static final Duration STOP_WITHIN = Duration.ofSeconds(90);
    private static final Duration GLANCE = Duration.ofMillis(20);
    /** Answered after a trial before the next one begins, so that each hits a house at work. */
    private static final int FLOWING = 5;

    private static final Duration FLOWS_WITHIN = Duration.ofSeconds(90);
    /** After this an order that still waits for its price is withdrawn. */
    private static final Duration WAITED_LONG_ENOUGH = Duration.ofSeconds(6);

    private static final Duration RESTS_WITHIN = Duration.ofSeconds(75);

    private final PrintStream out;
    private final TortureSettings settings;
    private final TortureHouse house;
    private final DeskClient desk;
    private final Map<String, Integer> done = new TreeMap<>();
    private final List<String> skipped = new ArrayList<>();
    private final long began = System.nanoTime();
    private int kills;

    private Torture(PrintStream out, TortureSettings settings, TortureHouse house, DeskClient desk) {
        this.out = out;
        this.settings = settings;
        this.house = house;
        this.desk = desk;
    }

    /** Whether a run is asked for. */
    public static boolean isAsked(List<String> arguments) {
        return arguments.contains(ARGUMENT);
    }

    /**
     * Tortures as the arguments say and prints what it does and what comes out.
     *
     * @param now for the seed, if none is given
     * @return 0 if all rounds were run and everything adds up
     */
    public static int run(List<String> arguments, Instant now) throws Exception {
        final TortureSettings settings;
        try {
            settings = TortureSettings.of(arguments, now.getEpochSecond());
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            return 2;
        }
        var folder = Files.createTempDirectory("tradesuite-torture");
        var ended = new CountDownLatch(1);
        var driver = Thread.currentThread();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> breakOff(driver, ended, folder), "torture-broken-off"));
        try {
            var trials = Trial.random(settings.seed(), settings.rounds(), settings.freeze());
            System.out.println(
                    "Torture: " + settings.rounds() + " rounds, --torture.seed=" + settings.seed() + ", in " + folder);
            var right = torture(System.out, settings, trials, folder);
            if (right) delete(folder);
            else System.out.println("What was found lies in " + folder + ", with the logs of every process.");
            return right ? 0 : 1;
        } finally {
            ended.countDown();
        }
    }

    /** After Ctrl-C: every process that was started is ended before this one. */
    private static void breakOff(Thread driver, CountDownLatch ended, Path folder) {
        driver.interrupt();
        try {
            if (!ended.await(STOP_WITHIN.toSeconds(), TimeUnit.SECONDS))
                System.err.println("A database server may be left in " + folder + ".");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * The same with these trials.
     *
     * @param folder empty, for everything that comes up
     * @return whether everything adds up
     */
    static boolean torture(PrintStream out, TortureSettings settings, List<Trial> trials, Path folder)
            throws Exception {
        try (var house = new TortureHouse(folder, settings.seed(), settings.trained());
                var desk = new DeskClient(
                        house.address(),
                        house.door(),
                        new Seed(settings.seed()),
                        house.market(),
                        house.clock(),
                        settings.perSecond(),
                        folder.resolve("desk.jsonl"))) {
            return new Torture(out, settings, house, desk).run(trials);
        }
    }

    private boolean run(List<Trial> trials) throws Exception {
        if (!house.disk().canBeFilled())
            out.println("The disk of the FIX stores will not be filled: "
                    + house.disk().why());
        desk.flow();
        awaitFlow();
        var right = true;
        var killsAtCheck = 0;
        for (var trial : trials) {
            if (System.nanoTime() - began > settings.within().toNanos()) {
                out.printf("Time is up after %d of %d rounds.%n", kills, settings.rounds());
                right = false;
                break;
            }
            perform(trial);
            if (kills - killsAtCheck >= settings.checkEvery()) {
                killsAtCheck = kills;
                right &= check("After " + kills + " rounds");
                desk.flow();
                awaitFlow();
            }
        }
        return check("At the end") && right;
    }

    private void perform(Trial trial) throws Exception {
        var random = new Seed(settings.seed()).random("trial", trial.toString(), Integer.toString(kills));
        Thread.sleep(trial.after());
        var number = trial instanceof Trial.Kill ? "%4d".formatted(++kills) : "    ";
        var scene = "%d ms in, %d requests open of %d"
                .formatted(trial.after().toMillis(), desk.unanswered(), desk.answered() + desk.unanswered());
        var what = trial.toString();
        switch (trial) {
            case Trial.Kill kill -> kill(kill, random);
            case Trial.Wire wire -> {
                var cable = house.cable(wire.broker());
                what += " " + cable.fail(wire.fault(), wire.towardsBroker(), new Random(wire.seed()));
                if (cable.wasHit(wire.fault())) done.merge("cable " + wire.fault(), 1, Integer::sum);
            }
            case Trial.Freeze freeze -> {
                house.database().freeze();
                Thread.sleep(freeze.lasting());
                house.database().thaw();
                done.merge("database away", 1, Integer::sum);
            }
            case Trial.FullDisk full -> {
                if (!house.disk().canBeFilled()) {
                    skipped.add(what);
                    return;
                }
                house.disk().fill();
                Thread.sleep(full.lasting());
                house.disk().free();
                done.merge("full disk", 1, Integer::sum);
            }
        }
        var since = System.nanoTime();
        house.awaitUp();
        awaitFlow();
        out.printf(
                "%s  %-60s %s; at work again after %.1f s%n", number, what, scene, (System.nanoTime() - since) / 1e9);
    }

    private void kill(Trial.Kill kill, Random random) throws InterruptedException {
        for (var victim : kill.victims())
            if (house.kill(victim, random)) done.merge("kill -9 " + victim, 1, Integer::sum);
        Thread.sleep(kill.down());
        kill.victims().forEach(house::start);
        if (!kill.again().isZero()) {
            Thread.sleep(kill.again());
            var first = kill.victims().getFirst();
            if (house.kill(first, random)) done.merge("kill -9 " + first + " while it starts", 1, Integer::sum);
            house.start(first);
        }
    }

    private void awaitFlow() throws InterruptedException {
        var enough = desk.answered() + FLOWING;
        var deadline = System.nanoTime() + FLOWS_WITHIN.toNanos();
        while (desk.answered() < enough) {
            if (System.nanoTime() > deadline)
                throw new IllegalStateException("No decision is answered any more: " + desk.surprises());
            Thread.sleep(GLANCE);
        }
    }

    /** Lets everything come to rest and compares all books. */
    private boolean check(String title) throws Exception {
        desk.pause();
        rest();
        var summary = Verdict.of(house, desk);
        summary.figure(
                "Done",
                "%d rounds in %d minutes: %s",
                kills,
                Duration.ofNanos(System.nanoTime() - began).toMinutes(),
                done.entrySet().stream()
                        .map(each -> each.getValue() + " " + each.getKey())
                        .collect(Collectors.joining(", ")));
        summary.figure("Started again", "%d times what had ended unkilled", house.startedAgain());
        if (!skipped.isEmpty())
            summary.figure("Skipped", "%d: %s", skipped.size(), house.disk().why());
        out.println(summary.table(title + ", --torture.seed=" + settings.seed()));
        return summary.addsUp();
    }

    /** Every request is answered, no order works, and what brokers reported has come. */
    private void rest() throws InterruptedException, SQLException {
        var start = System.nanoTime();
        var withdrawn = false;
        while (System.nanoTime() - start < RESTS_WITHIN.toNanos()) {
            house.awaitUp();
            if (desk.isIdle()) {
                var working = Verdict.working(house);
                if (working.isEmpty() && OrdersAtWork.in(house.folder()).isEmpty() && Verdict.missing(house) == 0)
                    return;
                if (!withdrawn && System.nanoTime() - start > WAITED_LONG_ENOUGH.toNanos()) {
                    withdrawn = true;
                    for (var order : working) desk.cancel(order);
                }
            }
            Thread.sleep(GLANCE.multipliedBy(10));
        }
        LOG.warn("The house has not come to rest in {}", RESTS_WITHIN);
    }

    private static void delete(Path folder) throws IOException {
        List<Path> all;
        try (Stream<Path> files = Files.walk(folder)) {
            all = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (var file : all) Files.deleteIfExists(file);
    }
}
