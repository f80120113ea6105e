package org.tradesuite.reconciliation.statement;

import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

@Configuration(proxyBeanMethods = false)
class StatementConfiguration {

    @Bean
    StatementStore statementStore(DataSource dataSource, JsonMapper json, Clock clock) {
        return new StatementStore(dataSource, json, clock);
    }
}
