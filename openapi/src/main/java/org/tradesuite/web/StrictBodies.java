package org.tradesuite.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.type.LogicalType;

/**
 * Reads bodies to the letter of the contract. A quantity sent as a JSON number would otherwise be taken for the text of
 * whatever float the sender's library made of it.
 */
final class StrictBodies implements JsonMapperBuilderCustomizer {

    @Override
    public void customize(JsonMapper.Builder json) {
        json.enable(
                DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
                DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);
        json.disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT);
        json.enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS);
        json.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION);
        json.disable(MapperFeature.ALLOW_COERCION_OF_SCALARS);
        json.withCoercionConfig(
                LogicalType.Textual,
                text -> text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                        .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                        .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail));
        json.addModule(new SimpleModule("times of the contract").addDeserializer(Instant.class, new UtcTime()));
        json.changeDefaultPropertyInclusion(inclusion -> inclusion
                .withValueInclusion(JsonInclude.Include.NON_NULL)
                .withContentInclusion(JsonInclude.Include.NON_NULL));
    }
}
