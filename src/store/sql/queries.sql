-- Every query of the store, each under its name. Parameters are $1, $2 … for both engines.

-- name: savepoint
savepoint work;

-- name: release
release savepoint work;

-- name: undo
rollback to savepoint work;

-- name: record_find
select number, latest from record where organisation = $1 and id = $2;

-- name: record_get
select organisation, id, latest from record where number = $1;

-- name: record_named
select number from record where id = $1 order by number;

-- name: record_next
select coalesce(max(number), 0) + 1 from record;

-- name: record_add
insert into record (number, organisation, id, latest) values ($1, $2, $3, 1);

-- name: record_latest
update record set latest = $2 where number = $1;

-- name: signal_add
insert into signal (number, version, status, source_kind, kept_at, seen, noted, municipality,
    situation, catalogue)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10);

-- name: person_add
insert into person (number, version, position, ref, age_class, roles, sex, observations,
    circumstances)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9);

-- name: sealed_add
insert into sealed (number, version, field, bytes) values ($1, $2, $3, $4);

-- name: token_add
insert into token (kind, value, number, version, about) values ($1, $2, $3, $4, $5);

-- name: signal_get
select r.number, r.organisation, r.id, s.version, s.status, s.source_kind, s.kept_at, s.seen,
    s.noted, s.municipality, s.situation, s.catalogue
from record r join signal s on s.number = r.number
where r.number = $1 and s.version = $2;

-- name: signal_list
select r.number, r.organisation, r.id, s.version, s.status, s.source_kind, s.kept_at, s.seen,
    s.noted, s.municipality, s.situation, s.catalogue
from record r join signal s on s.number = r.number and s.version = r.latest
where r.organisation = $1 and r.number < $2
order by r.number desc
limit $3;

-- name: signal_each
select r.number, r.organisation, r.id, s.version, s.status, s.source_kind, s.kept_at, s.seen,
    s.noted, s.municipality, s.situation, s.catalogue
from record r join signal s on s.number = r.number and s.version = r.latest
where s.status <> 'retracted'
order by r.number;

-- name: person_of
select ref, age_class, roles, sex, observations, circumstances
from person where number = $1 and version = $2
order by position;

-- name: sealed_of
select field, bytes from sealed where number = $1 and version = $2 order by field;

-- name: token_of
select kind, about, value from token where number = $1 and version = $2
order by kind, about, value;

-- name: token_find
select r.number, r.organisation, r.id, s.version, t.about
from token t
join record r on r.number = t.number and r.latest = t.version
join signal s on s.number = t.number and s.version = t.version
where t.kind = $1 and t.value = $2 and s.status <> 'retracted'
order by r.number, t.about;

-- name: key_mark_get
select mark from key_mark;

-- name: key_mark_add
insert into key_mark (mark) values ($1);

-- name: parting_add
insert into parting (first, second, at) values ($1, $2, $3)
on conflict (first, second) do nothing;

-- name: parting_all
select first, second from parting order by first, second;

-- name: log_chains
select distinct chain from log order by chain;

-- name: log_last
select sequence, hash from log where chain = $1 order by sequence desc limit 1;

-- name: log_add
insert into log (chain, sequence, at, actor, action, object, result, purpose, before, hash)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10);

-- name: log_all
select sequence, at, actor, action, object, result, purpose, before, hash
from log where chain = $1
order by sequence;
