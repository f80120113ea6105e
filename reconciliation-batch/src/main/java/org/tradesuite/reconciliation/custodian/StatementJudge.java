package org.tradesuite.reconciliation.custodian;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.tradesuite.reconciliation.custodian.PageLoader.NotRead;
import org.tradesuite.reconciliation.statement.Feed;
import org.tradesuite.reconciliation.statement.KeptPage;
import org.tradesuite.reconciliation.statement.NewStatement;
import org.tradesuite.reconciliation.statement.Page;
import org.tradesuite.reconciliation.statement.Refusal;
import org.tradesuite.reconciliation.statement.StatementStore;
import org.tradesuite.reconciliation.statement.Verdict;
import org.tradesuite.reconciliation.statement.WholeStatement;

/** Judges a statement by what only those can see who know our accounts and the statements that came before. */
final class StatementJudge {

    /** A statement is of the business date or of the day its trades settle; nobody states what is a month away. */
    private static final int AHEAD_DAYS = 31;

    private final StatementStore statements;
    private final StatementPages pages;

    StatementJudge(StatementStore statements, StatementPages pages) {
        this.statements = statements;
        this.pages = pages;
    }

    NewStatement judge(WholeStatement whole, KnownAccounts known, LocalDate businessDate, long findings) {
        var key = whole.key();
        var place = whole.pages().getFirst().place();
        var account = known.of(key);
        var read = new NewStatement(
                key.feed(),
                key.sender(),
                key.account(),
                account == null ? null : account.id(),
                key.currency(),
                whole.pages().getFirst().page().reference(),
                whole.pages().size(),
                key.date(),
                place.fileName(),
                place.sha256(),
                null,
                whole.contentKey(),
                whole.opening(),
                whole.closing(),
                whole.lines(),
                findings,
                whole.refused(),
                key.part(),
                whole.movementKey());
        var wrong = wrong(whole, read, account, businessDate);
        if (wrong == null) {
            return read;
        }
        // A date that cannot be is none: or no good statement could ever be as new as this one says it is.
        return isAhead(key.date(), businessDate) ? read.undated().refused(wrong) : read.refused(wrong);
    }

    private @Nullable Verdict wrong(
            WholeStatement whole, NewStatement read, KnownAccounts.@Nullable Account account, LocalDate businessDate) {
        var key = whole.key();
        if (whole.refused() != null) {
            return cameBefore(whole) ? duplicate("with the statement that counts") : whole.refused();
        }
        if (account == null) {
            return new Verdict(
                    Refusal.ACCOUNT,
                    "Account " + key.account() + (key.currency() == null ? "" : " in " + key.currency())
                            + " is not one of ours at this custodian: it belongs to somebody else. Tell the"
                            + " custodian, and delete our copy.");
        }
        if (!key.sender().isEmpty() && !key.sender().equals(account.keeper())) {
            return new Verdict(
                    Refusal.SENDER,
                    "It comes from " + key.sender() + "; account " + key.account() + " is kept by " + account.keeper()
                            + ". Ask the sender why, and the custodian whether it is so.");
        }
        var date = date(key, businessDate, statements.mayLagDays(read));
        if (date != null) {
            return date;
        }
        if (whole.pages().getFirst().page().basis() == Page.Basis.CONT) {
            return new Verdict(
                    Refusal.POSITION_BASIS,
                    "It counts holdings as if all had settled in time (STBA CONT); we compare what has settled or was"
                            + " traded. Ask the custodian for a statement on one of these.");
        }
        var before = statements.sameContent(read);
        if (before.isPresent()) {
            return duplicate("as " + before.get());
        }
        return cash(read);
    }

    private static boolean isAhead(LocalDate date, LocalDate businessDate) {
        return date.isAfter(businessDate.plusDays(AHEAD_DAYS));
    }

    private static @Nullable Verdict date(Page.Key key, LocalDate businessDate, int mayLagDays) {
        if (isAhead(key.date(), businessDate)) {
            return new Verdict(
                    Refusal.IMPOSSIBLE_DATE,
                    "The statement is of " + key.date() + ", and it is " + businessDate
                            + ". Ask the custodian to send it again.");
        }
        var single = key.feed() == Feed.CUSTODIAN_ADVICE || key.feed() == Feed.CUSTODIAN_INTRADAY;
        if (!single && key.date().isBefore(businessDate.minusDays(mayLagDays))) {
            return new Verdict(
                    Refusal.STALE_STATEMENT,
                    "The statement is of " + key.date() + ", before " + businessDate + ": ask for a newer one.");
        }
        return null;
    }

    private @Nullable Verdict cash(NewStatement read) {
        BigDecimal opening = read.opening();
        if (read.feed() != Feed.CUSTODIAN_CASH || opening == null) {
            return null;
        }
        if (read.movementKey() != null) {
            var twin = statements.sameMovements(read);
            if (twin.isPresent()) {
                return new Verdict(
                        Refusal.DUPLICATE_THEIRS,
                        "It opens, moves and closes as the statement of " + twin.get()
                                + " did: it is that one under another date. It was not counted twice; ask the"
                                + " custodian for the one of " + read.statementDate() + ".");
            }
        }
        var previous = statements.previousClosing(read);
        if (previous.isPresent() && previous.get().compareTo(opening) != 0) {
            return new Verdict(
                    Refusal.STATEMENT_GAP,
                    "It opens with " + opening.toPlainString() + ", the last one closed with "
                            + previous.get().toPlainString()
                            + ": a statement between them is missing. Ask for it.");
        }
        return null;
    }

    /** Single pages of a statement that is there already. */
    private boolean cameBefore(WholeStatement whole) {
        var refused = whole.refused();
        if (refused == null || refused.refusal() != Refusal.STATEMENT_GAP) {
            return false;
        }
        var counting = pages.counting(whole.key());
        return !counting.isEmpty()
                && whole.pages().stream()
                        .allMatch(page -> counting.stream()
                                .anyMatch(one -> one.number() == page.number() && one.saysTheSame(page)));
    }

    private static Verdict duplicate(String as) {
        return new Verdict(
                Refusal.DUPLICATE_THEIRS,
                "The same statement came before, " + as + ". It was not counted twice; nothing else to do.");
    }

    static NewStatement unreadable(NotRead message, KnownAccounts known) {
        var unread = message.unread();
        var account = known.of(unread.account(), unread.currency());
        return new NewStatement(
                unread.feed(),
                "",
                unread.account(),
                account.map(KnownAccounts.Account::id).orElse(null),
                account.map(KnownAccounts.Account::currency).orElse(null),
                null,
                1,
                null,
                message.file().name(),
                message.file().sha256(),
                null,
                null,
                null,
                null,
                0,
                0,
                unread.verdict(),
                "",
                null);
    }

    /** The place of a message that was not understood, as a page of no lines. */
    static KeptPage place(NotRead message, long id) {
        var unread = message.unread();
        return new KeptPage(
                id,
                new Page(
                        new Page.Key(
                                unread.feed(),
                                "",
                                Objects.requireNonNullElse(unread.account(), ""),
                                null,
                                LocalDate.EPOCH,
                                ""),
                        "",
                        1,
                        false,
                        "",
                        null,
                        true,
                        null,
                        false,
                        null,
                        false,
                        List.of(),
                        unread.span(),
                        null),
                new KeptPage.Place(message.file().name(), message.file().sha256(), message.member(), unread.span()),
                0,
                0,
                BigDecimal.ZERO,
                null,
                null,
                "",
                "",
                null);
    }
}
