package org.tradesuite.reconciliation.iso;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tradesuite.reconciliation.statement.Span;
import org.tradesuite.reconciliation.statement.UnreadableException;

/** A small piece of a document in memory: an entry, a holding, a header. */
record Element(String name, Map<String, String> attributes, String text, List<Element> children, Span span) {

    /** The first element down the path; of several on the way always the first. */
    Optional<Element> at(String... path) {
        var here = this;
        for (var step : path) {
            var next = here.child(step);
            if (next == null) {
                return Optional.empty();
            }
            here = next;
        }
        return Optional.of(here);
    }

    Optional<String> text(String... path) {
        return at(path).map(Element::text).map(String::strip).filter(text -> !text.isEmpty());
    }

    String required(String... path) throws UnreadableException {
        return text(path)
                .orElseThrow(() -> new UnreadableException(name + "/" + String.join("/", path) + " is missing (line "
                        + span.line() + "): ask the custodian."));
    }

    List<Element> all(String child) {
        return children.stream().filter(one -> one.name.equals(child)).toList();
    }

    /** All leaves of that name, however deep. */
    List<String> everywhere(String leaf) {
        var found = new ArrayList<String>();
        for (var one : children) {
            if (one.name.equals(leaf) && one.children.isEmpty()) {
                found.add(one.text.strip());
            }
            found.addAll(one.everywhere(leaf));
        }
        return found;
    }

    /** The first of any of these names, depth first. */
    @Nullable
    Element first(List<String> names) {
        for (var one : children) {
            if (names.contains(one.name)) {
                return one;
            }
            var deeper = one.first(names);
            if (deeper != null) {
                return deeper;
            }
        }
        return null;
    }

    private @Nullable Element child(String wanted) {
        for (var one : children) {
            if (one.name.equals(wanted)) {
                return one;
            }
        }
        return null;
    }
}
