package org.tradesuite.runsheet;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.ListableStepLocator;
import org.springframework.batch.core.step.StepExecution;

/** The jobs of the run sheet as Spring Batch has them: their steps, and what its repository knows of a run. */
final class KnownJobs {

    private final JobRepository repository;
    private final Map<String, Job> jobs;

    KnownJobs(JobRepository repository, Map<String, Job> jobs) {
        this.repository = repository;
        this.jobs = Map.copyOf(jobs);
    }

    Job of(String name) {
        Job job = jobs.get(name);
        if (job == null) {
            throw new IllegalStateException("no Job bean is named " + name);
        }
        return job;
    }

    JobExecution execution(long number) {
        JobExecution execution = repository.getJobExecution(number);
        if (execution == null) {
            throw new IllegalStateException("the job repository has no execution " + number);
        }
        return execution;
    }

    /** The same run with every step of its job, those not reached yet too. */
    Run withEveryStep(Run run) {
        Map<String, Long> expected = expected(run.number());
        Map<String, Run.Step> known =
                run.steps().stream().collect(Collectors.toMap(Run.Step::name, step -> step.of(total(step, expected))));
        List<Run.Step> steps = new ArrayList<>();
        if (jobs.get(run.job()) instanceof ListableStepLocator job) {
            for (String name : job.getStepNames()) {
                Run.Step step = known.remove(name);
                steps.add(step == null ? Run.Step.notReached(name) : step);
            }
        }
        steps.addAll(known.values());
        return run.with(run.total() != null ? run.total() : total(steps), steps);
    }

    private static @Nullable Long total(List<Run.Step> steps) {
        long total = 0;
        for (Run.Step step : steps) {
            if (step.total() == null) {
                return null;
            }
            total += step.total();
        }
        return total;
    }

    private static @Nullable Long total(Run.Step step, Map<String, Long> expected) {
        if (step.status() == BatchStatus.COMPLETED) {
            return step.written() + step.refused();
        }
        return expected.getOrDefault(step.name(), step.total());
    }

    /** What the steps of this attempt have said with {@link Progress}. */
    private Map<String, Long> expected(long number) {
        Map<String, Long> expected = new HashMap<>();
        for (StepExecution step : execution(number).getStepExecutions()) {
            if (step.getExecutionContext().containsKey(Progress.TOTAL)) {
                expected.put(step.getStepName(), step.getExecutionContext().getLong(Progress.TOTAL));
            }
        }
        return expected;
    }
}
