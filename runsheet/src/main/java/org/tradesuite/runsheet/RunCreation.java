package org.tradesuite.runsheet;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.configuration.support.MapJobRegistry;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.launch.support.TaskExecutorJobOperator;
import org.springframework.batch.core.repository.JobRepository;

/**
 * Spring Batch's own judgement of a start or restart, up to the point where the execution exists in the repository. It
 * is then left to the run's Quartz trigger, so that a run has its number before anything moves and is executed by
 * whichever process of the application is free.
 */
final class RunCreation extends TaskExecutorJobOperator {

    private static final Logger LOG = LoggerFactory.getLogger(RunCreation.class);

    RunCreation(JobRepository repository) throws Exception {
        setJobRepository(repository);
        setJobRegistry(new MapJobRegistry());
        afterPropertiesSet();
    }

    @Override
    protected void launchJobExecution(Job job, JobExecution execution) {
        LOG.debug("created, to be executed by its trigger: {}", execution);
    }
}
