package org.tradesuite.reconciliation;

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

/** The reconciliation desk's application: its run sheet, its HTTP interface, its clock. */
@SpringBootApplication
@Import({WebContract.class, RunSheetConfiguration.class})
public class ReconciliationApplication {

    public static void main(String[] arguments) {
        new SpringApplicationBuilder(ReconciliationApplication.class)
                .properties("spring.config.name=reconciliation")
                .run(arguments);
    }

    /** The suite brings a clock of its own, which runs faster. */
    @Bean
    @ConditionalOnMissingBean
    Clock clock() {
        return Clock.systemUTC();
    }

    /** Neither waits for the other: a broker's file that is late holds up nobody's custody. */
    @Bean
    RunSheet runSheet() {
        return RunSheet.of(
                "reconciliation",
                ZoneOffset.UTC,
                Line.of("reconcile-brokers", "Brokers' statements and drop copies against our trades")
                        .after(Prerequisite.dayClosed("execution")),
                Line.of("reconcile-brokers-intraday", "Within the day: live drop copies against our executions so far")
                        .after(Prerequisite.dayOpen("execution"))
                        .withinTheDay(),
                Line.of("reconcile-custodian", "Custodian's holdings, movements and cash against what has settled")
                        .after(Prerequisite.jobFinished("settlement", "apply-status"))
                        .repeating());
    }
}
