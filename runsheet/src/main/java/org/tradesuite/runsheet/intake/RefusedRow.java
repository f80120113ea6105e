package org.tradesuite.runsheet.intake;

import java.time.LocalDate;

/**
 * A row that a job could not take.
 *
 * @param feed what kind of file it came in: {@code broker-trades-ALFA}
 * @param line line in the file, counted from 1
 * @param text the line as it was sent
 * @param errorClass short name of the kind of error, the same for all rows with it: {@code QUANTITY_NOT_A_NUMBER}
 * @param reason what is wrong and what to do, for a person
 * @param job the job that refused it and will read it again when it is released
 */
public record RefusedRow(
        String feed,
        String fileHash,
        String fileName,
        long line,
        String text,
        String errorClass,
        String reason,
        String job,
        LocalDate businessDate) {

    public static RefusedRow of(
            String feed,
            DroppedFile file,
            long line,
            String text,
            String errorClass,
            String reason,
            String job,
            LocalDate businessDate) {
        return new RefusedRow(feed, file.sha256(), file.name(), line, text, errorClass, reason, job, businessDate);
    }
}
