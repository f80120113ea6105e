package org.tradesuite.execution.reference;

import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.data.repository.Repository;
import org.tradesuite.execution.reference.LimitChange.Status;

interface LimitChanges extends Repository<LimitChangeEntry, Long> {

    Optional<LimitChangeEntry> findById(long id);

    List<LimitChangeEntry> findByIdLessThanOrderByIdDesc(long before, Limit limit);

    List<LimitChangeEntry> findByStatusAndIdLessThanOrderByIdDesc(Status status, long before, Limit limit);

    LimitChangeEntry saveAndFlush(LimitChangeEntry entry);
}
