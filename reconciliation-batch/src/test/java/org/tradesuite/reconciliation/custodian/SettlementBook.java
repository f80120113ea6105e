package org.tradesuite.reconciliation.custodian;

import org.tradesuite.reconciliation.Desk;

/** What settlement has in its books, written as it would write it. */
final class SettlementBook {

    private final Desk desk;
    private int runs;
    private int obligations;

    SettlementBook(Desk desk) {
        this.desk = desk;
    }

    /** Settlement has read the custodian's answers of the date. */
    void answered(String date) {
        runs++;
        desk.sql("""
            insert into execution.business_day values ('%1$s', 'CLOSED', '%1$sT00:00:00Z', '%1$sT21:00:00Z') on conflict do nothing;
            insert into settlement.batch_job_instance (job_instance_id, version, job_name, job_key) values (%2$d, 0, 'apply-status', '%2$d');
            insert into settlement.batch_job_execution (job_execution_id, version, job_instance_id, create_time, status)
                values (%2$d, 0, %2$d, now(), 'COMPLETED');
            insert into settlement.batch_job_execution_params (job_execution_id, parameter_name, parameter_type, parameter_value, identifying)
                values (%2$d, 'businessDate', 'java.time.LocalDate', '%1$s', 'Y');
            """.formatted(date, runs));
    }

    /** SEME1: GEQ1 has received 500 VOD against GBP 361.50 on Tuesday 24 November, under the custodian's X1. */
    void seme1Received() {
        instructed("SEME1", "GEQ1", "VOD.XLON", "RECE", "500", "361.50", "2026-11-24", "MATCHED", "");
        settled("SEME1", "X1", "500", "361.50", "2026-11-24");
    }

    /** And GEQ1 had so many VOD before; the custodian's answers of the Friday are read. */
    void seme1ReceivedOnTopOf(String quantity) {
        answered("2026-11-20");
        opening("GEQ1", "VOD.XLON", quantity);
        seme1Received();
    }

    void opening(String account, String instrument, String quantity) {
        desk.sql("""
            insert into execution.opening_position
            select '%s', instrument_id, isin, '2026-11-20', %s, 1 from reference.instrument where instrument_id = '%s'
            """.formatted(account, quantity, instrument));
    }

    void traded(String account, String instrument, String quantity) {
        desk.sql("""
            insert into execution.position (account_id, instrument_id, isin, quantity, average_cost, realised, currency, updated_at)
            select '%s', instrument_id, isin, %s, 1, 0, currency, now() from reference.instrument where instrument_id = '%s'
            """.formatted(account, quantity, instrument));
    }

    /** An instruction of the Friday's trade; nothing has settled of it. */
    void instructed(
            String id,
            String account,
            String instrument,
            String direction,
            String quantity,
            String amount,
            String date,
            String status,
            String reason) {
        desk.sql("""
            insert into settlement.obligation (trade_id, business_date, number, trade_date, account_id, broker_id, counterparty_bic,
                instrument_id, isin, mic, asset_class, currency, direction, quantity, amount, settlement_date, confirm_status, method,
                status, stream_version, updated_at)
            select 'T-%1$s', '2026-11-20', %10$d, '2026-11-20', '%2$s', 'ALFA', 'ALFAGB2LXXX', instrument_id, isin, mic, 'EQUITY', currency,
                '%4$s', %5$s, %6$s, '%7$s', 'AFFIRMED', 'CUSTODIAN', 'SETTLED', 1, now()
            from reference.instrument where instrument_id = '%3$s';
            insert into settlement.instruction
            select '%1$s', 'T-%1$s', 'SECURITIES', 1, '2026-11-20', '%2$s', 'SAFE%2$s001', instrument_id, isin, '%4$s', %5$s, %6$s,
                currency, '2026-11-20', '%7$s', 'CRSTGB22XXX', 'ALFAGB2LXXX', 1, 1, now(), now(), 1, '%8$s', %9$s, 0, 0, null, 0,
                null, now()
            from reference.instrument where instrument_id = '%3$s';
            """.formatted(
                        id,
                        account,
                        instrument,
                        direction,
                        quantity,
                        amount,
                        date,
                        status,
                        reason.isEmpty() ? "null" : "'" + reason + "'",
                        ++obligations));
    }

    /** A slice of it was confirmed. */
    void settled(String id, String reference, String quantity, String amount, String date) {
        desk.sql("""
            insert into settlement.slice values ('%1$s', '%2$s', '%5$s', %3$s, %4$s);
            update settlement.instruction
            set settled_quantity = settled_quantity + %3$s, settled_amount = settled_amount + %4$s, settled_on = '%5$s',
                status = case when settled_quantity + %3$s = quantity then 'SETTLED' else 'PARTIALLY_SETTLED' end, reason_code = null
            where instruction_id = '%1$s'
            """.formatted(id, reference, quantity, amount, date));
    }
}
