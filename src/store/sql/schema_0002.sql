-- Schema 2. Which key a store was begun with, and joins that somebody undid.

-- One row at most: a token of nothing under the team's key, so that a second key is noticed before
-- anything is sealed under it.
create table key_mark (
    mark bytea not null primary key
);

-- These two signals are not one situation; `first` is the lower number.
create table parting (
    first bigint not null references record (number),
    second bigint not null references record (number),
    at bigint not null,
    primary key (first, second)
);
