package org.tradesuite.settlement.folders;

import java.nio.file.Path;
import java.time.LocalDate;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** The folders of settings {@code tradesuite.drop} and {@code tradesuite.out}. */
@Component
public class SettlementFolders {

    private final Path drop;
    private final Path out;

    SettlementFolders(@Value("${tradesuite.drop}") Path drop, @Value("${tradesuite.out}") Path out) {
        this.drop = drop;
        this.out = out;
    }

    /** What we send. */
    public Path toCustodian() {
        return drop.resolve("custodian").resolve("to");
    }

    /** What the custodian answers. */
    public Path fromCustodian() {
        return drop.resolve("custodian").resolve("from");
    }

    /** Results of a business date. */
    public Path results(LocalDate businessDate) {
        return out.resolve(businessDate.toString()).resolve("settlement");
    }
}
