package org.tradesuite.runsheet;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import org.quartz.DisallowConcurrentExecution;
import org.quartz.Job;
import org.quartz.JobDataMap;
import org.quartz.JobExecutionContext;
import org.quartz.JobExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What every trigger fires. A trigger with a run number executes that run; any other one is the schedule asking for
 * today's. One at a time per job, over all processes of the application.
 */
@DisallowConcurrentExecution
final class RunWorker implements Job {

    private static final Logger LOG = LoggerFactory.getLogger(RunWorker.class);
    private static final Duration ASK_AGAIN = Duration.ofMinutes(1);

    private final JobBoard board;
    private final Clock clock;

    RunWorker(JobBoard board, Clock clock) {
        this.board = board;
        this.clock = clock;
    }

    @Override
    public void execute(JobExecutionContext context) throws JobExecutionException {
        JobDataMap data = context.getTrigger().getJobDataMap();
        try {
            if (data.containsKey(Schedule.RUN)) {
                board.execute(Long.parseLong(data.getString(Schedule.RUN)));
            } else {
                LocalDate businessDate = data.containsKey(Schedule.BUSINESS_DATE)
                        ? LocalDate.parse(data.getString(Schedule.BUSINESS_DATE))
                        : LocalDate.ofInstant(clock.instant(), board.sheet().zone());
                board.startByCron(context.getJobDetail().getKey().getName(), businessDate, ASK_AGAIN);
            }
        } catch (RuntimeException e) {
            // The run keeps its state in the repository and is recovered or restarted from there; Quartz must not
            // fire it again by itself.
            LOG.error("{} could not be worked off", context.getTrigger().getKey(), e);
            throw new JobExecutionException(e, false);
        }
    }
}
