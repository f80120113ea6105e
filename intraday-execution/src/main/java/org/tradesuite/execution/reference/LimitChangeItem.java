package org.tradesuite.execution.reference;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import org.tradesuite.market.Currency;

/** One limit that a proposal is about, and which version of it the proposer saw. Never changed once it is stored. */
@Embeddable
class LimitChangeItem {

    @Enumerated(EnumType.STRING)
    private LimitScope scope;

    @Column(name = "scope_id")
    private String scopeId;

    @Enumerated(EnumType.STRING)
    private LimitKind kind;

    private @Nullable BigDecimal amount;

    @Column(name = "warn_at")
    private @Nullable BigDecimal warnAt;

    private @Nullable String currency;

    @Column(name = "limit_before")
    private @Nullable Long limitBefore;

    @Column(name = "amount_before")
    private @Nullable BigDecimal amountBefore;

    /** For Hibernate. */
    @SuppressWarnings("NullAway.Init")
    protected LimitChangeItem() {}

    LimitChangeItem(LimitProposal.Wanted wanted, @Nullable Limit before) {
        this.scope = wanted.scope();
        this.scopeId = wanted.scopeId();
        this.kind = wanted.kind();
        this.amount = wanted.amount();
        this.warnAt = wanted.warnAt();
        var ofMoney = wanted.currency();
        this.currency = ofMoney == null ? null : ofMoney.code();
        this.limitBefore = before == null ? null : before.id();
        this.amountBefore = before == null ? null : before.amount();
    }

    LimitProposal.Wanted wanted() {
        return new LimitProposal.Wanted(
                scope, scopeId, kind, amount, warnAt, currency == null ? null : Currency.of(currency));
    }

    @Nullable
    Long limitBefore() {
        return limitBefore;
    }

    LimitChange.Item item() {
        return new LimitChange.Item(wanted(), amountBefore);
    }
}
