package org.tradesuite.reconciliation.breaks;

import jakarta.persistence.CascadeType;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OrderBy;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tradesuite.reconciliation.statement.Feed;

/**
 * A difference as a person works on it. Its two sides are written by the reconciliation and only read here; the owner,
 * the comments and its closing are a person's.
 */
@Entity
@Table(name = "break", schema = "reconciliation")
public class Break {

    public enum Status {
        OPEN,
        /** Somebody asked for it to be closed and a second person has to agree. */
        CLOSING,
        CLOSED,
        /** A later reconciliation no longer found it. */
        RESOLVED;

        boolean over() {
            return this == CLOSED || this == RESOLVED;
        }
    }

    @Id
    @Column(name = "break_id")
    private long id;

    @Enumerated(EnumType.STRING)
    @Column(updatable = false)
    private Feed feed;

    @Column(name = "break_class", updatable = false)
    private String breakClass;

    @Column(name = "account_id", updatable = false)
    private @Nullable String accountId;

    @Column(name = "broker_id", updatable = false)
    private @Nullable String brokerId;

    @Column(name = "instrument_id", updatable = false)
    private @Nullable String instrumentId;

    @Column(updatable = false)
    private @Nullable String isin;

    @Column(updatable = false)
    private @Nullable String currency;

    @Column(updatable = false)
    private @Nullable String reference;

    @Column(updatable = false)
    private @Nullable String ours;

    @Column(updatable = false)
    private @Nullable String theirs;

    @Column(updatable = false)
    private @Nullable String difference;

    @Column(name = "money_at_risk", updatable = false)
    private @Nullable BigDecimal moneyAtRisk;

    @Column(name = "base_currency", updatable = false)
    private @Nullable String baseCurrency;

    @Column(name = "business_date", updatable = false)
    private LocalDate businessDate;

    @Column(name = "first_seen", updatable = false)
    private LocalDate firstSeen;

    @Column(name = "last_seen", updatable = false)
    private LocalDate lastSeen;

    private @Nullable String owner;

    @Enumerated(EnumType.STRING)
    private Status status;

    private @Nullable String resolution;

    @Column(name = "close_reason")
    private @Nullable String closeReason;

    @Column(name = "closing_asked_by")
    private @Nullable String closingAskedBy;

    @Column(name = "closed_by")
    private @Nullable String closedBy;

    @Column(name = "closed_at")
    private @Nullable Instant closedAt;

    @Column(name = "stream_version")
    private int streamVersion;

    @Version
    @Column(name = "row_version")
    private int rowVersion;

    @OneToMany(mappedBy = "about", cascade = CascadeType.PERSIST)
    @OrderBy("id")
    private List<BreakComment> comments = new ArrayList<>();

    @SuppressWarnings("NullAway.Init") // filled by JPA
    protected Break() {}

    void comment(String author, String text, Instant at) {
        comments.add(new BreakComment(this, author, text, at));
    }

    void give(String newOwner) {
        owner = newOwner;
    }

    void askToClose(String by, String newResolution, String reason) {
        status = Status.CLOSING;
        closingAskedBy = by;
        resolution = newResolution;
        closeReason = reason;
    }

    void close(String by, String newResolution, String reason, Instant at) {
        status = Status.CLOSED;
        resolution = newResolution;
        closeReason = reason;
        closedBy = by;
        closedAt = at;
    }

    /** The place of the next event of this break in its stream. */
    int nextStreamVersion() {
        return ++streamVersion;
    }

    public long id() {
        return id;
    }

    public Feed feed() {
        return feed;
    }

    public String breakClass() {
        return breakClass;
    }

    @Nullable
    public String accountId() {
        return accountId;
    }

    @Nullable
    public String brokerId() {
        return brokerId;
    }

    @Nullable
    public String instrumentId() {
        return instrumentId;
    }

    @Nullable
    public String isin() {
        return isin;
    }

    @Nullable
    public String currency() {
        return currency;
    }

    @Nullable
    public String reference() {
        return reference;
    }

    @Nullable
    public String ours() {
        return ours;
    }

    @Nullable
    public String theirs() {
        return theirs;
    }

    @Nullable
    public String difference() {
        return difference;
    }

    @Nullable
    public BigDecimal moneyAtRisk() {
        return moneyAtRisk;
    }

    @Nullable
    public String baseCurrency() {
        return baseCurrency;
    }

    public LocalDate businessDate() {
        return businessDate;
    }

    public LocalDate firstSeen() {
        return firstSeen;
    }

    public LocalDate lastSeen() {
        return lastSeen;
    }

    @Nullable
    public String owner() {
        return owner;
    }

    public Status status() {
        return status;
    }

    @Nullable
    public String resolution() {
        return resolution;
    }

    @Nullable
    public String closeReason() {
        return closeReason;
    }

    @Nullable
    public String closingAskedBy() {
        return closingAskedBy;
    }

    public List<BreakComment> comments() {
        return comments;
    }
}
