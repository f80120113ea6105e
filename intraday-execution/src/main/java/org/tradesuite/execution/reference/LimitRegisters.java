package org.tradesuite.execution.reference;

import jakarta.persistence.LockModeType;
import java.util.Optional;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

interface LimitRegisters extends Repository<LimitRegister, Integer> {

    Optional<LimitRegister> findById(int id);

    /** Two people who save at the same moment do so one after the other, and the second is told. */
    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("select register from LimitRegister register where register.id = :id")
    Optional<LimitRegister> lock(int id);
}
