package org.tradesuite.execution.engine;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tradesuite.execution.risk.Check;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Reads what {@link AnswerWriter} wrote. */
final class AnswerReader {

    private static final JsonFactory JSON = new JsonFactory();

    private AnswerReader() {}

    static List<Check> read(String written, AnswerForms forms) {
        try (var in = JSON.createParser(ObjectReadContext.empty(), written)) {
            in.nextToken();
            return read(in, forms);
        }
    }

    /** @param in at the beginning of the array; afterwards at its end */
    static List<Check> read(JsonParser in, AnswerForms forms) {
        var answers = new ArrayList<Check>(64);
        var values = new ArrayList<@Nullable String>(8);
        while (in.nextToken() != JsonToken.END_ARRAY) {
            answers.add(answer(in, forms, values));
        }
        return answers;
    }

    /** @param values the last at each place, as they are written; null where that is null */
    private static Check answer(JsonParser in, AnswerForms forms, List<@Nullable String> values) {
        if (!in.isExpectedStartArrayToken()) {
            return check(forms.get(in.getIntValue()), values);
        }
        var form = forms.get(in.nextIntValue(0));
        for (var place = 0; in.nextToken() != JsonToken.END_ARRAY; place++) {
            var value = in.currentToken() == JsonToken.VALUE_NULL ? null : in.getString();
            if (place < values.size()) {
                values.set(place, value);
            } else {
                values.add(value);
            }
        }
        return check(form, values);
    }

    private static Check check(AnswerForms.Numbered form, List<@Nullable String> values) {
        var place = 0;
        var measured = form.measures() ? number(values.get(place++)) : null;
        var limit = form.limits() ? number(values.get(place++)) : null;
        var inGaps = values.subList(place, form.values()).stream()
                .map(String::valueOf)
                .toList();
        return form.form().check(measured, limit, inGaps);
    }

    private static @Nullable BigDecimal number(@Nullable String written) {
        return written == null ? null : new BigDecimal(written);
    }
}
