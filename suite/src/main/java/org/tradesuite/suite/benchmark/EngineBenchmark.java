package org.tradesuite.suite.benchmark;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.tradesuite.database.DatabaseRole;
import org.tradesuite.database.LocalPostgres;
import org.tradesuite.execution.engine.Effect;
import org.tradesuite.execution.engine.EngineSettings;
import org.tradesuite.execution.engine.Input;
import org.tradesuite.execution.engine.Rehearsal;
import org.tradesuite.execution.reference.ReferenceData;

/**
 * The engine without HTTP and FIX. Each order is one decision through all rules, one acknowledgement and two fills: seven
 * events. Alone it decides and keeps its state; with the journal the same is committed, with every read model.
 */
final class EngineBenchmark {

    private static final int ROUNDS = 3;
    private static final int FILLS_EACH = 2;
    private static final int ALONE = 20_000;
    private static final int WITH_JOURNAL = 10_000;

    /** As many as the engine takes from its inbox at a time. */
    private static final int AT_A_TIME = 512;

    private EngineBenchmark() {}

    static void run(Path folder, Scoreboard board) throws Exception {
        try (var postgres = LocalPostgres.start(folder.resolve("postgres"), 0)) {
            var alone = new ArrayList<Rate>();
            var journal = new ArrayList<Rate>();
            for (var round = 0; round <= ROUNDS; round++) {
                var database = postgres.newDatabase();
                var execution = database.dataSource(DatabaseRole.EXECUTION);
                var reference = SampleFirm.in(execution);
                alone.add(alone(reference));
                try (var run = new EngineRun(execution, reference, new EngineDay(FILLS_EACH))) {
                    run.open();
                    journal.add(withJournal(run));
                }
                postgres.drop(database);
            }
            // The first round is for the compiler.
            alone.removeFirst();
            journal.removeFirst();
            board.add(Figure.of(
                    "engine alone, no journal: decisions and reports in, events out", "events/s", events(alone)));
            board.add(Figure.of("  orders of it, seven events each", "orders/s", orders(alone)));
            board.add(Figure.of("engine with journal, committed with all read models", "events/s", events(journal))
                    .beside("engine alone", events(alone)));
            board.add(Figure.of("  orders of it, seven events each", "orders/s", orders(journal)));
        }
    }

    private record Rate(double events, double orders) {

        static Rate of(long events, int orders, long nanos) {
            return new Rate(events * 1e9 / nanos, orders * 1e9 / nanos);
        }
    }

    private static List<Double> events(List<Rate> rates) {
        return rates.stream().map(Rate::events).toList();
    }

    private static List<Double> orders(List<Rate> rates) {
        return rates.stream().map(Rate::orders).toList();
    }

    private static Rate alone(ReferenceData reference) {
        var inputs = inputs(reference);
        var desk = new Rehearsal(EngineSettings.standard(), reference);
        desk.take(EngineDay.opening());
        var events = 0L;
        var began = System.nanoTime();
        for (var from = 0; from < inputs.size(); from += AT_A_TIME) {
            var some = inputs.subList(from, Math.min(inputs.size(), from + AT_A_TIME));
            events += desk.take(some).facts().size();
        }
        return Rate.of(events, ALONE, System.nanoTime() - began);
    }

    /** Which orders leave, and so what the broker answers, is found out by another rehearsal first. */
    private static List<Input> inputs(ReferenceData reference) {
        var desk = new Rehearsal(EngineSettings.standard(), reference);
        desk.take(EngineDay.opening());
        var day = new EngineDay(FILLS_EACH);
        var inputs = new ArrayList<Input>();
        for (var order = 0; order < ALONE; order++) {
            var decision = day.decision();
            inputs.add(decision);
            for (var effect : desk.take(List.of(decision)).effects()) {
                if (effect instanceof Effect.SendNewOrder sent) {
                    var answers = day.answers(sent, true);
                    desk.take(answers);
                    inputs.addAll(answers);
                }
            }
        }
        return inputs;
    }

    private static Rate withJournal(EngineRun run) throws Exception {
        var before = run.events();
        var began = System.nanoTime();
        run.orders(WITH_JOURNAL, true);
        return Rate.of(run.events() - before, WITH_JOURNAL, System.nanoTime() - began);
    }
}
