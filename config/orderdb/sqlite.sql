-- The order database on SQLite: sqlite3 orders.db < sqlite.sql
--
-- Upper half: written by the shop, read by Kemas. Write an order and its lines in ONE transaction.
-- An edit: change the row and its lines, add 1 to `revision`, set `answered_at` to NULL.
-- Times are ISO 8601 text with an offset (2026-11-21T16:00:00+07:00); money is in minor units.

create table if not exists kemas_orders (
    id               integer primary key,
    revision         integer not null default 1,
    channel          text not null,
    shop             text not null,
    external_id      text not null,
    owner            text,
    combine_group    text,
    name             text,
    phone            text,
    address          text,
    district         text,
    city             text,
    province         text,
    postal_code      text,
    area_code        text,
    cod_amount       integer,              -- NULL = paid already
    value            integer,
    courier          text,                 -- wanted by the buyer; NULL = the site's rule
    service          text,
    note             text,
    ship_by          text,
    arranged_courier text,                 -- these five: a shipment arranged by the channel
    arranged_service text,
    tracking_number  text,
    package_number   text,
    label_zpl        text,
    answered_at      text,                 -- written by Kemas; NULL = not read yet
    answer           text,
    unique (channel, shop, external_id)
) strict;
create index if not exists kemas_orders_waiting on kemas_orders (id) where answered_at is null;

create table if not exists kemas_order_lines (
    order_id integer not null references kemas_orders (id),
    line_no  integer not null,
    sku      text not null,
    quantity integer not null,
    primary key (order_id, line_no)
) strict;

create table if not exists kemas_order_stops (
    id          integer primary key,
    channel     text not null,
    shop        text not null,
    external_id text not null,
    kind        text not null,             -- cancel, hold or release
    by_whom     text,
    reason      text,
    answered_at text,
    answer      text
) strict;
create index if not exists kemas_stops_waiting on kemas_order_stops (id) where answered_at is null;

-- Lower half: written by Kemas, one row a fact, never changed. Order of facts: epoch, seq, idx.

create table if not exists kemas_order_status (
    fact_id     text primary key,
    epoch       integer not null,
    seq         integer not null,
    idx         integer not null,
    channel     text not null,
    shop        text not null,
    external_id text not null,
    status      text not null,
    reason      text not null,
    by_whom     text not null,
    at_utc      text not null
) strict;
create index if not exists kemas_order_status_of
    on kemas_order_status (channel, shop, external_id, epoch, seq, idx);

create table if not exists kemas_line_status (
    fact_id     text primary key,
    epoch       integer not null,
    seq         integer not null,
    idx         integer not null,
    channel     text not null,
    shop        text not null,
    external_id text not null,
    line_no     integer not null,
    sku         text not null,
    status      text not null,
    quantity    integer not null,          -- units done
    reason      text not null,
    by_whom     text not null,
    at_utc      text not null
) strict;
create index if not exists kemas_line_status_of
    on kemas_line_status (channel, shop, external_id, line_no, epoch, seq, idx);

create table if not exists kemas_parcel_status (
    fact_id         text primary key,
    epoch           integer not null,
    seq             integer not null,
    idx             integer not null,
    channel         text not null,
    shop            text not null,
    external_id     text not null,
    parcel_no       integer not null,      -- Kemas's own number of the parcel
    status          text not null,
    courier         text not null,
    service         text not null,
    tracking_number text not null,
    weight_mg       integer,               -- NULL = not weighed yet
    cost_minor      integer,               -- NULL = not priced by us
    reason          text not null,
    by_whom         text not null,
    at_utc          text not null
) strict;
create index if not exists kemas_parcel_status_of
    on kemas_parcel_status (channel, shop, external_id, parcel_no, epoch, seq, idx);

-- For people: how each stands now.

drop view if exists kemas_orders_now;
create view kemas_orders_now as
select s.channel, s.shop, s.external_id, s.status, s.reason, s.by_whom, s.at_utc
from kemas_order_status s
where not exists (
    select 1 from kemas_order_status n
    where n.channel = s.channel and n.shop = s.shop and n.external_id = s.external_id
      and (n.epoch, n.seq, n.idx) > (s.epoch, s.seq, s.idx));

drop view if exists kemas_lines_now;
create view kemas_lines_now as
select s.channel, s.shop, s.external_id, s.line_no, s.sku, s.status, s.quantity, s.reason,
       s.by_whom, s.at_utc
from kemas_line_status s
where not exists (
    select 1 from kemas_line_status n
    where n.channel = s.channel and n.shop = s.shop and n.external_id = s.external_id
      and n.line_no = s.line_no
      and (n.epoch, n.seq, n.idx) > (s.epoch, s.seq, s.idx));

drop view if exists kemas_parcels_now;
create view kemas_parcels_now as
select s.channel, s.shop, s.external_id, s.parcel_no, s.status, s.courier, s.service,
       s.tracking_number, s.weight_mg, s.cost_minor, s.reason, s.by_whom, s.at_utc
from kemas_parcel_status s
where not exists (
    select 1 from kemas_parcel_status n
    where n.channel = s.channel and n.shop = s.shop and n.external_id = s.external_id
      and n.parcel_no = s.parcel_no
      and (n.epoch, n.seq, n.idx) > (s.epoch, s.seq, s.idx));
