package org.tradesuite.reconciliation.match;

import java.util.List;

/** What each kind of pass does with the items of one key. */
final class Rules {

    /** More pairs than this are not looked at one by one: none of them is the only one. */
    private static final long MOST_PAIRS = 100_000_000;

    private Rules() {}

    static KeyedStage.Rule copies(Shape shape, Pass pass, Stage left) {
        var references = pass.references() == null ? -1 : shape.at(pass.references());
        return (ours, theirs, scratch, next) -> {
            copies(Book.OURS, ours, references, scratch, next, left);
            copies(Book.THEIRS, theirs, references, scratch, next, left);
        };
    }

    private static void copies(Book book, Items items, int references, Scratch scratch, Stage next, Stage left) {
        for (var index = 0; index < items.size(); index++) {
            var item = items.at(index);
            var copy = index > 0 && (references < 0 || item.has(references));
            if (copy) {
                item.flag(Item.COPY);
            }
            (copy ? left : next).take(book, item.octets(), item.offset(), item.length(), scratch);
        }
    }

    static KeyedStage.Rule exact(Pass pass, Stage left) {
        return (ours, theirs, scratch, next) -> {
            var pairs = Math.min(ours.size(), theirs.size());
            if (pairs > 0 && ours.size() + theirs.size() > 2) {
                ours.sort(Items.BY_ALL_THEY_SAY);
                theirs.sort(Items.BY_ALL_THEY_SAY);
            }
            for (var pair = 0; pair < pairs; pair++) {
                tell(pass, ours.at(pair), theirs.at(pair), scratch, left);
            }
            handOn(Book.OURS, ours, pairs, scratch, next);
            handOn(Book.THEIRS, theirs, pairs, scratch, next);
        };
    }

    static KeyedStage.Rule unique(Shape shape, Pass pass, Stage left) {
        var tolerances = pass.tolerances();
        var columns = tolerances.stream()
                .mapToInt(tolerance -> shape.at(tolerance.column()))
                .toArray();
        return (ours, theirs, scratch, next) -> {
            if ((long) ours.size() * theirs.size() > MOST_PAIRS) {
                handOn(Book.OURS, ours, 0, scratch, next);
                handOn(Book.THEIRS, theirs, 0, scratch, next);
                return;
            }
            var fits = new Fits(ours, theirs, tolerances, columns);
            if (pass.proposed()) {
                proposeFitting(pass, ours, theirs, fits, scratch);
            }
            for (var our = 0; our < ours.size(); our++) {
                if (!pass.proposed() && fits.isOnlyOne(our)) {
                    tell(pass, ours.at(our), theirs.at(fits.theirs[our]), scratch, left);
                } else {
                    handOn(Book.OURS, ours.at(our), pass.proposed() && fits.ofOurs[our] > 0, scratch, next, left);
                }
            }
            for (var their = 0; their < theirs.size(); their++) {
                if (pass.proposed() || !fits.isTaken(their)) {
                    handOn(
                            Book.THEIRS,
                            theirs.at(their),
                            pass.proposed() && fits.ofTheirs[their] > 0,
                            scratch,
                            next,
                            left);
                }
            }
        };
    }

    /** Which of a group fit, and how many each fits. */
    private static final class Fits {
        private final int[] ofOurs;
        private final int[] ofTheirs;
        /** Of each of ours the last of theirs that fits. */
        private final int[] theirs;
        /** Of each of theirs the last of ours that fits. */
        private final int[] ours;

        private final List<Tolerance> tolerances;
        private final int[] columns;

        private Fits(Items our, Items their, List<Tolerance> tolerances, int[] columns) {
            this.tolerances = tolerances;
            this.columns = columns;
            ofOurs = new int[our.size()];
            ofTheirs = new int[their.size()];
            theirs = new int[our.size()];
            ours = new int[their.size()];
            for (var one = 0; one < our.size(); one++) {
                for (var other = 0; other < their.size(); other++) {
                    if (allows(our.at(one), their.at(other))) {
                        ofOurs[one]++;
                        ofTheirs[other]++;
                        theirs[one] = other;
                        ours[other] = one;
                    }
                }
            }
        }

        private boolean allows(Item one, Item other) {
            for (var at = 0; at < columns.length; at++) {
                if (!tolerances.get(at).allows(one, other, columns[at])) {
                    return false;
                }
            }
            return true;
        }

        private boolean isOnlyOne(int our) {
            return ofOurs[our] == 1 && ofTheirs[theirs[our]] == 1;
        }

        private boolean isTaken(int their) {
            return ofTheirs[their] == 1 && ofOurs[ours[their]] == 1;
        }
    }

    private static void proposeFitting(Pass pass, Items ours, Items theirs, Fits fits, Scratch scratch) {
        var one = new Items(scratch.shape);
        var others = new Items(scratch.shape);
        for (var our = 0; our < ours.size(); our++) {
            if (fits.ofOurs[our] == 0) {
                continue;
            }
            one.clear().add(ours.at(our));
            others.clear();
            for (var their = 0; their < theirs.size(); their++) {
                if (fits.allows(ours.at(our), theirs.at(their))) {
                    others.add(theirs.at(their));
                }
            }
            others.sort(Items.BY_ALL_THEY_SAY);
            scratch.outcome.proposed(pass, one, others);
        }
    }

    static KeyedStage.Rule sum(Shape shape, Pass pass, Stage left) {
        var column = shape.at(String.valueOf(pass.sum()));
        return (ours, theirs, scratch, next) -> {
            var several = ours.size() > 1 && theirs.size() > 1;
            var together = ours.size() > 0
                    && theirs.size() > 0
                    && (!several || pass.severalToSeveral())
                    && Sums.equal(ours, theirs, column);
            if (!together) {
                handOn(Book.OURS, ours, 0, scratch, next);
                handOn(Book.THEIRS, theirs, 0, scratch, next);
                return;
            }
            ours.sort(Items.BY_ALL_THEY_SAY);
            theirs.sort(Items.BY_ALL_THEY_SAY);
            if (pass.proposed()) {
                scratch.outcome.proposed(pass, ours, theirs);
                for (var our = 0; our < ours.size(); our++) {
                    handOn(Book.OURS, ours.at(our), true, scratch, next, left);
                }
                for (var their = 0; their < theirs.size(); their++) {
                    handOn(Book.THEIRS, theirs.at(their), true, scratch, next, left);
                }
            } else {
                scratch.outcome.matched(pass, ours, theirs);
            }
        };
    }

    private static void tell(Pass pass, Item our, Item their, Scratch scratch, Stage left) {
        var ours = scratch.pairOurs.clear();
        var theirs = scratch.pairTheirs.clear();
        ours.add(our);
        theirs.add(their);
        if (pass.proposed()) {
            scratch.outcome.proposed(pass, ours, theirs);
            handOn(Book.OURS, our, true, scratch, left, left);
            handOn(Book.THEIRS, their, true, scratch, left, left);
        } else {
            scratch.outcome.matched(pass, ours, theirs);
        }
    }

    private static void handOn(Book book, Items items, int from, Scratch scratch, Stage next) {
        for (var index = from; index < items.size(); index++) {
            var item = items.at(index);
            next.take(book, item.octets(), item.offset(), item.length(), scratch);
        }
    }

    private static void handOn(Book book, Item item, boolean proposed, Scratch scratch, Stage next, Stage left) {
        if (proposed) {
            item.flag(Item.PROPOSED);
        }
        (proposed ? left : next).take(book, item.octets(), item.offset(), item.length(), scratch);
    }
}
