package org.tradesuite.reconciliation.iso;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tradesuite.reconciliation.statement.Line.QuantityType;
import org.tradesuite.reconciliation.statement.StatedNumbers;
import org.tradesuite.reconciliation.statement.UnreadableException;

/** Elements that several securities messages have in common. */
final class Securities {

    private static final List<String> QUANTITIES = List.of("Unit", "FaceAmt", "AmtsdVal", "DgtlTknUnit");

    record Security(@Nullable String isin, String otherId) {}

    /** @param amortised the second of two: face amount and what is left of it */
    record Quantity(
            QuantityType type, BigDecimal amount, @Nullable BigDecimal amortised) {}

    private Securities() {}

    static Security security(Element holder) throws UnreadableException {
        var named = holder.at("FinInstrmId")
                .orElseThrow(() -> new UnreadableException(
                        "Line " + holder.span().line() + ": no security is named (FinInstrmId). Ask the custodian."));
        var isin = named.text("ISIN");
        var other = Stream.concat(
                        named.all("OthrId").stream().flatMap(id -> id.text("Id").stream()), named.text("Desc").stream())
                .collect(Collectors.joining(" "));
        return new Security(isin.isEmpty() ? null : StatedNumbers.isin(isin.get()), other);
    }

    /** The quantity in a balance or posting, however deep; a short one is negative. */
    static Quantity quantity(Element holder) throws UnreadableException {
        var short_ = holder.text("ShrtLngInd").filter("SHOR"::equals).isPresent();
        var both = holder.first(List.of("OrgnlAndCurFace"));
        if (both != null) {
            var face = StatedNumbers.decimal(both.required("FaceAmt"));
            var left = StatedNumbers.decimal(both.required("AmtsdVal"));
            return new Quantity(QuantityType.FAMT, short_ ? face.negate() : face, short_ ? left.negate() : left);
        }
        var found = holder.first(QUANTITIES);
        if (found == null) {
            throw new UnreadableException("Line " + holder.span().line() + ": " + holder.name()
                    + " has no quantity in units or face amount. Ask the custodian.");
        }
        var text = found.text().strip();
        // Some senders write the sign as well as the indicator.
        var negative = text.startsWith("-");
        var amount = StatedNumbers.decimal(negative ? text.substring(1) : text);
        var type = switch (found.name()) {
            case "FaceAmt" -> QuantityType.FAMT;
            case "AmtsdVal" -> QuantityType.AMOR;
            default -> QuantityType.UNIT;
        };
        return new Quantity(type, short_ || negative ? amount.negate() : amount, null);
    }

    /** Dt or DtTm below the element at the path. */
    static Optional<LocalDate> date(Element holder, String... path) throws UnreadableException {
        var found = holder.at(path);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        var text = found.get().text("Dt").or(() -> found.get().text("DtTm"));
        if (text.isEmpty()) {
            text = found.get().text("Dt", "Dt").or(() -> found.get().text("Dt", "DtTm"));
        }
        return text.isEmpty() ? Optional.empty() : Optional.of(StatedNumbers.date(text.get()));
    }

    static boolean receives(Element details) throws UnreadableException {
        return details.required("SctiesMvmntTp").equals("RECE");
    }

    /** Signed as it moves our cash: by its own indicator, or by the direction of the securities. */
    static Optional<BigDecimal> amount(Element details, boolean receives) throws UnreadableException {
        var paid = details.at("PstngAmt");
        if (paid.isEmpty()) {
            return Optional.empty();
        }
        var amount = StatedNumbers.decimal(paid.get().required("Amt"));
        var credit = paid.get()
                .text("CdtDbtInd")
                .or(() -> paid.get().text("CdtDbt"))
                .map("CRDT"::equals)
                .orElse(!receives);
        return Optional.of(credit ? amount : amount.negate());
    }

    static @Nullable String currency(Element details) throws UnreadableException {
        var amount = details.at("PstngAmt", "Amt");
        return amount.isEmpty()
                ? null
                : StatedNumbers.currency(amount.get().attributes().getOrDefault("Ccy", ""));
    }

    static @Nullable String reference(@Nullable String text) {
        return text == null || text.isBlank() || text.equals("NOTPROVIDED") || text.equals("NONREF")
                ? null
                : text.strip();
    }
}
