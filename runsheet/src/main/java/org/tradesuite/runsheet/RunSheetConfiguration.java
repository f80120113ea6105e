package org.tradesuite.runsheet;

import java.time.Clock;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.quartz.Scheduler;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.PropertySource;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;
import org.tradesuite.runsheet.intake.FileReceipts;
import org.tradesuite.runsheet.intake.Quarantine;

/**
 * Imported by a batch application, which brings: a {@link RunSheet} bean, one {@code Job} bean per line of it, a
 * {@link Clock}, its data source, and the setting {@code tradesuite.runsheet.schema} equal to the sheet's application.
 * Spring Batch and Quartz are set up by Spring Boot from the settings in runsheet.properties; an application may
 * override any of them.
 */
@Configuration(proxyBeanMethods = false)
@Import({JobBoardController.class, QuarantineController.class})
@PropertySource("classpath:org/tradesuite/runsheet/runsheet.properties")
public class RunSheetConfiguration {

    @Bean
    JobBoard jobBoard(
            RunSheet sheet,
            @Value("${tradesuite.runsheet.schema}") String schema,
            DataSource dataSource,
            PlatformTransactionManager transactionManager,
            Clock clock,
            BusinessDays businessDays,
            Schedule schedule,
            JobOperator operator,
            JobRepository repository,
            ObjectProvider<Job> jobs)
            throws Exception {
        if (!schema.equals(sheet.application())) {
            throw new IllegalArgumentException("tradesuite.runsheet.schema is " + schema + " but the run sheet is of "
                    + sheet.application() + "; make them equal");
        }
        JdbcClient jdbc = JdbcClient.create(dataSource);
        StepTimes times = new StepTimes(jdbc, schema, clock);
        jobs.forEach(times::watch);
        return new JobBoard(
                sheet,
                new RunStore(jdbc, sheet),
                new RunLocks(dataSource, schema),
                new RunJournal(dataSource, schema),
                new Prerequisites(jdbc),
                businessDays,
                schedule,
                new RunCreation(repository),
                operator,
                repository,
                jobs.stream().collect(Collectors.toMap(Job::getName, Function.identity())),
                new TransactionTemplate(transactionManager),
                clock);
    }

    @Bean
    StepMeter stepMeter(DataSource dataSource, RunSheet sheet, PlatformTransactionManager transactionManager) {
        TransactionTemplate apart = new TransactionTemplate(transactionManager);
        apart.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        return new StepMeter(JdbcClient.create(dataSource), sheet.application(), apart);
    }

    @Bean
    BusinessDays businessDays(DataSource dataSource, RunSheet sheet) {
        return new BusinessDays(JdbcClient.create(dataSource), sheet);
    }

    @Bean
    Schedule runSchedule(Scheduler scheduler, RunSheet sheet, Environment environment) {
        return new Schedule(scheduler, sheet, environment);
    }

    @Bean
    Opening runSheetOpening(
            JobBoard board,
            Schedule schedule,
            Scheduler scheduler,
            ObjectProvider<Job> jobs,
            @Value("${tradesuite.runsheet.restart-abandoned}") boolean restartAbandoned) {
        return new Opening(board, schedule, scheduler, jobs.stream().toList(), restartAbandoned);
    }

    @Bean
    Quarantine quarantine(
            DataSource dataSource, RunSheet sheet, PlatformTransactionManager transactionManager, Clock clock) {
        return new Quarantine(dataSource, sheet.application(), transactionManager, clock);
    }

    @Bean
    RowRelease rowRelease(
            Quarantine quarantine,
            DataSource dataSource,
            RunSheet sheet,
            PlatformTransactionManager transactionManager,
            Clock clock) {
        return new RowRelease(
                quarantine,
                new RunJournal(dataSource, sheet.application()),
                new TransactionTemplate(transactionManager),
                sheet.application(),
                clock);
    }

    @Bean
    FileReceipts fileReceipts(DataSource dataSource, RunSheet sheet, Clock clock) {
        return new FileReceipts(dataSource, sheet.application(), clock);
    }
}
