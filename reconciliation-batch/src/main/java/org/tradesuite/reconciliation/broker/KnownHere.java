package org.tradesuite.reconciliation.broker;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What we know that a statement may speak of.
 *
 * @param accounts our accounts
 * @param instruments by ISIN and market, and by symbol and market, as {@code GB00BH4HKS39@XLON} and {@code VOD@XLON}
 * @param isins by instrument
 */
record KnownHere(Set<String> accounts, Map<String, String> instruments, Map<String, String> isins) {

    KnownHere {
        accounts = Set.copyOf(accounts);
        instruments = Map.copyOf(instruments);
        isins = Map.copyOf(isins);
    }

    static KnownHere now(JdbcClient jdbc) {
        var accounts = new HashSet<>(jdbc.sql("select account_id from reference_api.account")
                .query((row, number) -> row.getString(1))
                .list());
        var instruments = new HashMap<String, String>();
        var isins = new HashMap<String, String>();
        jdbc.sql("select instrument_id, isin, symbol, mic from reference_api.instrument")
                .query(row -> {
                    var market = "@" + row.getString("mic");
                    instruments.put(row.getString("symbol") + market, row.getString("instrument_id"));
                    var isin = row.getString("isin");
                    if (isin != null) {
                        instruments.put(isin + market, row.getString("instrument_id"));
                        isins.put(row.getString("instrument_id"), isin);
                    }
                });
        return new KnownHere(accounts, instruments, isins);
    }

    @Nullable
    String isin(@Nullable String instrument) {
        return instrument == null ? null : isins.get(instrument);
    }
}
