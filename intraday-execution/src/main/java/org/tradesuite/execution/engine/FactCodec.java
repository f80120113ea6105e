package org.tradesuite.execution.engine;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tradesuite.eventstore.NewEvent;
import org.tradesuite.eventstore.Payload;
import org.tradesuite.eventstore.RecordedEvent;
import org.tradesuite.execution.order.ExternalOrder;
import org.tradesuite.execution.order.Fact;
import org.tradesuite.execution.order.ParentOrder;
import org.tradesuite.execution.order.Route;
import org.tradesuite.execution.plan.Immediate;
import org.tradesuite.execution.plan.Plan;
import org.tradesuite.execution.plan.Twap;
import org.tradesuite.execution.plan.Vwap;
import org.tradesuite.execution.risk.AnswerForm;
import org.tradesuite.execution.risk.RefusalCode;
import org.tradesuite.execution.risk.Verdict;
import org.tradesuite.market.AccountId;
import org.tradesuite.market.BrokerId;
import org.tradesuite.market.Currency;
import org.tradesuite.market.InstrumentId;
import org.tradesuite.market.Mic;
import org.tradesuite.market.Money;
import org.tradesuite.market.Price;
import org.tradesuite.market.Quantity;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/**
 * How facts are written in the journal. The name of the type stands in its own column and is listed here, so that a class
 * may be renamed and the journal still reads; the payload is JSON with the fact's own field names, values as the contract
 * writes them, and nothing where there is nothing. Any number of threads may read, or one write.
 */
final class FactCodec {

    /** A fact whose shape changes in a way an added field cannot express gets a new version and a reader for the old one. */
    private static final int SCHEMA_VERSION = 1;

    private static final String FORM = "answer-form";
    private static final String ENGINE = "engine";

    private static final Map<String, Class<? extends Fact>> TYPES = new TreeMap<>(Map.ofEntries(
            Map.entry("decision-accepted", DeskFact.DecisionAccepted.class),
            Map.entry("decision-held", DeskFact.DecisionHeld.class),
            Map.entry("decision-refused", DeskFact.DecisionRefused.class),
            Map.entry("order-created", ParentOrder.Created.class),
            Map.entry("order-amended", ParentOrder.Amended.class),
            Map.entry("order-amendment-allowed", DeskFact.AmendmentAllowed.class),
            Map.entry("order-amendment-refused", DeskFact.AmendmentRefused.class),
            Map.entry("order-amendment-held", DeskFact.AmendmentHeld.class),
            Map.entry("child-checked", DeskFact.ChildChecked.class),
            Map.entry("order-closing", ParentOrder.ClosingBegan.class),
            Map.entry("order-parked", ParentOrder.WasParked.class),
            Map.entry("order-waits", ParentOrder.Waits.class),
            Map.entry("order-ended", ParentOrder.Concluded.class),
            Map.entry("order-reopened", ParentOrder.Reopened.class),
            Map.entry("order-completed", ParentOrder.Completed.class),
            Map.entry("route-opened", Route.Opened.class),
            Map.entry("route-acknowledged", Route.Acknowledged.class),
            Map.entry("route-filled", Route.Filled.class),
            Map.entry("fill-busted", Route.Busted.class),
            Map.entry("fill-corrected", Route.Corrected.class),
            Map.entry("cancel-requested", Route.CancelRequested.class),
            Map.entry("replace-requested", Route.ReplaceRequested.class),
            Map.entry("request-considered", Route.RequestConsidered.class),
            Map.entry("request-refused", Route.RequestRefused.class),
            Map.entry("route-replaced", Route.Replaced.class),
            Map.entry("route-restated", Route.Restated.class),
            Map.entry("route-finished", Route.Finished.class),
            Map.entry("status-asked", Route.Asked.class),
            Map.entry("status-answered", Route.Answered.class),
            Map.entry("route-unknown", Route.BecameUnknown.class),
            Map.entry("broker-disagreed", Route.Disagreed.class),
            Map.entry("report-quarantined", Route.Quarantined.class),
            Map.entry("orphan-reported", DeskFact.OrphanReported.class),
            Map.entry("external-reported", ExternalOrder.Reported.class),
            Map.entry("external-executed", ExternalOrder.Executed.class),
            Map.entry("external-booked", ExternalOrder.Booked.class),
            Map.entry("external-listed", ExternalOrder.Listed.class),
            Map.entry("external-claim-made", ExternalOrder.ClaimMade.class),
            Map.entry("external-claimed", ExternalOrder.WasClaimed.class),
            Map.entry("external-recognised", ExternalOrder.Recognised.class),
            Map.entry("external-busted", ExternalOrder.Busted.class),
            Map.entry("external-corrected", ExternalOrder.Corrected.class),
            Map.entry("external-quarantined", ExternalOrder.Quarantined.class),
            Map.entry("dont-know-said", DeskFact.DontKnowSaid.class),
            Map.entry("dont-know-not-said", DeskFact.DontKnowNotSaid.class),
            Map.entry("dont-know-refused", DeskFact.DontKnowRefused.class),
            Map.entry("route-end-stated", Route.EndStated.class),
            Map.entry("route-end-agreed", Route.EndAgreed.class),
            Map.entry("gate-closed", DeskFact.GateClosed.class),
            Map.entry("reconciliation-began", DeskFact.ReconciliationBegan.class),
            Map.entry("gate-opened", DeskFact.GateOpened.class),
            Map.entry("gate-blocked", DeskFact.GateBlocked.class),
            Map.entry("limits-taken", DeskFact.LimitsTaken.class),
            Map.entry("limits-turned", DeskFact.LimitsTurned.class),
            Map.entry("reference-taken", DeskFact.ReferenceTaken.class),
            Map.entry("day-opened", DeskFact.DayOpened.class),
            Map.entry("day-closing", DeskFact.DayClosing.class),
            Map.entry("day-closed", DeskFact.DayClosed.class),
            Map.entry("day-forgotten", DeskFact.DayForgotten.class),
            Map.entry("trade-allocated", DeskFact.TradeAllocated.class),
            Map.entry("trade-outdated", DeskFact.TradeOutdated.class),
            Map.entry("fills-unallocated", DeskFact.FillsUnallocated.class),
            Map.entry("allocation-received", DeskFact.AllocationReceived.class),
            Map.entry("allocation-refused", DeskFact.AllocationRefused.class),
            Map.entry("trade-confirmed", DeskFact.TradeConfirmed.class),
            Map.entry("trade-mismatched", DeskFact.TradeMismatched.class),
            Map.entry("stray-confirmation", DeskFact.StrayConfirmation.class),
            Map.entry("switch-set", SwitchFact.SwitchSet.class),
            Map.entry("reopening-asked", SwitchFact.ReopeningAsked.class),
            Map.entry("switch-reopened", SwitchFact.Reopened.class),
            Map.entry("market-phase-changed", MarketFact.PhaseChanged.class),
            Map.entry("breaker-moved", BreakerFact.Moved.class),
            Map.entry("breaker-noted", BreakerFact.Noted.class),
            Map.entry("client-told", ClientFact.Told.class),
            Map.entry("client-request-refused", ClientFact.RequestRefused.class),
            Map.entry("client-counter-reset", ClientFact.CounterReset.class)));

    private final AnswerForms forms;
    private final JsonMapper mapper;
    private final Map<Class<?>, String> names = new HashMap<>();
    private final Map<Class<?>, ObjectWriter> writers = new HashMap<>();
    private final Map<String, ObjectReader> readers = new HashMap<>();

    FactCodec() {
        this(new AnswerForms());
    }

    /** @param forms those of whoever makes the facts */
    FactCodec(AnswerForms forms) {
        this.forms = forms;
        mapper = JsonMapper.builder()
                .addModule(values(forms))
                .addMixIn(Plan.class, PlanByName.class)
                .changeDefaultPropertyInclusion(all -> all.withValueInclusion(JsonInclude.Include.NON_NULL))
                // A fact is its components; what it can tell about itself is not written.
                .changeDefaultVisibility(all -> all.withIsGetterVisibility(JsonAutoDetect.Visibility.NONE))
                .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                // A journal written by a later version must not be read as if the unknown part did not matter.
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();
        TYPES.forEach((name, type) -> {
            names.put(type, name);
            writers.put(type, mapper.writerFor(type));
            readers.put(name, mapper.readerFor(type));
        });
    }

    static boolean isForClients(String type) {
        return type.startsWith("client-");
    }

    static Map<String, Class<? extends Fact>> types() {
        return TYPES;
    }

    static boolean isForm(String type) {
        return type.equals(FORM);
    }

    /**
     * What is to be written for these facts.
     *
     * @param told forms of their answers that the journal does not know yet
     */
    List<NewEvent> write(List<AnswerForms.Numbered> told, List<Recorded> facts, Instant at) {
        var events = new ArrayList<NewEvent>(told.size() + facts.size());
        for (var form : told) {
            events.add(form(form, at));
        }
        for (var fact : facts) {
            events.add(write(fact));
        }
        return events;
    }

    private NewEvent form(AnswerForms.Numbered told, Instant at) {
        return new NewEvent(
                AnswerForms.STREAM,
                told.number(),
                FORM,
                SCHEMA_VERSION,
                at,
                ENGINE,
                null,
                null,
                null,
                Payload.of(mapper.writeValueAsBytes(Form.of(told))));
    }

    /** Takes a form that was told, before the answers of that form are read. */
    void know(RecordedEvent told) {
        forms.tell(
                told.version(),
                mapper.readValue(told.payload().octets(), Form.class).told());
    }

    /** A form as it is written: each slot as {@code format()} of PostgreSQL wants it. */
    private record Form(
            int number,
            String rule,
            int version,
            Verdict verdict,
            @Nullable RefusalCode code,
            String unit,
            boolean measures,
            @Nullable BigDecimal limit,
            List<String> seen) {

        private static final String GAP = "%s";
        private static final Pattern WITH_GAP = Pattern.compile("(?:[^%]|%%)*%s");

        static Form of(AnswerForms.Numbered told) {
            var form = told.form();
            return new Form(
                    told.number(),
                    form.rule(),
                    form.version(),
                    form.verdict(),
                    form.code(),
                    form.unit(),
                    form.measures(),
                    form.limit(),
                    form.seen().stream()
                            .map(slot -> slot.text().replace("%", "%%") + (slot.gap() ? GAP : ""))
                            .toList());
        }

        AnswerForm told() {
            return new AnswerForm(
                    rule,
                    version,
                    verdict,
                    code,
                    unit,
                    measures,
                    limit,
                    seen.stream().map(Form::slot).toList());
        }

        private static AnswerForm.Slot slot(String text) {
            var gap = WITH_GAP.matcher(text).matches();
            var rest = gap ? text.substring(0, text.length() - GAP.length()) : text;
            return new AnswerForm.Slot(rest.replace("%%", "%"), gap);
        }
    }

    NewEvent write(Recorded recorded) {
        var type = recorded.fact().getClass();
        var name = names.get(type);
        var writer = writers.get(type);
        if (name == null || writer == null) {
            throw new IllegalStateException(type + " has no name in the journal: list it in FactCodec.");
        }
        return new NewEvent(
                recorded.stream(),
                recorded.version(),
                name,
                SCHEMA_VERSION,
                recorded.at(),
                recorded.actor(),
                recorded.reason(),
                recorded.causation(),
                recorded.correlation(),
                Payload.of(writer.writeValueAsBytes(recorded.fact())));
    }

    /** @throws IllegalStateException if the type or its version is not known to this build */
    Recorded read(NewEvent event) {
        var reader = readers.get(event.type());
        if (reader == null || event.schemaVersion() != SCHEMA_VERSION) {
            throw new IllegalStateException("Event " + event.stream() + "/" + event.version() + " is of type "
                    + event.type() + " version " + event.schemaVersion()
                    + ", which this build does not know: start the version that wrote it, or a later one.");
        }
        Fact fact = reader.readValue(event.payload().octets());
        return new Recorded(
                event.stream(),
                event.version(),
                fact,
                event.eventTime(),
                event.actor(),
                event.reason(),
                event.causation(),
                event.correlation());
    }

    private static SimpleModule values(AnswerForms forms) {
        var module = new SimpleModule("market values");
        number(module, Quantity.class, Quantity::value, Quantity::of);
        number(module, Price.class, Price::value, Price::of);
        text(module, Money.class, Money::of);
        text(module, Currency.class, new Repeated<>(Currency::of));
        text(module, AccountId.class, new Repeated<>(AccountId::of));
        text(module, BrokerId.class, new Repeated<>(BrokerId::of));
        text(module, InstrumentId.class, new Repeated<>(InstrumentId::of));
        text(module, Mic.class, new Repeated<>(Mic::of));
        answers(module, forms);
        return module;
    }

    private static void answers(SimpleModule module, AnswerForms forms) {
        module.addSerializer(Answers.class, new ValueSerializer<Answers>() {
            @Override
            public void serialize(Answers answers, JsonGenerator out, SerializationContext context) {
                out.writeRawValue(answers.written(forms));
            }
        });
        module.addDeserializer(Answers.class, new ValueDeserializer<Answers>() {
            @Override
            public Answers deserialize(JsonParser in, DeserializationContext context) {
                return Answers.of(AnswerReader.read(in, forms));
            }
        });
    }

    private static <T> void number(
            SimpleModule module, Class<T> type, Function<T, BigDecimal> value, Function<BigDecimal, T> of) {
        module.addSerializer(type, new ValueSerializer<T>() {
            @Override
            public void serialize(T each, JsonGenerator out, SerializationContext context) {
                out.writeNumber(value.apply(each));
            }
        });
        module.addDeserializer(type, new ValueDeserializer<T>() {
            @Override
            public T deserialize(JsonParser in, DeserializationContext context) {
                return of.apply(in.getDecimalValue());
            }
        });
    }

    private static <T> void text(SimpleModule module, Class<T> type, Function<String, T> of) {
        module.addSerializer(type, new ValueSerializer<T>() {
            @Override
            public void serialize(T each, JsonGenerator out, SerializationContext context) {
                out.writeString(each.toString());
            }
        });
        module.addDeserializer(type, new ValueDeserializer<T>() {
            @Override
            public T deserialize(JsonParser in, DeserializationContext context) {
                return of.apply(in.getString());
            }
        });
    }

    /**
     * Ids of which there are few and which stand everywhere: read again they are the object of the last time, with no check
     * of their form and no memory of their own. Threads may read over each other; each sees a whole pair or reads anew.
     */
    private static final class Repeated<T> implements Function<String, T> {
        private static final int KEPT = 1 << 12;

        private record Pair<T>(String text, T value) {}

        private final Function<String, T> of;
        private final AtomicReferenceArray<@Nullable Pair<T>> known = new AtomicReferenceArray<>(KEPT);

        Repeated(Function<String, T> of) {
            this.of = of;
        }

        @Override
        public T apply(String text) {
            var place = (text.hashCode() * 0x9E3779B9) >>> (Integer.SIZE - 12);
            var pair = known.getPlain(place);
            if (pair == null || !pair.text().equals(text)) {
                pair = new Pair<>(text, of.apply(text));
                known.setRelease(place, pair);
            }
            return pair.value();
        }
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "algo")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Immediate.class, name = "IMMEDIATE"),
        @JsonSubTypes.Type(value = Twap.class, name = "TWAP"),
        @JsonSubTypes.Type(value = Vwap.class, name = "VWAP")
    })
    private interface PlanByName {}
}
