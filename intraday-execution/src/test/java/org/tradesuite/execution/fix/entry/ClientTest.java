package org.tradesuite.execution.fix.entry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tradesuite.market.AccountId;

/** A client's file says everything about it, and nothing else. */
class ClientTest {

    private static Map<String, String> keys(String... changes) {
        Map<String, String> keys = new HashMap<>(Map.of(
                "version", "FIX.4.4",
                "user", "trader",
                "account.CORE", "GEQ1",
                "strategy", "VALUE",
                "trader", "apatel"));
        for (int i = 0; i < changes.length; i += 2) {
            keys.put(changes[i], changes[i + 1]);
        }
        return keys;
    }

    @ParameterizedTest
    @ValueSource(strings = {"ALGO1", "COPY1"})
    void the_files_we_ship_can_be_read(String name) throws IOException {
        var file = new Properties();
        try (var in = Objects.requireNonNull(getClass().getResourceAsStream("/clients/" + name + ".properties"))) {
            file.load(in);
        }
        Map<String, String> keys = new HashMap<>();
        file.stringPropertyNames().forEach(key -> keys.put(key, file.getProperty(key)));
        assertThat(Client.of(name, keys).compId()).isEqualTo(name);
    }

    @Test
    void an_account_is_ours_by_the_clients_name() {
        assertThat(Client.of("ALGO1", keys()).accounts()).containsExactly(Map.entry("CORE", AccountId.of("GEQ1")));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        acount.CORE,          GEQ1,    acount.CORE
        version,              FIX.4.3, FIX.4.3
        password-hash,        x,       either user
        cancel-on-disconnect, yes,     cancel-on-disconnect
        strategy,             ' ',     strategy
        """)
    void a_wrong_key_or_value_is_named(String key, String value, String named) {
        assertThatThrownBy(() -> Client.of("ALGO1", keys(key, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(named);
    }

    @Test
    void a_client_without_an_account_may_not_trade() {
        var keys = keys();
        keys.remove("account.CORE");
        assertThatThrownBy(() -> Client.of("ALGO1", keys)).hasMessageContaining("may trade for no account");
    }
}
