-- Schema 4. Hits: which signals take part, who were found alike, whom to ask, grounds and quotas.

-- The last version of a signal that was looked at for hits, and what came of it: 'done' (it takes
-- part), 'waits' (the quota was used up) or 'nothing' (no observation, or nothing to go by). Signals
-- that were kept before this schema wait.
create table compared (
    number bigint not null primary key references record (number) on delete cascade,
    version integer not null,
    organisation text not null,
    state text not null,
    at bigint not null
);
create index compared_by_state on compared (organisation, state, number);
insert into compared (number, version, organisation, state, at)
select number, latest, organisation, 'waits', 0 from record;

-- Two persons of two organisations that were compared by name and birth and found near enough:
-- their places in their signals. `first` is the lower number.
create table alike (
    first bigint not null references record (number) on delete cascade,
    first_version integer not null,
    first_place integer not null,
    second bigint not null references record (number) on delete cascade,
    second_version integer not null,
    second_place integer not null,
    primary key (first, second, first_place, second_place)
);
create index alike_by_second on alike (second);

-- Signals compared, and left waiting, by an organisation on a day (days since 1970-01-01).
create table hit_quota (
    organisation text not null,
    day bigint not null,
    used bigint not null,
    refused bigint not null,
    primary key (organisation, day)
);

-- Whom to ask at an organisation; quota: signals compared a day, null = the program's own.
create table contact (
    organisation text not null primary key,
    contact text not null,
    quota bigint,
    at bigint not null
);

-- Somebody recorded a ground on which these two signals may be known to each other's organisation.
create table pair_ground (
    first bigint not null references record (number) on delete cascade,
    second bigint not null references record (number) on delete cascade,
    actor text not null,
    at bigint not null,
    ground bytea not null,
    primary key (first, second)
);
create index pair_ground_by_second on pair_ground (second);
