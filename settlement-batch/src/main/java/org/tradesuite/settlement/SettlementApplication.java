package org.tradesuite.settlement;

import java.time.Clock;
import java.time.ZoneOffset;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.tradesuite.runsheet.Prerequisite;
import org.tradesuite.runsheet.RunSheet;
import org.tradesuite.runsheet.RunSheet.Line;
import org.tradesuite.runsheet.RunSheetConfiguration;
import org.tradesuite.web.WebContract;

/** The settlement desk's application: its run sheet, its HTTP interface, its clock. */
@SpringBootApplication
@Import({WebContract.class, RunSheetConfiguration.class})
public class SettlementApplication {

    public static void main(String[] arguments) {
        new SpringApplicationBuilder(SettlementApplication.class)
                .properties("spring.config.name=settlement")
                .run(arguments);
    }

    /** The suite brings a clock of its own, which runs faster. */
    @Bean
    @ConditionalOnMissingBean
    Clock clock() {
        return Clock.systemUTC();
    }

    /** A settlement date on which nothing was traded has answers and fails, and no trades: so those wait for no job. */
    @Bean
    RunSheet runSheet() {
        return RunSheet.of(
                "settlement",
                ZoneOffset.UTC,
                Line.of("confirm-trades", "Confirmed trades to obligations").after(Prerequisite.dayClosed("execution")),
                Line.of("instruct", "Instructions to the custodian")
                        .after(Prerequisite.jobFinished("settlement", "confirm-trades")),
                Line.of("apply-status", "Answers of the custodian").repeating(),
                Line.of("age-fails", "Fails and their age")
                        .after(Prerequisite.jobFinished("settlement", "apply-status")));
    }
}
