package org.tradesuite.reporting;

import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalTime;
import java.time.ZoneId;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.tradesuite.reporting.archive.Archive;
import org.tradesuite.runsheet.Prerequisite;
import org.tradesuite.runsheet.RunSheet;
import org.tradesuite.runsheet.RunSheet.Line;
import org.tradesuite.runsheet.RunSheetConfiguration;
import org.tradesuite.web.WebContract;

/** TCA, confirmations, the sheets of limits and of breaks, the transaction report and the audit export, as jobs and over HTTP. */
@SpringBootApplication
@Import({WebContract.class, RunSheetConfiguration.class})
public class ReportingApplication {

    /** Ten minutes before the year ends, as Quartz says it. */
    private static final String LAST_OF_DECEMBER = "0 50 23 31 12 ?";

    public static void main(String[] arguments) {
        new SpringApplicationBuilder(ReportingApplication.class)
                .properties("spring.config.name=reporting")
                .run(arguments);
    }

    @Bean
    @ConditionalOnMissingBean
    Clock clock() {
        return Clock.systemUTC();
    }

    /** The business date is over when execution has closed it; only the break sheet waits for more than that. */
    @Bean
    RunSheet runSheet(@Value("${reporting.zone}") ZoneId zone) {
        Prerequisite traded = Prerequisite.dayClosed("execution");
        return RunSheet.of(
                "reporting",
                zone,
                Line.of("tca", "Measures what every order cost and writes the TCA report.")
                        .after(traded)
                        .cutOff(LocalTime.of(22, 0)),
                Line.of("trade-confirmations", "Writes a confirmation of its trades for every account.")
                        .after(traded)
                        .cutOff(LocalTime.of(22, 0)),
                Line.of(
                                "limit-utilisation",
                                "Writes how full each limit was, and what was stopped, let pass and changed.")
                        .after(traded)
                        .cutOff(LocalTime.of(22, 0)),
                Line.of("break-sheet", "Writes the breaks that are open, how old they are and what is at risk.")
                        .after(
                                Prerequisite.jobFinished("reconciliation", "reconcile-brokers"),
                                Prerequisite.jobFinished("reconciliation", "reconcile-custodian")),
                Line.of("sign-off-sheet", "Writes who signed what was reconciled, and what was open then.")
                        .after(traded),
                Line.of("transaction-report", "Writes the MiFIR transaction report for the authority.")
                        .after(traded)
                        .cutOff(LocalTime.of(23, 0)),
                Line.of("audit-export", "Exports the journal, signs its end, and has the export verified.")
                        .after(traded)
                        .cutOff(LocalTime.of(23, 30)),
                // Of a date on which nobody may have traded, so it waits for no day; by hand for the year so far.
                Line.of(
                                "control-evidence",
                                "Writes the year's evidence of the pre-trade controls, with what is missing in it.")
                        .cron(LAST_OF_DECEMBER));
    }

    @Bean
    Archive archive(DataSource dataSource, @Value("${tradesuite.out}") Path out, Clock clock) {
        return new Archive(dataSource, out, clock);
    }
}
