-- An order and its route are written again when the broker has answered and with every fill. Where the page has room for
-- the new row beside the old one the indexes stay as they are; with less room a third of the updates wrote them all anew.
alter table execution.parent_order set (fillfactor = 45);
alter table execution.route set (fillfactor = 45);
