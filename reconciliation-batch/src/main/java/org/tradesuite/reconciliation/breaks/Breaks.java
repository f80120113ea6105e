package org.tradesuite.reconciliation.breaks;

import jakarta.persistence.LockModeType;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;
import org.tradesuite.reconciliation.statement.Feed;

/** The breaks as people look for them and work on them. */
public interface Breaks extends Repository<Break, Long> {

    Optional<Break> findById(long id);

    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("select b from Break b where b.id = :id")
    Optional<Break> findForChange(long id);

    @Query("""
        select b from Break b
        where (cast(:businessDate as LocalDate) is null or b.businessDate = :businessDate)
            and (:feed is null or b.feed = :feed)
            and (:status is null or b.status = :status)
            and (cast(:accountId as String) is null or b.accountId = :accountId)
            and (cast(:risk as BigDecimal) is null or coalesce(b.moneyAtRisk, 0) < :risk or coalesce(b.moneyAtRisk, 0) = :risk and b.id > :after)
        order by coalesce(b.moneyAtRisk, 0) desc, b.id
        """)
    List<Break> page(
            @Nullable LocalDate businessDate,
            @Nullable Feed feed,
            Break.@Nullable Status status,
            @Nullable String accountId,
            @Nullable BigDecimal risk,
            long after,
            Limit limit);

    @Query("select count(b) from Break b where b.feed = :feed and b.status in (OPEN, CLOSING)")
    int countOpen(Feed feed);
}
