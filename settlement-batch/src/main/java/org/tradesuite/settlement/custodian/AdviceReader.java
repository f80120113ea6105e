package org.tradesuite.settlement.custodian;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.tradesuite.market.Bic;
import org.tradesuite.settlement.custodian.Reading.Problem;
import org.tradesuite.settlement.instruction.Advice;
import org.tradesuite.settlement.instruction.Advice.ReversalAdvice;
import org.tradesuite.settlement.instruction.Advice.SettlementAdvice;
import org.tradesuite.settlement.instruction.Advice.Standing;
import org.tradesuite.settlement.instruction.Advice.StatusAdvice;
import org.tradesuite.settlement.instruction.Direction;

/** Reads the custodian's answers: MT548 (status) and MT544 to MT547 (confirmations and their reversals). */
public final class AdviceReader {

    private static final Set<String> CONFIRMATIONS = Set.of("544", "545", "546", "547");
    private static final Pattern CODE = Pattern.compile("[A-Z0-9]{4}");
    private static final Set<String> HOLDS = Set.of("PREA", "PRCY", "PRSY", "CSDH", "PTYH", "CDEL", "CVAL");

    /** Field 25D by qualifier and code (rulebook 1.3). */
    private static final Map<String, Standing> STANDINGS = Map.ofEntries(
            Map.entry("IPRC//PACK", Standing.ACKNOWLEDGED),
            Map.entry("IPRC//CGEN", Standing.ACKNOWLEDGED),
            Map.entry("IPRC//PPRC", Standing.IN_PROCESS),
            Map.entry("IPRC//CPRC", Standing.CANCEL_REQUESTED),
            Map.entry("IPRC//MPRC", Standing.IN_PROCESS),
            Map.entry("IPRC//REPR", Standing.IN_REPAIR),
            Map.entry("IPRC//REJT", Standing.REJECTED),
            Map.entry("IPRC//CAND", Standing.CANCELLED),
            Map.entry("IPRC//CANP", Standing.CANCEL_REQUESTED),
            Map.entry("MTCH//MACH", Standing.MATCHED),
            Map.entry("MTCH//NMAT", Standing.UNMATCHED),
            Map.entry("INMH//MACH", Standing.MATCHED),
            Map.entry("INMH//NMAT", Standing.UNMATCHED),
            Map.entry("SETT//PEND", Standing.PENDING),
            Map.entry("SETT//PENF", Standing.FAILING));

    private final Bic us;
    private final Bic custodian;

    public AdviceReader(Bic us, Bic custodian) {
        this.us = us;
        this.custodian = custodian;
    }

    /** The messages of a file; a file may hold several, one after the other or parted by a dollar sign. */
    public static List<String> split(String file) {
        var starts = new ArrayList<Integer>();
        for (var at = file.indexOf("{1:"); at >= 0; at = file.indexOf("{1:", at + 1)) {
            starts.add(at);
        }
        if (starts.isEmpty() || !file.substring(0, starts.getFirst()).isBlank()) {
            starts.addFirst(0);
        }
        var messages = new ArrayList<String>();
        for (var i = 0; i < starts.size(); i++) {
            var end = i + 1 < starts.size() ? starts.get(i + 1) : file.length();
            var message = file.substring(starts.get(i), end).strip();
            messages.add(
                    message.endsWith("$")
                            ? message.substring(0, message.length() - 1).strip()
                            : message);
        }
        return messages;
    }

    public Reading read(String message) {
        try {
            var text = FinText.parse(message);
            if (!text.receiver().sameOffice(us)) {
                throw new RefusedText(
                        Problem.NOT_FOR_US, "The message is for " + text.receiver() + ", not for " + us + ".");
            }
            if (!text.sender().sameOffice(custodian)) {
                throw new RefusedText(
                        Problem.WRONG_SENDER,
                        "The message is from " + text.sender() + "; only " + custodian + " answers our instructions.");
            }
            if (text.type().equals("548")) {
                return new Reading.Read("548", related(text), status(text));
            }
            if (CONFIRMATIONS.contains(text.type())) {
                return new Reading.Read(text.type(), related(text), confirmation(text));
            }
            throw new RefusedText(
                    Problem.UNKNOWN_TYPE,
                    "MT" + text.type() + " is no answer to an instruction: MT548 and MT544 to MT547 are read here.");
        } catch (RefusedText refused) {
            return refused.asReading();
        }
    }

    private static String related(FinText text) {
        return text.one("GENL/LINK", "20C", "RELA");
    }

    private static StatusAdvice status(FinText text) {
        function(text, Set.of("INST", "CAST"));
        var strongest = statuses(text).stream()
                .max(Comparator.comparing(Status::standing).thenComparing(Status::code))
                .orElseThrow(() -> new RefusedText(Problem.FIELD_MISSING, "Field 25D is missing in GENL/STAT."));
        return new StatusAdvice(
                text.one("GENL", "20C", "SEME"),
                text.sentAt(),
                strongest.standing(),
                strongest.code(),
                strongest.reason().orElse(null),
                text.all("GENL/STAT/REAS", "70D", "REAS").stream().findFirst().orElse(null));
    }

    private record Status(Standing standing, String code, Optional<String> reason) {}

    /** One message may carry several statuses (processing, matching, settlement), each with its reasons after it. */
    private static List<Status> statuses(FinText text) {
        var statuses = new ArrayList<Status>();
        for (var line : text.lines()) {
            if (line.path().equals("GENL/STAT") && line.tag().equals("25D")) {
                var code = line.value().startsWith(":") ? line.value().substring(1) : line.value();
                var standing = STANDINGS.get(code);
                if (standing == null) {
                    throw new RefusedText(
                            Problem.STATUS_UNKNOWN, "Status " + code + " is in no list of MT548: ask what it means.");
                }
                statuses.add(new Status(standing, code, Optional.empty()));
            } else if (line.path().equals("GENL/STAT/REAS") && line.tag().equals("24B")) {
                if (statuses.isEmpty()) {
                    throw new RefusedText(Problem.FIELD_MISSING, "Field 24B gives a reason before any status.");
                }
                var slash = line.value().lastIndexOf('/');
                var reason = line.value().substring(slash + 1);
                if (!CODE.matcher(reason).matches()) {
                    throw new RefusedText(
                            Problem.FIELD_WRONG, "Reason '" + line.value() + "' does not end in four characters.");
                }
                var last = statuses.removeLast();
                statuses.add(last.reason().isPresent() ? last : because(last, reason));
            }
        }
        return statuses;
    }

    private static Status because(Status status, String reason) {
        var held = status.standing() == Standing.PENDING && HOLDS.contains(reason);
        return new Status(held ? Standing.ON_HOLD : status.standing(), status.code(), Optional.of(reason));
    }

    private static Advice confirmation(FinText text) {
        var function = function(text, Set.of("NEWM", "RVSL"));
        if (text.type().equals("544") || text.type().equals("546")) {
            throw new RefusedText(
                    Problem.FREE_OF_PAYMENT,
                    "MT" + text.type() + " moves securities free of payment; we instruct only against payment.");
        }
        var reference = text.one("GENL", "20C", "SEME");
        if (function.equals("RVSL")) {
            return new ReversalAdvice(reference, text.sentAt(), text.one("GENL/LINK", "20C", "PREV"));
        }
        var direction = text.type().equals("545") ? Direction.RECE : Direction.DELI;
        return new SettlementAdvice(
                reference,
                text.sentAt(),
                direction,
                FinText.isin(text.one("TRADDET", "35B", "")),
                text.one("FIAC", "97A", "SAFE"),
                FinText.units("36B ESTT", text.one("FIAC", "36B", "ESTT")),
                FinText.money("19A ESTT", text.one("SETDET/AMT", "19A", "ESTT")),
                FinText.date("98A ESET", text.one("TRADDET", "98A", "ESET")),
                text.optional("FIAC", "36B", "PSTT")
                        .map(units -> FinText.units("36B PSTT", units))
                        .orElse(null),
                text.optional("FIAC", "36B", "RSTT")
                        .map(units -> FinText.units("36B RSTT", units))
                        .orElse(null));
    }

    private static String function(FinText text, Set<String> allowed) {
        var function = text.one("GENL", "23G", "");
        var code = function.length() > 4 ? function.substring(0, 4) : function;
        if (!allowed.contains(code)) {
            throw new RefusedText(
                    Problem.FIELD_WRONG,
                    "Function " + function + " in MT" + text.type() + " is none of " + allowed + ".");
        }
        return code;
    }
}
