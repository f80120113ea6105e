package org.tradesuite.reconciliation.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** What is known of an item and which columns it has lie together, and neither changes the other. */
class ItemProperties {

    private static final int MOST = 28;
    private static final Shape SHAPE = shape(MOST);

    private static Shape shape(int columns) {
        return new Shape(IntStream.range(0, columns)
                .mapToObj(column -> switch (column % 3) {
                    case 0 -> Column.text("t" + column);
                    case 1 -> Column.decimal("n" + column);
                    default -> Column.date("d" + column);
                })
                .toArray(Column[]::new));
    }

    @Property
    void what_is_known_of_it_changes_nothing_that_it_says(
            @ForAll @IntRange(max = (1 << MOST) - 1) int there,
            @ForAll @IntRange(max = 15) int flags,
            @ForAll int number,
            @ForAll long place,
            @ForAll int line) {
        var writer = new ItemWriter(SHAPE).begin(place, line);
        for (var column = 0; column < MOST; column++) {
            if ((there >>> column & 1) == 1) {
                write(writer, column);
            }
        }
        var item = writer.look(new Item(SHAPE));
        item.number(number);
        for (var flag : new int[] {Item.NAMED, Item.SHARED, Item.COPY, Item.PROPOSED}) {
            if (((flags * Item.NAMED) & flag) != 0) {
                item.flag(flag);
            }
        }
        item.move(item.octets(), item.offset());
        assertThat(item.number()).isEqualTo(number);
        assertThat(item.place()).isEqualTo(place);
        assertThat(item.line()).isEqualTo(line);
        assertThat(item.isNamed()).isEqualTo((flags & 1) != 0);
        assertThat(item.isShared()).isEqualTo((flags & 2) != 0);
        assertThat(item.isCopy()).isEqualTo((flags & 4) != 0);
        assertThat(item.isProposed()).isEqualTo((flags & 8) != 0);
        for (var column = 0; column < MOST; column++) {
            assertThat(item.has(column)).isEqualTo((there >>> column & 1) == 1);
            assertThat(item.value(column)).isEqualTo(item.has(column) ? said(column) : null);
        }
    }

    private static void write(ItemWriter writer, int column) {
        switch (SHAPE.kind(column)) {
            case TEXT -> writer.text(column, said(column));
            case DECIMAL -> writer.decimal(column, new BigDecimal(said(column)));
            default -> writer.date(column, LocalDate.parse(said(column)));
        }
    }

    private static String said(int column) {
        return switch (column % 3) {
            case 0 -> "said " + column;
            case 1 -> column + ".5";
            default -> "2026-11-" + (10 + column % 20);
        };
    }

    @Test
    void more_columns_than_there_is_room_for_are_refused() {
        assertThatThrownBy(() -> shape(MOST + 1)).isInstanceOf(IllegalArgumentException.class);
    }
}
