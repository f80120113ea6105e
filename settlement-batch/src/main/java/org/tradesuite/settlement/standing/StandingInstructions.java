package org.tradesuite.settlement.standing;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.orm.ObjectOptimisticLockingFailureException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import org.tradesuite.eventstore.NewEvent;
import org.tradesuite.market.Bic;
import org.tradesuite.market.Currency;
import org.tradesuite.settlement.instruction.Terms;
import org.tradesuite.settlement.journal.Journal;
import org.tradesuite.settlement.standing.StandingInstruction.Proposal;
import tools.jackson.databind.json.JsonMapper;

/** Entering and approving standing instructions; the maker is not the checker. */
@Component
public class StandingInstructions {

    /** What became of a proposal or an approval. */
    public sealed interface Answer {

        record Recorded(StandingInstruction standing) implements Answer {}

        record Refused(Reason reason, String detail) implements Answer {}
    }

    public enum Reason {
        NOT_FOUND,
        STALE_VERSION,
        ALREADY_APPROVED,
        MAKER_IS_CHECKER,
        INVALID
    }

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final StandingInstructionRepository repository;
    private final Journal journal;
    private final TransactionTemplate transaction;
    private final Clock clock;

    StandingInstructions(
            StandingInstructionRepository repository, Journal journal, TransactionTemplate transaction, Clock clock) {
        this.repository = repository;
        this.journal = journal;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** Those that may be used, all versions. */
    public List<StandingInstruction> approved() {
        return repository.approved();
    }

    /** The latest version of each. */
    public List<StandingInstruction> latest(@Nullable String counterpartyBic) {
        var latest = new HashMap<Long, StandingInstruction>();
        for (var standing : repository.findAll()) {
            if (counterpartyBic == null || counterpartyBic.equals(standing.counterpartyBic())) {
                latest.merge(standing.number(), standing, (a, b) -> a.version() > b.version() ? a : b);
            }
        }
        return latest.values().stream()
                .sorted(Comparator.comparingLong(StandingInstruction::number))
                .toList();
    }

    /** @throws IllegalArgumentException saying what is wrong with it */
    private static void check(Proposal proposal) {
        Bic.of(proposal.counterpartyBic());
        Bic.of(proposal.agentBic());
        Terms.checkAccount(proposal.agentAccount());
        if (proposal.placeOfSettlement() != null) {
            Bic.of(proposal.placeOfSettlement());
        }
        if (proposal.currency() != null) {
            Currency.of(proposal.currency());
        }
        var until = proposal.validUntil();
        if (until != null && until.isBefore(proposal.validFrom())) {
            throw new IllegalArgumentException("validUntil " + until + " is before " + proposal.validFrom() + ".");
        }
    }

    /** @param versionRead the version the maker saw; 0 for a new one */
    public Answer propose(Proposal proposal, int versionRead, String by) {
        try {
            check(proposal);
        } catch (IllegalArgumentException wrong) {
            return new Answer.Refused(Reason.INVALID, String.valueOf(wrong.getMessage()));
        }
        try {
            return answered(transaction.execute(status -> {
                var known = latest(proposal.counterpartyBic()).stream()
                        .filter(standing -> standing.isAbout(proposal))
                        .findFirst();
                var version = known.map(StandingInstruction::version).orElse(0);
                if (version != versionRead) {
                    return stale(versionRead, version);
                }
                var number = known.map(StandingInstruction::number).orElseGet(repository::nextNumber);
                var at = clock.instant().truncatedTo(ChronoUnit.MICROS);
                var next = repository.saveAndFlush(new StandingInstruction(number, version + 1, proposal, by, at));
                proposed(next);
                return new Answer.Recorded(next);
            }));
        } catch (DataIntegrityViolationException sameTime) {
            return stale(versionRead, versionRead + 1);
        }
    }

    public Answer approve(String name, int version, String by) {
        try {
            return answered(transaction.execute(status -> {
                var versions = repository.findByNumberOrderByVersionDesc(Long.parseLong(name.substring(4)));
                if (versions.isEmpty()) {
                    return new Answer.Refused(Reason.NOT_FOUND, "There is no standing instruction " + name + ".");
                }
                var latest = versions.getFirst();
                if (latest.version() != version) {
                    return stale(version, latest.version());
                }
                if (latest.isApproved()) {
                    return new Answer.Refused(
                            Reason.ALREADY_APPROVED, latest + " was approved by " + latest.approvedBy() + ".");
                }
                if (latest.enteredBy().equals(by)) {
                    return new Answer.Refused(
                            Reason.MAKER_IS_CHECKER,
                            latest + " was entered by " + by + "; another person has to approve it.");
                }
                latest.approve(by, clock.instant().truncatedTo(ChronoUnit.MICROS));
                var saved = repository.saveAndFlush(latest);
                approved(saved);
                return new Answer.Recorded(saved);
            }));
        } catch (ObjectOptimisticLockingFailureException sameTime) {
            return new Answer.Refused(Reason.ALREADY_APPROVED, name + " was approved at the same moment.");
        }
    }

    private void proposed(StandingInstruction standing) {
        var json = JSON.createObjectNode()
                .put("version", standing.version())
                .put("counterparty", standing.counterpartyBic())
                .put("placeOfSettlement", standing.placeOfSettlement())
                .put("account", standing.accountId())
                .put("assetClass", standing.assetClass())
                .put("currency", standing.currency())
                .put("agent", standing.agentBic())
                .put("agentAccount", standing.agentAccount())
                .put("validFrom", standing.validFrom().toString())
                .put("validUntil", text(standing.validUntil()));
        record(
                standing,
                "StandingInstructionProposed",
                standing.enteredAt(),
                standing.enteredBy(),
                standing.reason(),
                json.toString());
    }

    private void approved(StandingInstruction standing) {
        var by = standing.approvedBy();
        var at = standing.approvedAt();
        if (by == null || at == null) {
            throw new IllegalStateException(standing + " is not approved");
        }
        var json = JSON.createObjectNode().put("version", standing.version());
        record(standing, "StandingInstructionApproved", at, by, null, json.toString());
    }

    private void record(
            StandingInstruction standing, String type, Instant at, String by, @Nullable String reason, String payload) {
        var stream = "standing-instruction/" + standing.name();
        journal.append(List.of(new NewEvent(
                stream, journal.stream(stream).size() + 1, type, 1, at, by, reason, null, standing.name(), payload)));
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }

    private static Answer answered(@Nullable Answer answer) {
        if (answer == null) {
            throw new IllegalStateException("The transaction gave no answer");
        }
        return answer;
    }

    private static Answer stale(int read, int now) {
        return new Answer.Refused(
                Reason.STALE_VERSION,
                "You saw version " + read + "; the latest is " + now + ". Read it again, then change it.");
    }
}
