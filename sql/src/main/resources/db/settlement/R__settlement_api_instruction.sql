create or replace view settlement_api.instruction as
select
    instruction_id,
    trade_id,
    account_id,
    safekeeping_account,
    instrument_id,
    isin,
    direction,
    'APMT' as payment,
    quantity,
    amount,
    currency,
    trade_date,
    settlement_date,
    place_of_settlement,
    counterparty_bic,
    status,
    reason_code,
    settled_quantity,
    settled_amount,
    settled_on
from settlement.instruction;

comment on view settlement_api.instruction is 'Settlement instructions sent to the custodian and where they stand.';
comment on column settlement_api.instruction.instruction_id is 'Our reference (SEME), at most 16 characters.';
comment on column settlement_api.instruction.trade_id is 'The trade it settles.';
comment on column settlement_api.instruction.account_id is 'The account.';
comment on column settlement_api.instruction.safekeeping_account is 'Its account at the custodian.';
comment on column settlement_api.instruction.instrument_id is 'The instrument, such as VOD.XLON.';
comment on column settlement_api.instruction.isin is 'ISIN of the instrument.';
comment on column settlement_api.instruction.direction is 'RECE when we receive securities and pay, DELI when we deliver and are paid.';
comment on column settlement_api.instruction.payment is 'APMT: against payment, the only kind we send.';
comment on column settlement_api.instruction.quantity is 'Units instructed.';
comment on column settlement_api.instruction.amount is 'Cash instructed, above zero; the direction says who pays.';
comment on column settlement_api.instruction.currency is 'Currency of the cash.';
comment on column settlement_api.instruction.trade_date is 'Trade date.';
comment on column settlement_api.instruction.settlement_date is 'Intended settlement date; never changed, a late settlement shows in settled_on.';
comment on column settlement_api.instruction.place_of_settlement is 'BIC of the depository.';
comment on column settlement_api.instruction.counterparty_bic is 'BIC of the counterparty (buyer or seller).';
comment on column settlement_api.instruction.status is 'INSTRUCTED, ACKNOWLEDGED, UNMATCHED, MATCHED, PENDING, ON_HOLD, FAILING, PARTIALLY_SETTLED, REVERSED, CANCEL_REQUESTED, SETTLED, CANCELLED or REJECTED.';
comment on column settlement_api.instruction.reason_code is 'Reason of the custodian''s latest status, as sent; null once settled.';
comment on column settlement_api.instruction.settled_quantity is 'Units settled so far.';
comment on column settlement_api.instruction.settled_amount is 'Cash moved so far, as confirmed.';
comment on column settlement_api.instruction.settled_on is 'Effective date of the last slice; null while nothing has settled.';
