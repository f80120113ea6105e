package org.tradesuite.reconciliation.match;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * Pairs by a reference in common. An item may have several and so belongs to no single part; what is parted are the
 * references, each with the number of its item. Where they meet, in full, gives links between numbers. Then ours and theirs
 * are gone through, one range of numbers after the other: one that names exactly one of ours is held against it, the others
 * go on.
 *
 * <p>Items are numbered so that those with the same last reference have numbers of the same range, on either side. So most
 * that name each other lie in the same range, and only the others have to be brought there.
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
    /** What a thread gathers for a part, in octets, and numbers that it gives at once. */
    private static final int ITEMS_TOGETHER = 1 << 10;

    private static final int REFERENCES_TOGETHER = 1 << 8;
    private static final int NUMBERS_TOGETHER = 16;
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
    private final Numbers ourNumbers;
    private final Numbers theirNumbers;
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
        ourNumbers = new Numbers(settings.partitions(), bits);
        theirNumbers = new Numbers(settings.partitions(), bits);
        ourItems = partitions("items-ours", settings.partitions());
        theirItems = partitions("items-theirs", settings.partitions());
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
        var end = item.referencesTo(references);
        var last = item.referencesFrom(references);
        for (var from = last; from < end; from += 4 + Octets.getInt(octets, from)) {
            last = from;
        }
        var home = part(item, octets, last, scratch);
        var intake = scratch.intake != null && scratch.intake.isOf(this) ? scratch.intake : null;
        var numbers = book == Book.OURS ? ourNumbers : theirNumbers;
        item.number(intake == null ? numbers.next(home, 1) : intake.number(home));
        var range = item.number() >>> bits;
        if (intake == null) {
            (book == Book.OURS ? ourItems : theirItems).append(range, octets, at, length);
        } else {
            intake.items.append(range, octets, at, length);
        }
        for (var from = item.referencesFrom(references); from < end; from += 4 + Octets.getInt(octets, from)) {
            var part = part(item, octets, from, scratch);
            var size = Octets.getInt(scratch.octets, 0);
            if (intake == null) {
                (book == Book.OURS ? ourReferences : theirReferences).append(part, scratch.octets, 0, size);
            } else {
                intake.references.append(part, scratch.octets, 0, size);
            }
        }
    }

    /** What one thread takes in of one side. */
    final class Intake {
        private final Numbers numbers;
        private final Gathered items;
        private final Gathered references;
        private final int[] next;
        private final int[] behind;

        private Intake(Book book) {
            numbers = book == Book.OURS ? ourNumbers : theirNumbers;
            items = new Gathered(book == Book.OURS ? ourItems : theirItems, ITEMS_TOGETHER);
            references = new Gathered(book == Book.OURS ? ourReferences : theirReferences, REFERENCES_TOGETHER);
            next = new int[settings.partitions()];
            behind = new int[settings.partitions()];
        }

        private boolean isOf(ReferenceStage stage) {
            return stage == ReferenceStage.this;
        }

        private int number(int home) {
            if (next[home] == behind[home]) {
                var together = Math.min(NUMBERS_TOGETHER, 1 << bits);
                next[home] = numbers.next(home, together);
                behind[home] = next[home] + together;
            }
            return next[home]++;
        }

        /** Nothing more comes from the thread. */
        void end() {
            items.handOver();
            references.handOver();
        }
    }

    Intake intake(Book book) {
        return new Intake(book);
    }

    /** Where the reference that lies there belongs; leaves its entry in the scratch. */
    private int part(Item item, byte[] octets, int from, Scratch scratch) {
        var entry = entry(item, octets, from, 4 + Octets.getInt(octets, from), scratch);
        return part(0, hash(scratch.octets, HEAD, entry), settings.partitions());
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
        workers.each(theirItems.size(), this::bring);
        workers.each(Math.max(ourItems.size(), theirItems.size()), this::pair);
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

    /** What each of their items of a range names: the number of one of ours, or that it is none or several. */
    private int[] targets(Scratch scratch) {
        var links = scratch.links;
        var count = 0;
        for (var at = 0; at < links.size; at += ENTRY) {
            count = Math.max(count, 1 + index(Octets.getInt(links.octets, at)));
        }
        var targets = new int[count];
        Arrays.fill(targets, NONE);
        for (var at = 0; at < links.size; at += ENTRY) {
            var index = index(Octets.getInt(links.octets, at));
            var ours = Octets.getInt(links.octets, at + 4);
            targets[index] = targets[index] == NONE || targets[index] == ours ? ours : SEVERAL;
        }
        return targets;
    }

    private int index(int number) {
        return number & (1 << bits) - 1;
    }

    /** Sets aside those of a range that name one of ours of another. */
    private void bring(int range, Scratch scratch) {
        links.look(range, scratch.links);
        var targets = targets(scratch);
        if (Arrays.stream(targets).allMatch(target -> target < 0 || target >>> bits == range)) {
            return;
        }
        theirItems.look(range, scratch.theirs);
        scratch.theirs.index();
        var octets = scratch.theirs.octets;
        for (var row = 0; row < scratch.theirs.count; row++) {
            var item = scratch.other.move(octets, scratch.theirs.offsets[row]);
            var index = index(item.number());
            var target = index < targets.length ? targets[index] : NONE;
            if (target >= 0 && target >>> bits != range) {
                item.number(target);
                setAside.append(target >>> bits, octets, item.offset(), item.length());
            }
        }
    }

    /** Those of a range that name exactly one of ours are held against it; the others of both sides go on. */
    private void pair(int range, Scratch scratch) {
        if (setAside.size(range) > settings.skewed()) {
            throw new IllegalStateException("Too many of their items name the same few of ours: look at the column "
                    + shape.column(references).name() + " of their statement.");
        }
        ourItems.take(range, scratch.ours);
        scratch.ours.index();
        theirItems.take(range, scratch.theirs);
        scratch.theirs.index();
        keepThoseThatNameOne(range, scratch);
        var theirs = scratch.theirs;
        var brought = theirs.size;
        setAside.takeMore(range, theirs);
        theirs.index(brought);
        var size = 0;
        for (var our = 0; our < scratch.ours.count; our++) {
            var item = scratch.other.move(scratch.ours.octets, scratch.ours.offsets[our]);
            size = Math.max(size, 1 + index(item.number()));
        }
        var ends = new int[size + 1];
        for (var row = 0; row < theirs.count; row++) {
            ends[index(scratch.other.move(theirs.octets, theirs.offsets[row]).number()) + 1]++;
        }
        for (var index = 0; index < size; index++) {
            ends[index + 1] += ends[index];
        }
        var rows = new int[theirs.count];
        var from = Arrays.copyOf(ends, size);
        for (var row = 0; row < theirs.count; row++) {
            rows[
                    from[
                            index(scratch.other
                                    .move(theirs.octets, theirs.offsets[row])
                                    .number())]++] = theirs.offsets[row];
        }
        var shared = shared(range, size, scratch);
        for (var our = 0; our < scratch.ours.count; our++) {
            var item = scratch.other.move(scratch.ours.octets, scratch.ours.offsets[our]);
            var index = index(item.number());
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
                scratch.theirItems.add(theirs.octets, rows[row]);
            }
            settle(scratch);
        }
    }

    /** Of their items those stay in the slab that name one of ours of the range; who names none or several goes on. */
    private void keepThoseThatNameOne(int range, Scratch scratch) {
        links.take(range, scratch.links);
        var targets = targets(scratch);
        var named = new boolean[targets.length];
        for (var at = 0; at < scratch.links.size; at += ENTRY) {
            named[index(Octets.getInt(scratch.links.octets, at))] |= Octets.getInt(scratch.links.octets, at + 4) >= 0;
        }
        var theirs = scratch.theirs;
        var kept = 0;
        for (var row = 0; row < theirs.count; row++) {
            var item = scratch.other.move(theirs.octets, theirs.offsets[row]);
            var index = index(item.number());
            var target = index < targets.length ? targets[index] : NONE;
            if (target >= 0 && target >>> bits == range) {
                item.number(target);
                theirs.offsets[kept++] = theirs.offsets[row];
            } else if (target < 0) {
                if (index < named.length && named[index]) {
                    item.flag(Item.NAMED);
                }
                next.take(Book.THEIRS, theirs.octets, item.offset(), item.length(), scratch);
            }
        }
        theirs.count = kept;
    }

    private boolean[] shared(int range, int size, Scratch scratch) {
        var shared = new boolean[size];
        marks.take(range, scratch.links);
        for (var at = 0; at < scratch.links.size; at += ENTRY) {
            shared[index(Octets.getInt(scratch.links.octets, at))] = true;
        }
        return shared;
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
