package org.tradesuite.settlement.fails;

import org.jspecify.annotations.Nullable;

/** Who makes an instruction fail. */
enum Fault {
    US,
    THEM,
    BOTH,
    /** What we or they instructed is wrong: it needs repair. */
    DATA,
    /** It waits for its time or its turn; nothing is to be done. */
    NOBODY,
    UNKNOWN;

    /**
     * By the custodian's reason code (rulebook 1.3). The codes are written from the side of the account: MONY is our
     * cash short and CMON the counterparty's, LACK our securities and CLAC the counterparty's; so they mean the same
     * whether we receive or deliver.
     */
    static Fault of(@Nullable String reasonCode) {
        return switch (reasonCode) {
            case null -> UNKNOWN;
            case "MONY",
                    "LACK",
                    "PREA",
                    "LATE",
                    "NCON",
                    "REFS",
                    "SDUT",
                    "MLAT",
                    "AWMO",
                    "AWSH",
                    "BLOC",
                    "NOFX",
                    "FLIM",
                    "LALO" -> US;
            case "CMON", "CLAC", "PRCY", "CLAT", "CPCA", "CMIS", "CLHT", "CANR", "OBJT", "DKNY" -> THEM;
            case "BOTH" -> BOTH;
            case "DDAT",
                    "DQUA",
                    "DSEC",
                    "DMON",
                    "DTRD",
                    "DDEA",
                    "ICAG",
                    "ICUS",
                    "IEXE",
                    "IIND",
                    "INVE",
                    "DEPT",
                    "SAFE",
                    "PLCE",
                    "DELN",
                    "MIME",
                    "DMCT",
                    "DMCX" -> DATA;
            case "FUTU", "LINK", "CYCL", "BATC", "NMAS", "PRSY", "CSDH", "SBLO", "TAMM", "REFU", "CAIS", "PART" ->
                NOBODY;
            default -> UNKNOWN;
        };
    }
}
