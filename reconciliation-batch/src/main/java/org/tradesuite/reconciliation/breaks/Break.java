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

/**
 * A difference as a person works on it. Its two sides are written by the reconciliation and not even read here; the owner,
 * the due date, the cause, the comments and its closing are a person's.
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

    @Column(updatable = false)
    private String feed;

    @Column(name = "break_class", updatable = false)
    private String breakClass;

    @Column(name = "account_id", updatable = false)
    private @Nullable String accountId;

    @Column(name = "money_at_risk", updatable = false)
    private @Nullable BigDecimal moneyAtRisk;

    @Column(updatable = false)
    private boolean material;

    private @Nullable String owner;

    @Column(name = "owner_by_hand")
    private boolean ownerByHand;

    @Column(name = "due_on")
    private @Nullable LocalDate dueOn;

    @Column(name = "due_by_hand")
    private boolean dueByHand;

    @Column(name = "cause_code")
    private @Nullable String causeCode;

    @Column(name = "opened_on")
    private LocalDate openedOn;

    @SuppressWarnings("UnusedVariable") // JPA writes it
    private int reopened;

    @Enumerated(EnumType.STRING)
    private Status status;

    @Enumerated(EnumType.STRING)
    @Column(name = "closing_kind")
    private DeskAction.@Nullable Kind closingKind;

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
        ownerByHand = true;
    }

    void due(LocalDate on) {
        dueOn = on;
        dueByHand = true;
    }

    void because(String cause) {
        causeCode = cause;
    }

    void askToClose(String by, DeskAction.Close closing) {
        status = Status.CLOSING;
        closingAskedBy = by;
        closing(closing);
    }

    /** Whether somebody has asked for the very same. */
    boolean isAskedFor(DeskAction.Close closing) {
        return status == Status.CLOSING
                && closing.kind() == closingKind
                && closing.resolution().equals(resolution)
                && (closing.causeCode() == null || closing.causeCode().equals(causeCode));
    }

    void close(String by, DeskAction.Close closing, Instant at) {
        if (closingAskedBy == null) {
            closingAskedBy = by;
        }
        status = Status.CLOSED;
        closing(closing);
        closedBy = by;
        closedAt = at;
    }

    private void closing(DeskAction.Close closing) {
        closingKind = closing.kind();
        resolution = closing.resolution();
        closeReason = closing.reason();
        if (closing.causeCode() != null) {
            causeCode = closing.causeCode();
        }
    }

    /** @param day on which it is open again; the age goes on from the first */
    void reopen(LocalDate day) {
        if (status == Status.CLOSED) {
            reopened++;
            openedOn = day;
        }
        status = Status.OPEN;
        closingKind = null;
        resolution = null;
        closeReason = null;
        closingAskedBy = null;
        closedBy = null;
        closedAt = null;
    }

    /** The place of the next event of this break in its stream. */
    int nextStreamVersion() {
        return ++streamVersion;
    }

    public long id() {
        return id;
    }

    String feed() {
        return feed;
    }

    String breakClass() {
        return breakClass;
    }

    @Nullable
    String accountId() {
        return accountId;
    }

    @Nullable
    BigDecimal moneyAtRisk() {
        return moneyAtRisk;
    }

    boolean material() {
        return material;
    }

    @Nullable
    String owner() {
        return owner;
    }

    @Nullable
    LocalDate dueOn() {
        return dueOn;
    }

    @Nullable
    String causeCode() {
        return causeCode;
    }

    Status status() {
        return status;
    }

    DeskAction.@Nullable Kind closingKind() {
        return closingKind;
    }

    @Nullable
    String resolution() {
        return resolution;
    }

    @Nullable
    String closingAskedBy() {
        return closingAskedBy;
    }

    int version() {
        return rowVersion;
    }
}
