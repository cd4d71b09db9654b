using ImaNanoBanana.PostgreSql.Tests.Database;

namespace ImaNanoBanana.PostgreSql.Tests.Journal;

public class PostgreSqlTaskJournalTests(PostgresServer server) : DatabaseTests(server)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private PostgreSqlTaskJournal Journal => new(Source);

    [Fact]
    public async Task Entry_is_claimed_once_updated_found_and_removed()
    {
        var now = (await Journal.GetTimeAsync(Token))!.Value;
        var claim = Claim("order-1") with { ClaimedAt = now };
        var accepted = claim with { State = TaskJournalState.Accepted, Task = new ImageTask("task_1") { Model = ImageModel.NanoBanana2 } };

        Assert.Null(await Journal.ClaimAsync(claim, Token));
        Assert.Null(await Journal.ClaimAsync(claim, Token));
        Assert.Equal(claim, await Journal.ClaimAsync(claim with { ClaimId = "claim-2" }, Token));
        Assert.False(await Journal.UpdateAsync(accepted with { ClaimId = "claim-2" }, Token));
        Assert.True(await Journal.UpdateAsync(accepted, Token));
        Assert.Equal(accepted, await Journal.FindAsync("order-1", Token));
        Assert.Null(await Journal.FindAsync("Order-1", Token));
        Assert.False(await Journal.RemoveAsync(accepted with { ClaimId = "claim-2" }, Token));
        Assert.True(await Journal.RemoveAsync(accepted, Token));
        Assert.Null(await Journal.FindAsync("order-1", Token));
        Assert.Null(await Journal.ClaimAsync(claim with { ClaimId = "claim-3" }, Token));
    }

    /// <summary>Tables that an earlier version filled have entries without a tag, and need no other columns.</summary>
    [Fact]
    public async Task Usage_is_summed_by_tag_with_rows_of_earlier_versions()
    {
        var claim = Claim("order-1") with
        {
            Tag = "team-a",
            ClaimedAt = (await Journal.GetTimeAsync(Token))!.Value,
            Task = new ImageTask("task_1") { CreditsPerImage = 6, Count = 2 },
        };
        await Journal.ClaimAsync(claim, Token);
        await Journal.UpdateAsync(claim with { State = TaskJournalState.Accepted }, Token);
        await Journal.ClaimAsync(claim with { IdempotencyKey = "order-2", ClaimId = "claim-2" }, Token);
        await Source.CreateCommand(
            """
            insert into ima_nano_banana.submissions (registration, idempotency_key, claim_id, state, claimed_at, changed_at, entry)
            values ('', 'old', 'c', 3, now(), now(), '{"v":1,"idempotency_key":"old","request_hash":"AA","state":"completed",
              "claim_id":"c","task":{"v":1,"id":"task_2","model":"gemini-3-pro-image","credits_per_image":10}}')
            """).ExecuteNonQueryAsync(Token);

        var usage = await Journal.GetUsageAsync(claim.ClaimedAt.AddMinutes(-1), cancellationToken: Token);

        Assert.Equal(
            [
                new ImageUsageGroup("") { Submissions = 1, Images = 1, Credits = 10 },
                new ImageUsageGroup("team-a")
                {
                    Submissions = 1, Images = 2, Credits = 12, UnknownSubmissions = 1, UnknownImages = 2, UnknownCredits = 12,
                },
            ],
            usage.Groups);
        Assert.True(usage.IsComplete);
        Assert.Equal("team-a", (await Journal.FindAsync("order-1", Token))!.Tag);
    }

    [Fact]
    public async Task Renewal_changes_a_claim_only()
    {
        var claim = Claim("order-1");
        await Journal.ClaimAsync(claim, Token);

        Assert.True(await Journal.RenewAsync(claim, Token));
        var renewed = await Journal.FindAsync("order-1", Token);
        Assert.True(renewed!.ClaimedAt > claim.ClaimedAt);
        Assert.False(await Journal.RenewAsync(claim with { ClaimId = "claim-2" }, Token));
        await Journal.UpdateAsync(claim with { State = TaskJournalState.Unknown }, Token);
        Assert.False(await Journal.RenewAsync(claim, Token));
    }

    /// <summary>During an outage, writes are repeated and can arrive in another order.</summary>
    [Fact]
    public async Task Late_write_does_not_open_a_finished_submission_again()
    {
        var claim = Claim("order-1");
        var accepted = claim with { State = TaskJournalState.Accepted, Task = new ImageTask("task_1") };
        await Journal.ClaimAsync(claim, Token);
        await Journal.UpdateAsync(accepted with { State = TaskJournalState.Completed, EndedAt = claim.ClaimedAt }, Token);

        Assert.False(await Journal.UpdateAsync(accepted, Token));

        Assert.Equal(TaskJournalState.Completed, (await Journal.FindAsync("order-1", Token))!.State);
        Assert.Empty(await ListAsync(Journal, new TaskJournalFilter()));
    }

    [Fact]
    public async Task Registrations_share_the_tables_and_no_keys()
    {
        var (one, two) = (new PostgreSqlTaskJournal(Source, "tenant-a"), new PostgreSqlTaskJournal(Source, "tenant-b"));
        await one.ClaimAsync(Claim("order-1"), Token);

        Assert.Null(await two.FindAsync("order-1", Token));
        Assert.Null(await two.ClaimAsync(Claim("order-1"), Token));
        Assert.Equal("tenant-a", Assert.Single(await ListAsync(one, new TaskJournalFilter())).Registration);
        Assert.Equal(
            "tenant-b", Assert.Single(await ListAsync(one, new TaskJournalFilter { Registration = "tenant-b" })).Registration);
    }

    [Fact]
    public async Task List_has_every_entry_once_in_the_order_of_the_claims()
    {
        for (var number = 0; number < 25; number++)
        {
            var claim = Claim($"order-{number:00}") with { ClaimedAt = DateTimeOffset.UnixEpoch.AddMinutes(number / 3) };
            await Journal.ClaimAsync(claim, Token);
            if (number % 5 == 0)
            {
                await Journal.UpdateAsync(claim with { State = TaskJournalState.Completed, EndedAt = DateTimeOffset.UnixEpoch }, Token);
            }
        }

        var all = Enumerable.Range(0, 25).Select(number => $"order-{number:00}").ToList();
        var open = all.Where((_, number) => number % 5 != 0).ToList();

        Assert.Equal(all, (await Journal.ListAsync(Token).ToListAsync(Token)).Select(entry => entry.IdempotencyKey));
        Assert.Equal(open, await KeysAsync(new TaskJournalFilter()));
        Assert.Equal(all, await KeysAsync(new TaskJournalFilter { FinishedSince = DateTimeOffset.UnixEpoch }));
        Assert.Equal(open, await KeysAsync(new TaskJournalFilter { FinishedSince = DateTimeOffset.MaxValue.AddDays(-1) }));
        Assert.Equal(open, await PagesAsync(new TaskJournalFilter { MaxCount = 7 }));
        Assert.Equal(all, await PagesAsync(new TaskJournalFilter { MaxCount = 4, FinishedSince = DateTimeOffset.MinValue }));
    }

    [Fact]
    public async Task One_watcher_has_the_right_until_it_gives_it_up_or_its_lease_ends()
    {
        var claim = Claim("order-1");
        await Journal.ClaimAsync(claim, Token);

        Assert.True(await Journal.TryWatchAsync(claim, "one", Minute, Token));
        Assert.True(await Journal.TryWatchAsync(claim, "one", Minute, Token));
        Assert.False(await Journal.TryWatchAsync(claim, "two", Minute, Token));
        Assert.False(await Journal.TryWatchAsync(claim, "two", TimeSpan.Zero, Token));
        Assert.True(await Journal.TryWatchAsync(claim, "one", TimeSpan.Zero, Token));
        Assert.True(await Journal.TryWatchAsync(claim, "two", TimeSpan.FromMicroseconds(1), Token));
        Assert.True(await Journal.TryWatchAsync(claim, "one", Minute, Token));
        Assert.True(await Journal.TryWatchAsync(Claim("order-2"), "one", Minute, Token));
    }

    [Fact]
    public async Task Finished_entries_are_removed_after_the_retention_time_and_no_others()
    {
        var journal = new PostgreSqlTaskJournal(Source, options: new PostgreSqlOptions { Retention = TimeSpan.Zero });
        await journal.ClaimAsync(Claim("open"), Token);
        await journal.ClaimAsync(Claim("done"), Token);

        await journal.UpdateAsync(
            Claim("done") with { State = TaskJournalState.Completed, EndedAt = DateTimeOffset.UnixEpoch }, Token);
        await journal.Tidying;

        Assert.Equal(["open"], (await journal.ListAsync(Token).ToListAsync(Token)).Select(entry => entry.IdempotencyKey));
    }

    private static TaskJournalEntry Claim(string key) =>
        new(key, "hash") { ClaimId = "claim-1", ClaimedAt = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero) };

    private static Task<List<TaskJournalEntry>> ListAsync(PostgreSqlTaskJournal journal, TaskJournalFilter filter) =>
        journal.ListAsync(filter, Token).ToListAsync(Token).AsTask();

    private async Task<IEnumerable<string>> KeysAsync(TaskJournalFilter filter) =>
        (await ListAsync(Journal, filter)).Select(entry => entry.IdempotencyKey);

    private async Task<IEnumerable<string>> PagesAsync(TaskJournalFilter filter)
    {
        var keys = new List<string>();
        while (true)
        {
            var page = await ListAsync(Journal, filter);
            if (page.Count == 0)
            {
                return keys;
            }

            Assert.True(page.Count <= filter.MaxCount);
            keys.AddRange(page.Select(entry => entry.IdempotencyKey));
            filter = filter with { After = page[^1] };
        }
    }
}
