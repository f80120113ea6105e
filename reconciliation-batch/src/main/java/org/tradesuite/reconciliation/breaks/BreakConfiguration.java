package org.tradesuite.reconciliation.breaks;

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
    DeskJournal deskJournal(DataSource dataSource, JsonMapper json) {
        return new DeskJournal(dataSource, json);
    }

    @Bean
    BreakDesk breakDesk(Breaks breaks, DeskJournal journal, Clock clock) {
        return new BreakDesk(breaks, journal, clock);
    }

    @Bean
    BreakList breakList(JdbcClient jdbc) {
        return new BreakList(jdbc);
    }

    @Bean
    BreakSummary breakSummary(JdbcClient jdbc) {
        return new BreakSummary(jdbc);
    }

    @Bean
    SignOffs signOffs(DataSource dataSource, JsonMapper json, Clock clock) {
        return new SignOffs(dataSource, json, clock);
    }

    @Bean
    BreakSheet breakSheet(JdbcClient jdbc, @Value("${tradesuite.out}") Path out) {
        return new BreakSheet(jdbc, out);
    }
}
