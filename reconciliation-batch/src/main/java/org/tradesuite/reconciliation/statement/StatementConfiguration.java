package org.tradesuite.reconciliation.statement;

import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.unit.DataSize;
import org.tradesuite.reconciliation.delivery.UnpackingLimits;
import tools.jackson.databind.json.JsonMapper;

@Configuration(proxyBeanMethods = false)
class StatementConfiguration {

    @Bean
    UnpackingLimits unpackingLimits(
            @Value("${tradesuite.reconciliation.expanded-bytes}") DataSize expanded,
            @Value("${tradesuite.reconciliation.expansion-ratio}") int ratio,
            @Value("${tradesuite.reconciliation.archive-members}") int members) {
        return new UnpackingLimits(expanded.toBytes(), ratio, members);
    }

    @Bean
    StatementStore statementStore(DataSource dataSource, JsonMapper json, Clock clock) {
        return new StatementStore(dataSource, json, clock);
    }

    @Bean
    ExpectedStatements expectedStatements(DataSource dataSource, JsonMapper json, Clock clock) {
        return new ExpectedStatements(dataSource, json, clock);
    }

    @Bean
    StatementArchive statementArchive(DataSource dataSource, UnpackingLimits limits) {
        return new StatementArchive(dataSource, limits);
    }
}
