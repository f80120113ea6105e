package org.tradesuite.reconciliation.match;

import java.util.Arrays;

/**
 * Brings together what has the same key: items wait in parts by a hash of the key, a part that is still too large is parted
 * again, and inside one that fits those of equal keys, compared in full, are handed to the rule.
 */
final class KeyedStage implements Stage {

    /** What becomes of all that have one key. */
    interface Rule {
        void apply(Items ours, Items theirs, Scratch scratch, Stage next);
    }

    private static final int MOST_DEPTH = 5;
    private static final int SUB_PARTS = 16;

    private final Shape shape;
    private final String name;
    private final int[] keys;
    private final boolean absentIsEqual;
    private final Rule rule;
    private final Stage next;
    private final Settings settings;
    private final long hashMask;
    private final int depth;
    private final int parts;
    private final Partitions ours;
    private final Partitions theirs;

    /**
     * @param absentIsEqual whether two items without a value in a key column are equal in it; else they go on at once
     * @param hashMask all ones, but for a test that wants many keys of one hash
     */
    KeyedStage(
            Settings settings,
            Shape shape,
            String name,
            int[] keys,
            boolean absentIsEqual,
            long hashMask,
            Rule rule,
            Stage next) {
        this(settings, shape, name, keys, absentIsEqual, hashMask, rule, next, 0, settings.partitions());
    }

    private KeyedStage(
            Settings settings,
            Shape shape,
            String name,
            int[] keys,
            boolean absentIsEqual,
            long hashMask,
            Rule rule,
            Stage next,
            int depth,
            int parts) {
        this.settings = settings;
        this.shape = shape;
        this.name = name;
        this.keys = keys.clone();
        this.absentIsEqual = absentIsEqual;
        this.hashMask = hashMask;
        this.rule = rule;
        this.next = next;
        this.depth = depth;
        this.parts = parts;
        this.ours = new Partitions(settings.folder(), name + "-ours", parts, settings.buffer());
        this.theirs = new Partitions(settings.folder(), name + "-theirs", parts, settings.buffer());
    }

    private Partitions of(Book book) {
        return book == Book.OURS ? ours : theirs;
    }

    private long hash(Item item) {
        return item.hash(keys) & hashMask;
    }

    /** Another part of the hash at every depth. */
    private int part(long hash) {
        return (int) (Octets.hash(depth, hash) >>> 8) & parts - 1;
    }

    @Override
    public void take(Book book, byte[] octets, int at, int length, Scratch scratch) {
        var item = scratch.one.move(octets, at);
        if (!absentIsEqual) {
            for (var key : keys) {
                if (!item.has(key)) {
                    next.take(book, octets, at, length, scratch);
                    return;
                }
            }
        }
        of(book).append(part(hash(item)), octets, at, length);
    }

    @Override
    public void run(Workers workers) {
        workers.each(parts, this::work);
    }

    private void work(int part, Scratch scratch) {
        var fits = (long) settings.partition();
        if ((ours.size(part) > fits || theirs.size(part) > fits) && depth < MOST_DEPTH) {
            split(part, scratch);
            return;
        }
        if (ours.size(part) > settings.skewed() || theirs.size(part) > settings.skewed()) {
            throw new IllegalStateException("Too many items have the same "
                    + Arrays.stream(keys)
                            .mapToObj(key -> shape.column(key).name())
                            .toList()
                    + " to be held in memory: give the passes keys that tell items apart, or the matching more"
                    + " memory.");
        }
        ours.take(part, scratch.ours);
        theirs.take(part, scratch.theirs);
        scratch.ours.index();
        scratch.theirs.index();
        group(scratch);
    }

    private void split(int part, Scratch scratch) {
        try (var smaller = new KeyedStage(
                settings, shape, name + "-" + part, keys, absentIsEqual, hashMask, rule, next, depth + 1, SUB_PARTS)) {
            ours.each(
                    part,
                    scratch.links,
                    settings.partition(),
                    (octets, at, length) -> smaller.take(Book.OURS, octets, at, length, scratch));
            theirs.each(
                    part,
                    scratch.links,
                    settings.partition(),
                    (octets, at, length) -> smaller.take(Book.THEIRS, octets, at, length, scratch));
            for (var sub = 0; sub < SUB_PARTS; sub++) {
                smaller.work(sub, scratch);
            }
        }
    }

    private void group(Scratch scratch) {
        var mine = scratch.ours;
        var others = scratch.theirs;
        var count = mine.count + others.count;
        if (count == 0) {
            return;
        }
        // Each place of the table has a group; a group has its first item, to compare with, and how many there are.
        var table = new int[Integer.highestOneBit(count) * 4];
        Arrays.fill(table, -1);
        var groupOf = new int[count];
        var firstOf = new int[count];
        var hashOf = new int[count];
        var groups = 0;
        for (var index = 0; index < count; index++) {
            var item = item(scratch.one, scratch, index);
            var hash = (int) hash(item);
            var slot = (int) Octets.hash(7, hash) & table.length - 1;
            while (true) {
                var group = table[slot];
                if (group < 0) {
                    group = groups++;
                    firstOf[group] = index;
                    hashOf[group] = hash;
                    table[slot] = group;
                }
                if (hashOf[group] == hash
                        && (firstOf[group] == index || sameKey(item, item(scratch.other, scratch, firstOf[group])))) {
                    groupOf[index] = group;
                    break;
                }
                slot = slot + 1 & table.length - 1;
            }
        }
        var ends = new int[groups + 1];
        for (var group : groupOf) {
            ends[group + 1]++;
        }
        for (var group = 0; group < groups; group++) {
            ends[group + 1] += ends[group];
        }
        var members = new int[count];
        var from = Arrays.copyOf(ends, groups);
        for (var index = 0; index < count; index++) {
            members[from[groupOf[index]]++] = index;
        }
        for (var group = 0; group < groups; group++) {
            scratch.ourItems.clear();
            scratch.theirItems.clear();
            for (var member = ends[group]; member < ends[group + 1]; member++) {
                var index = members[member];
                if (index < mine.count) {
                    scratch.ourItems.add(mine.octets, mine.offsets[index]);
                } else {
                    scratch.theirItems.add(others.octets, others.offsets[index - mine.count]);
                }
            }
            rule.apply(scratch.ourItems, scratch.theirItems, scratch, next);
        }
    }

    private static Item item(Item window, Scratch scratch, int index) {
        return index < scratch.ours.count
                ? window.move(scratch.ours.octets, scratch.ours.offsets[index])
                : window.move(scratch.theirs.octets, scratch.theirs.offsets[index - scratch.ours.count]);
    }

    private boolean sameKey(Item one, Item other) {
        for (var key : keys) {
            if (!one.same(other, key)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() {
        ours.close();
        theirs.close();
    }
}
