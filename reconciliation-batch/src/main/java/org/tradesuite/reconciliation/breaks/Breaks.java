package org.tradesuite.reconciliation.breaks;

import jakarta.persistence.LockModeType;
import java.util.Collection;
import java.util.List;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** The breaks as people work on them. */
interface Breaks extends Repository<Break, Long> {

    /** In the order of their numbers, so that two who want the same do not wait for each other. */
    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("select b from Break b where b.id in :ids order by b.id")
    List<Break> findForChange(Collection<Long> ids);
}
