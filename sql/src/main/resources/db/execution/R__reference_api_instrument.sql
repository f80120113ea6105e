create or replace view reference_api.instrument as
select
    instrument_id,
    isin,
    symbol,
    mic,
    cfi,
    name,
    issuer,
    issuer_lei,
    currency,
    asset_class,
    lot_size,
    tick_size,
    quantity_scale,
    adv,
    spread_bps,
    volatility_daily,
    sector,
    country,
    place_of_settlement,
    calendar,
    reference_price,
    status,
    rating,
    esg
from reference.instrument;

comment on view reference_api.instrument is 'The instruments we may trade, each on one market.';
comment on column reference_api.instrument.instrument_id is 'Our identifier: symbol, dot, market.';
comment on column reference_api.instrument.isin is 'ISIN; none for a crypto pair.';
comment on column reference_api.instrument.symbol is 'The markets own symbol.';
comment on column reference_api.instrument.mic is 'Market, ISO 10383.';
comment on column reference_api.instrument.cfi is 'Classification, ISO 10962.';
comment on column reference_api.instrument.name is 'Name.';
comment on column reference_api.instrument.issuer is 'Who issued it; none for a crypto pair.';
comment on column reference_api.instrument.issuer_lei is 'The issuers legal entity identifier, if known.';
comment on column reference_api.instrument.currency is 'Currency of its prices.';
comment on column reference_api.instrument.asset_class is 'EQUITY or CRYPTO.';
comment on column reference_api.instrument.lot_size is 'Smallest quantity and step between quantities.';
comment on column reference_api.instrument.tick_size is 'Step between prices.';
comment on column reference_api.instrument.quantity_scale is 'Decimals a quantity may have.';
comment on column reference_api.instrument.adv is 'Average daily volume in units.';
comment on column reference_api.instrument.spread_bps is 'Usual spread in basis points of the price.';
comment on column reference_api.instrument.volatility_daily is 'Standard deviation of a days return, as a fraction.';
comment on column reference_api.instrument.sector is 'Sector.';
comment on column reference_api.instrument.country is 'Country of the issuer, ISO 3166.';
comment on column reference_api.instrument.place_of_settlement is 'BIC of the depository; none where nothing is delivered through one.';
comment on column reference_api.instrument.calendar is 'Settlement days, by OpenGamma Stratas name.';
comment on column reference_api.instrument.reference_price is 'Last official close.';
comment on column reference_api.instrument.status is 'ACTIVE, HALTED or SUSPENDED.';
comment on column reference_api.instrument.rating is 'Credit rating of the issuer, AAA to D; none if nobody rates it.';
comment on column reference_api.instrument.esg is 'What a mandate may have excluded it for, with a bar between several.';
