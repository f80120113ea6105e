package org.tradesuite.execution.fix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DialectTest {

    static Map<String, String> file(String name) throws IOException {
        var properties = new Properties();
        try (var in =
                Objects.requireNonNull(DialectTest.class.getResourceAsStream("/dialects/" + name + ".properties"))) {
            properties.load(in);
        }
        Map<String, String> keys = new HashMap<>();
        properties.forEach((key, value) -> keys.put((String) key, (String) value));
        return keys;
    }

    @ParameterizedTest
    @ValueSource(strings = {"ALFA", "BRAVO", "CHARLIE", "MARKET"})
    void every_dialect_we_ship_can_be_read(String name) throws IOException {
        assertThat(Dialect.of(name, file(name)).target()).isEqualTo(name);
    }

    @Test
    void a_missing_key_is_refused_by_its_name() throws IOException {
        Map<String, String> keys = file("ALFA");
        keys.remove("port");
        assertThatThrownBy(() -> Dialect.of("ALFA", keys)).hasMessage("dialect ALFA lacks the key port");
    }

    @Test
    void a_mistyped_key_is_not_a_habit() throws IOException {
        Map<String, String> keys = file("ALFA");
        keys.put("heartbeat-second", "30");
        assertThatThrownBy(() -> Dialect.of("ALFA", keys)).hasMessageContaining("heartbeat-second");
    }

    @Test
    void an_unknown_version_says_which_are_spoken() throws IOException {
        Map<String, String> keys = file("ALFA");
        keys.put("version", "FIX.4.9");
        assertThatThrownBy(() -> Dialect.of("ALFA", keys))
                .hasMessageContaining("FIX.4.9")
                .hasMessageContaining("FIX.4.2");
    }

    @Test
    void additions_removals_and_mappings_are_data() throws IOException {
        Map<String, String> keys = file("BRAVO");
        keys.put("add.D.7001", "DESK");
        keys.put("map.D.59.0", "3");
        Dialect dialect = Dialect.of("BRAVO", keys);
        assertThat(dialect.additions()).containsEntry("D", Map.of(7001, "DESK"));
        assertThat(dialect.mappings()).containsEntry("D", Map.of(59, Map.of("0", "3")));
        assertThat(dialect.removals()).containsKey("G");
    }
}
