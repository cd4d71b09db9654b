namespace ImaNanoBanana.AotSmoke;

internal static class JournalChecks
{
    public static IEnumerable<Check> All =>
    [
        new("journal of files", FilesAsync),
        new("journal in memory", MemoryAsync),
        new("entry as text", Entry),
        new("usage by tag", UsageAsync),
        new("submission that another process resumes", ResumeAsync),
        new("unknown outcome that its owner resolves", ResolveAsync),
    ];

    private static async Task FilesAsync()
    {
        using var folder = new TemporaryFolder();
        await WorkAsync(new FileTaskJournal(folder.Path, "tenant-a"));
    }

    private static async Task MemoryAsync()
    {
        using var shop = new Shop();
        await WorkAsync(shop.Journal);
    }

    private static async Task WorkAsync(ITaskJournal journal)
    {
        var claim = new TaskJournalEntry("order-1", "hash") { ClaimId = "claim-1", Registration = "tenant-a" };
        var accepted = claim with { State = TaskJournalState.Accepted, Task = new ImageTask("task_1") };

        Expect.That(await journal.ClaimAsync(claim) is null);
        Expect.That(await journal.ClaimAsync(claim with { ClaimId = "claim-2" }) == claim);
        Expect.That(await journal.RenewAsync(claim with { ClaimedAt = await journal.GetTimeAsync() ?? DateTimeOffset.UnixEpoch }));
        Expect.That(await journal.UpdateAsync(accepted) && await journal.FindAsync("order-1") == accepted);
        await foreach (var entry in journal.ListAsync())
        {
            Expect.That(entry == accepted);
        }

        await foreach (var entry in journal.ListAsync(new TaskJournalFilter()))
        {
            Expect.That(entry == accepted);
        }

        Expect.That(await journal.RemoveAsync(accepted) && await journal.FindAsync("order-1") is null);
    }

    private static async Task UsageAsync()
    {
        using var folder = new TemporaryFolder();
        var journal = new FileTaskJournal(folder.Path);
        using var shop = new Shop(journal);
        await shop.Client.SubmitAsync(new ImageRequest("a puppy") { Tag = "team-a" });

        var usage = await journal.GetUsageAsync(by: ImageUsageGrouping.Tag);

        Expect.That(usage.Groups.Single() == new ImageUsageGroup("team-a") { Submissions = 1, Images = 1, Credits = 6 });
        Expect.That(usage.IsComplete && usage.Total.Credits == 6 && usage.Total.UnknownSubmissions == 0);
    }

    private static void Entry()
    {
        var entry =
            new TaskJournalEntry("order-1", "hash")
            {
                State = TaskJournalState.Completed,
                Task = new ImageTask("task_1"),
                EndedAt = DateTimeOffset.UnixEpoch,
            };

        Expect.That(TaskJournalEntry.TryFromJson(entry.ToJson(), out var read) && read == entry);
        Expect.That(!TaskJournalEntry.TryFromJson("[]", out _));
    }

    private static async Task ResumeAsync()
    {
        using var folder = new TemporaryFolder();
        using var shop = new Shop(new FileTaskJournal(folder.Path));
        var request = new ImageRequest("a puppy") { IdempotencyKey = "order-1" };
        var task = await shop.Client.SubmitAsync(request);
        Expect.That((await shop.Client.SubmitAsync(request)).Id == task.Id);

        var outcomes = await shop.RunAsync(shop.Client.ResumeAsync());

        Expect.Equal($"order-1 {task.Id} a puppy 6", $"{outcomes.Single().IdempotencyKey} {outcomes[0].Result!.Task.Id} {shop.Submitted}");
        Expect.Equal($"", $"{string.Join(", ", await shop.RunAsync(shop.Client.ResumeAsync()))}");
        Expect.That((await shop.RunAsync(shop.Client.ResumeAsync(TimeSpan.FromHours(1)))).Count == 1);
    }

    private static async Task ResolveAsync()
    {
        using var shop = new Shop();
        shop.Simulator.Script("create", new() { DropsConnection = true, AfterProcessing = true }, new() { DropsConnection = true });
        var submissions = new[] { "order-1", "order-2" };
        foreach (var submission in submissions)
        {
            var lost = await Expect.ThrowsAsync<ImaException>(
                () => shop.Client.SubmitAsync(new ImageRequest("a puppy") { IdempotencyKey = submission }));
            Expect.Equal($"OutcomeUnknown Unknown {submission}", $"{lost.Kind} {lost.ChargeStatus} {lost.IdempotencyKey}");
        }

        var adopted = await shop.Journal.AttachTaskAsync(submissions[0], shop.Simulator.Charges[0].TaskId);
        Expect.That(await shop.Journal.RemoveAsync(submissions[1]));

        Expect.Equal(
            $"{adopted.Id}", $"{(await shop.Client.SubmitAsync(new ImageRequest("a puppy") { IdempotencyKey = submissions[0] })).Id}");
        Expect.Equal($"a puppy 6", $"{shop.Submitted}");
    }
}
