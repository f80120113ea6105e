package org.tradesuite.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tradesuite.web.StrictJson;
import tools.jackson.databind.json.JsonMapper;

/** What the contract shows as an example is an example of what it says. */
class ContractExamplesTest {

    private static final List<String> FILES =
            List.of("common", "access", "execution", "settlement", "reconciliation", "reporting", "jobs");

    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDialect(Dialects.getOpenApi30());

    /**
     * One example of the contract.
     *
     * @param file the contract file without its ending
     * @param pointer the JSON pointer of the media type or parameter that holds schema and example
     */
    record Example(String file, String pointer, String name, JsonNode schema, JsonNode value) {
        @Override
        public String toString() {
            return file + ".yaml#" + pointer + " " + name;
        }
    }

    static Stream<Example> examples() throws IOException {
        List<Example> found = new ArrayList<>();
        for (String file : FILES) {
            collect(file, "", contract(file), found);
        }
        return found.stream();
    }

    private static JsonNode contract(String file) throws IOException {
        try (InputStream in = ContractExamplesTest.class.getResourceAsStream("/contract/" + file + ".yaml")) {
            return new YAMLMapper().readTree(in);
        }
    }

    private static void collect(String file, String pointer, JsonNode node, List<Example> found) {
        if (node.has("schema")) {
            if (node.has("example")) {
                found.add(new Example(file, pointer, "example", node.get("schema"), node.get("example")));
            }
            node.path("examples")
                    .properties()
                    .forEach(example -> found.add(new Example(
                            file,
                            pointer,
                            example.getKey(),
                            node.get("schema"),
                            example.getValue().get("value"))));
            return;
        }
        node.properties()
                .forEach(child -> collect(
                        file,
                        pointer + "/" + child.getKey().replace("~", "~0").replace("/", "~1"),
                        child.getValue(),
                        found));
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            collect(file, pointer + "/" + i, node.get(i), found);
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void an_example_keeps_to_its_schema(Example example) {
        Schema schema = SCHEMAS.getSchema(
                SchemaLocation.of("classpath:contract/" + example.file() + ".yaml#" + example.pointer() + "/schema"));
        assertThat(schema.validate(example.value())).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void an_example_survives_the_generated_model(Example example) throws ReflectiveOperationException {
        String reference = example.schema().path("$ref").asText();
        if (reference.isEmpty() || !example.value().isObject()) {
            return;
        }
        String name = reference.substring(reference.lastIndexOf('/') + 1);
        boolean shared = example.file().equals("common") || reference.startsWith("common.yaml");
        Class<?> model =
                Class.forName("org.tradesuite.openapi." + (shared ? "problem." : example.file() + ".model.") + name);
        JsonMapper json = StrictJson.mapper();
        Object read = json.readValue(example.value().toString(), model);
        assertThat(withoutEmptyArrays(json.readTree(json.writeValueAsString(read))))
                .isEqualTo(
                        withoutEmptyArrays(json.readTree(times(example.value().toString()))));
    }

    /** A time of the contract has microseconds; those that are zero are not written. */
    private static String times(String text) {
        return text.replaceAll("(:\\d\\d)\\.000000Z", "$1Z").replaceAll("(\\.\\d{3})000Z", "$1Z");
    }

    /** The generated models write an absent list as an empty one. */
    private static tools.jackson.databind.JsonNode withoutEmptyArrays(tools.jackson.databind.JsonNode node) {
        if (node instanceof tools.jackson.databind.node.ObjectNode object) {
            for (String name : List.copyOf(object.propertyNames())) {
                if (object.get(name).isArray() && object.get(name).isEmpty()) {
                    object.remove(name);
                }
            }
        }
        node.forEach(ContractExamplesTest::withoutEmptyArrays);
        return node;
    }

    @Test
    void every_operation_shows_an_example_of_each_json_body() throws IOException {
        Set<String> missing = new TreeSet<>();
        for (String file : FILES) {
            contract(file)
                    .path("paths")
                    .properties()
                    .forEach(path -> path.getValue().properties().forEach(operation -> {
                        JsonNode bodies = operation.getValue();
                        check(file + path.getKey() + " request", bodies.path("requestBody"), missing);
                        bodies.path("responses")
                                .properties()
                                .forEach(response -> check(
                                        file + path.getKey() + " " + operation.getKey() + " " + response.getKey(),
                                        response.getValue(),
                                        missing));
                    }));
        }
        assertThat(missing).isEmpty();
    }

    private static void check(String where, JsonNode body, Set<String> missing) {
        JsonNode json = body.path("content").path("application/json");
        if (!json.isMissingNode() && !json.has("examples")) {
            missing.add(where);
        }
    }

    @Test
    void every_operation_names_the_problem_of_not_being_signed_in() throws IOException {
        for (String file : FILES) {
            for (var path : contract(file).path("paths").properties()) {
                for (var operation : path.getValue().properties()) {
                    if (operation.getValue().has("operationId")) {
                        assertThat(operation.getValue().path("responses").has("401"))
                                .as(file + " " + operation.getKey() + " " + path.getKey())
                                .isTrue();
                    }
                }
            }
        }
    }

    @Test
    void a_request_has_no_room_for_fields_that_the_contract_does_not_know() throws IOException {
        for (String file : FILES) {
            for (var schema : contract(file).path("components").path("schemas").properties()) {
                if (schema.getValue().path("type").asText().equals("object")) {
                    assertThat(schema.getValue().path("additionalProperties").isBoolean()
                                    && !schema.getValue()
                                            .path("additionalProperties")
                                            .asBoolean())
                            .as(file + " " + schema.getKey())
                            .isTrue();
                }
            }
        }
    }
}
