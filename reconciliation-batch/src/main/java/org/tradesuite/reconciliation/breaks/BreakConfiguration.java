package org.tradesuite.reconciliation.breaks;

import java.nio.file.Path;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.unit.DataSize;
import org.tradesuite.reconciliation.journal.Journal;
import org.tradesuite.reconciliation.statement.StatementArchive;
import tools.jackson.databind.json.JsonMapper;

@Configuration(proxyBeanMethods = false)
class BreakConfiguration {

    @Bean
    BreakLedger breakLedger(DataSource dataSource, JsonMapper json, Clock clock) {
        return new BreakLedger(dataSource, json, clock);
    }

    @Bean
    Journal deskJournal(DataSource dataSource, JsonMapper json) {
        return new Journal(dataSource, json);
    }

    @Bean
    WriteOffs writeOffs(JdbcClient jdbc) {
        return new WriteOffs(jdbc);
    }

    @Bean
    BreakDesk breakDesk(
            Breaks breaks, WriteOffs writeOffs, Journal journal, JdbcClient jdbc, JsonMapper json, Clock clock) {
        return new BreakDesk(breaks, writeOffs, new DeskRequests(jdbc, json, clock), journal, jdbc, clock);
    }

    @Bean
    DeskRules deskRules(JdbcClient jdbc, Journal journal, DataSource dataSource, Clock clock) {
        return new DeskRules(jdbc, journal, new BusinessDays(dataSource), clock);
    }

    @Bean
    Attachments attachments(
            JdbcClient jdbc,
            Journal journal,
            @Value("${tradesuite.reconciliation.attachment-bytes}") DataSize most,
            Clock clock) {
        return new Attachments(jdbc, journal, most.toBytes(), clock);
    }

    @Bean
    BreakList breakList(JdbcClient jdbc) {
        return new BreakList(jdbc);
    }

    @Bean
    Chasers chasers(JdbcClient jdbc, Journal journal, Clock clock) {
        return new Chasers(jdbc, journal, clock);
    }

    @Bean
    BreakSides breakSides(JdbcClient jdbc, StatementArchive archive, JsonMapper json) {
        return new BreakSides(jdbc, archive, json);
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
