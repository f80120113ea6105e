package org.tradesuite.execution.reference;

/**
 * Corporate actions that change what is held without anybody trading: those of the codes of ISO 15022, field 22F CAEV,
 * that bring securities.
 */
enum CorporateActionEvent {
    /** Bonus issue. */
    BONU,
    /** Change, such as of the name, and with it of the ISIN. */
    CHAN,
    /** Conversion. */
    CONV,
    /** Dividend option, where securities are taken. */
    DVOP,
    /** Scrip dividend. */
    DVSC,
    /** Stock dividend. */
    DVSE,
    /** Exchange. */
    EXOF,
    /** Merger. */
    MRGR,
    /** Assimilation: what ranked otherwise ranks equally now. */
    PARI,
    /** Redenomination. */
    REDO,
    /** Distribution of intermediate securities, such as rights. */
    RHDI,
    /** Spin-off. */
    SOFF,
    /** Stock split. */
    SPLF,
    /** Reverse stock split. */
    SPLR
}
