package org.tradesuite.execution.reference;

import java.time.Instant;
import java.util.List;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

interface LimitEntries extends Repository<LimitEntry, Long> {

    @Query("""
        select entry from LimitEntry entry
        where entry.validFrom <= :at and (entry.validUntil is null or entry.validUntil > :at)
        order by entry.kind, entry.scope, entry.scopeId
        """)
    List<LimitEntry> findInForce(Instant at);

    List<LimitEntry> findByKindAndScopeAndScopeIdOrderByValidFromAsc(LimitKind kind, LimitScope scope, String scopeId);

    LimitEntry saveAndFlush(LimitEntry entry);
}
