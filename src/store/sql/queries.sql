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
select coalesce(max(number), 0) + 1
from (select max(number) as number from record union all select max(number) from spent) as given;

-- name: record_add
insert into record (number, organisation, id, latest, ends, review, bucket, wrapped)
values ($1, $2, $3, 1, $4, $5, $6, $7);

-- name: record_latest
update record set latest = $2 where number = $1;

-- name: record_term
update record set ends = $2, review = $3, bucket = $4, wrapped = $5 where number = $1;

-- name: record_end
update record set ends = $2 where number = $1;

-- name: record_unsettled
select r.number, s.source_kind, s.status, s.kept_at
from record r join signal s on s.number = r.number and s.version = r.latest
where r.ends is null
order by r.number
limit $1;

-- name: ends_count
select ends, count(*), sum(case when bucket is null then 1 else 0 end) from record
where ends is not null
group by ends
order by ends;

-- name: waiting_count
select count(*), count(case when review <= $1 then 1 end) from record
where ends is null or review <= $1;

-- name: keyring_get
select name from keyring;

-- name: keyring_add
insert into keyring (name) values ($1);

-- name: bucket_get
select erased from bucket where id = $1;

-- name: bucket_add
insert into bucket (id, month, erased) values ($1, $2, $3);

-- name: bucket_erase
update bucket set erased = $2 where id = $1 and erased is null;

-- name: bucket_all
select b.id, b.month, b.erased, count(r.number)
from bucket b left join record r on r.bucket = b.id
group by b.id, b.month, b.erased
order by b.month, b.id;

-- name: hold_add
insert into hold (number, reason, owner, at, until, before) values ($1, $2, $3, $4, $5, $6);

-- name: hold_before
update hold set before = $2 where number = $1;

-- name: hold_end
delete from hold where number = $1;

-- name: leaving_month
insert into leaving (number) select number from record where ends = $1;

-- name: leaving_bucket
insert into leaving (number) select number from record where bucket = $1
on conflict (number) do nothing;

-- name: leaving_count
select count(*), max(number) from leaving;

-- name: spent_add
insert into spent (number) values ($1) on conflict (number) do nothing;

-- name: unscrubbed_add
insert into unscrubbed (since) values ($1) on conflict (since) do nothing;

-- name: unscrubbed_count
select count(*) from unscrubbed;

-- name: unscrubbed_end
delete from unscrubbed;

-- name: leave_sealed
delete from sealed where number in (select number from leaving);

-- name: leave_token
delete from token where number in (select number from leaving);

-- name: leave_person
delete from person where number in (select number from leaving);

-- name: leave_parting
delete from parting where first in (select number from leaving)
    or second in (select number from leaving);

-- name: leave_hold
delete from hold where number in (select number from leaving);

-- name: leave_signal
delete from signal where number in (select number from leaving);

-- name: leave_record
delete from record where number in (select number from leaving);

-- name: leave_leaving
delete from leaving;

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
    s.noted, s.municipality, s.situation, s.catalogue, r.ends, r.review, r.bucket, r.wrapped,
    h.reason, h.owner, h.at, h.until, h.before
from record r join signal s on s.number = r.number
left join hold h on h.number = r.number
where r.number = $1 and s.version = $2;

-- name: signal_list
select r.number, r.organisation, r.id, s.version, s.status, s.source_kind, s.kept_at, s.seen,
    s.noted, s.municipality, s.situation, s.catalogue, r.ends, r.review, r.bucket, r.wrapped,
    h.reason, h.owner, h.at, h.until, h.before
from record r join signal s on s.number = r.number and s.version = r.latest
left join hold h on h.number = r.number
where r.organisation = $1 and r.number < $2
order by r.number desc
limit $3;

-- name: signal_each
select r.number, r.organisation, r.id, s.version, s.status, s.source_kind, s.kept_at, s.seen,
    s.noted, s.municipality, s.situation, s.catalogue, r.ends, r.review, r.bucket, r.wrapped,
    h.reason, h.owner, h.at, h.until, h.before
from record r join signal s on s.number = r.number and s.version = r.latest
left join hold h on h.number = r.number
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

-- name: compared_get
select version, state, at from compared where number = $1;

-- name: compared_set
insert into compared (number, version, organisation, state, at) values ($1, $2, $3, $4, $5)
on conflict (number) do update set version = excluded.version, state = excluded.state,
    at = excluded.at;

-- name: compared_waiting
select c.number from compared c join record r on r.number = c.number
where c.organisation = $1 and c.state = 'waits' and r.latest = c.version
order by c.number
limit $2;

-- name: compared_count
select count(*) from compared c join record r on r.number = c.number and r.latest = c.version
join signal s on s.number = c.number and s.version = c.version
where c.organisation = $1 and c.state = $2 and s.status <> 'retracted';

-- name: compared_waits
select count(*) from compared c join record r on r.number = c.number and r.latest = c.version
where c.state = 'waits';

-- name: token_near
insert into token (kind, value, number, version, about) values ('near', $1, $2, $3, $4)
on conflict (kind, value, number, version, about) do nothing;

-- name: near_find
select t.number, t.version, t.about, r.organisation, r.id, r.bucket, r.wrapped
from token t
join record r on r.number = t.number and r.latest = t.version
join compared c on c.number = t.number and c.version = t.version
join signal s on s.number = t.number and s.version = t.version
where t.kind = 'near' and t.value = $1 and c.state = 'done' and r.organisation <> $2
    and s.status <> 'retracted'
order by t.number, t.about
limit $3;

-- name: sealed_person
select field, bytes from sealed
where number = $1 and version = $2 and field >= $3 and field < $4
order by field;

-- name: place_of
select position from person where number = $1 and version = $2 and ref = $3;

-- name: alike_add
insert into alike (first, first_version, first_place, second, second_version, second_place)
values ($1, $2, $3, $4, $5, $6)
on conflict (first, second, first_place, second_place) do update
set first_version = excluded.first_version, second_version = excluded.second_version;

-- name: alike_drop
delete from alike where first = $1 or second = $1;

-- name: alike_of
select r.number, r.organisation, s.source_kind,
    case when exists (select 1 from sealed g
        where g.number = r.number and g.version = s.version and g.field = 'ground')
    then 1 else 0 end,
    case when exists (select 1 from parting p where p.first = a.first and p.second = a.second)
    then 1 else 0 end
from alike a
join record o on o.number = $1
join record r on r.number = case when a.first = $1 then a.second else a.first end
join signal s on s.number = r.number and s.version = r.latest
join compared c on c.number = r.number and c.version = r.latest and c.state = 'done'
where (a.first = $1 or a.second = $1) and s.status <> 'retracted'
    and (case when a.first = $1 then a.first_version else a.second_version end) = o.latest
    and (case when a.first = $1 then a.second_version else a.first_version end) = r.latest
    and ($2 like '%;' || s.source_kind || ';%' or ($3 = 1 and exists (select 1 from sealed g
        where g.number = r.number and g.version = s.version and g.field = 'ground')))
order by r.number;

-- name: alike_all
select a.first, a.first_place, a.second, a.second_place
from alike a
join record f on f.number = a.first and f.latest = a.first_version
join record s on s.number = a.second and s.latest = a.second_version
order by a.first, a.second, a.first_place, a.second_place;

-- name: sharing
select r.number, r.organisation, s.source_kind,
    case when exists (select 1 from sealed g
        where g.number = r.number and g.version = s.version and g.field = 'ground')
    then 1 else 0 end,
    case when exists (select 1 from parting p
        where p.first = r.number and p.second = $5)
    or exists (select 1 from parting p where p.first = $5 and p.second = r.number)
    then 1 else 0 end
from token t
join record r on r.number = t.number and r.latest = t.version
join signal s on s.number = t.number and s.version = t.version
join compared c on c.number = t.number and c.version = t.version and c.state = 'done'
where t.kind = $1 and t.value = $2 and s.status <> 'retracted'
    and ($3 like '%;' || s.source_kind || ';%' or ($4 = 1 and exists (select 1 from sealed g
        where g.number = r.number and g.version = s.version and g.field = 'ground')))
order by t.number
limit $6;

-- name: quota_get
select used, refused from hit_quota where organisation = $1 and day = $2;

-- name: quota_add
insert into hit_quota (organisation, day, used, refused) values ($1, $2, $3, $4)
on conflict (organisation, day) do update
set used = hit_quota.used + excluded.used, refused = hit_quota.refused + excluded.refused;

-- name: contact_get
select contact, quota from contact where organisation = $1;

-- name: contact_set
insert into contact (organisation, contact, quota, at) values ($1, $2, $3, $4)
on conflict (organisation) do update
set contact = excluded.contact, quota = excluded.quota, at = excluded.at;

-- name: pair_ground_add
insert into pair_ground (first, second, actor, at, ground) values ($1, $2, $3, $4, $5)
on conflict (first, second) do update
set actor = excluded.actor, at = excluded.at, ground = excluded.ground;

-- name: pair_ground_of
select r.number, r.organisation, s.source_kind, 1,
    case when exists (select 1 from parting p where p.first = g.first and p.second = g.second)
    then 1 else 0 end
from pair_ground g
join record r on r.number = case when g.first = $1 then g.second else g.first end
join signal s on s.number = r.number and s.version = r.latest
join compared c on c.number = r.number and c.version = r.latest and c.state = 'done'
where (g.first = $1 or g.second = $1) and s.status <> 'retracted'
order by r.number;

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

-- name: promise_add
insert into promise (number, version, answer_by) values ($1, $2, $3);

-- name: promise_get
select version, answer_by, answered from promise where number = $1 order by version desc limit 1;

-- name: promise_answer
update promise set answered = $3 where number = $1 and version = $2;

-- name: promise_due
select p.number, p.answer_by
from promise p
join record r on r.number = p.number
join signal s on s.number = r.number and s.version = r.latest
where p.answered is null and p.answer_by <= $2 and r.organisation = $1 and s.status <> 'retracted'
    and p.version = (select max(version) from promise where number = p.number)
order by p.answer_by, p.number
limit $3;
