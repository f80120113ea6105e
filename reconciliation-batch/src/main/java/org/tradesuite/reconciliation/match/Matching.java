package org.tradesuite.reconciliation.match;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * One comparison of our items with theirs. Both sides are taken in, in any order and by several threads, then
 * {@link #run} tells what belongs together and what is left. The same items give the same answer, however they came.
 */
public final class Matching implements AutoCloseable {

    private final Shape shape;
    private final Settings settings;
    private final List<Scratch> scratches;
    private final List<Stage> stages = new ArrayList<>();
    private final List<Intake> intakes = new ArrayList<>();

    /**
     * @param known columns by which a finding about what is left is known: those that say the same in them come together
     * @param outcome one for each thread
     * @throws IllegalArgumentException if a pass needs a column that is not there
     */
    public Matching(Shape shape, MatchRules rules, List<String> known, Settings settings, Supplier<Outcome> outcome) {
        this(shape, rules, known, settings, outcome, -1L);
    }

    Matching(
            Shape shape,
            MatchRules rules,
            List<String> known,
            Settings settings,
            Supplier<Outcome> outcome,
            long hashMask) {
        rules.check(shape);
        this.shape = shape;
        this.settings = settings;
        this.scratches = IntStream.range(0, settings.threads())
                .mapToObj(thread -> new Scratch(shape, outcome.get()))
                .toList();
        try {
            Files.createDirectories(settings.folder());
        } catch (IOException failed) {
            throw new UncheckedIOException("Items cannot be set aside in " + settings.folder(), failed);
        }
        Stage left = new KeyedStage(
                settings,
                shape,
                "left",
                known.stream().mapToInt(shape::at).toArray(),
                true,
                hashMask,
                Matching::tellLeft,
                new Nowhere());
        stages.add(left);
        var next = left;
        for (var number = rules.passes().size() - 1; number >= 0; number--) {
            next = stage(rules.passes().get(number), "pass-" + (number + 1), hashMask, next, left);
            stages.addFirst(next);
        }
    }

    private Stage stage(Pass pass, String name, long hashMask, Stage next, Stage left) {
        var keys = pass.keys().stream().mapToInt(shape::at).toArray();
        return switch (pass.kind()) {
            case REFERENCE -> new ReferenceStage(settings, shape, name, pass, hashMask, next, left);
            case COPIES ->
                new KeyedStage(
                        settings,
                        shape,
                        name,
                        IntStream.range(0, shape.size()).toArray(),
                        true,
                        hashMask,
                        Rules.copies(shape, pass, left),
                        next);
            case EXACT -> new KeyedStage(settings, shape, name, keys, false, hashMask, Rules.exact(pass, left), next);
            case UNIQUE ->
                new KeyedStage(settings, shape, name, keys, false, hashMask, Rules.unique(shape, pass, left), next);
            case SUM ->
                new KeyedStage(settings, shape, name, keys, false, hashMask, Rules.sum(shape, pass, left), next);
        };
    }

    private static void tellLeft(Items ours, Items theirs, Scratch scratch, Stage none) {
        if (ours.size() > 0) {
            ours.sort(Items.BY_ALL_THEY_SAY);
            scratch.outcome.left(Book.OURS, ours);
        }
        if (theirs.size() > 0) {
            theirs.sort(Items.BY_ALL_THEY_SAY);
            scratch.outcome.left(Book.THEIRS, theirs);
        }
    }

    /** Behind the last stage, which hands nothing on. */
    private static final class Nowhere implements Stage {

        @Override
        public void take(Book book, byte[] octets, int at, int length, Scratch scratch) {
            throw new IllegalStateException("An item was handed on by the last stage.");
        }

        @Override
        public void run(Workers workers) {
            throw new IllegalStateException("There is nothing behind the last stage.");
        }

        @Override
        public void close() {
            throw new IllegalStateException("There is nothing behind the last stage.");
        }
    }

    /** Takes in items of one side; for one thread. */
    public final class Intake {

        private final Book book;
        private final Scratch scratch;

        private Intake(Book book) {
            this.book = book;
            // It only needs windows to look through; what comes out is told by the workers.
            this.scratch = new Scratch(shape, scratches.getFirst().outcome);
            if (stages.getFirst() instanceof ReferenceStage first) {
                this.scratch.intake = first.intake(book);
            }
        }

        public void add(ItemWriter item) {
            var length = item.end();
            stages.getFirst().take(book, item.octets(), 0, length, scratch);
        }

        private void end() {
            if (scratch.intake != null) {
                scratch.intake.end();
            }
        }
    }

    /** One for each thread that takes in items of that side. */
    public Intake intake(Book book) {
        var intake = new Intake(book);
        synchronized (intakes) {
            intakes.add(intake);
        }
        return intake;
    }

    /** Works off all passes; to be called once, when both sides are in and the threads that took them in have ended. */
    public void run() {
        synchronized (intakes) {
            intakes.forEach(Intake::end);
            intakes.clear();
        }
        try (var workers = new Workers(scratches)) {
            for (var stage : stages) {
                stage.run(workers);
                stage.close();
            }
        }
    }

    /** Where items are set aside while it works. */
    public Path folder() {
        return settings.folder();
    }

    @Override
    public void close() {
        stages.forEach(Stage::close);
    }
}
