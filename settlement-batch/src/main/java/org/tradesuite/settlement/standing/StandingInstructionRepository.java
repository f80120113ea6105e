package org.tradesuite.settlement.standing;

import java.util.List;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Query;

/** All versions of all standing instructions; there are hundreds, so they are read whole. */
interface StandingInstructionRepository extends JpaRepository<StandingInstruction, Long> {

    List<StandingInstruction> findByNumberOrderByVersionDesc(long number);

    @Query("select s from StandingInstruction s where s.approvedBy is not null order by s.number, s.version")
    List<StandingInstruction> approved();

    @Query(value = "select nextval('settlement.standing_instruction_number')", nativeQuery = true)
    long nextNumber();
}
