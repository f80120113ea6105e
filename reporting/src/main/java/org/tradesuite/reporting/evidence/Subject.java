package org.tradesuite.reporting.evidence;

import static org.tradesuite.reporting.evidence.Column.inFile;
import static org.tradesuite.reporting.evidence.Column.number;
import static org.tradesuite.reporting.evidence.Column.text;

import java.util.List;

/** What the pack is about, in the order in which it is read. The columns on a page are 770 points wide together. */
enum Subject {
    MISSING(
            "control-missing",
            "Evidence that is missing",
            "What this pack cannot show. Nothing here is a zero: it is not known, or it did not take place and should"
                    + " have.",
            "Nothing is known to be missing.",
            List.of(
                    text("subject", "Of what", 150),
                    text("missing", "What is missing", 380),
                    text("needed", "What to do", 240))),

    DAYS(
            "control-days",
            "Trading days and their daily reports",
            "Each month with the days on which trading was open, and how many of them have their daily limit report.",
            "No trading day is recorded in the period.",
            List.of(
                    text("month", "Month", 90),
                    number("weekdays", "Weekdays", 90),
                    number("opened", "Days opened", 90),
                    number("closed", "Days closed", 90),
                    number("reports", "Daily limit reports", 110),
                    text("without_report", "Closed days without one", 300))),

    RULES(
            "control-rules",
            "The rules",
            "Every rule that is asked before an order leaves, with what it answered in the period. A hard block cannot"
                    + " be let pass; of a soft rule somebody of risk may let pass one block, once, for one order.",
            "No rule is published.",
            List.of(
                    text("rule", "Rule", 120),
                    number("version", "Vers.", 28),
                    text("inventory", "Inventory", 52),
                    text("block", "Block", 40),
                    text("purpose", "What it makes sure of", 208),
                    text("limit_kind", "Limit", 112),
                    number("asked", "Asked", 44),
                    number("passed", "Passed", 44),
                    number("warned", "Warned", 38),
                    number("blocked", "Blocked", 42),
                    number("let_pass", "Let pass", 42),
                    inFile("asked_of"),
                    inFile("soft_code"),
                    inFile("first_asked"),
                    inFile("last_asked"))),

    LIMITS(
            "control-limits",
            "Limits in force at the end of the period",
            "Who entered each and who approved it. One that was imported from a file has no second person in this"
                    + " system.",
            "No limit is in force: every order is refused.",
            List.of(
                    text("scope", "Holds", 62),
                    text("scope_id", "Which", 60),
                    text("kind", "Kind", 124),
                    number("amount", "Amount", 74),
                    text("unit", "Ccy", 26),
                    number("warn_at", "Warns at", 52),
                    text("valid_from", "Since (UTC)", 82),
                    text("valid_until", "Until (UTC)", 82),
                    text("entered_by", "Entered by", 58),
                    text("approved_by", "Approved by", 58),
                    text("reason", "Reason", 92),
                    inFile("change_id"))),

    CHANGES(
            "control-limit-changes",
            "Changes of limits",
            "Every change proposed, decided or imported in the period, with its maker and its checker.",
            "No limit was changed, proposed to be changed, or imported.",
            List.of(
                    number("change_id", "No.", 22),
                    text("scope", "Holds", 44),
                    text("scope_id", "Which", 54),
                    text("kind", "Kind", 84),
                    number("amount_before", "Before", 66),
                    number("amount", "Amount", 66),
                    text("unit", "Ccy", 22),
                    text("valid_from", "From (UTC)", 82),
                    text("valid_until", "Until (UTC)", 82),
                    text("status", "Status", 48),
                    text("proposed_by", "Maker", 44),
                    text("decided_by", "Checker", 44),
                    text("reason", "Reason of the maker", 64),
                    text("decision_reason", "Of the checker", 48),
                    inFile("proposed_at"),
                    inFile("decided_at"))),

    OVERRIDES(
            "control-overrides",
            "Blocks that a person let pass",
            "Once, for one order or one amendment of it, with a reason. Whoever handed it in is never the person who"
                    + " lets it pass.",
            "No block was let pass.",
            List.of(
                    text("at", "At (UTC)", 82),
                    text("subject", "What", 50),
                    text("order_id", "Order", 76),
                    text("account_id", "Account", 42),
                    text("instrument_id", "Instrument", 60),
                    text("rule", "Rule", 92),
                    number("measured", "Measured", 60),
                    number("limit_value", "Limit", 60),
                    text("unit", "Unit", 44),
                    text("handed_in_by", "Handed in by", 54),
                    text("let_pass_by", "Let pass by", 52),
                    text("reason", "Reason", 98),
                    inFile("decision_id"),
                    inFile("code"))),

    STOPS(
            "control-stops",
            "The stop button: every use and test",
            "Working is what was with brokers at the moment of the stop. Last cancel released is how long until the"
                + " last cancel was in the journal, from where it goes to its broker at once; last answer is how long"
                + " until the last of them was over.",
            "The stop button was not used.",
            List.of(
                    text("at", "At (UTC)", 82),
                    text("scope", "Whom or what", 90),
                    text("state", "State", 48),
                    text("stopped_by", "By", 46),
                    text("how", "How", 46),
                    text("reason", "Reason", 98),
                    number("working", "Working", 38),
                    number("cancelled", "Cancelled", 46),
                    number("filled", "Filled", 32),
                    number("other", "Ended otherwise", 46),
                    number("unanswered", "Not over", 34),
                    number("released_ms", "Last cancel released, ms", 46),
                    number("answered_ms", "Last answer, ms", 44),
                    text("reopened", "Opened again by (asked by)", 74),
                    inFile("asked_before"),
                    inFile("not_over"),
                    inFile("reopened_at"),
                    inFile("asked_by"),
                    inFile("approved_by"),
                    inFile("reopened_reason"))),

    BREAKERS(
            "control-breakers",
            "Circuit breakers and market halts",
            "Each time a breaker moved, and each time a market halted an instrument or let it trade again.",
            "No breaker moved and no market halted an instrument.",
            List.of(
                    text("at", "At (UTC)", 90),
                    text("what", "What", 110),
                    text("subject", "Of", 150),
                    text("state", "Became", 90),
                    text("actor", "By", 90),
                    text("reason", "Why", 240))),

    INCIDENTS(
            "control-incidents",
            "Incidents by class",
            "Counted from the journal. Each one stands in the file of incidents.",
            "",
            List.of(
                    text("class", "Class", 200),
                    number("times", "Times", 60),
                    text("first", "First (UTC)", 100),
                    text("last", "Last (UTC)", 100),
                    text("evidence", "Evidence", 310))),

    INCIDENT_LIST(
            "control-incident-list",
            "Every incident",
            "",
            "No incident is recorded.",
            List.of(
                    text("at", "At (UTC)", 90),
                    text("class", "Class", 170),
                    text("subject", "About", 160),
                    text("actor", "By", 90),
                    text("detail", "What", 260),
                    inFile("event_type"),
                    inFile("chain"),
                    inFile("seq"))),

    BREACHES(
            "control-breaches",
            "Breaches of limits",
            "Where an order would have gone beyond a limit: how often it was blocked, the most that was measured, and"
                    + " how often a person let it pass. Near it is how often a limit warned.",
            "No order would have gone beyond a limit.",
            List.of(
                    text("rule", "Rule", 130),
                    text("scope", "Holds", 80),
                    text("scope_id", "Which", 80),
                    text("unit", "Unit", 60),
                    number("limit_value", "Limit, latest", 96),
                    number("worst", "Most measured", 96),
                    number("warned", "Near it", 50),
                    number("blocked", "Blocked", 50),
                    number("let_pass", "Let pass", 48),
                    inFile("first_at"),
                    inFile("last_at"),
                    text("worst_order", "By order", 80)));

    private final String stem;
    private final String heading;
    private final String note;
    private final String empty;
    // A copy that nobody can change; its type cannot say so.
    @SuppressWarnings("ImmutableEnumChecker")
    private final List<Column> columns;

    Subject(String stem, String heading, String note, String empty, List<Column> columns) {
        this.stem = stem;
        this.heading = heading;
        this.note = note;
        this.empty = empty;
        this.columns = List.copyOf(columns);
    }

    String stem() {
        return stem;
    }

    String heading() {
        return heading;
    }

    String note() {
        return note;
    }

    /** What the page says where there is no row. */
    String empty() {
        return empty;
    }

    /** Whether it is told from what happened, and not from what was set or from what is missing. */
    boolean isOfTheJournal() {
        return switch (this) {
            case MISSING, LIMITS, CHANGES -> false;
            case DAYS, RULES, OVERRIDES, STOPS, BREAKERS, INCIDENTS, INCIDENT_LIST, BREACHES -> true;
        };
    }

    List<Column> columns() {
        return columns;
    }
}
