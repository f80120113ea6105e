package org.tradesuite.runsheet;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.job.Job;
import org.springframework.context.SmartLifecycle;

/**
 * What happens when the application starts, in this order: the sheet is compared with the jobs there are, runs that a
 * dead process left behind are put in order, the schedule is published, the scheduler begins to fire.
 */
final class Opening implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Opening.class);

    private final JobBoard board;
    private final Schedule schedule;
    private final Scheduler scheduler;
    private final Collection<Job> jobs;
    private final boolean restartsAbandoned;
    private volatile boolean running;

    Opening(JobBoard board, Schedule schedule, Scheduler scheduler, Collection<Job> jobs, boolean restartsAbandoned) {
        this.board = board;
        this.schedule = schedule;
        this.scheduler = scheduler;
        this.jobs = jobs;
        this.restartsAbandoned = restartsAbandoned;
    }

    @Override
    public void start() {
        requireSheetEqualsJobs();
        schedule.publish();
        List<Run> recovered = board.recoverAbandoned();
        if (restartsAbandoned) {
            for (Run run : recovered) {
                LOG.info(
                        "restart of run {}: {}",
                        run.number(),
                        board.restart(run.number(), Origin.RECOVERY, "recovery", "The process had died."));
            }
        }
        try {
            scheduler.start();
        } catch (SchedulerException e) {
            throw new IllegalStateException("the scheduler does not start: " + e.getMessage(), e);
        }
        running = true;
    }

    private void requireSheetEqualsJobs() {
        Set<String> onSheet =
                board.sheet().lines().stream().map(RunSheet.Line::job).collect(Collectors.toCollection(TreeSet::new));
        Set<String> built = jobs.stream().map(Job::getName).collect(Collectors.toCollection(TreeSet::new));
        if (!onSheet.equals(built)) {
            throw new IllegalStateException(
                    "the run sheet lists " + onSheet + " but the Job beans are " + built + "; make them equal");
        }
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Last of all: jobs need everything else up. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }
}
