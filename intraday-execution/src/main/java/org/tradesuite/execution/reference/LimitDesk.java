package org.tradesuite.execution.reference;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.tradesuite.execution.reference.LimitChange.Status;
import org.tradesuite.execution.reference.LimitProposal.Wanted;

/**
 * Where the limits are read and changed. One person proposes, and another one
 * approves or rejects, or the same one withdraws. Every version is kept: an
 * approved change ends the version that holds and begins a new one at the same instant, and a change for a while puts
 * what held before behind it, so that it returns by itself. A version that begins later stays, and what is changed before
 * it ends where it begins.
 *
 * <p>All of it is done one after the other, by the lock on the register. Whoever approves hands the new limits to the
 * engine after the commit.
 */
@Component
public class LimitDesk {

    private record Key(LimitScope scope, String scopeId, LimitKind kind) {

        static Key of(Wanted wanted) {
            return new Key(wanted.scope(), wanted.scopeId(), wanted.kind());
        }

        @Override
        public String toString() {
            return "Limit " + kind + " of " + scope + " " + scopeId;
        }
    }

    private final LimitEntries entries;
    private final LimitRegisters registers;
    private final LimitChanges changes;

    LimitDesk(LimitEntries entries, LimitRegisters registers, LimitChanges changes) {
        this.entries = entries;
        this.registers = registers;
        this.changes = changes;
    }

    @Transactional(readOnly = true)
    public LimitsInForce inForce(Instant at) {
        var register = registers.findById(LimitRegister.THE_ONE).orElseThrow();
        return register.with(
                entries.findInForce(at).stream().map(LimitEntry::kept).toList());
    }

    /** Of the register: how often the limits were changed. */
    @Transactional(readOnly = true)
    public long version() {
        return registers.findById(LimitRegister.THE_ONE).orElseThrow().version();
    }

    /** All versions of one limit, the oldest first. */
    @Transactional(readOnly = true)
    public List<KeptLimit> versions(LimitScope scope, String scopeId, LimitKind kind) {
        return entries.findByKindAndScopeAndScopeIdOrderByValidFromAsc(kind, scope, scopeId).stream()
                .map(LimitEntry::kept)
                .toList();
    }

    /**
     * Changes, the newest first.
     *
     * @param status absent for all
     * @param before only those with a smaller number
     */
    @Transactional(readOnly = true)
    public List<LimitChange> changes(@Nullable Status status, long before, int most) {
        var limit = org.springframework.data.domain.Limit.of(most);
        var found = status == null
                ? changes.findByIdLessThanOrderByIdDesc(before, limit)
                : changes.findByStatusAndIdLessThanOrderByIdDesc(status, before, limit);
        return found.stream().map(LimitChangeEntry::change).toList();
    }

    @Transactional
    public LimitChangeAnswer propose(LimitProposal proposal, String actor, Instant now) {
        var register = registers.lock(LimitRegister.THE_ONE).orElseThrow();
        if (register.version() != proposal.version()) {
            return new LimitChangeAnswer.Stale("The limits are at version " + register.version() + ", you read "
                    + proposal.version() + ": read them again and repeat the proposal.");
        }
        var at = now.truncatedTo(ChronoUnit.MICROS);
        var begins = begins(proposal.validFrom(), at);
        var wrong = new ArrayList<String>();
        var end = proposal.validUntil();
        if (end != null && !end.isAfter(begins)) {
            wrong.add("The change ends at " + end + ", which is not after its beginning at " + begins + ".");
        }
        var seen = new HashSet<Key>();
        var items = new ArrayList<LimitChangeItem>();
        for (var wanted : proposal.limits()) {
            var key = Key.of(wanted);
            if (!seen.add(key)) {
                wrong.add(key + " is there twice: keep one.");
                continue;
            }
            var before = holding(versions(key), begins);
            var reason = wrong(wanted, before, begins, end);
            if (reason != null) {
                wrong.add(reason);
            }
            items.add(new LimitChangeItem(wanted, before == null ? null : before.limit()));
        }
        if (!wrong.isEmpty()) {
            return new LimitChangeAnswer.Wrong(wrong);
        }
        return new LimitChangeAnswer.Taken(changes.saveAndFlush(new LimitChangeEntry(proposal, items, actor, at))
                .change());
    }

    /** What is wrong with one wanted limit, or nothing. */
    private static @Nullable String wrong(
            Wanted wanted, @Nullable LimitEntry before, Instant begins, @Nullable Instant end) {
        var key = Key.of(wanted);
        if (wanted.amount() == null) {
            if (before == null) {
                return key + " does not hold at " + begins + ": there is nothing to end.";
            }
            return end == null
                    ? null
                    : key + " cannot end for a while: without it every order would be refused. Raise it instead.";
        }
        try {
            var limit = limit(wanted, begins, null);
            RowRules.measurable(limit);
            return before != null && saysTheSame(before.limit(), limit)
                    ? key + " is that already: the change would change nothing."
                    : null;
        } catch (IllegalArgumentException invalid) {
            return Objects.requireNonNullElse(invalid.getMessage(), key + " is wrong.");
        }
    }

    /** Approving again what the same person approved before changes nothing and is answered alike. */
    @Transactional
    public LimitChangeAnswer approve(long id, String why, String actor, Instant now) {
        return deciding(id, actor, Status.APPROVED, (entry, register) -> {
            var change = entry.change();
            var at = now.truncatedTo(ChronoUnit.MICROS);
            var steps = new ArrayList<Step>();
            for (var item : entry.items()) {
                var planned = plan(change, item, at);
                if (planned.refusal() != null) {
                    return planned.refusal();
                }
                steps.add(planned);
            }
            for (var step : steps) {
                take(step, change, actor);
            }
            register.changed(at, actor, change.reason());
            entry.approved(actor, at, why, register.version());
            return new LimitChangeAnswer.Taken(changes.saveAndFlush(entry).change());
        });
    }

    @Transactional
    public LimitChangeAnswer reject(long id, String why, String actor, Instant now) {
        return deciding(id, actor, Status.REJECTED, (entry, register) -> {
            entry.rejected(actor, now.truncatedTo(ChronoUnit.MICROS), why);
            return new LimitChangeAnswer.Taken(changes.saveAndFlush(entry).change());
        });
    }

    /** Whoever proposed it does not want it any more; nothing changes. */
    @Transactional
    public LimitChangeAnswer withdraw(long id, String why, String actor, Instant now) {
        return deciding(id, actor, Status.WITHDRAWN, (entry, register) -> {
            entry.withdrawn(actor, now.truncatedTo(ChronoUnit.MICROS), why);
            return new LimitChangeAnswer.Taken(changes.saveAndFlush(entry).change());
        });
    }

    private interface Deciding {
        LimitChangeAnswer on(LimitChangeEntry entry, LimitRegister register);
    }

    private LimitChangeAnswer deciding(long id, String actor, Status as, Deciding deciding) {
        var register = registers.lock(LimitRegister.THE_ONE).orElseThrow();
        var found = changes.findById(id);
        if (found.isEmpty()) {
            return new LimitChangeAnswer.NotThere();
        }
        var change = found.get().change();
        if (change.status() != Status.PROPOSED) {
            return change.status() == as && actor.equals(change.decidedBy())
                    ? new LimitChangeAnswer.Taken(change)
                    : new LimitChangeAnswer.DecidedBefore(change);
        }
        var own = change.proposedBy().equals(actor);
        if (as == Status.WITHDRAWN && !own) {
            return new LimitChangeAnswer.NotTheMaker(change.proposedBy());
        }
        return own && as != Status.WITHDRAWN
                ? new LimitChangeAnswer.MakerIsChecker(actor)
                : deciding.on(found.get(), register);
    }

    /**
     * What an approval does to one limit, or why it cannot.
     *
     * @param holding the version that ends
     * @param next the first instant at which another version begins that was decided earlier
     */
    private record Step(
            Wanted wanted,
            @Nullable LimitEntry holding,
            Instant begins,
            @Nullable Instant next,
            @Nullable LimitChangeAnswer refusal) {}

    private Step plan(LimitChange change, LimitChangeItem item, Instant at) {
        var wanted = item.wanted();
        var key = Key.of(wanted);
        var versions = versions(key);
        var begins = afterEveryBeginning(begins(change.validFrom(), at), versions);
        var holding = holding(versions, begins);
        var next = versions.stream()
                .map(entry -> entry.limit().validFrom())
                .filter(from -> from.isAfter(begins))
                .min(Instant::compareTo)
                .orElse(null);
        var end = change.validUntil();
        return new Step(
                wanted,
                holding,
                begins,
                next,
                !Objects.equals(holding == null ? null : holding.limit().id(), item.limitBefore())
                        ? new LimitChangeAnswer.Stale(key + " is no longer what it was when change " + change.id()
                                + " was proposed: reject it, and propose it anew if it is still wanted.")
                        : end != null && !end.isAfter(begins)
                                ? wrong("Change " + change.id() + " was to end at " + end
                                        + ", and it is past that: reject it, and propose it anew.")
                                : end != null && next != null && next.isBefore(end)
                                        ? wrong("Another version of " + key + " begins at " + next
                                                + ", before change " + change.id()
                                                + " ends: reject it, and propose one that ends by then.")
                                        : null);
    }

    private static LimitChangeAnswer wrong(String reason) {
        return new LimitChangeAnswer.Wrong(List.of(reason));
    }

    private void take(Step step, LimitChange change, String approvedBy) {
        var holding = step.holding();
        var returns = holding == null ? null : holding.limit();
        if (holding != null) {
            holding.endAt(step.begins());
            entries.saveAndFlush(holding);
        }
        var until = change.validUntil();
        if (step.wanted().amount() != null) {
            keep(
                    limit(step.wanted(), step.begins(), until != null ? until : step.next()),
                    change.reason(),
                    change,
                    approvedBy);
        }
        if (returns == null || until == null) {
            return;
        }
        var itsEnd = returns.validUntil();
        if (itsEnd != null && !until.isBefore(itsEnd)) {
            return;
        }
        keep(
                new Limit(
                        0,
                        returns.scope(),
                        returns.scopeId(),
                        returns.kind(),
                        returns.amount(),
                        returns.warnAt(),
                        returns.currency(),
                        until,
                        returns.validUntil()),
                "As before change " + change.id() + ": "
                        + Objects.requireNonNull(holding).reason(),
                change,
                approvedBy);
    }

    private void keep(Limit limit, String reason, LimitChange change, String approvedBy) {
        entries.saveAndFlush(new LimitEntry(limit, reason, change.proposedBy(), approvedBy, change.id()));
    }

    private List<LimitEntry> versions(Key key) {
        return entries.findByKindAndScopeAndScopeIdOrderByValidFromAsc(key.kind(), key.scope(), key.scopeId());
    }

    private static @Nullable LimitEntry holding(List<LimitEntry> versions, Instant at) {
        for (var entry : versions) {
            if (entry.limit().holdsAt(at)) {
                return entry;
            }
        }
        return null;
    }

    private static Instant begins(@Nullable Instant wanted, Instant now) {
        return wanted == null || wanted.isBefore(now) ? now : wanted.truncatedTo(ChronoUnit.MICROS);
    }

    /** A limit changed twice within a microsecond still has lived for one. */
    private static Instant afterEveryBeginning(Instant at, List<LimitEntry> versions) {
        var begins = at;
        for (var entry : versions) {
            if (entry.limit().validFrom().equals(begins)) {
                begins = begins.plus(1, ChronoUnit.MICROS);
            }
        }
        return begins;
    }

    private static Limit limit(Wanted wanted, Instant from, @Nullable Instant until) {
        return new Limit(
                0,
                wanted.scope(),
                wanted.scopeId(),
                wanted.kind(),
                Objects.requireNonNull(wanted.amount()),
                wanted.warnAt(),
                wanted.currency(),
                from,
                until);
    }

    private static boolean saysTheSame(Limit limit, Limit wanted) {
        return limit.amount().compareTo(wanted.amount()) == 0
                && limit.warning().compareTo(wanted.warning()) == 0
                && Objects.equals(limit.currency(), wanted.currency());
    }
}
