package org.tradesuite.database;

import java.util.List;

/** Who logs in to PostgreSQL. The owner holds all tables and only installs; each application has a role of its own. */
public enum DatabaseRole {
    OWNER("tradesuite_owner"),
    EXECUTION("tradesuite_execution"),
    SETTLEMENT("tradesuite_settlement"),
    RECONCILIATION("tradesuite_reconciliation"),
    REPORTING("tradesuite_reporting");

    private final String roleName;

    DatabaseRole(String roleName) {
        this.roleName = roleName;
    }

    /** The user name to log in with. */
    public String roleName() {
        return roleName;
    }

    public static List<DatabaseRole> applications() {
        return List.of(EXECUTION, SETTLEMENT, RECONCILIATION, REPORTING);
    }
}
