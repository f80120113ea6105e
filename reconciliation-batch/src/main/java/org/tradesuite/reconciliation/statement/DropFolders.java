package org.tradesuite.reconciliation.statement;

import java.nio.file.Path;
import java.util.Set;

/**
 * Where statements are dropped.
 *
 * @param root such as ./data/drop
 * @param brokers the brokers that send statements
 */
public record DropFolders(Path root, Set<String> brokers) {

    public DropFolders {
        brokers = Set.copyOf(brokers);
    }

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
