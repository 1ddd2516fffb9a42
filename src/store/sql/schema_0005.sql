-- Schema 5. By when a signal that was passed on is to be answered, and whether it was. The day stands open,
-- so that what is due is found without opening a seal; to whom a signal went stays sealed.

-- version: that passed it on; a later one replaces it. answer_by: a day, or empty where an older program
-- sealed it alone. answered: seconds since 1970 UTC, null = not yet.
create table promise (
    number bigint not null references record (number) on delete cascade,
    version integer not null,
    answer_by text not null,
    answered bigint,
    primary key (number, version)
);
create index promise_by_day on promise (answer_by) where answered is null;
insert into promise (number, version, answer_by)
select s.number, s.version, ''
from signal s join record r on r.number = s.number and r.latest = s.version
where s.status = 'passed_on';
