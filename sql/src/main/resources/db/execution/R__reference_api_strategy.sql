create or replace view reference_api.strategy as
select
    strategy_id,
    name,
    algorithm_id
from reference.strategy;

comment on view reference_api.strategy is 'The investment strategies.';
comment on column reference_api.strategy.strategy_id is 'Our identifier.';
comment on column reference_api.strategy.name is 'Name.';
comment on column reference_api.strategy.algorithm_id is 'The decision algorithm as transaction reports name it.';
