package org.tradesuite.reconciliation.statement;

import java.nio.file.Path;

/**
 * Where statements are dropped.
 *
 * @param root such as ./data/drop
 */
public record DropFolders(Path root) {

    /** One folder for each broker below this. */
    public Path brokersRoot() {
        return root.resolve("brokers");
    }

    public Path broker(String broker) {
        return brokersRoot().resolve(broker);
    }

    public Path custodian() {
        return root.resolve("custodian").resolve("statements");
    }
}
