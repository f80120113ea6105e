package org.tradesuite.reconciliation.match;

import org.jspecify.annotations.Nullable;

/** What one thread needs to work with, used again from part to part. */
final class Scratch {

    final Slab ours = new Slab();
    final Slab theirs = new Slab();
    final Slab links = new Slab();
    final Shape shape;
    final Items pairOurs;
    final Items pairTheirs;
    final Items ourItems;
    final Items theirItems;
    final Item one;
    final Item other;
    final Outcome outcome;
    /** Of a thread that takes in items. */
    ReferenceStage.@Nullable Intake intake;

    byte[] octets = new byte[1024];

    Scratch(Shape shape, Outcome outcome) {
        this.shape = shape;
        pairOurs = new Items(shape);
        pairTheirs = new Items(shape);
        ourItems = new Items(shape);
        theirItems = new Items(shape);
        one = new Item(shape);
        other = new Item(shape);
        this.outcome = outcome;
    }
}
