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
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

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

    @Column(updatable = false)
    private boolean material;

    private @Nullable String owner;

    @Enumerated(EnumType.STRING)
    private Status status;

    @Column(name = "closing_kind")
    private @Nullable String closingKind;

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
        closingKind = "CLOSE";
        closingAskedBy = by;
        resolution = newResolution;
        closeReason = reason;
    }

    void close(String by, String newResolution, String reason, Instant at) {
        status = Status.CLOSED;
        closingKind = "CLOSE";
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

    boolean material() {
        return material;
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
    public String closingAskedBy() {
        return closingAskedBy;
    }

    public List<BreakComment> comments() {
        return comments;
    }
}
