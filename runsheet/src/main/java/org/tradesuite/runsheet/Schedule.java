package org.tradesuite.runsheet;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Date;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;
import org.quartz.CronScheduleBuilder;
import org.quartz.DateBuilder;
import org.quartz.JobBuilder;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;
import org.quartz.TriggerKey;
import org.quartz.impl.matchers.GroupMatcher;
import org.springframework.core.env.Environment;

/**
 * The run sheet as Quartz knows it: one durable job per line, one cron trigger where the line has a schedule, and one
 * trigger that fires once for every run asked for. Triggers hold nothing but strings.
 */
final class Schedule {

    static final String RUN = "run";
    static final String BUSINESS_DATE = "businessDate";
    private static final String STARTS = "starts";
    private static final String CRON = "cron";
    private static final String WAITING = "waiting";

    private final Scheduler scheduler;
    private final RunSheet sheet;
    private final Environment settings;

    Schedule(Scheduler scheduler, RunSheet sheet, Environment settings) {
        this.scheduler = scheduler;
        this.sheet = sheet;
        this.settings = settings;
    }

    /** Makes what Quartz keeps equal to the sheet: jobs and schedules that are no longer on it go. */
    void publish() {
        quartz(() -> {
            Set<JobKey> gone = new HashSet<>(scheduler.getJobKeys(GroupMatcher.jobGroupEquals(sheet.application())));
            for (RunSheet.Line line : sheet.lines()) {
                JobKey key = jobKey(line.job());
                gone.remove(key);
                scheduler.addJob(
                        JobBuilder.newJob(RunWorker.class)
                                .withIdentity(key)
                                .withDescription(line.title())
                                .storeDurably()
                                .build(),
                        true);
                publishCron(line);
            }
            for (JobKey key : gone) {
                scheduler.deleteJob(key);
            }
            return true;
        });
    }

    private void publishCron(RunSheet.Line line) throws SchedulerException {
        TriggerKey key = new TriggerKey(line.job(), CRON);
        Optional<String> expression = cron(line);
        if (expression.isEmpty()) {
            scheduler.unscheduleJob(key);
            return;
        }
        Trigger trigger = TriggerBuilder.newTrigger()
                .withIdentity(key)
                .forJob(jobKey(line.job()))
                .withSchedule(CronScheduleBuilder.cronSchedule(expression.get())
                        .inTimeZone(TimeZone.getTimeZone(sheet.zone()))
                        .withMisfireHandlingInstructionFireAndProceed())
                .build();
        if (scheduler.checkExists(key)) {
            scheduler.rescheduleJob(key, trigger);
        } else {
            scheduler.scheduleJob(trigger);
        }
    }

    private Optional<String> cron(RunSheet.Line line) {
        String set = settings.getProperty("tradesuite.runsheet.cron." + line.job());
        String expression = set == null || set.isBlank() ? line.cron() : set;
        return Optional.ofNullable(expression).filter(text -> !text.equals("-"));
    }

    /** Has the run executed by whichever scheduler of the application is free first. */
    void fire(Run run) {
        quartz(() -> scheduler.scheduleJob(TriggerBuilder.newTrigger()
                .withIdentity(startKey(run.number()))
                .forJob(jobKey(run.job()))
                .usingJobData(RUN, Long.toString(run.number()))
                .startNow()
                .build()));
    }

    /** Asks again later for a scheduled start whose prerequisites are missing. */
    void askAgain(String job, LocalDate businessDate, Duration later) {
        quartz(() -> {
            TriggerKey key = new TriggerKey(job + "/" + businessDate, WAITING);
            scheduler.unscheduleJob(key);
            return scheduler.scheduleJob(TriggerBuilder.newTrigger()
                    .withIdentity(key)
                    .forJob(jobKey(job))
                    .usingJobData(BUSINESS_DATE, businessDate.toString())
                    .startAt(DateBuilder.futureDate((int) later.toSeconds(), DateBuilder.IntervalUnit.SECOND))
                    .build());
        });
    }

    /** True while the trigger of a run waits to fire: the run has not been forgotten. */
    boolean willFire(long run) {
        return quartz(() -> switch (scheduler.getTriggerState(startKey(run))) {
            case NORMAL, PAUSED, BLOCKED -> true;
            case NONE, COMPLETE, ERROR -> false;
        });
    }

    @Nullable
    Instant nextFireTime(String job) {
        Trigger trigger = quartz(() -> scheduler.getTrigger(new TriggerKey(job, CRON)));
        Date next = trigger == null ? null : trigger.getNextFireTime();
        return next == null ? null : next.toInstant();
    }

    private JobKey jobKey(String job) {
        return new JobKey(job, sheet.application());
    }

    private static TriggerKey startKey(long run) {
        return new TriggerKey(Long.toString(run), STARTS);
    }

    private interface Question<T extends @Nullable Object> {
        T ask() throws SchedulerException;
    }

    private static <T extends @Nullable Object> T quartz(Question<T> question) {
        try {
            return question.ask();
        } catch (SchedulerException e) {
            throw new IllegalStateException("the scheduler refused: " + e.getMessage(), e);
        }
    }
}
