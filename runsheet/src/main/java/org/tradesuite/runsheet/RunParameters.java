package org.tradesuite.runsheet;

import java.time.LocalDate;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.scope.context.ChunkContext;

/**
 * What identifies a run: the business date and, from the second time a date is worked, the sequence. Nothing else, so
 * that a job started twice for a date is recognised as the same. Steps name them as
 * {@code @Value("#{jobParameters['businessDate']}") LocalDate}.
 */
public final class RunParameters {

    public static final String BUSINESS_DATE = "businessDate";
    public static final String SEQUENCE = "sequence";

    private RunParameters() {}

    public static JobParameters of(LocalDate businessDate, long sequence) {
        JobParametersBuilder parameters = new JobParametersBuilder().addLocalDate(BUSINESS_DATE, businessDate);
        if (sequence > 1) {
            parameters.addLong(SEQUENCE, sequence);
        }
        return parameters.toJobParameters();
    }

    public static LocalDate businessDate(JobParameters parameters) {
        LocalDate date = parameters.getLocalDate(BUSINESS_DATE);
        if (date == null) {
            throw new IllegalArgumentException("a run without a business date; start jobs through the job board");
        }
        return date;
    }

    /** The business date of the step a tasklet runs in. */
    public static LocalDate businessDate(ChunkContext context) {
        return businessDate(context.getStepContext().getStepExecution().getJobParameters());
    }

    public static long sequence(JobParameters parameters) {
        Long sequence = parameters.getLong(SEQUENCE);
        return sequence == null ? 1 : sequence;
    }
}
