package org.tradesuite.execution.reference;

import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.OrderColumn;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tradesuite.execution.reference.LimitChange.Status;

/** A change of limits as it is stored. What was proposed never changes; what became of it is added once. */
@Entity
@Table(schema = "reference", name = "limit_change")
class LimitChangeEntry {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    @Column(name = "change_id")
    private @Nullable Long id;

    @Enumerated(EnumType.STRING)
    private Status status;

    @Column(name = "made_for", updatable = false)
    private long madeFor;

    @ElementCollection(fetch = FetchType.EAGER)
    @CollectionTable(schema = "reference", name = "limit_change_item", joinColumns = @JoinColumn(name = "change_id"))
    @OrderColumn(name = "place")
    private List<LimitChangeItem> items;

    @Column(name = "valid_from", updatable = false)
    private @Nullable Instant validFrom;

    @Column(name = "valid_until", updatable = false)
    private @Nullable Instant validUntil;

    @Column(updatable = false)
    private String reason;

    @Column(name = "proposed_by", updatable = false)
    private String proposedBy;

    @Column(name = "proposed_at", updatable = false)
    private Instant proposedAt;

    @Column(name = "decided_by")
    private @Nullable String decidedBy;

    @Column(name = "decided_at")
    private @Nullable Instant decidedAt;

    @Column(name = "decision_reason")
    private @Nullable String decisionReason;

    @Column(name = "register_version")
    private @Nullable Long registerVersion;

    /** For Hibernate. */
    @SuppressWarnings("NullAway.Init")
    protected LimitChangeEntry() {}

    LimitChangeEntry(LimitProposal proposal, List<LimitChangeItem> items, String proposedBy, Instant proposedAt) {
        this.status = Status.PROPOSED;
        this.madeFor = proposal.version();
        this.items = new ArrayList<>(items);
        this.validFrom = proposal.validFrom();
        this.validUntil = proposal.validUntil();
        this.reason = proposal.reason();
        this.proposedBy = proposedBy;
        this.proposedAt = proposedAt;
    }

    void approved(String by, Instant at, String why, long version) {
        decided(Status.APPROVED, by, at, why);
        registerVersion = version;
    }

    void rejected(String by, Instant at, String why) {
        decided(Status.REJECTED, by, at, why);
    }

    void withdrawn(String by, Instant at, String why) {
        decided(Status.WITHDRAWN, by, at, why);
    }

    private void decided(Status how, String by, Instant at, String why) {
        status = how;
        decidedBy = by;
        decidedAt = at;
        decisionReason = why;
    }

    List<LimitChangeItem> items() {
        return List.copyOf(items);
    }

    LimitChange change() {
        return new LimitChange(
                id == null ? 0 : id,
                status,
                madeFor,
                items.stream().map(LimitChangeItem::item).toList(),
                validFrom,
                validUntil,
                reason,
                proposedBy,
                proposedAt,
                decidedBy,
                decidedAt,
                decisionReason,
                registerVersion);
    }
}
