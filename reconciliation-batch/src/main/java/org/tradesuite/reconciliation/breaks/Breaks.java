package org.tradesuite.reconciliation.breaks;

import jakarta.persistence.LockModeType;
import java.util.Optional;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** The breaks as people work on them. */
interface Breaks extends Repository<Break, Long> {

    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("select b from Break b where b.id = :id")
    Optional<Break> findForChange(long id);
}
