-- Schema 1. Types that both engines take: SQLite reads bigint as an integer and keeps bytes in a
-- bytea column as bytes. What stands open here are codes, months and names of organisations.

-- One row for each signal of an organisation; `number` is the order of arrival.
create table record (
    number bigint not null primary key,
    organisation text not null,
    id text not null,
    latest integer not null,
    unique (organisation, id)
);
create index record_by_organisation on record (organisation, number);

-- One row for each version; never changed.
create table signal (
    number bigint not null references record (number),
    version integer not null,
    status text not null,
    source_kind text not null,
    kept_at bigint not null,
    seen text,
    noted text,
    municipality text,
    situation text not null,
    catalogue text not null,
    primary key (number, version)
);

-- Lists of codes are written as in a signal's CSV: `D1-01=yes;CR-03=unknown`, `suspect;friend`.
create table person (
    number bigint not null,
    version integer not null,
    position integer not null,
    ref text not null,
    age_class text not null,
    roles text not null,
    sex text,
    observations text not null,
    circumstances text not null,
    primary key (number, version, position),
    foreign key (number, version) references signal (number, version)
);

create table sealed (
    number bigint not null,
    version integer not null,
    field text not null,
    bytes bytea not null,
    primary key (number, version, field),
    foreign key (number, version) references signal (number, version)
);

create table token (
    kind text not null,
    value bytea not null,
    number bigint not null,
    version integer not null,
    about text not null,
    primary key (kind, value, number, version, about),
    foreign key (number, version) references signal (number, version)
);
create index token_by_signal on token (number, version);

-- Each row holds the hash of the row before it and of its own fields.
create table log (
    chain text not null,
    sequence bigint not null,
    at bigint not null,
    actor text not null,
    action text not null,
    object text not null,
    result text not null,
    purpose text not null,
    before bytea not null,
    hash bytea not null,
    primary key (chain, sequence)
);
