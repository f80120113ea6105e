package org.tradesuite.execution.engine;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.tradesuite.execution.risk.Check;
import org.tradesuite.market.Price;
import org.tradesuite.market.Quantity;

/**
 * Writes the answers of rules for the journal. Dozens of them stand in every decision: each is the number of its form, and
 * where there is more to say a list of it and its values: what was measured, its limit if the form does not have it, and
 * what stood in the gaps of the form. Many rules see what the one before saw: a list ends where all that follows is what
 * the last answer with a value at that place had there. Put together by hand, because the numbers are many and short. Of
 * one thread.
 */
final class AnswerWriter implements Consumer<@Nullable Object> {

    /** Equal to no value. */
    private static final Object NONE_YET = new Object();

    private final AnswerForms forms;
    private final Letters text = new Letters();

    /** Of the answer being written. */
    private @Nullable Object[] values = new Object[8];

    private int count;

    /** The last at each place, of the answers being written. */
    private @Nullable Object[] before = new Object[8];

    AnswerWriter(AnswerForms forms) {
        this.forms = forms;
    }

    /** A JSON array. */
    String write(List<Check> answers) {
        text.clear();
        Arrays.fill(before, NONE_YET);
        text.add('[');
        for (var place = 0; place < answers.size(); place++) {
            if (place > 0) {
                text.add(',');
            }
            write(answers.get(place));
        }
        text.add(']');
        return text.toString();
    }

    private void write(Check check) {
        var form = forms.of(check);
        if (form.saysAll()) {
            text.add(form.number());
            return;
        }
        count = 0;
        if (form.measures()) {
            accept(check.measured());
        }
        if (form.limits()) {
            accept(check.limit());
        }
        check.seen().eachValue(this);
        text.add('[');
        text.add(form.number());
        var told = count;
        while (told > 0 && Objects.equals(values[told - 1], before[told - 1])) {
            told--;
        }
        for (var place = 0; place < told; place++) {
            write(values[place]);
            before[place] = values[place];
        }
        text.add(']');
    }

    /** Adds a value of the answer. */
    @Override
    public void accept(@Nullable Object value) {
        if (count == values.length) {
            values = Arrays.copyOf(values, 2 * count);
            before = Arrays.copyOf(before, 2 * count);
            Arrays.fill(before, count, 2 * count, NONE_YET);
        }
        values[count++] = value;
    }

    private void write(@Nullable Object value) {
        text.add(',');
        // Asked one after the other, as most are numbers: a switch over types costs more than the writing.
        if (value instanceof BigDecimal number) {
            text.add(number);
        } else if (value instanceof Price price) {
            text.add(price.value());
        } else if (value instanceof Quantity quantity) {
            text.add(quantity.value());
        } else if (value instanceof Integer number) {
            text.add(number.longValue());
        } else if (value instanceof Long number) {
            text.add(number.longValue());
        } else if (value == null) {
            text.add("null");
        } else {
            text.addQuoted(value.toString());
        }
    }
}
