package org.tradesuite.execution.desk.web;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tradesuite.execution.engine.Input;
import org.tradesuite.execution.order.Algo;
import org.tradesuite.execution.order.OrderType;
import org.tradesuite.execution.order.TimeInForce;
import org.tradesuite.execution.reference.Instrument;
import org.tradesuite.execution.reference.ReferenceData;
import org.tradesuite.market.AccountId;
import org.tradesuite.market.InstrumentId;
import org.tradesuite.market.Isin;
import org.tradesuite.market.Mic;
import org.tradesuite.market.Price;
import org.tradesuite.market.Quantity;
import org.tradesuite.market.Side;
import org.tradesuite.openapi.execution.model.NewDecision;
import org.tradesuite.openapi.problem.FieldError;
import org.tradesuite.openapi.problem.ProblemCode;
import org.tradesuite.web.ProblemException;

/**
 * A decision as it was handed in, read against the reference data in force: everything that is wrong with its form is
 * told at once, and what is wrong leaves no decision behind. Whether it may be traded is for the rules to say.
 */
final class DecisionForm {
    private final NewDecision sent;
    private final ReferenceData reference;
    private final List<FieldError> wrong = new ArrayList<>();

    private DecisionForm(NewDecision sent, ReferenceData reference) {
        this.sent = sent;
        this.reference = reference;
    }

    /**
     * The decision as the engine wants it.
     *
     * @throws ProblemException with every field that is wrong
     */
    static Input.DecisionSubmitted read(
            NewDecision sent,
            ReferenceData reference,
            Instant at,
            long requestId,
            String actor,
            String decisionId,
            String idempotencyKey) {
        return new DecisionForm(sent, reference).read(at, requestId, actor, decisionId, idempotencyKey);
    }

    private Input.DecisionSubmitted read(
            Instant at, long requestId, String actor, String decisionId, String idempotencyKey) {
        @Nullable AccountId account = account();
        @Nullable Instrument instrument = instrument();
        @Nullable Quantity quantity = quantity(instrument);
        @Nullable Price limit = limit(instrument);
        named();
        schedule();
        if (!wrong.isEmpty() || account == null || instrument == null || quantity == null) {
            FieldError first = wrong.getFirst();
            throw new ProblemException(first.getCode(), first.getDetail(), wrong);
        }
        return new Input.DecisionSubmitted(
                at,
                requestId,
                actor,
                decisionId,
                idempotencyKey,
                digest(account, instrument.id(), quantity, limit),
                account,
                sent.getStrategyId(),
                sent.getTraderId(),
                instrument.id(),
                Side.valueOf(sent.getSide().getValue()),
                quantity,
                OrderType.valueOf(sent.getOrderType().getValue()),
                limit,
                Algo.valueOf(sent.getAlgo().getValue()),
                sent.getStartTime(),
                sent.getEndTime(),
                timeInForce(),
                sent.getReason());
    }

    private TimeInForce timeInForce() {
        var wanted = sent.getTimeInForce();
        return wanted == null ? TimeInForce.DAY : TimeInForce.valueOf(wanted.getValue());
    }

    private void wrong(String field, ProblemCode code, String detail) {
        wrong.add(new FieldError("$." + field, code, detail));
    }

    private @Nullable AccountId account() {
        try {
            AccountId id = AccountId.of(sent.getAccountId());
            if (reference.account(id).isPresent()) {
                return id;
            }
        } catch (IllegalArgumentException malformed) {
            // An account that cannot exist is as unknown as one that does not.
            wrong("accountId", ProblemCode.UNKNOWN_ACCOUNT, String.valueOf(malformed.getMessage()));
            return null;
        }
        wrong(
                "accountId",
                ProblemCode.UNKNOWN_ACCOUNT,
                "There is no account " + sent.getAccountId() + ". Look it up with GET /accounts.");
        return null;
    }

    private @Nullable Instrument instrument() {
        String id = sent.getInstrumentId();
        String isin = sent.getIsin();
        if ((id == null) == (isin == null)) {
            wrong(
                    "instrumentId",
                    id == null ? ProblemCode.MISSING_FIELD : ProblemCode.INVALID_VALUE,
                    "Name the instrument either by instrumentId or by isin with mic.");
            return null;
        }
        return isin == null ? byId(String.valueOf(id)) : byIsin(isin);
    }

    private @Nullable Instrument byId(String id) {
        try {
            Optional<Instrument> found = reference.instrument(InstrumentId.of(id));
            if (found.isPresent()) {
                return found.get();
            }
        } catch (IllegalArgumentException malformed) {
            wrong("instrumentId", ProblemCode.UNKNOWN_INSTRUMENT, String.valueOf(malformed.getMessage()));
            return null;
        }
        wrong(
                "instrumentId",
                ProblemCode.UNKNOWN_INSTRUMENT,
                "There is no instrument " + id + ". Look it up with GET /instruments.");
        return null;
    }

    private @Nullable Instrument byIsin(String text) {
        Isin isin;
        try {
            isin = Isin.of(text);
        } catch (IllegalArgumentException malformed) {
            wrong("isin", ProblemCode.INVALID_ISIN, String.valueOf(malformed.getMessage()));
            return null;
        }
        List<Instrument> found = reference.instruments().stream()
                .filter(instrument -> isin.equals(instrument.isin()))
                .filter(instrument ->
                        sent.getMic() == null || instrument.mic().toString().equals(sent.getMic()))
                .toList();
        if (found.size() == 1) {
            return found.getFirst();
        }
        if (found.isEmpty()) {
            wrong(
                    "isin",
                    ProblemCode.UNKNOWN_INSTRUMENT,
                    "There is no instrument " + isin + (sent.getMic() == null ? "" : " on " + sent.getMic())
                            + ". Look it up with GET /instruments.");
        } else {
            wrong(
                    "mic",
                    ProblemCode.MISSING_FIELD,
                    isin + " trades on "
                            + String.join(
                                    ", ",
                                    found.stream()
                                            .map(Instrument::mic)
                                            .map(Mic::toString)
                                            .toList())
                            + ": send one of them as mic.");
        }
        return null;
    }

    private @Nullable Quantity quantity(@Nullable Instrument instrument) {
        BigDecimal value = new BigDecimal(sent.getQuantity());
        if (value.signum() <= 0) {
            wrong(
                    "quantity",
                    ProblemCode.QUANTITY_NOT_POSITIVE,
                    "The quantity is " + sent.getQuantity() + ". Send a quantity above zero.");
            return null;
        }
        Quantity quantity = Quantity.of(value);
        if (instrument != null && quantity.value().scale() > instrument.quantityScale()) {
            wrong(
                    "quantity",
                    ProblemCode.QUANTITY_TOO_PRECISE,
                    sent.getQuantity() + " has more decimals than the " + instrument.quantityScale() + " of "
                            + instrument.id() + ".");
        } else if (instrument != null && !quantity.isMultipleOf(instrument.lotSize())) {
            wrong(
                    "quantity",
                    ProblemCode.QUANTITY_OFF_LOT,
                    sent.getQuantity() + " is not a whole number of lots of " + instrument.lotSize() + " of "
                            + instrument.id() + ".");
        }
        return quantity;
    }

    private @Nullable Price limit(@Nullable Instrument instrument) {
        String text = sent.getLimitPrice();
        boolean limited = sent.getOrderType() == org.tradesuite.openapi.execution.model.OrderType.LIMIT;
        if (text == null) {
            if (limited) {
                wrong("limitPrice", ProblemCode.LIMIT_PRICE_MISSING, "A limit order needs a limitPrice. Send one.");
            }
            return null;
        }
        if (!limited) {
            wrong(
                    "limitPrice",
                    ProblemCode.LIMIT_PRICE_NOT_ALLOWED,
                    "A market order has no limitPrice. Leave it out or send a limit order.");
            return null;
        }
        Price price = Price.of(new BigDecimal(text));
        if (price.value().signum() <= 0) {
            wrong(
                    "limitPrice",
                    ProblemCode.PRICE_NOT_POSITIVE,
                    "The limit price is " + text + ". Send a price above zero.");
        } else if (instrument != null && !price.isOnTick(instrument.tickSize())) {
            BigDecimal tick = instrument.tickSize();
            BigDecimal below = price.value()
                    .divideToIntegralValue(tick)
                    .multiply(tick)
                    .setScale(Math.max(0, tick.scale()), java.math.RoundingMode.HALF_EVEN);
            wrong(
                    "limitPrice",
                    ProblemCode.PRICE_OFF_TICK,
                    text + " is off the tick of " + tick.toPlainString() + " for " + instrument.id() + ". Send "
                            + below.toPlainString() + " or " + below.add(tick).toPlainString() + ".");
        }
        return price;
    }

    private void named() {
        if (reference.strategy(sent.getStrategyId()).isEmpty()) {
            wrong(
                    "strategyId",
                    ProblemCode.UNKNOWN_STRATEGY,
                    "There is no strategy " + sent.getStrategyId() + ". Look it up with GET /accounts.");
        }
        if (reference.trader(sent.getTraderId()).isEmpty()) {
            wrong(
                    "traderId",
                    ProblemCode.UNKNOWN_TRADER,
                    "There is no trader " + sent.getTraderId() + ". Look it up with GET /accounts.");
        }
    }

    private void schedule() {
        Instant start = sent.getStartTime();
        Instant end = sent.getEndTime();
        if (start != null && end != null && !end.isAfter(start)) {
            wrong("endTime", ProblemCode.SCHEDULE_INVALID, "endTime is not after startTime. Swap or correct them.");
        }
        if (timeInForce() != TimeInForce.DAY && !sent.getAlgo().getValue().equals(Algo.IMMEDIATE.name())) {
            wrong(
                    "timeInForce",
                    ProblemCode.INVALID_VALUE,
                    sent.getAlgo() + " takes its time and " + timeInForce()
                            + " does not wait. Send it with algo IMMEDIATE, or leave timeInForce out.");
        }
    }

    /** The same wish in other words (1.50 for 1.5, an ISIN for our identifier) has the same digest. */
    private String digest(AccountId account, InstrumentId instrument, Quantity quantity, @Nullable Price limit) {
        String canonical = String.join(
                "\n",
                account.toString(),
                sent.getStrategyId(),
                sent.getTraderId(),
                instrument.toString(),
                sent.getSide().getValue(),
                quantity.toString(),
                sent.getOrderType().getValue(),
                String.valueOf(limit),
                sent.getAlgo().getValue(),
                String.valueOf(sent.getStartTime()),
                String.valueOf(sent.getEndTime()),
                timeInForce().name(),
                String.valueOf(sent.getReason()));
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(canonical.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
