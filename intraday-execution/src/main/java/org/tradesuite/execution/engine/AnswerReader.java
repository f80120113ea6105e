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
        while (in.nextToken() != JsonToken.END_ARRAY) {
            answers.add(answer(in, forms));
        }
        return answers;
    }

    private static Check answer(JsonParser in, AnswerForms forms) {
        if (!in.isExpectedStartArrayToken()) {
            return forms.get(in.getIntValue()).check(null, null, List.of());
        }
        var form = forms.get(in.nextIntValue(0));
        BigDecimal measured = null;
        BigDecimal limit = null;
        if (form.measures()) {
            measured = number(in);
            limit = form.limit() == null ? number(in) : null;
        }
        var values = new ArrayList<String>(4);
        while (in.nextToken() != JsonToken.END_ARRAY) {
            values.add(in.currentToken() == JsonToken.VALUE_NULL ? "null" : in.getString());
        }
        return form.check(measured, limit, values);
    }

    private static @Nullable BigDecimal number(JsonParser in) {
        return in.nextToken() == JsonToken.VALUE_NULL ? null : in.getDecimalValue();
    }
}
