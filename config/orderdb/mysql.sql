-- The order database on MySQL 8 or MariaDB 10.6: mysql DATABASE < mysql.sql
--
-- Upper half: written by the shop, read by Kemas. Write an order and its lines in ONE transaction.
-- An edit: change the row and its lines, add 1 to `revision`, set `answered_at` to NULL.
-- Times are ISO 8601 text with an offset (2026-11-21T16:00:00+07:00); money is in minor units.

create table if not exists kemas_orders (
    id               bigint auto_increment primary key,
    revision         bigint not null default 1,
    channel          varchar(100) not null,
    shop             varchar(100) not null,
    external_id      varchar(100) not null,
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
    cod_amount       bigint,              -- NULL = paid already
    value            bigint,
    courier          text,                 -- wanted by the buyer; NULL = the site's rule
    service          text,
    note             text,
    ship_by          text,
    arranged_courier text,                 -- these five: a shipment arranged by the channel
    arranged_service text,
    tracking_number  text,
    package_number   text,
    label_zpl        mediumtext,
    answered_at      varchar(40),                 -- written by Kemas; NULL = not read yet
    answer           text,
    unique (channel, shop, external_id),
    key kemas_orders_waiting (answered_at, id)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

create table if not exists kemas_order_lines (
    order_id bigint not null references kemas_orders (id),
    line_no  bigint not null,
    sku      varchar(100) not null,
    quantity bigint not null,
    primary key (order_id, line_no)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

create table if not exists kemas_order_stops (
    id          bigint auto_increment primary key,
    channel     varchar(100) not null,
    shop        varchar(100) not null,
    external_id varchar(100) not null,
    kind        varchar(100) not null,             -- cancel, hold or release
    by_whom     text,
    reason      text,
    answered_at varchar(40),
    answer      text,
    key kemas_stops_waiting (answered_at, id)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

-- Lower half: written by Kemas, one row a fact, never changed. Order of facts: epoch, seq, idx.

create table if not exists kemas_order_status (
    fact_id     varchar(100) primary key,
    epoch       bigint not null,
    seq         bigint not null,
    idx         bigint not null,
    channel     varchar(100) not null,
    shop        varchar(100) not null,
    external_id varchar(100) not null,
    status      varchar(100) not null,
    reason      text not null,
    by_whom     text not null,
    at_utc      text not null,
    key kemas_order_status_of (channel, shop, external_id, epoch, seq, idx)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

create table if not exists kemas_line_status (
    fact_id     varchar(100) primary key,
    epoch       bigint not null,
    seq         bigint not null,
    idx         bigint not null,
    channel     varchar(100) not null,
    shop        varchar(100) not null,
    external_id varchar(100) not null,
    line_no     bigint not null,
    sku         varchar(100) not null,
    status      varchar(100) not null,
    quantity    bigint not null,          -- units done
    reason      text not null,
    by_whom     text not null,
    at_utc      text not null,
    key kemas_line_status_of (channel, shop, external_id, line_no, epoch, seq, idx)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

create table if not exists kemas_parcel_status (
    fact_id         varchar(100) primary key,
    epoch           bigint not null,
    seq             bigint not null,
    idx             bigint not null,
    channel         varchar(100) not null,
    shop            varchar(100) not null,
    external_id     varchar(100) not null,
    parcel_no       bigint not null,      -- Kemas's own number of the parcel
    status          varchar(100) not null,
    courier         text not null,
    service         text not null,
    tracking_number text not null,
    weight_mg       bigint,               -- NULL = not weighed yet
    cost_minor      bigint,               -- NULL = not priced by us
    reason          text not null,
    by_whom         text not null,
    at_utc          text not null,
    key kemas_parcel_status_of (channel, shop, external_id, parcel_no, epoch, seq, idx)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

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
