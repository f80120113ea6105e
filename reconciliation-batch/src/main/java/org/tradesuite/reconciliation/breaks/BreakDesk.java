package org.tradesuite.reconciliation.breaks;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Transactional;
import org.tradesuite.eventstore.NewEvent;
import org.tradesuite.openapi.problem.ProblemCode;
import org.tradesuite.reconciliation.journal.Journal;
import org.tradesuite.web.ProblemException;

/**
 * What people do to breaks, and the rules for it. Each call is one transaction with its events in the journal; in a call for
 * many breaks each is judged on its own.
 */
public class BreakDesk {

    private static final String CAUSES = "select cause_code from reconciliation.cause_code";
    private static final String USERS = "select username from identity.user_account where enabled";
    private static final String DAY = "select as_of from reconciliation.desk_day";

    /** @param version that the person has looked at; null if that does not matter */
    public record Wanted(String breakId, @Nullable Integer version) {}

    /** @param problem why nothing was done; null if it was */
    public record Answer(String breakId, @Nullable ProblemException problem) {}

    /** What is the same for all breaks of a call. */
    private record Call(String by, Instant now, @Nullable LocalDate day, Set<String> causes, Set<String> users) {}

    private final Breaks breaks;
    private final WriteOffs writeOffs;
    private final DeskRequests requests;
    private final Journal journal;
    private final JdbcClient jdbc;
    private final Clock clock;

    BreakDesk(
            Breaks breaks, WriteOffs writeOffs, DeskRequests requests, Journal journal, JdbcClient jdbc, Clock clock) {
        this.breaks = breaks;
        this.writeOffs = writeOffs;
        this.requests = requests;
        this.journal = journal;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * Does it to one break.
     *
     * @param key of the request, given by the caller: the same again changes nothing
     */
    @Transactional
    public void act(Wanted wanted, DeskAction action, String by, @Nullable String key) {
        journal.begin();
        if (requests.before(by, key, action, List.of(wanted)).isPresent()) {
            return;
        }
        var problem = doAll(List.of(wanted), action, by).getFirst().problem();
        if (problem != null) {
            throw problem;
        }
        requests.done(by, key, action, List.of(wanted), List.of(new Answer(wanted.breakId(), null)));
    }

    /** Does it to many breaks, each on its own. */
    @Transactional
    public List<Answer> actOnAll(List<Wanted> wanted, DeskAction action, String by, @Nullable String key) {
        requireEachOnce(wanted);
        journal.begin();
        var before = requests.before(by, key, action, wanted);
        if (before.isPresent()) {
            return before.get();
        }
        var answers = doAll(wanted, action, by);
        requests.done(by, key, action, wanted, answers);
        return answers;
    }

    private static void requireEachOnce(List<Wanted> wanted) {
        var seen = new HashSet<String>();
        for (var each = 0; each < wanted.size(); each++) {
            if (!seen.add(wanted.get(each).breakId())) {
                throw ProblemException.inField(
                        "$.breaks[" + each + "].breakId",
                        ProblemCode.INVALID_VALUE,
                        "Break " + wanted.get(each).breakId() + " is named twice. Name each once.");
            }
        }
    }

    private List<Answer> doAll(List<Wanted> wanted, DeskAction action, String by) {
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var call = new Call(
                by,
                now,
                jdbc.sql(DAY).query(LocalDate.class).optional().orElse(null),
                action instanceof DeskAction.Because || action instanceof DeskAction.Close ? names(CAUSES) : Set.of(),
                action instanceof DeskAction.Give ? names(USERS) : Set.of());
        Map<Long, Break> found = new HashMap<>();
        breaks.findForChange(wanted.stream()
                        .map(Wanted::breakId)
                        .filter(BreakDesk::isNumber)
                        .map(Long::valueOf)
                        .sorted()
                        .toList())
                .forEach(each -> found.put(each.id(), each));
        var answers = new ArrayList<Answer>();
        var events = new ArrayList<NewEvent>();
        for (var each : wanted) {
            try {
                var one = isNumber(each.breakId()) ? found.get(Long.valueOf(each.breakId())) : null;
                if (one == null) {
                    throw unknown(each.breakId());
                }
                requireVersion(one, each.version());
                events.add(act(one, action, call));
                answers.add(new Answer(each.breakId(), null));
            } catch (ProblemException refused) {
                // Everything is checked before anything is changed, so what was refused has left nothing.
                answers.add(new Answer(each.breakId(), refused));
            }
        }
        journal.append(events, now);
        return answers;
    }

    private Set<String> names(String query) {
        return new TreeSet<>(
                jdbc.sql(query).query((row, number) -> row.getString(1)).list());
    }

    private static void requireVersion(Break found, @Nullable Integer version) {
        if (version != null && version != found.version()) {
            throw new ProblemException(
                    ProblemCode.STALE_VERSION,
                    "Break " + found.id() + " is at version " + found.version() + ", not " + version
                            + ": somebody or a run has changed it. Read it again.");
        }
    }

    private NewEvent act(Break found, DeskAction action, Call call) {
        return switch (action) {
            case DeskAction.Comment comment -> {
                found.comment(call.by(), comment.text(), call.now());
                yield event(found, "BreakCommented", comment.text(), call);
            }
            case DeskAction.Give give -> {
                requireOpen(found);
                if (!call.users().contains(give.owner())) {
                    throw ProblemException.inField(
                            "$.owner",
                            ProblemCode.INVALID_VALUE,
                            "There is no user " + give.owner() + " who may sign in. Name one who does.");
                }
                found.give(give.owner());
                yield event(found, "BreakGiven", null, call);
            }
            case DeskAction.Due due -> {
                requireOpen(found);
                if (call.day() != null && due.on().isBefore(call.day())) {
                    throw ProblemException.inField(
                            "$.dueOn",
                            ProblemCode.INVALID_VALUE,
                            due.on() + " is over: " + call.day()
                                    + " has been reconciled. Name that day or a later one.");
                }
                found.due(due.on());
                yield event(found, "BreakDue", due.reason(), call);
            }
            case DeskAction.Because because -> {
                requireCause(because.causeCode(), call);
                found.because(because.causeCode());
                yield event(found, "BreakExplained", null, call);
            }
            case DeskAction.Close close -> close(found, close, call);
            case DeskAction.Reopen reopen -> reopen(found, reopen, call);
        };
    }

    private static void requireOpen(Break found) {
        if (found.status().over()) {
            throw new ProblemException(
                    ProblemCode.BREAK_CLOSED,
                    "Break " + found.id() + " is " + found.status() + ". If it is found again it opens by itself.");
        }
    }

    private static void requireCause(String cause, Call call) {
        if (!call.causes().contains(cause)) {
            throw ProblemException.inField(
                    "$.causeCode", ProblemCode.INVALID_VALUE, cause + " is no cause. GET /cause-codes lists them.");
        }
    }

    /**
     * Closes a break that is not material at once. One that is, or whose size is not known, and whatever is closed by force
     * or written off, is closed when a second person asks for the same; until then it is CLOSING.
     */
    private NewEvent close(Break found, DeskAction.Close closing, Call call) {
        requireOpen(found);
        var cause = closing.causeCode();
        if (cause != null) {
            requireCause(cause, call);
        } else if (found.causeCode() == null) {
            throw ProblemException.inField(
                    "$.causeCode",
                    ProblemCode.MISSING_FIELD,
                    "Break " + found.id() + " has no cause yet. Say why the two sides differ.");
        }
        if (closing.kind() == DeskAction.Kind.WRITE_OFF) {
            writeOffs.requireWithinTolerance(found);
        }
        var alone = closing.kind() == DeskAction.Kind.CLOSE && !found.material();
        if (alone) {
            found.close(call.by(), closing, call.now());
            return event(found, "BreakClosed", closing.reason(), call);
        }
        if (!found.isAskedFor(closing)) {
            found.askToClose(call.by(), closing);
            return event(found, "BreakClosingAsked", closing.reason(), call);
        }
        if (call.by().equals(found.closingAskedBy())) {
            throw new ProblemException(
                    ProblemCode.MAKER_IS_CHECKER,
                    "You asked for break " + found.id()
                            + " to be closed yourself. Somebody else has to agree by closing it"
                            + " with the same resolution.");
        }
        found.close(call.by(), closing, call.now());
        if (closing.kind() == DeskAction.Kind.WRITE_OFF) {
            writeOffs.book(found, call.by(), closing.reason(), call.now());
            return event(found, "BreakWrittenOff", closing.reason(), call);
        }
        return event(found, "BreakClosed", closing.reason(), call);
    }

    private NewEvent reopen(Break found, DeskAction.Reopen reopen, Call call) {
        return switch (found.status()) {
            case RESOLVED ->
                throw new ProblemException(
                        ProblemCode.BREAK_CLOSED,
                        "Break " + found.id() + " was cleared by a run. If it is found again it opens by itself.");
            case OPEN -> throw new ProblemException(ProblemCode.CONFLICT, "Break " + found.id() + " is open already.");
            case CLOSING -> {
                found.reopen(openingDay(call));
                yield event(found, "BreakClosingRefused", reopen.reason(), call);
            }
            case CLOSED -> {
                found.reopen(openingDay(call));
                writeOffs.takeBack(found, call.by(), reopen.reason(), call.now());
                yield event(found, "BreakReopened", reopen.reason(), call);
            }
        };
    }

    private static LocalDate openingDay(Call call) {
        if (call.day() == null) {
            throw new IllegalStateException("A break was found although no day has been reconciled");
        }
        return call.day();
    }

    private NewEvent event(Break changed, String type, @Nullable String reason, Call call) {
        var due = changed.dueOn();
        var kind = changed.closingKind();
        var money = changed.moneyAtRisk();
        return new NewEvent(
                "break/" + changed.id(),
                changed.nextStreamVersion(),
                type,
                1,
                call.now(),
                call.by(),
                reason,
                null,
                null,
                journal.text(journal.payload()
                        .put("status", changed.status().name())
                        .put("owner", changed.owner())
                        .put("dueOn", due == null ? null : due.toString())
                        .put("causeCode", changed.causeCode())
                        .put("closingKind", kind == null ? null : kind.name())
                        .put("resolution", changed.resolution())
                        .put("moneyAtRisk", money == null ? null : money.toPlainString())));
    }

    private static boolean isNumber(String breakId) {
        return breakId.matches("[0-9]{1,18}");
    }

    /** The number that a break goes by. */
    public static long number(String breakId) {
        if (!isNumber(breakId)) {
            throw unknown(breakId);
        }
        return Long.parseLong(breakId);
    }

    public static ProblemException unknown(String breakId) {
        return ProblemException.notFound("There is no break " + breakId + ". Look it up with GET /breaks.");
    }
}
