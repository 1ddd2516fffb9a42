-- Schema 3. Until when a signal stays, and with which key its sealed parts go.

-- One row at most: the name of the keyring that belongs to this store.
create table keyring (
    name text not null primary key
);

-- Keys of the keyring that signals were kept under. `erased`: when it went, and all that it wrapped
-- with it; such a row stays, so that nothing is ever kept under that key again.
create table bucket (
    id bigint not null primary key,
    month text not null,
    erased bigint
);

-- ends: the last month that a signal stays; null only until an older store was settled. review: the
-- month from which somebody looks whether it may stay. wrapped: the key of its sealed parts, which
-- only the team's key and this key of the keyring open; null where the team's key alone seals it.
alter table record add column ends text;
alter table record add column review text;
alter table record add column bucket bigint references bucket (id);
alter table record add column wrapped bytea;

-- A signal that stays longer than its term; `before` is where it ends without.
create table hold (
    number bigint not null primary key references record (number),
    reason text not null,
    owner text not null,
    at bigint not null,
    until text not null,
    before text not null
);

-- The highest number that has gone, at each purge: a number is never given twice.
create table spent (
    number bigint not null primary key
);

-- The records that a purge takes; empty outside of its transaction.
create table leaving (
    number bigint not null primary key
);

-- A row as long as what a purge deleted may still stand in the files.
create table unscrubbed (
    since bigint not null primary key
);

create index parting_by_second on parting (second);
