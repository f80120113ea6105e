-- The rules are code; this says of each what a person has to know of it. A test holds it to the rules that are asked.
create or replace view execution_api.rule as
select place, rule, rule_version, asked_of, limit_kind, soft_code, purpose
from (values
    (1, 'TRADING_STATE', 1, 'DECISION, AMENDMENT, CHILD', null, null, 'Nothing is added while somebody has stopped it; while positions are only reduced, an order may bring its position closer to flat and no further.'),
    (2, 'INSTRUMENT_STATE', 1, 'DECISION, AMENDMENT, CHILD', null, null, 'The instrument is known and neither halted nor suspended.'),
    (3, 'MARKET_HALT', 1, 'DECISION, AMENDMENT, CHILD', null, null, 'The market has not halted the instrument.'),
    (4, 'PRICE_BAND', 1, 'DECISION, AMENDMENT, CHILD', null, null, 'The limit is within the price band that the market has set.'),
    (5, 'ACCOUNT_PERMISSION', 1, 'DECISION, AMENDMENT, CHILD', null, null, 'The account is known and active.'),
    (6, 'STRATEGY_PERMISSION', 1, 'DECISION, AMENDMENT', null, null, 'The strategy is known.'),
    (7, 'TRADER_PERMISSION', 1, 'DECISION, AMENDMENT', null, null, 'The trader is known.'),
    (8, 'MARKET_SESSION', 1, 'DECISION, AMENDMENT, CHILD', null, null, 'The market is open, or will be at the order''s start time.'),
    (9, 'TRADING_PERMISSION', 1, 'DECISION, AMENDMENT', null, null, 'Compliance has given the trader leave for this account, strategy and instrument.'),
    (10, 'RESTRICTED_LIST', 1, 'DECISION, AMENDMENT, CHILD', null, null, 'The instrument and its issuer are not on the restricted list on that day.'),
    (11, 'WATCH_LIST', 1, 'DECISION, AMENDMENT', null, null, 'Warns where the instrument or its issuer is on the watch list; never blocks.'),
    (12, 'QUANTITY_FORM', 1, 'DECISION, AMENDMENT', null, null, 'The quantity is above zero, a whole number of lots and not too precise.'),
    (13, 'PRICE_TICK', 1, 'DECISION, AMENDMENT', null, null, 'The limit price is above zero and on a tick.'),
    (14, 'MAX_ORDER_QUANTITY', 2, 'DECISION, AMENDMENT, CHILD', 'MAX_ORDER_QUANTITY', 'ORDER_QUANTITY_EXCEEDED', 'Units of one order.'),
    (15, 'MAX_ORDER_NOTIONAL', 2, 'DECISION, AMENDMENT, CHILD', 'MAX_ORDER_NOTIONAL', 'ORDER_NOTIONAL_EXCEEDED', 'What one order is worth.'),
    (16, 'ADV_SHARE', 2, 'DECISION, AMENDMENT', 'MAX_ADV_SHARE_PERCENT', 'ADV_SHARE_EXCEEDED', 'One order as a part of the instrument''s average daily volume.'),
    (17, 'PRICE_COLLAR', 1, 'DECISION, AMENDMENT, CHILD', 'PRICE_COLLAR_PERCENT', 'PRICE_OUTSIDE_COLLAR', 'How far the price lies on the wrong side of the market''s.'),
    (18, 'PRICE_COLLAR_PERIOD', 1, 'DECISION, AMENDMENT', 'PRICE_COLLAR_PERIOD_PERCENT', 'PRICE_MOVED_TOO_FAR', 'How far the price lies from the market''s price one period ago, on either side.'),
    (19, 'SPREAD', 1, 'DECISION, AMENDMENT, CHILD', 'MAX_SPREAD_BPS', 'SPREAD_EXCEEDED', 'How far bid and ask lie apart.'),
    (20, 'DUPLICATE_ORDER', 1, 'DECISION, AMENDMENT', 'DUPLICATE_WINDOW_SECONDS', 'DUPLICATE_ORDER', 'The same account, instrument, side, quantity and price were not sent a moment ago.'),
    (21, 'MESSAGE_RATE', 2, 'DECISION, AMENDMENT, CHILD', 'MAX_MESSAGES_PER_SECOND', null, 'New orders, cancels and replaces to brokers within a second, together.'),
    (22, 'NEW_ORDER_RATE', 1, 'DECISION, AMENDMENT, CHILD', 'MAX_NEW_ORDERS_PER_SECOND', null, 'New orders to brokers within a second.'),
    (23, 'CANCEL_RATE', 1, 'DECISION, AMENDMENT', 'MAX_CANCELS_PER_SECOND', null, 'Cancels to brokers within a second; beyond it new orders are refused, never cancels.'),
    (24, 'REPLACE_RATE', 1, 'DECISION, AMENDMENT', 'MAX_REPLACES_PER_SECOND', null, 'Replaces to brokers within a second.'),
    (25, 'OPEN_ORDERS', 2, 'DECISION, AMENDMENT', 'MAX_OPEN_ORDERS', null, 'Orders that work at once.'),
    (26, 'WORKING_NOTIONAL', 2, 'DECISION, AMENDMENT', 'MAX_WORKING_NOTIONAL', null, 'What works is worth, with this order.'),
    (27, 'DAILY_NOTIONAL', 2, 'DECISION, AMENDMENT', 'MAX_DAILY_NOTIONAL', null, 'What was dealt and what works today, with this order: the credit or capital threshold of 15c3-5(c)(1)(i).'),
    (28, 'VENUE_NOTIONAL', 2, 'DECISION, AMENDMENT', 'MAX_VENUE_NOTIONAL', null, 'What works on the market is worth, with this order.'),
    (29, 'POSITION_LIMIT', 3, 'DECISION, AMENDMENT', 'MAX_POSITION_NOTIONAL', null, 'What the position in the instrument would be worth if everything that works traded.'),
    (30, 'POSITION_QUANTITY', 2, 'DECISION, AMENDMENT', 'MAX_POSITION_QUANTITY', null, 'Units the position in the instrument would have if everything that works traded.'),
    (31, 'NET_EXPOSURE', 1, 'DECISION, AMENDMENT', 'MAX_NET_EXPOSURE', null, 'Longs less shorts if everything that works traded.'),
    (32, 'GROSS_EXPOSURE', 2, 'DECISION, AMENDMENT', 'MAX_GROSS_EXPOSURE', null, 'Longs and shorts added up if everything that works traded.'),
    (33, 'LEVERAGE', 1, 'DECISION, AMENDMENT', 'MAX_LEVERAGE_PERCENT', null, 'Gross exposure as a part of net assets.'),
    (34, 'ISSUER_CONCENTRATION', 1, 'DECISION, AMENDMENT', 'MAX_ISSUER_PERCENT', null, 'The part of net assets in one issuer.'),
    (35, 'SECTOR_CONCENTRATION', 1, 'DECISION, AMENDMENT', 'MAX_SECTOR_PERCENT', null, 'The part of net assets in one sector.'),
    (36, 'COUNTRY_CONCENTRATION', 1, 'DECISION, AMENDMENT', 'MAX_COUNTRY_PERCENT', null, 'The part of net assets in one country.'),
    (37, 'CURRENCY_CONCENTRATION', 1, 'DECISION, AMENDMENT', 'MAX_CURRENCY_PERCENT', null, 'The part of net assets in one currency.'),
    (38, 'MANDATE_UNIVERSE', 1, 'DECISION, AMENDMENT', null, null, 'The account''s mandate allows to hold the instrument.'),
    (39, 'MANDATE_RATING', 1, 'DECISION, AMENDMENT', null, null, 'The instrument has the rating that the mandate asks for.'),
    (40, 'MANDATE_EXCLUSION', 1, 'DECISION, AMENDMENT', null, null, 'The mandate does not exclude what the issuer does.'),
    (41, 'MANDATE_WEIGHT', 1, 'DECISION, AMENDMENT', null, 'MANDATE_WEIGHT', 'Each part of the account stays between the mandate''s least and most.'),
    (42, 'MANDATE_CASH_FLOOR', 1, 'DECISION, AMENDMENT', null, null, 'The cash that the mandate asks for stays.'),
    (43, 'MANDATE_LEVERAGE', 1, 'DECISION, AMENDMENT', null, null, 'Nothing is borrowed or sold short where the mandate says so.'),
    (44, 'MARGIN', 1, 'DECISION, AMENDMENT', null, null, 'The account brings the initial margin, by the table (Regulation T).'),
    (45, 'MARGIN_HAIRCUT', 1, 'DECISION, AMENDMENT', null, null, 'The account bears the haircuts of everything it would hold, at once.'),
    (46, 'BUYING_POWER', 3, 'DECISION, AMENDMENT', null, null, 'The account''s cash in the currency pays for the order, its charges and what works.'),
    (47, 'CASH_BY_VALUE_DATE', 1, 'DECISION, AMENDMENT', null, null, 'On no date on which something is paid is the account''s cash in the currency below zero: what was sold is there when it has settled.'),
    (48, 'SHORT_SALE', 3, 'DECISION, AMENDMENT', null, null, 'A cash account sells what it holds and no more.'),
    (49, 'LOCATE', 2, 'DECISION, AMENDMENT', null, null, 'A lender gave its word for what is sold short (Regulation SHO, rule 203(b)(1)).'),
    (50, 'SHORT_SALE_RESTRICTION', 1, 'DECISION, AMENDMENT, CHILD', null, null, 'While short sales are restricted, one is above the best bid (Regulation SHO, rule 201).'),
    (51, 'MARKET_IMPACT', 1, 'DECISION, AMENDMENT', 'MAX_IMPACT_BPS', 'IMPACT_EXCEEDED', 'By how much the order is expected to move the price.'),
    (52, 'BROKER_NOTIONAL', 2, 'AMENDMENT, CHILD', 'MAX_BROKER_NOTIONAL', null, 'What works with the broker is worth, with this order.')
) as said(place, rule, rule_version, asked_of, limit_kind, soft_code, purpose);

comment on view execution_api.rule is 'The rules that are asked before an order leaves: the inventory of the controls.';
comment on column execution_api.rule.place is 'Place in the order in which they are asked.';
comment on column execution_api.rule.rule is 'Identifier of the rule.';
comment on column execution_api.rule.rule_version is 'Its version now: it changes when the rule may answer differently.';
comment on column execution_api.rule.asked_of is 'Of what it is asked: DECISION, AMENDMENT, CHILD (an order to a broker).';
comment on column execution_api.rule.limit_kind is 'The kind of limit that it holds an order against; none if it is no limit.';
comment on column execution_api.rule.soft_code is 'The block that somebody of risk may let pass, once, for one order; none if all its blocks are hard.';
comment on column execution_api.rule.purpose is 'What it makes sure of.';
