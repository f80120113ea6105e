package org.tradesuite.reporting.archive;

import java.time.LocalDate;
import java.util.Locale;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.transaction.PlatformTransactionManager;
import org.tradesuite.reporting.archive.Report.Format;
import org.tradesuite.reporting.archive.Report.Kind;
import org.tradesuite.runsheet.Progress;
import org.tradesuite.runsheet.RunParameters;
import org.tradesuite.runsheet.intake.DropFolder;

/** A step that files what one reading of a business date says, in one transaction. */
public final class SheetStep {

    /** What is read and filed. */
    public interface Filing {
        /** @return how many items are on the sheet */
        long file(Files files);
    }

    /** The files of a sheet; those of a re-run stand beside the first ones. */
    public record Files(Archive archive, Kind kind, LocalDate date, long sequence) {

        public void keep(Format format, String stem, byte[] content) {
            archive.keep(kind, date, format, name(format, stem), content);
        }

        public Archive.Written write(Format format, String stem, DropFolder.Content content) {
            return archive.write(date, name(format, stem), content);
        }

        public void keep(Format format, Archive.Written file) {
            archive.keep(kind, format, file);
        }

        private String name(Format format, String stem) {
            return Archive.fileName(stem, date, sequence, format.name().toLowerCase(Locale.ROOT));
        }
    }

    private SheetStep() {}

    public static Step of(
            String name,
            JobRepository repository,
            PlatformTransactionManager transactions,
            Archive archive,
            Kind kind,
            Filing filing) {
        return new StepBuilder(name, repository)
                .tasklet(
                        (contribution, context) -> {
                            var sequence = RunParameters.sequence(
                                    Progress.step(context).getJobParameters());
                            var files = new Files(archive, kind, RunParameters.businessDate(context), sequence);
                            Progress.moved(contribution, filing.file(files));
                            return RepeatStatus.FINISHED;
                        },
                        transactions)
                .build();
    }
}
