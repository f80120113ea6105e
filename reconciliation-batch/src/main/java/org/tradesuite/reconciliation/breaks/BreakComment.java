package org.tradesuite.reconciliation.breaks;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What somebody said about a break; never changed afterwards. */
@Entity
@Table(name = "break_comment", schema = "reconciliation")
public class BreakComment {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    @Column(name = "comment_id")
    private @Nullable Long id;

    @ManyToOne(optional = false)
    @JoinColumn(name = "break_id", updatable = false)
    @SuppressWarnings("UnusedVariable") // JPA reads it: it is the other end of Break.comments
    private Break about;

    @Column(updatable = false)
    private Instant at;

    @Column(updatable = false)
    private String author;

    @Column(updatable = false)
    private String text;

    @SuppressWarnings("NullAway.Init") // filled by JPA
    protected BreakComment() {}

    BreakComment(Break about, String author, String text, Instant at) {
        this.about = about;
        this.author = author;
        this.text = text;
        this.at = at;
    }

    public Instant at() {
        return at;
    }

    public String author() {
        return author;
    }

    public String text() {
        return text;
    }
}
