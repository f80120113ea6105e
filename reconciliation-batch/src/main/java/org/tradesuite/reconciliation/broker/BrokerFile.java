package org.tradesuite.reconciliation.broker;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.tradesuite.reconciliation.delivery.Container;
import org.tradesuite.reconciliation.delivery.Delivery;
import org.tradesuite.reconciliation.delivery.NotUnpackedException;
import org.tradesuite.reconciliation.delivery.UnpackingLimits;

/**
 * A file of a broker as it came, plain or packed, read once from its beginning to its end: one statement, or in an archive
 * one a member.
 *
 * @param file its path, size and hash
 * @param statements by their members, in the order of their names; one without a name if it is no archive
 * @param notUnpacked why it cannot be unpacked, then there are no statements; else null
 */
record BrokerFile(
        Delivery file, List<Read> statements, @Nullable String notUnpacked) {

    /**
     * One statement of it.
     *
     * @param member its name inside the archive, else empty
     * @param sha256 of its content, unpacked
     */
    record Read(String member, String sha256, BrokerStatement statement) {}

    BrokerFile {
        statements = List.copyOf(statements);
    }

    /** How a statement is understood. */
    interface Reader {
        BrokerStatement read(BufferedInputStream in) throws IOException;
    }

    /** How each statement of a file is understood. */
    interface Readers {
        /**
         * @param member its name inside the archive, else empty
         * @param dropCopy what its first reading has seen, if it is one with a layout
         */
        Reader of(String member, @Nullable DropCopy dropCopy);
    }

    /** @param layouts by the name of the member: if it is a drop copy, which is read twice, its layout */
    static BrokerFile read(
            Path path, UnpackingLimits limits, Function<String, Optional<DropCopyLayout>> layouts, Readers readers)
            throws IOException {
        var packed = Container.isPacked(path);
        var statements = new ArrayList<Read>();
        try {
            var dropCopies = dropCopies(path, limits, layouts);
            Container.read(path, limits, (member, in) -> {
                try (var sealed = new Sealed(in)) {
                    var read = readers.of(member, dropCopies.get(member)).read(new BufferedInputStream(sealed));
                    sealed.toEnd();
                    statements.add(new Read(member, sealed.sha256(), read));
                }
            });
        } catch (NotUnpackedException refused) {
            return new BrokerFile(Delivery.of(path), List.of(), String.valueOf(refused.getMessage()));
        }
        return new BrokerFile(
                packed
                        ? Delivery.of(path)
                        : Delivery.of(path, statements.getFirst().sha256()),
                statements,
                null);
    }

    private static Map<String, DropCopy> dropCopies(
            Path path, UnpackingLimits limits, Function<String, Optional<DropCopyLayout>> layouts) throws IOException {
        var seen = new HashMap<String, DropCopy>();
        Container.read(path, limits, member -> layouts.apply(member).isPresent(), (member, in) -> {
            var layout = layouts.apply(member);
            if (layout.isPresent()) {
                seen.put(member, DropCopy.first(in, layout.get()));
            }
        });
        return seen;
    }
}
