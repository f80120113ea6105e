package org.tradesuite.execution.engine;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How a type is written: records by their components, sealed interfaces by which of their records it is, lists and ordered
 * maps by their elements, and the few plain types we use. Any reference may be absent. A record whose last component is of
 * its own type is a chain and written oldest first, in a loop: ten thousand fills are not ten thousand calls deep.
 */
abstract class Shape<T> {

    private static final int ABSENT = 0;
    private static final int PRESENT = 1;
    private static final int RECENT = 2;

    /** How many texts and how many other small values may be remembered. */
    private static final int TEXT_BITS = 20;

    private static final int VALUE_BITS = 16;

    abstract void write(ShapeWriter out, @Nullable T value) throws IOException;

    abstract @Nullable T read(ShapeReader in) throws IOException;

    /** What the bytes depend on: names and order of everything below. */
    abstract String describe();

    /** Whether it is a plain value that is worth looking for among the recent ones. */
    boolean small() {
        return false;
    }

    /** Of a small value; the same in every process, which Object.hashCode is not for all types. */
    int hash(T value) {
        throw new IllegalStateException("Only small values are looked for.");
    }

    static <T> Shape<T> of(Class<T> type) {
        @SuppressWarnings("unchecked")
        var shape = (Shape<T>) new Builder().shape(type);
        return shape;
    }

    /** Makes one shape for each type, so that what is recent is recent everywhere. */
    private static final class Builder {
        private final Map<Type, Shape<?>> known = new HashMap<>();
        private int kinds;

        Shape<?> shape(Type type) {
            var shape = known.get(type);
            if (shape == null) {
                shape = make(type);
                known.put(type, shape);
            }
            return shape;
        }

        private Shape<?> make(Type type) {
            if (type instanceof ParameterizedType generic) {
                var arguments = generic.getActualTypeArguments();
                if (generic.getRawType() == List.class) {
                    return new ListShape(shape(arguments[0]));
                }
                if (generic.getRawType() == Map.class) {
                    return new MapShape(shape(arguments[0]), shape(arguments[1]));
                }
            }
            if (type instanceof Class<?> plain) {
                if (plain.isRecord()) {
                    return record(plain);
                }
                if (plain.isEnum()) {
                    return new EnumShape(plain);
                }
                if (plain.isSealed()) {
                    return sealed(plain);
                }
                return plain(plain);
            }
            throw unknown(type);
        }

        private Shape<?> record(Class<?> type) {
            var components = type.getRecordComponents();
            var chain = components[components.length - 1].getType() == type;
            var own = chain ? Arrays.copyOf(components, components.length - 1) : components;
            var shapes = new ArrayList<Shape<?>>();
            for (var component : own) {
                shapes.add(shape(component.getGenericType()));
            }
            if (chain) {
                return new ChainShape(type, components, shapes);
            }
            var plain = new RecordShape(type, components, shapes);
            return plain.small() ? new RecentShape<>(plain, kinds++, VALUE_BITS) : plain;
        }

        private Shape<?> sealed(Class<?> type) {
            var permitted = Objects.requireNonNull(type.getPermittedSubclasses());
            var choices = new ArrayList<Class<?>>(List.of(permitted));
            choices.sort(Comparator.comparing(Class::getName));
            var shapes = new ArrayList<Shape<?>>();
            choices.forEach(choice -> shapes.add(shape(choice)));
            return new SealedShape(type, choices, shapes);
        }

        private Shape<?> plain(Class<?> type) {
            if (type == String.class) {
                return new RecentShape<>(new TextShape(), kinds++, TEXT_BITS);
            }
            if (type == BigDecimal.class) {
                return new DecimalShape();
            }
            if (type == Instant.class) {
                return new InstantShape();
            }
            if (type == LocalDate.class) {
                return new RecentShape<>(new DateShape(), kinds++, VALUE_BITS);
            }
            if (type == Duration.class) {
                return new DurationShape();
            }
            if (type == int.class || type == Integer.class) {
                return new WholeShape<>("int", Integer::longValue, Math::toIntExact);
            }
            if (type == long.class || type == Long.class) {
                return new WholeShape<>("long", (Long value) -> value, value -> value);
            }
            if (type == char.class) {
                return new WholeShape<>("char", (Character value) -> value, value -> (char) value);
            }
            if (type == boolean.class) {
                return new WholeShape<>("boolean", (Boolean value) -> value ? 1 : 0, value -> value != 0);
            }
            throw unknown(type);
        }

        private static IllegalStateException unknown(Type type) {
            return new IllegalStateException("The state holds a " + type
                    + ", which no shape is known for: hold a record, a sealed interface of records, a List, a Map or a"
                    + " plain value, or teach Shape the type.");
        }
    }

    // Around the others

    /** A reference that may be absent. */
    private abstract static class Reference<T> extends Shape<T> {

        abstract void writePresent(ShapeWriter out, T value) throws IOException;

        abstract T readPresent(ShapeReader in) throws IOException;

        @Override
        void write(ShapeWriter out, @Nullable T value) throws IOException {
            if (value == null) {
                out.octet(ABSENT);
            } else {
                out.octet(PRESENT);
                writePresent(out, value);
            }
        }

        @Override
        @Nullable
        T read(ShapeReader in) throws IOException {
            var mark = in.octet();
            return switch (mark) {
                case ABSENT -> null;
                case PRESENT -> readPresent(in);
                default -> throw new IOException("The snapshot has a mark " + mark + " where there is none.");
            };
        }
    }

    /** Written by its place among the recent ones if it is there. */
    private static final class RecentShape<T> extends Shape<T> {
        private final Reference<T> of;
        private final int kind;
        private final int bits;

        RecentShape(Reference<T> of, int kind, int bits) {
            this.of = of;
            this.kind = kind;
            this.bits = bits;
        }

        @Override
        void write(ShapeWriter out, @Nullable T value) throws IOException {
            if (value == null) {
                out.octet(ABSENT);
                return;
            }
            var values = out.recent().of(kind, bits);
            var place = Recent.place(values, of.hash(value));
            if (value.equals(values[place])) {
                out.octet(RECENT);
                out.count(place);
            } else {
                out.octet(PRESENT);
                of.writePresent(out, value);
                values[place] = value;
            }
        }

        @Override
        @Nullable
        @SuppressWarnings("unchecked")
        T read(ShapeReader in) throws IOException {
            var values = in.recent().of(kind, bits);
            var mark = in.octet();
            return switch (mark) {
                case ABSENT -> null;
                case PRESENT -> {
                    var value = of.readPresent(in);
                    values[Recent.place(values, of.hash(value))] = value;
                    yield value;
                }
                case RECENT -> {
                    var place = in.count();
                    if (place < 0 || place >= values.length || values[(int) place] == null) {
                        throw new IOException("The snapshot refers to a value that was not there.");
                    }
                    yield (T) values[(int) place];
                }
                default -> throw new IOException("The snapshot has a mark " + mark + " where there is none.");
            };
        }

        @Override
        boolean small() {
            return true;
        }

        @Override
        int hash(T value) {
            return of.hash(value);
        }

        @Override
        String describe() {
            return of.describe() + "^" + bits;
        }
    }

    // Plain values

    private static final class TextShape extends Reference<String> {
        @Override
        void writePresent(ShapeWriter out, String value) throws IOException {
            out.text(value);
        }

        @Override
        String readPresent(ShapeReader in) throws IOException {
            return in.text();
        }

        @Override
        int hash(String value) {
            return value.hashCode();
        }

        @Override
        String describe() {
            return "text";
        }
    }

    private static final class DecimalShape extends Reference<BigDecimal> {
        @Override
        void writePresent(ShapeWriter out, BigDecimal value) throws IOException {
            out.number(value.scale());
            var digits = value.unscaledValue();
            if (digits.bitLength() < Long.SIZE) {
                out.octet(0);
                out.number(digits.longValue());
            } else {
                out.octet(1);
                out.bytes(digits.toByteArray());
            }
        }

        @Override
        BigDecimal readPresent(ShapeReader in) throws IOException {
            var scale = Math.toIntExact(in.number());
            return in.octet() == 0
                    ? BigDecimal.valueOf(in.number(), scale)
                    : new BigDecimal(new BigInteger(in.bytes()), scale);
        }

        @Override
        boolean small() {
            return true;
        }

        @Override
        int hash(BigDecimal value) {
            return 31 * Long.hashCode(value.unscaledValue().longValue()) + value.scale();
        }

        @Override
        String describe() {
            return "decimal";
        }
    }

    private static final class InstantShape extends Reference<Instant> {
        @Override
        void writePresent(ShapeWriter out, Instant value) throws IOException {
            out.number(value.getEpochSecond());
            out.count(value.getNano());
        }

        @Override
        Instant readPresent(ShapeReader in) throws IOException {
            return Instant.ofEpochSecond(in.number(), in.count());
        }

        @Override
        boolean small() {
            return true;
        }

        @Override
        int hash(Instant value) {
            return 31 * Long.hashCode(value.getEpochSecond()) + value.getNano();
        }

        @Override
        String describe() {
            return "instant";
        }
    }

    private static final class DateShape extends Reference<LocalDate> {
        @Override
        void writePresent(ShapeWriter out, LocalDate value) throws IOException {
            out.number(value.toEpochDay());
        }

        @Override
        LocalDate readPresent(ShapeReader in) throws IOException {
            return LocalDate.ofEpochDay(in.number());
        }

        @Override
        int hash(LocalDate value) {
            return Long.hashCode(value.toEpochDay());
        }

        @Override
        String describe() {
            return "date";
        }
    }

    private static final class DurationShape extends Reference<Duration> {
        @Override
        void writePresent(ShapeWriter out, Duration value) throws IOException {
            out.number(value.getSeconds());
            out.count(value.getNano());
        }

        @Override
        Duration readPresent(ShapeReader in) throws IOException {
            return Duration.ofSeconds(in.number(), in.count());
        }

        @Override
        String describe() {
            return "duration";
        }
    }

    private interface AsLong<T> {
        long of(T value);
    }

    private interface FromLong<T> {
        T of(long value);
    }

    /** Never absent. */
    private static final class WholeShape<T> extends Shape<T> {
        private final String name;
        private final AsLong<T> asLong;
        private final FromLong<T> fromLong;

        WholeShape(String name, AsLong<T> asLong, FromLong<T> fromLong) {
            this.name = name;
            this.asLong = asLong;
            this.fromLong = fromLong;
        }

        @Override
        void write(ShapeWriter out, @Nullable T value) throws IOException {
            out.number(asLong.of(Objects.requireNonNull(value)));
        }

        @Override
        T read(ShapeReader in) throws IOException {
            return fromLong.of(in.number());
        }

        @Override
        boolean small() {
            return true;
        }

        @Override
        int hash(T value) {
            return Long.hashCode(asLong.of(value));
        }

        @Override
        String describe() {
            return name;
        }
    }

    private static final class EnumShape extends Reference<Object> {
        private final String name;
        private final List<Object> constants;
        private final Map<Object, Integer> places = new HashMap<>();

        EnumShape(Class<?> type) {
            name = type.getSimpleName();
            constants = List.of(Objects.requireNonNull(type.getEnumConstants()));
            constants.forEach(constant -> places.put(constant, places.size()));
        }

        @Override
        void writePresent(ShapeWriter out, Object value) throws IOException {
            out.count(Objects.requireNonNull(places.get(value)));
        }

        @Override
        Object readPresent(ShapeReader in) throws IOException {
            return constants.get(Math.toIntExact(in.count()));
        }

        @Override
        String describe() {
            return name + constants;
        }
    }

    // Collections

    private static final class ListShape extends Reference<List<?>> {
        private final Shape<Object> of;

        @SuppressWarnings("unchecked")
        ListShape(Shape<?> of) {
            this.of = (Shape<Object>) of;
        }

        @Override
        void writePresent(ShapeWriter out, List<?> value) throws IOException {
            out.count(value.size());
            for (var each : value) {
                of.write(out, each);
            }
        }

        @Override
        List<?> readPresent(ShapeReader in) throws IOException {
            var size = in.count();
            var all = new ArrayList<Object>((int) Math.min(size, 1 << 16));
            for (long place = 0; place < size; place++) {
                all.add(Objects.requireNonNull(of.read(in)));
            }
            return List.copyOf(all);
        }

        @Override
        String describe() {
            return "[" + of.describe() + "]";
        }
    }

    private static final class MapShape extends Reference<Map<?, ?>> {
        private final Shape<Object> keys;
        private final Shape<Object> values;

        @SuppressWarnings("unchecked")
        MapShape(Shape<?> keys, Shape<?> values) {
            this.keys = (Shape<Object>) keys;
            this.values = (Shape<Object>) values;
        }

        @Override
        void writePresent(ShapeWriter out, Map<?, ?> value) throws IOException {
            if (!(value instanceof LinkedHashMap) && !(value instanceof SortedMap)) {
                throw new IllegalStateException("A " + value.getClass()
                        + " has no order that is the same every time: hold a LinkedHashMap or a TreeMap in the state.");
            }
            out.count(value.size());
            for (var each : value.entrySet()) {
                keys.write(out, each.getKey());
                values.write(out, each.getValue());
            }
        }

        @Override
        Map<?, ?> readPresent(ShapeReader in) throws IOException {
            var size = in.count();
            var all = new LinkedHashMap<Object, Object>();
            for (long place = 0; place < size; place++) {
                all.put(Objects.requireNonNull(keys.read(in)), Objects.requireNonNull(values.read(in)));
            }
            return all;
        }

        @Override
        String describe() {
            return "{" + keys.describe() + ":" + values.describe() + "}";
        }
    }

    // Records

    /** Takes records of one type apart and puts them together. */
    private static final class Parts {
        private static final MethodType GET = MethodType.methodType(Object.class, Object.class);
        private static final MethodType MAKE = MethodType.methodType(Object.class, Object[].class);

        final String name;
        private final MethodHandle[] accessors;
        private final MethodHandle constructor;

        Parts(Class<?> type, RecordComponent[] components) {
            name = type.getSimpleName();
            accessors = new MethodHandle[components.length];
            var lookup = MethodHandles.lookup();
            try {
                for (var place = 0; place < components.length; place++) {
                    var accessor = components[place].getAccessor();
                    accessor.setAccessible(true);
                    accessors[place] = lookup.unreflect(accessor).asType(GET);
                }
                var canonical = type.getDeclaredConstructor(
                        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
                canonical.setAccessible(true);
                constructor = lookup.unreflectConstructor(canonical)
                        .asSpreader(Object[].class, components.length)
                        .asType(MAKE);
            } catch (ReflectiveOperationException impossible) {
                throw new IllegalStateException("Every record has its accessors and its constructor.", impossible);
            }
        }

        @Nullable
        Object get(Object record, int component) {
            try {
                return (Object) accessors[component].invokeExact(record);
            } catch (Throwable failed) {
                throw rethrown(failed);
            }
        }

        Object make(@Nullable Object[] components) {
            try {
                return (Object) constructor.invokeExact(components);
            } catch (Throwable failed) {
                throw rethrown(failed);
            }
        }

        private RuntimeException rethrown(Throwable failed) {
            return switch (failed) {
                case RuntimeException unchecked -> unchecked;
                case Error error -> throw error;
                default -> new IllegalStateException("A " + name + " cannot be taken apart or made.", failed);
            };
        }
    }

    @SuppressWarnings("unchecked")
    private static Shape<Object>[] untyped(List<Shape<?>> shapes) {
        return (Shape<Object>[]) shapes.toArray(Shape<?>[]::new);
    }

    private static String describe(String name, RecordComponent[] components, Shape<Object>[] shapes) {
        var parts = new ArrayList<String>();
        for (var place = 0; place < components.length; place++) {
            parts.add(components[place].getName() + ":" + (place < shapes.length ? shapes[place].describe() : name));
        }
        return name + "(" + String.join(",", parts) + ")";
    }

    private static final class RecordShape extends Reference<Object> {
        /** A record of more parts is seldom the same twice. */
        private static final int SMALL = 2;

        private final Parts parts;
        private final Shape<Object>[] shapes;
        private final String description;

        RecordShape(Class<?> type, RecordComponent[] components, List<Shape<?>> shapes) {
            parts = new Parts(type, components);
            this.shapes = untyped(shapes);
            description = Shape.describe(parts.name, components, this.shapes);
        }

        @Override
        void writePresent(ShapeWriter out, Object value) throws IOException {
            for (var place = 0; place < shapes.length; place++) {
                shapes[place].write(out, parts.get(value, place));
            }
        }

        @Override
        Object readPresent(ShapeReader in) throws IOException {
            var components = new @Nullable Object[shapes.length];
            for (var place = 0; place < shapes.length; place++) {
                components[place] = shapes[place].read(in);
            }
            return parts.make(components);
        }

        @Override
        boolean small() {
            return shapes.length <= SMALL && Arrays.stream(shapes).allMatch(Shape::small);
        }

        @Override
        int hash(Object value) {
            var hash = 0;
            for (var place = 0; place < shapes.length; place++) {
                var part = parts.get(value, place);
                hash = 31 * hash + (part == null ? 0 : shapes[place].hash(part));
            }
            return hash;
        }

        @Override
        String describe() {
            return description;
        }
    }

    private static final class ChainShape extends Shape<Object> {
        private final Parts parts;
        private final Shape<Object>[] shapes;
        private final String description;

        ChainShape(Class<?> type, RecordComponent[] components, List<Shape<?>> shapes) {
            parts = new Parts(type, components);
            this.shapes = untyped(shapes);
            description = Shape.describe(parts.name, components, this.shapes);
        }

        @Override
        void write(ShapeWriter out, @Nullable Object newest) throws IOException {
            var links = new ArrayList<Object>();
            for (var each = newest; each != null; each = parts.get(each, shapes.length)) {
                links.add(each);
            }
            out.count(links.size());
            for (var link : links.reversed()) {
                for (var place = 0; place < shapes.length; place++) {
                    shapes[place].write(out, parts.get(link, place));
                }
            }
        }

        @Override
        @Nullable
        Object read(ShapeReader in) throws IOException {
            var length = in.count();
            Object newest = null;
            for (long link = 0; link < length; link++) {
                var components = new @Nullable Object[shapes.length + 1];
                for (var place = 0; place < shapes.length; place++) {
                    components[place] = shapes[place].read(in);
                }
                components[shapes.length] = newest;
                newest = parts.make(components);
            }
            return newest;
        }

        @Override
        String describe() {
            return description;
        }
    }

    private static final class SealedShape extends Reference<Object> {
        private final String name;
        private final Map<Class<?>, Integer> places = new HashMap<>();
        private final Shape<Object>[] shapes;

        SealedShape(Class<?> type, List<Class<?>> choices, List<Shape<?>> shapes) {
            name = type.getSimpleName();
            choices.forEach(choice -> places.put(choice, places.size()));
            this.shapes = untyped(shapes);
        }

        @Override
        void writePresent(ShapeWriter out, Object value) throws IOException {
            int place = Objects.requireNonNull(places.get(value.getClass()));
            out.count(place);
            shapes[place].write(out, value);
        }

        @Override
        Object readPresent(ShapeReader in) throws IOException {
            return Objects.requireNonNull(shapes[Math.toIntExact(in.count())].read(in));
        }

        @Override
        String describe() {
            return name + Arrays.stream(shapes).map(Shape::describe).collect(Collectors.joining("|", "<", ">"));
        }
    }
}
