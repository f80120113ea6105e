package org.tradesuite.execution.reference;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.tradesuite.execution.reference.LimitsChange.Wanted;

/**
 * Where a person reads and changes the limits. Every version is kept: a changed limit ends and a new version begins at
 * the same instant. A version that begins in the future stays, and what is changed before it ends where it begins.
 *
 * <p>Whoever calls {@link #change} writes the event that tells of it in the same transaction and hands the new limits
 * to the engine after the commit.
 */
@Component
public class LimitDesk {

    private record Key(LimitScope scope, String scopeId, LimitKind kind) {

        static Key of(Limit limit) {
            return new Key(limit.scope(), limit.scopeId(), limit.kind());
        }
    }

    private final LimitEntries entries;
    private final LimitRegisters registers;

    LimitDesk(LimitEntries entries, LimitRegisters registers) {
        this.entries = entries;
        this.registers = registers;
    }

    @Transactional(readOnly = true)
    public LimitsAnswer.InForce inForce(Instant at) {
        var register = registers.findById(LimitRegister.THE_ONE).orElseThrow();
        return register.with(limitsAt(at));
    }

    private List<Limit> limitsAt(Instant at) {
        return entries.findAllByOrderByKindAscScopeAscScopeIdAscValidFromAsc().stream()
                .map(LimitEntry::limit)
                .filter(limit -> limit.holdsAt(at))
                .toList();
    }

    @Transactional
    public LimitsAnswer change(LimitsChange change, String actor, Instant now) {
        var register = registers.lock(LimitRegister.THE_ONE).orElseThrow();
        if (register.version() != change.version()) {
            return new LimitsAnswer.Stale(register.version());
        }
        var stored = entries.findAllByOrderByKindAscScopeAscScopeIdAscValidFromAsc();
        var at = afterEveryBeginning(now, stored);
        var wanted = new HashMap<Key, Limit>();
        var wrong = read(change.limits(), at, wanted);
        if (!wrong.isEmpty()) {
            return new LimitsAnswer.Wrong(wrong);
        }
        var begins = new HashMap<Key, Instant>();
        for (var entry : stored) {
            var limit = entry.limit();
            if (limit.holdsAt(at)) {
                var replacement = wanted.get(Key.of(limit));
                if (replacement != null && saysTheSame(limit, replacement)) {
                    wanted.remove(Key.of(limit));
                } else {
                    entry.endAt(at);
                    entries.saveAndFlush(entry);
                }
            } else if (limit.validFrom().isAfter(at)) {
                begins.merge(Key.of(limit), limit.validFrom(), (one, other) -> one.isBefore(other) ? one : other);
            }
        }
        wanted.forEach((key, limit) ->
                entries.saveAndFlush(new LimitEntry(until(limit, begins.get(key)), change.reason(), actor)));
        register.changed(at, actor, change.reason());
        return register.with(limitsAt(at));
    }

    /** A limit changed twice within a microsecond still has lived for one. */
    private static Instant afterEveryBeginning(Instant now, List<LimitEntry> stored) {
        var at = now.truncatedTo(ChronoUnit.MICROS);
        for (var entry : stored) {
            if (entry.limit().validFrom().equals(at)) {
                return at.plus(1, ChronoUnit.MICROS);
            }
        }
        return at;
    }

    private static List<String> read(List<Wanted> limits, Instant at, Map<Key, Limit> into) {
        var wrong = new ArrayList<String>();
        for (var each : limits) {
            try {
                var limit = new Limit(
                        0,
                        each.scope(),
                        each.scopeId(),
                        each.kind(),
                        each.amount(),
                        each.warnAt(),
                        each.currency(),
                        at,
                        null);
                RowRules.measurable(limit);
                if (into.putIfAbsent(Key.of(limit), limit) != null) {
                    wrong.add("Limit " + each.kind() + " of " + each.scope() + " " + each.scopeId()
                            + " is there twice: keep one.");
                }
            } catch (IllegalArgumentException invalid) {
                wrong.add(Objects.requireNonNullElse(invalid.getMessage(), "A limit is wrong."));
            }
        }
        return wrong;
    }

    private static boolean saysTheSame(Limit limit, Limit wanted) {
        return limit.amount().compareTo(wanted.amount()) == 0
                && limit.warning().compareTo(wanted.warning()) == 0
                && Objects.equals(limit.currency(), wanted.currency());
    }

    private static Limit until(Limit limit, @Nullable Instant end) {
        return new Limit(
                limit.id(),
                limit.scope(),
                limit.scopeId(),
                limit.kind(),
                limit.amount(),
                limit.warnAt(),
                limit.currency(),
                limit.validFrom(),
                end);
    }
}
