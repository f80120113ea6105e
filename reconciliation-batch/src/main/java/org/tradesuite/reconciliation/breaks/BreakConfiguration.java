package org.tradesuite.reconciliation.breaks;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

@Configuration(proxyBeanMethods = false)
class BreakConfiguration {

    @Bean
    BreakLedger breakLedger(DataSource dataSource, JsonMapper json, Clock clock) {
        return new BreakLedger(dataSource, json, clock);
    }

    @Bean
    BreakDesk breakDesk(
            Breaks breaks,
            BreakLedger ledger,
            @Value("${tradesuite.reconciliation.close-alone-up-to}") BigDecimal alone,
            Clock clock) {
        return new BreakDesk(breaks, ledger, alone, clock);
    }

    @Bean
    BreakSheet breakSheet(JdbcClient jdbc, @Value("${tradesuite.out}") Path out) {
        return new BreakSheet(jdbc, out);
    }
}
