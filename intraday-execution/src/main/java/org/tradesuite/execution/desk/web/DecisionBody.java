package org.tradesuite.execution.desk.web;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tradesuite.openapi.execution.model.Algo;
import org.tradesuite.openapi.execution.model.BatchedDecision;
import org.tradesuite.openapi.execution.model.DecisionBatch;
import org.tradesuite.openapi.execution.model.NewDecision;
import org.tradesuite.openapi.execution.model.OrderType;
import org.tradesuite.openapi.execution.model.Side;
import org.tradesuite.openapi.execution.model.TimeInForce;
import org.tradesuite.web.UtcTime;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads decisions from a body in one pass, if the body keeps the contract to the letter. Of any other it says only that:
 * what is wrong with it, and how that is answered, is known to the usual way alone. The rules of each field are those
 * the contract's generator wrote on the model, so there is one place where they stand.
 */
final class DecisionBody {

    private static final JsonFactory JSON = new JsonFactory();
    private static final Rule KEY = Rule.of(BatchedDecision.class, "idempotencyKey");
    private static final Size BATCH = size();

    /** @param bit of the field among those found */
    private record Field(int bit, Rule rule, BiConsumer<NewDecision, String> setter) {}

    private static final Map<String, Field> FIELDS = new HashMap<>();
    private static final int REQUIRED;

    static {
        field("accountId", NewDecision::setAccountId);
        field("strategyId", NewDecision::setStrategyId);
        field("traderId", NewDecision::setTraderId);
        field("instrumentId", NewDecision::setInstrumentId);
        field("isin", NewDecision::setIsin);
        field("mic", NewDecision::setMic);
        field("side", (decision, text) -> decision.setSide(Side.fromValue(text)));
        field("quantity", NewDecision::setQuantity);
        field("orderType", (decision, text) -> decision.setOrderType(OrderType.fromValue(text)));
        field("limitPrice", NewDecision::setLimitPrice);
        field("algo", (decision, text) -> decision.setAlgo(Algo.fromValue(text)));
        field("timeInForce", (decision, text) -> decision.setTimeInForce(TimeInForce.fromValue(text)));
        field("startTime", (decision, text) -> decision.setStartTime(UtcTime.of(text)));
        field("endTime", (decision, text) -> decision.setEndTime(UtcTime.of(text)));
        field("reason", NewDecision::setReason);
        REQUIRED = FIELDS.values().stream()
                .filter(field -> field.rule().required())
                .mapToInt(Field::bit)
                .reduce(0, (some, more) -> some | more);
    }

    private static void field(String name, BiConsumer<NewDecision, String> setter) {
        FIELDS.put(name, new Field(1 << FIELDS.size(), Rule.of(NewDecision.class, name), setter));
    }

    /** What the contract says of a field, as its generator wrote it on the getter. */
    private record Rule(boolean required, @Nullable Pattern pattern, int shortest, int longest) {

        static Rule of(Class<?> model, String field) {
            try {
                var getter = model.getMethod("get" + Character.toUpperCase(field.charAt(0)) + field.substring(1));
                var pattern = getter.getAnnotation(jakarta.validation.constraints.Pattern.class);
                var size = getter.getAnnotation(Size.class);
                return new Rule(
                        getter.isAnnotationPresent(NotNull.class),
                        pattern == null ? null : Pattern.compile(pattern.regexp()),
                        size == null ? 0 : size.min(),
                        size == null ? Integer.MAX_VALUE : size.max());
            } catch (NoSuchMethodException e) {
                throw new IllegalStateException("the contract has no field " + field + " any more", e);
            }
        }

        boolean allows(String text) {
            return text.length() >= shortest
                    && text.length() <= longest
                    && (pattern == null || pattern.matcher(text).matches());
        }
    }

    private final JsonParser in;

    private DecisionBody(JsonParser in) {
        this.in = in;
    }

    /** Null if the body is not to the letter of the contract. */
    static @Nullable NewDecision one(byte[] body) {
        try (JsonParser in = JSON.createParser(ObjectReadContext.empty(), body)) {
            in.nextToken();
            @Nullable NewDecision decision = new DecisionBody(in).decision();
            return in.nextToken() == null ? decision : null;
        } catch (JacksonException | IllegalArgumentException notToTheLetter) {
            return null;
        }
    }

    /** Null if the body is not to the letter of the contract. */
    static @Nullable List<BatchedDecision> many(byte[] body) {
        try (JsonParser in = JSON.createParser(ObjectReadContext.empty(), body)) {
            @Nullable List<BatchedDecision> decisions = new DecisionBody(in).decisions();
            return decisions != null && in.nextToken() == null ? decisions : null;
        } catch (JacksonException | IllegalArgumentException notToTheLetter) {
            return null;
        }
    }

    static boolean isKey(String key) {
        return KEY.allows(key);
    }

    private @Nullable List<BatchedDecision> decisions() {
        if (in.nextToken() != JsonToken.START_OBJECT
                || !"decisions".equals(in.nextName())
                || in.nextToken() != JsonToken.START_ARRAY) {
            return null;
        }
        List<BatchedDecision> decisions = new ArrayList<>();
        while (in.nextToken() == JsonToken.START_OBJECT) {
            @Nullable BatchedDecision each = batched();
            if (each == null || decisions.size() == BATCH.max()) {
                return null;
            }
            decisions.add(each);
        }
        return in.hasToken(JsonToken.END_ARRAY)
                        && in.nextToken() == JsonToken.END_OBJECT
                        && decisions.size() >= BATCH.min()
                ? decisions
                : null;
    }

    private @Nullable BatchedDecision batched() {
        @Nullable String key = null;
        @Nullable NewDecision decision = null;
        for (@Nullable String name = in.nextName(); name != null; name = in.nextName()) {
            in.nextToken();
            if (name.equals("idempotencyKey") && key == null && in.hasToken(JsonToken.VALUE_STRING)) {
                key = in.getString();
            } else if (name.equals("decision") && decision == null) {
                decision = decision();
                if (decision == null) {
                    return null;
                }
            } else {
                return null;
            }
        }
        return in.hasToken(JsonToken.END_OBJECT) && key != null && isKey(key) && decision != null
                ? new BatchedDecision(key, decision)
                : null;
    }

    /** The object that begins at the current token. */
    private @Nullable NewDecision decision() {
        if (!in.hasToken(JsonToken.START_OBJECT)) {
            return null;
        }
        var decision = new NewDecision();
        var found = 0;
        for (@Nullable String name = in.nextName(); name != null; name = in.nextName()) {
            @Nullable Field field = FIELDS.get(name);
            if (field == null || in.nextToken() != JsonToken.VALUE_STRING || (found & field.bit()) != 0) {
                return null;
            }
            found |= field.bit();
            String text = in.getString();
            if (!field.rule().allows(text)) {
                return null;
            }
            field.setter().accept(decision, text);
        }
        return in.hasToken(JsonToken.END_OBJECT) && (found & REQUIRED) == REQUIRED ? decision : null;
    }

    private static Size size() {
        try {
            return DecisionBatch.class.getMethod("getDecisions").getAnnotation(Size.class);
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("the contract has no batch of decisions any more", e);
        }
    }
}
