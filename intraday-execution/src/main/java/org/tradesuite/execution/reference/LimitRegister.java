package org.tradesuite.execution.reference;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The one row that counts the changes of the limits, so that nobody overwrites what somebody else just changed. */
@Entity
@Table(schema = "reference", name = "limit_register")
class LimitRegister {

    static final int THE_ONE = 1;

    @Id
    @Column(name = "register_id")
    private int id = THE_ONE;

    private long version;

    @Column(name = "changed_at")
    private @Nullable Instant changedAt;

    @Column(name = "changed_by")
    private @Nullable String changedBy;

    private @Nullable String reason;

    /** For Hibernate. */
    protected LimitRegister() {}

    long version() {
        return version;
    }

    LimitsInForce with(List<KeptLimit> limits) {
        return new LimitsInForce(version, limits, changedAt, changedBy, reason);
    }

    void changed(Instant at, String by, String why) {
        version++;
        changedAt = at;
        changedBy = by;
        reason = why;
    }
}
