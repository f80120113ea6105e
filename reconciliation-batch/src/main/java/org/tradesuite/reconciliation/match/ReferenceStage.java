package org.tradesuite.reconciliation.match;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * Pairs by a reference in common. An item may have several and so belongs to no single part; what is parted are the
 * references, each with the number of its item. Where they meet, in full, gives links between numbers. Then their items are
 * gone through in the order of their numbers: one that names exactly one of ours is set aside for it, the others go on. At
 * last ours are gone through, with what was set aside for each.
 */
final class ReferenceStage implements Stage {

    /** A text that so many of their items bear names none of ours, whatever it says: "N/A", "NONE". */
    private static final int MOST_BEARERS = 10_000;

    private static final int MOST_SHARERS = 8;
    private static final int MOST_DEPTH = 5;
    private static final int SUB_PARTS = 16;
    private static final int NONE = -1;
    private static final int SEVERAL = -2;
    private static final int ENTRY = 8;
    /** Length and number in front of a reference's octets. */
    private static final int HEAD = 8;

    private final String name;
    private final Pass pass;
    private final Shape shape;
    private final Settings settings;
    private final int references;
    private final int[] keys;
    private final int[] nearest;
    private final int sum;
    private final long hashMask;
    private final Stage next;
    private final Stage left;
    private final int bits;
    private final Partitions ourItems;
    private final Partitions theirItems;
    private final Partitions ourReferences;
    private final Partitions theirReferences;
    private final Partitions links;
    private final Partitions marks;
    private final Partitions setAside;

    ReferenceStage(Settings settings, Shape shape, String name, Pass pass, long hashMask, Stage next, Stage left) {
        this.name = name;
        this.pass = pass;
        this.shape = shape;
        this.settings = settings;
        this.hashMask = hashMask;
        this.next = next;
        this.left = left;
        this.references = shape.at(String.valueOf(pass.references()));
        this.keys = pass.keys().stream().mapToInt(shape::at).toArray();
        this.nearest = pass.nearest().stream().mapToInt(shape::at).toArray();
        this.sum = pass.sum() == null ? -1 : shape.at(pass.sum());
        this.bits = settings.rangeBits();
        ourItems = partitions("items-ours", 1);
        theirItems = partitions("items-theirs", 1);
        ourReferences = partitions("references-ours", settings.partitions());
        theirReferences = partitions("references-theirs", settings.partitions());
        links = partitions("links", 1);
        marks = partitions("marks", 1);
        setAside = partitions("set-aside", 1);
    }

    private Partitions partitions(String what, int parts) {
        return new Partitions(settings.folder(), name + "-" + what, parts, settings.buffer());
    }

    @Override
    public void take(Book book, byte[] octets, int at, int length, Scratch scratch) {
        var item = scratch.one.move(octets, at);
        if (!takesPart(item)) {
            next.take(book, octets, at, length, scratch);
            return;
        }
        (book == Book.OURS ? ourItems : theirItems).append(item.number() >>> bits, octets, at, length);
        var byReference = book == Book.OURS ? ourReferences : theirReferences;
        var end = item.referencesTo(references);
        for (var from = item.referencesFrom(references); from < end; ) {
            var size = 4 + Octets.getInt(octets, from);
            var entry = entry(item, octets, from, size, scratch);
            byReference.append(
                    part(0, hash(scratch.octets, HEAD, entry), settings.partitions()), scratch.octets, 0, entry);
            from += size;
        }
    }

    private boolean takesPart(Item item) {
        for (var key : keys) {
            if (!item.has(key)) {
                return false;
            }
        }
        return item.has(references);
    }

    /** The reference with its own length in front, then the keys. */
    private int entry(Item item, byte[] octets, int from, int size, Scratch scratch) {
        var most = HEAD + size + item.length();
        if (scratch.octets.length < most) {
            scratch.octets = new byte[most * 2];
        }
        var into = scratch.octets;
        System.arraycopy(octets, from, into, HEAD, size);
        var end = HEAD + size;
        for (var key : keys) {
            end = item.copyKey(key, into, end);
        }
        Octets.putInt(into, 0, end);
        Octets.putInt(into, 4, item.number());
        return end;
    }

    private long hash(byte[] octets, int from, int to) {
        return Octets.hash(0, octets, from, to) & hashMask;
    }

    private static int part(int depth, long hash, int parts) {
        return (int) (Octets.hash(depth, hash) >>> 8) & parts - 1;
    }

    @Override
    public void run(Workers workers) {
        workers.each(ourReferences.size(), (part, scratch) -> link(ourReferences, theirReferences, part, 0, scratch));
        workers.each(theirItems.size(), this::name);
        workers.each(ourItems.size(), this::pair);
    }

    private void link(Partitions ours, Partitions theirs, int part, int depth, Scratch scratch) {
        var fits = 2L * settings.partition();
        if ((ours.size(part) > fits || theirs.size(part) > fits) && depth < MOST_DEPTH) {
            var deeper = "references-" + depth + "-" + part + "-"
                    + Thread.currentThread().threadId();
            try (var smallerOurs = partitions(deeper + "-ours", SUB_PARTS);
                    var smallerTheirs = partitions(deeper + "-theirs", SUB_PARTS)) {
                split(ours, part, smallerOurs, depth + 1, scratch);
                split(theirs, part, smallerTheirs, depth + 1, scratch);
                for (var sub = 0; sub < SUB_PARTS; sub++) {
                    link(smallerOurs, smallerTheirs, sub, depth + 1, scratch);
                }
            }
            return;
        }
        ours.take(part, scratch.ours);
        theirs.take(part, scratch.theirs);
        scratch.ours.index();
        scratch.theirs.index();
        link(scratch);
    }

    private void split(Partitions from, int part, Partitions into, int depth, Scratch scratch) {
        from.each(
                part,
                scratch.links,
                settings.partition(),
                (octets, at, length) ->
                        into.append(part(depth, hash(octets, at + HEAD, at + length), SUB_PARTS), octets, at, length));
    }

    /** Meets the references of a part. Each distinct one of ours heads a chain of its bearers. */
    private void link(Scratch scratch) {
        var ours = scratch.ours;
        var theirs = scratch.theirs;
        if (ours.count == 0 || theirs.count == 0) {
            return;
        }
        var table = new int[Integer.highestOneBit(ours.count) * 4];
        Arrays.fill(table, -1);
        var hashes = new int[ours.count];
        var chain = new int[ours.count];
        var bearers = new int[ours.count];
        for (var index = 0; index < ours.count; index++) {
            var slot = slot(ours, index, hashes, table, ours);
            chain[index] = table[slot];
            table[slot] = index;
        }
        // The head of a chain is the last that came; how many of theirs bear the reference is counted there.
        var headOf = new int[theirs.count];
        for (var index = 0; index < theirs.count; index++) {
            var slot = slot(theirs, index, hashes, table, ours);
            headOf[index] = table[slot];
            if (table[slot] >= 0) {
                bearers[table[slot]]++;
            }
        }
        for (var index = 0; index < theirs.count; index++) {
            var head = headOf[index];
            if (head >= 0 && bearers[head] <= MOST_BEARERS) {
                var number = number(theirs, index);
                append(links, number, isOne(ours, chain, head) ? number(ours, head) : SEVERAL, scratch);
            }
        }
        markShared(scratch, table, chain, bearers);
    }

    /** Ours that share a reference which fewer of theirs bear: one of them may have been booked twice. */
    private void markShared(Scratch scratch, int[] table, int[] chain, int[] bearers) {
        var ours = scratch.ours;
        for (var head : table) {
            if (head < 0 || bearers[head] == 0 || isOne(ours, chain, head)) {
                continue;
            }
            var sharers = 0;
            for (var index = head; index >= 0; index = chain[index]) {
                sharers++;
            }
            if (sharers > MOST_SHARERS || sharers <= bearers[head]) {
                continue;
            }
            for (var index = head; index >= 0; index = chain[index]) {
                append(marks, number(ours, index), 0, scratch);
            }
        }
    }

    /** An item may say the same reference twice. */
    private static boolean isOne(Slab ours, int[] chain, int head) {
        for (var index = chain[head]; index >= 0; index = chain[index]) {
            if (number(ours, index) != number(ours, head)) {
                return false;
            }
        }
        return true;
    }

    private int slot(Slab of, int index, int[] hashes, int[] table, Slab ours) {
        var at = of.offsets[index];
        var end = at + Octets.getInt(of.octets, at);
        var hash = (int) hash(of.octets, at + HEAD, end);
        if (of == ours) {
            hashes[index] = hash;
        }
        var slot = (int) Octets.hash(7, hash) & table.length - 1;
        while (table[slot] >= 0) {
            var known = table[slot];
            var knownAt = ours.offsets[known];
            if (hashes[known] == hash
                    && Arrays.equals(
                            of.octets,
                            at + HEAD,
                            end,
                            ours.octets,
                            knownAt + HEAD,
                            knownAt + Octets.getInt(ours.octets, knownAt))) {
                return slot;
            }
            slot = slot + 1 & table.length - 1;
        }
        return slot;
    }

    private static int number(Slab of, int index) {
        return Octets.getInt(of.octets, of.offsets[index] + 4);
    }

    private void append(Partitions to, int number, int value, Scratch scratch) {
        Octets.putInt(scratch.octets, 0, number);
        Octets.putInt(scratch.octets, 4, value);
        to.append(number >>> bits, scratch.octets, 0, ENTRY);
    }

    /** Their items of one range of numbers: what does each name? */
    private void name(int range, Scratch scratch) {
        var target = new int[1 << bits];
        Arrays.fill(target, NONE);
        var named = new boolean[1 << bits];
        links.take(range, scratch.links);
        for (var at = 0; at < scratch.links.size; at += ENTRY) {
            var index = Octets.getInt(scratch.links.octets, at) & (1 << bits) - 1;
            var ours = Octets.getInt(scratch.links.octets, at + 4);
            named[index] |= ours >= 0;
            target[index] = target[index] == NONE || target[index] == ours ? ours : SEVERAL;
        }
        theirItems.take(range, scratch.theirs);
        scratch.theirs.index();
        var octets = scratch.theirs.octets;
        for (var row = 0; row < scratch.theirs.count; row++) {
            var item = scratch.other.move(octets, scratch.theirs.offsets[row]);
            var index = item.number() & (1 << bits) - 1;
            if (target[index] >= 0) {
                item.target(target[index]);
                setAside.append(target[index] >>> bits, octets, item.offset(), item.length());
            } else {
                if (named[index]) {
                    item.flag(Item.NAMED);
                }
                next.take(Book.THEIRS, octets, item.offset(), item.length(), scratch);
            }
        }
    }

    /** Our items of one range of numbers, with those of theirs that name them. */
    private void pair(int range, Scratch scratch) {
        var size = 1 << bits;
        if (setAside.size(range) > settings.skewed()) {
            throw new IllegalStateException("Too many of their items name the same few of ours: look at the column "
                    + shape.column(references).name() + " of their statement.");
        }
        var shared = new boolean[size];
        marks.take(range, scratch.links);
        for (var at = 0; at < scratch.links.size; at += ENTRY) {
            shared[Octets.getInt(scratch.links.octets, at) & size - 1] = true;
        }
        ourItems.take(range, scratch.ours);
        scratch.ours.index();
        setAside.take(range, scratch.theirs);
        scratch.theirs.index();
        var theirs = scratch.theirs;
        var ends = new int[size + 1];
        for (var row = 0; row < theirs.count; row++) {
            ends[(scratch.other.move(theirs.octets, theirs.offsets[row]).target() & size - 1) + 1]++;
        }
        for (var index = 0; index < size; index++) {
            ends[index + 1] += ends[index];
        }
        var rows = new int[theirs.count];
        var from = Arrays.copyOf(ends, size);
        for (var row = 0; row < theirs.count; row++) {
            rows[from[scratch.other.move(theirs.octets, theirs.offsets[row]).target() & size - 1]++] = row;
        }
        for (var our = 0; our < scratch.ours.count; our++) {
            var item = scratch.other.move(scratch.ours.octets, scratch.ours.offsets[our]);
            var index = item.number() & size - 1;
            if (shared[index]) {
                item.flag(Item.SHARED | Item.NAMED);
            }
            if (ends[index] == ends[index + 1]) {
                next.take(Book.OURS, scratch.ours.octets, item.offset(), item.length(), scratch);
                continue;
            }
            scratch.ourItems.clear().add(item);
            scratch.theirItems.clear();
            for (var row = ends[index]; row < ends[index + 1]; row++) {
                scratch.theirItems.add(theirs.octets, theirs.offsets[rows[row]]);
            }
            settle(scratch);
        }
    }

    private void settle(Scratch scratch) {
        var ours = scratch.ourItems;
        var theirs = scratch.theirItems;
        if (theirs.size() > 1) {
            putCopiesAside(theirs, scratch);
        }
        if (theirs.size() > 1 && !Sums.equal(ours, theirs, sum)) {
            theirs.sort(nearestTo(ours.at(0)));
            for (var other = 1; other < theirs.size(); other++) {
                var item = theirs.at(other);
                item.flag(Item.NAMED);
                next.take(Book.THEIRS, item.octets(), item.offset(), item.length(), scratch);
            }
            theirs.keep(1);
        }
        scratch.outcome.matched(pass, ours, theirs);
    }

    private void putCopiesAside(Items theirs, Scratch scratch) {
        theirs.sort(Items.BY_ALL_THEY_SAY);
        var kept = 1;
        for (var index = 1; index < theirs.size(); index++) {
            var item = theirs.at(index);
            if (item.compare(theirs.at(kept - 1)) == 0) {
                item.flag(Item.NAMED | Item.COPY);
                left.take(Book.THEIRS, item.octets(), item.offset(), item.length(), scratch);
            } else {
                theirs.swap(kept++, index);
            }
        }
        theirs.keep(kept);
    }

    private Comparator<Item> nearestTo(Item ours) {
        Comparator<Item> order = (_, _) -> 0;
        for (var column : nearest) {
            order = order.thenComparing(item -> !item.same(ours, column));
        }
        for (var column : nearest) {
            order = order.thenComparing(
                    item -> distance(item, ours, column), Comparator.nullsLast(BigDecimal::compareTo));
        }
        return order.thenComparing(Items.BY_ALL_THEY_SAY);
    }

    private static @Nullable BigDecimal distance(Item one, Item other, int column) {
        var left = one.decimal(column);
        var right = other.decimal(column);
        return left == null || right == null ? null : left.subtract(right).abs();
    }

    @Override
    public void close() {
        for (var partitions :
                new Partitions[] {ourItems, theirItems, ourReferences, theirReferences, links, marks, setAside}) {
            partitions.close();
        }
    }
}
