package org.tradesuite.reconciliation.custodian;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tradesuite.reconciliation.statement.KeptPage;
import org.tradesuite.reconciliation.statement.Page;

/** Our accounts as the custodians number them, and who keeps each. */
final class KnownAccounts {

    private static final String SAFEKEEPING =
            "select safekeeping_account, account_id, left(custodian_bic, 8) from reference_api.account";
    private static final String CASH = """
        select c.number, c.currency, c.account_id, left(a.custodian_bic, 8)
        from reference_api.cash_account c
        join reference_api.account a using (account_id)
        order by 1, 2
        """;

    /** @param keeper BIC of eight characters */
    record Account(String id, @Nullable String currency, String keeper) {}

    private final Map<String, Account> safekeeping = new HashMap<>();
    private final Map<String, Map<String, Account>> cash = new HashMap<>();

    KnownAccounts(JdbcClient jdbc) {
        jdbc.sql(SAFEKEEPING).query(row -> {
            safekeeping.put(row.getString(1), new Account(row.getString(2), null, row.getString(3)));
        });
        jdbc.sql(CASH).query(row -> {
            cash.computeIfAbsent(row.getString(1), none -> new LinkedHashMap<>())
                    .put(row.getString(2), new Account(row.getString(3), row.getString(2), row.getString(4)));
        });
    }

    @Nullable
    Account of(Page.Key key) {
        return key.currency() == null
                ? safekeeping.get(key.account())
                : cash.getOrDefault(key.account(), Map.of()).get(key.currency());
    }

    /**
     * A message that does not say who sends it, as a bare block 4, is taken for one of who keeps the account: or the same
     * statement with its sender and without would be two that count.
     */
    KeptPage withSender(KeptPage page) {
        var key = page.page().key();
        var account = of(key);
        return account == null || !key.sender().isEmpty() ? page : page.of(key.from(account.keeper()));
    }

    /** As far as it can be told from a message that was not understood. */
    Optional<Account> of(@Nullable String number, @Nullable String currency) {
        if (number == null) {
            return Optional.empty();
        }
        var held = safekeeping.get(number);
        if (held != null) {
            return Optional.of(held);
        }
        var owned = cash.getOrDefault(number, Map.of());
        return Optional.ofNullable(owned.get(currency))
                .or(() -> owned.values().stream().findFirst());
    }
}
