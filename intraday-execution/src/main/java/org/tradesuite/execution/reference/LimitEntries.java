package org.tradesuite.execution.reference;

import java.util.List;
import org.springframework.data.repository.Repository;

interface LimitEntries extends Repository<LimitEntry, Long> {

    List<LimitEntry> findAllByOrderByKindAscScopeAscScopeIdAscValidFromAsc();

    LimitEntry saveAndFlush(LimitEntry entry);
}
