package org.tradesuite.execution.reference;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.tradesuite.market.Currency;

/** One version of one limit as it is stored. Only its end can change: a new amount is a new version. */
@Entity
@Table(schema = "reference", name = "risk_limit")
class LimitEntry {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    @Column(name = "limit_id")
    private @Nullable Long id;

    @Enumerated(EnumType.STRING)
    @Column(updatable = false)
    private LimitScope scope;

    @Column(name = "scope_id", updatable = false)
    private String scopeId;

    @Enumerated(EnumType.STRING)
    @Column(updatable = false)
    private LimitKind kind;

    @Column(updatable = false)
    private BigDecimal amount;

    @Column(name = "warn_at", updatable = false)
    private @Nullable BigDecimal warnAt;

    @Column(updatable = false)
    private @Nullable String currency;

    @Column(name = "valid_from", updatable = false)
    private Instant validFrom;

    @Column(name = "valid_until")
    private @Nullable Instant validUntil;

    @Column(updatable = false)
    private String reason;

    @Column(name = "entered_by", updatable = false)
    private String enteredBy;

    @Column(name = "approved_by", updatable = false)
    private @Nullable String approvedBy;

    @Column(name = "change_id", updatable = false)
    private @Nullable Long changeId;

    /** For Hibernate. */
    @SuppressWarnings("NullAway.Init")
    protected LimitEntry() {}

    LimitEntry(Limit limit, String reason, String enteredBy, String approvedBy, long changeId) {
        this.scope = limit.scope();
        this.scopeId = limit.scopeId();
        this.kind = limit.kind();
        this.amount = limit.amount();
        this.warnAt = limit.warnAt();
        var ofMoney = limit.currency();
        this.currency = ofMoney == null ? null : ofMoney.code();
        this.validFrom = limit.validFrom();
        this.validUntil = limit.validUntil();
        this.reason = reason;
        this.enteredBy = enteredBy;
        this.approvedBy = approvedBy;
        this.changeId = changeId;
    }

    KeptLimit kept() {
        return new KeptLimit(limit(), reason, enteredBy, approvedBy, changeId);
    }

    String reason() {
        return reason;
    }

    void endAt(Instant end) {
        validUntil = end;
    }

    Limit limit() {
        return new Limit(
                id == null ? 0 : id,
                scope,
                scopeId,
                kind,
                amount,
                warnAt,
                currency == null ? null : Currency.of(currency),
                validFrom,
                validUntil);
    }
}
