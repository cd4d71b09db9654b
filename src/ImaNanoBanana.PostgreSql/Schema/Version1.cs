namespace ImaNanoBanana.Schema;

/// <summary>
/// The tables of version 1: the submissions, the credits and the request rates. Keys are compared byte by byte. No table contains an
/// API key or a prompt.
/// </summary>
internal static class Version1
{
    public const string Script = """
        create schema if not exists {schema};

        create table {schema}.submissions (
            registration    text collate "C" not null,
            idempotency_key text collate "C" not null,
            claim_id        text collate "C" not null,
            state           smallint not null,
            claimed_at      timestamptz not null,
            changed_at      timestamptz not null,
            entry           text not null,
            watcher         text,
            watched_until   timestamptz,
            primary key (registration, idempotency_key)
        ) with (fillfactor = 80);

        create index submissions_open on {schema}.submissions (registration, claimed_at, idempotency_key) where state < 3;
        create index submissions_all on {schema}.submissions (registration, claimed_at, idempotency_key);
        create index submissions_finished on {schema}.submissions (registration, changed_at) where state >= 3;
        create index submissions_claim on {schema}.submissions (claim_id);

        -- The row with an empty id holds the sums of its account. The others are reservations and spent credits.
        create table {schema}.credits (
            account         text collate "C" not null,
            id              text collate "C" not null,
            idempotency_key text collate "C" not null,
            reserved        numeric not null default 0,
            spent           numeric not null default 0,
            expired         numeric not null default 0,
            is_committed    boolean not null default false,
            credit_limit    numeric,
            period          interval,
            at              timestamptz not null,
            primary key (account, id)
        ) with (fillfactor = 80);

        create index credits_spent on {schema}.credits (account, at) where spent > 0 and id <> '';
        create index credits_reserved on {schema}.credits (account, at) where reserved > 0 and id <> '';
        create index credits_id on {schema}.credits (id) where id <> '';

        -- next: when the next request may be sent if no burst is left. creates_until: until then, a create request waits.
        create table {schema}.request_rates (
            name       text collate "C" primary key,
            next       timestamptz not null,
            slow_since timestamptz not null,
            halvings   int not null,
            creates_until timestamptz not null
        ) with (fillfactor = 50);

        """ + "\n";
}
