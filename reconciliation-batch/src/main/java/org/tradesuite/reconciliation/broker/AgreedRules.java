package org.tradesuite.reconciliation.broker;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.tradesuite.reconciliation.match.MatchRules;
import org.tradesuite.reconciliation.match.Pass;
import org.tradesuite.reconciliation.rules.Flaw;
import org.tradesuite.reconciliation.rules.RuleBook;
import org.tradesuite.reconciliation.rules.RuleSet;
import org.tradesuite.reconciliation.rules.RuleVersion;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The layouts and passes that are agreed for a business date, made of what the rule book says. */
public final class AgreedRules {

    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    /** A layout as one version of it says. */
    record Agreed(RuleSet set, int version, Layout layout) {

        @Override
        public String toString() {
            return set + " version " + version;
        }
    }

    /** Passes and what may differ all the same. */
    record Passes(MatchRules rules, Tolerances tolerances) {}

    private record PassesAsWritten(List<Pass> passes, Tolerances differences) {}

    private final RuleBook book;

    public AgreedRules(RuleBook book) {
        this.book = book;
    }

    /** What the program brings becomes the first version where there is none. */
    void install() {
        shippedLayouts().forEach((broker, layout) -> book.install(RuleSet.layout(broker), layout.toString()));
        book.install(RuleSet.DROP_COPY_LAYOUT, shipped("layout-drop-copy.json").toString());
        book.install(RuleSet.PASSES, shipped("passes.json").toString());
        book.install(RuleSet.DROP_COPY_PASSES, shipped("passes-drop-copy.json").toString());
    }

    /** The brokers that send statements. */
    public List<String> brokers() {
        return book.brokersWithLayout();
    }

    /** By which something of a broker is read; a drop copy by the layout for all if the broker has none of its own. */
    Optional<Agreed> layout(Source source, LocalDate date) {
        if (!source.isDropCopy()) {
            return book.inForce(RuleSet.layout(source.broker()), date).map(AgreedRules::layout);
        }
        return book.inForce(RuleSet.dropCopyLayout(source.broker()), date)
                .or(() -> book.inForce(RuleSet.DROP_COPY_LAYOUT, date))
                .map(AgreedRules::layout);
    }

    Agreed layout(RuleSet set, int version) {
        return layout(book.version(set, version));
    }

    static Agreed layout(RuleVersion version) {
        var form = version.set().kind() == RuleSet.Kind.LAYOUT ? BrokerLayout.class : DropCopyLayout.class;
        return new Agreed(version.set(), version.version(), JSON.readValue(version.body(), form));
    }

    Passes passes(Source source, LocalDate date) {
        var set = passesOf(source);
        return passes(book.inForce(set, date)
                .orElseThrow(() -> new IllegalStateException("No " + set + " are agreed for " + date
                        + ": enter a version that is valid then, have it approved (POST /rules/" + set
                        + "/versions), and restart the run.")));
    }

    /** Statements are matched by other passes than drop copies, of which each execution has its id on both sides. */
    static RuleSet passesOf(Source source) {
        return source.isDropCopy() ? RuleSet.DROP_COPY_PASSES : RuleSet.PASSES;
    }

    static Passes passes(RuleVersion version) {
        return passes(version.version(), JSON.readTree(version.body()));
    }

    private static Passes passes(int version, JsonNode body) {
        var written = JSON.treeToValue(body, PassesAsWritten.class);
        return new Passes(new MatchRules(version, written.passes()), written.differences());
    }

    /** Everything that is wrong with what somebody wants to enter. */
    public List<Flaw> flaws(RuleSet set, JsonNode body, LocalDate from, @Nullable LocalDate to) {
        var flaws = new ArrayList<>(
                switch (set.kind()) {
                    case PASSES -> PassesCheck.flaws(body, JSON);
                    case LAYOUT -> LayoutCheck.flaws(body);
                    case DROP_COPY_LAYOUT -> DropCopyLayoutCheck.flaws(body);
                });
        if (to != null && to.isBefore(from)) {
            flaws.add(new Flaw("$.validTo", Flaw.Kind.INVALID_VALUE, "It ends before it begins."));
        } else {
            book.overlap(set, from, to).ifPresent(flaws::add);
        }
        return flaws;
    }

    /** The passes that the program brings. */
    static Passes shippedPasses() {
        return passes(1, shipped("passes.json"));
    }

    /** The layouts that the program brings, by broker. */
    static Map<String, BrokerLayout> shipped() {
        var layouts = new TreeMap<String, BrokerLayout>();
        shippedLayouts().forEach((broker, layout) -> layouts.put(broker, JSON.treeToValue(layout, BrokerLayout.class)));
        return layouts;
    }

    /** What the tags of a drop copy mean where nothing else is agreed. */
    static DropCopyLayout shippedDropCopyLayout() {
        return JSON.treeToValue(shipped("layout-drop-copy.json"), DropCopyLayout.class);
    }

    private static Map<String, JsonNode> shippedLayouts() {
        var layouts = new TreeMap<String, JsonNode>();
        shipped("layouts.json").properties().forEach(each -> layouts.put(each.getKey(), each.getValue()));
        return layouts;
    }

    private static JsonNode shipped(String name) {
        try (InputStream in = AgreedRules.class.getResourceAsStream(name)) {
            return JSON.readTree(Objects.requireNonNull(in, name + " is not on the class path"));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
