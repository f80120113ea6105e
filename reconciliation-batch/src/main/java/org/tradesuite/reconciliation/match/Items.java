package org.tradesuite.reconciliation.match;

import java.util.Arrays;
import java.util.Comparator;

/** Some items of one side, to be read while the call lasts in which they were handed over. */
public final class Items {

    static final Comparator<Item> BY_ALL_THEY_SAY = Item::compare;

    private final Shape shape;
    private Item[] items = new Item[0];
    private int size;

    Items(Shape shape) {
        this.shape = shape;
    }

    /** One item by itself. */
    public static Items of(Shape shape, ItemWriter item) {
        item.end();
        var one = new Items(shape);
        one.add(item.octets(), 0);
        return one;
    }

    /** One item by itself, beyond the call in which it was handed over. */
    public static Items copyOf(Item item) {
        var octets = Arrays.copyOfRange(item.octets(), item.offset(), item.offset() + item.length());
        var one = new Items(item.shape());
        one.add(octets, 0);
        return one;
    }

    Items clear() {
        size = 0;
        return this;
    }

    void add(byte[] octets, int at) {
        if (size == items.length) {
            items = Arrays.copyOf(items, Math.max(4, size * 2));
            for (var more = size; more < items.length; more++) {
                items[more] = new Item(shape);
            }
        }
        items[size++].move(octets, at);
    }

    void add(Item item) {
        add(item.octets(), item.offset());
    }

    void sort(Comparator<Item> order) {
        if (size > 1) {
            Arrays.sort(items, 0, size, order);
        }
    }

    void swap(int one, int other) {
        var item = items[one];
        items[one] = items[other];
        items[other] = item;
    }

    /** Forgets all but the first. */
    void keep(int first) {
        size = first;
    }

    public int size() {
        return size;
    }

    public Item at(int index) {
        return items[index];
    }
}
