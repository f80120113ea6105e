package org.tradesuite.suite.torture;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.tradesuite.suite.market.Seed;

/** What is done to the house, and when after the load flows. */
sealed interface Trial {

    /** Who can be killed. */
    enum Victim {
        SUITE,
        /** The postmaster. */
        DATABASE,
        /** One session of the application at the database, after which the server ends them all. */
        SESSION,
        ALFA,
        BRAVO,
        CHARLIE;

        static final List<Victim> BROKERS = List.of(ALFA, BRAVO, CHARLIE);
    }

    Duration after();

    /**
     * SIGKILL.
     *
     * @param down how long a victim stays down before it is started again
     * @param again how long after its start the first victim is killed once more; zero for not at all
     */
    record Kill(Duration after, List<Victim> victims, Duration down, Duration again) implements Trial {

        @Override
        public String toString() {
            return "kill -9 of " + victims.stream().map(Victim::name).collect(Collectors.joining(" and "))
                    + (again.isZero() ? "" : " and again " + again.toMillis() + " ms after its start");
        }
    }

    /** A cable fails. */
    record Wire(Duration after, String broker, Cable.Fault fault, boolean towardsBroker, long seed) implements Trial {

        @Override
        public String toString() {
            return "cable to " + broker;
        }
    }

    /** The database stands still and comes back. */
    record Freeze(Duration after, Duration lasting) implements Trial {

        @Override
        public String toString() {
            return "SIGSTOP of the database for " + lasting.toSeconds() + " s";
        }
    }

    /** The disk of the FIX stores is full for a while. */
    record FullDisk(Duration after, Duration lasting) implements Trial {

        @Override
        public String toString() {
            return "no room for the FIX stores for " + lasting.toMillis() + " ms";
        }
    }

    /** So many rounds with a kill in each, and between them everything else, each kind of it again and again. */
    static List<Trial> random(long seed, int rounds, Duration freeze) {
        var trials = new ArrayList<Trial>();
        var faults = Cable.Fault.values();
        for (var round = 1; round <= rounds; round++) {
            var random = new Seed(seed).random("round", Integer.toString(round));
            trials.add(kill(random));
            if (round % 4 == 0)
                trials.add(new Wire(
                        moment(random),
                        Victim.BROKERS.get(random.nextInt(3)).name(),
                        faults[round / 4 % faults.length],
                        random.nextBoolean(),
                        random.nextLong()));
            if (round % 40 == 10) trials.add(new Freeze(moment(random), freeze));
            if (round % 40 == 25)
                trials.add(new FullDisk(moment(random), Duration.ofMillis(500 + random.nextInt(3_500))));
        }
        return trials;
    }

    private static Kill kill(Random random) {
        var victims = new ArrayList<Victim>();
        victims.add(victim(random));
        if (random.nextInt(100) < 15) {
            var other = victim(random);
            if (!victims.contains(other)) victims.add(other);
        }
        return new Kill(
                moment(random),
                victims,
                Duration.ofMillis(random.nextInt(400)),
                random.nextInt(100) < 20 ? Duration.ofMillis(1 + random.nextInt(3_000)) : Duration.ZERO);
    }

    private static Victim victim(Random random) {
        var lot = random.nextInt(100);
        if (lot < 35) return Victim.SUITE;
        if (lot < 50) return Victim.DATABASE;
        if (lot < 65) return Victim.SESSION;
        return Victim.BROKERS.get(random.nextInt(3));
    }

    private static Duration moment(Random random) {
        return Duration.ofMillis(random.nextInt(1_200));
    }
}
