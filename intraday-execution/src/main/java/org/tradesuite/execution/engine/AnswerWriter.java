package org.tradesuite.execution.engine;

import java.math.BigDecimal;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.tradesuite.execution.risk.Check;
import org.tradesuite.market.Price;
import org.tradesuite.market.Quantity;

/**
 * Writes the answers of rules for the journal. Dozens of them stand in every decision: each is the number of its form, and
 * where there is more to say a list of it, what was measured, its limit if the form does not have it, and what stood in the
 * gaps of the form. Put
 * together by hand, because the numbers are many and short. Of one thread.
 */
final class AnswerWriter implements Consumer<@Nullable Object> {

    private final AnswerForms forms;
    private final Letters text = new Letters();

    AnswerWriter(AnswerForms forms) {
        this.forms = forms;
    }

    /** A JSON array. */
    String write(List<Check> answers) {
        text.clear();
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
        text.add('[');
        text.add(form.number());
        if (form.measures()) {
            accept(check.measured());
        }
        if (form.limits()) {
            accept(check.limit());
        }
        check.seen().eachValue(this);
        text.add(']');
    }

    /** Adds a value to the list. */
    @Override
    public void accept(@Nullable Object value) {
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
