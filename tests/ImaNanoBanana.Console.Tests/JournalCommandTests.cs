using System.Text.Json;
using ImaNanoBanana.Testing;

namespace ImaNanoBanana.Console.Tests;

/// <summary>The commands that read the journal, and resolve unknown outcomes. None needs a key or sends anything.</summary>
public sealed class JournalCommandTests : IDisposable
{
    private readonly CliRun _ima = new();

    private int _sent;

    private FileTaskJournal Journal => new(Path.Combine(_ima.Data, "ima-nano-banana", "journal"));

    [Fact]
    public async Task Tasks_are_listed_with_the_latest_first()
    {
        await SubmitAllAsync();

        Assert.Equal(0, await _ima.RunAsync("tasks"));
        Assert.Equal(
            ["unknown order-3", "to fetch order-2", "delivered order-1"],
            _ima.OutLines.Skip(1).Select(line => line.Split("  ", StringSplitOptions.RemoveEmptyEntries)).Select(
                cells => $"{cells[1].Trim()} {cells[^1].Trim()}"));
        Assert.Contains("`ima resume`", _ima.Error, StringComparison.Ordinal);
        Assert.Contains("`ima journal list`", _ima.Error, StringComparison.Ordinal);

        Assert.Equal(0, await _ima.RunAsync("tasks", "--limit", "1", "--json"));
        var task = Assert.Single(JsonDocument.Parse(_ima.Out).RootElement.EnumerateArray().ToList());
        Assert.Equal(("unknown", 6m), (task.GetProperty("state").GetString(), task.GetProperty("credit").GetDecimal()));
        Assert.Contains("1 of 3 submissions", _ima.Error, StringComparison.Ordinal);
        Assert.Equal(_sent, _ima.Service.Requests.Count);
    }

    [Fact]
    public async Task Usage_counts_unknown_outcomes_apart()
    {
        await SubmitAllAsync();

        Assert.Equal(0, await _ima.RunAsync("usage", "--by", "model", "--json"));
        var usage = JsonDocument.Parse(_ima.Out).RootElement;
        Assert.Equal(
            ["gemini-3-pro-image", "gemini-3.1-flash-image"],
            usage.GetProperty("groups").EnumerateArray().Select(group => group.GetProperty("key").GetString()));
        var total = usage.GetProperty("total");
        Assert.Equal(
            [16m, 2m, 2m, 1m, 6m],
            new[] { "credits", "images", "submissions", "unknown_submissions", "unknown_credits" }.Select(
                name => total.GetProperty(name).GetDecimal()));

        Assert.Equal(0, await _ima.RunAsync("usage", "--days", "7"));
        Assert.Matches(@"^total +2 +2 +16 +0 +1 +6$", _ima.OutLines[^1]);
        Assert.Equal(_sent, _ima.Service.Requests.Count);
    }

    [Fact]
    public async Task An_empty_journal_is_reported()
    {
        _ima.Variables.Remove("IMA_API_KEY");

        Assert.Equal(0, await _ima.RunAsync("tasks"));
        Assert.Equal(("", "There are no tasks.\n"), (_ima.Out, _ima.Error));
        Assert.Equal(0, await _ima.RunAsync("journal", "list", "--json"));
        Assert.Equal("[]\n", _ima.Out);
        Assert.Equal(0, await _ima.RunAsync("journal"));
        Assert.Equal("No submission needs attention.\n", _ima.Error);
        Assert.Equal(2, await _ima.RunAsync("tasks", "--no-journal"));
        Assert.False(Directory.Exists(Path.Combine(_ima.Data, "ima-nano-banana", "journal")));
        Assert.Equal(0, await _ima.RunAsync("usage", "--days", "1"));
        Assert.Matches("^total +0 +0 +0 +0 +0 +0$", _ima.OutLines[^1]);
    }

    [Fact]
    public async Task Attaching_a_task_lets_it_be_watched()
    {
        await SubmitAllAsync();
        Assert.Equal(0, await _ima.RunAsync("journal", "list"));
        Assert.Contains("https://imagent.bot", _ima.Error, StringComparison.Ordinal);
        Assert.Contains("  ima journal attach 'order-3' TASK_ID\n", _ima.Error, StringComparison.Ordinal);

        Assert.Equal(0, await _ima.RunAsync("journal", "attach", "order-3", "task_sim_000001"));
        Assert.Contains("ima watch 'task_sim_000001'", _ima.Out, StringComparison.Ordinal);

        Assert.Equal(TaskJournalState.Accepted, (await Journal.FindAsync("order-3", TestContext.Current.CancellationToken))!.State);
        Assert.Equal(0, await _ima.RunAsync("generate", "a bird", "--idempotency-key", "order-3", "--json"));
        Assert.Contains("task_sim_000001", _ima.Out, StringComparison.Ordinal);
        Assert.DoesNotContain(_ima.Service.Charges, charge => charge.Prompt == "a bird");
    }

    [Fact]
    public async Task Removing_a_key_lets_it_be_submitted_again()
    {
        await SubmitAllAsync();

        Assert.Equal(0, await _ima.RunAsync("journal", "remove", "order-3", "--json"));
        Assert.Equal("order-3", JsonDocument.Parse(_ima.Out).RootElement.GetProperty("idempotency_key").GetString());

        Assert.Equal(0, await _ima.RunAsync("generate", "a bird", "--idempotency-key", "order-3"));
        Assert.Single(_ima.Service.Charges, charge => charge.Prompt == "a bird");
    }

    [Theory]
    [InlineData("does not contain the key 'order-9'", "journal", "remove", "order-9")]
    [InlineData("its task is task_sim_000001", "journal", "remove", "order-1")]
    [InlineData("its task is task_sim_000002", "journal", "remove", "order-2")]
    [InlineData("its task is task_sim_000002", "journal", "attach", "order-2", "task_sim_000001")]
    [InlineData("neither a task handle nor a task id", "journal", "attach", "order-3", "two words")]
    [InlineData("neither a task handle nor a task id", "journal", "attach", "order-3", "")]
    public async Task What_is_known_is_not_changed(string problem, params string[] args)
    {
        await SubmitAllAsync();
        var before = await EntriesAsync();

        Assert.Equal(2, await _ima.RunAsync(args));

        Assert.Contains(problem, _ima.Error, StringComparison.Ordinal);
        Assert.Equal(before, await EntriesAsync());
    }

    [Theory]
    [InlineData("journal", "remove", "order-9")]
    [InlineData("journal", "attach", "order-9", "task_sim_000001")]
    public async Task A_submission_in_progress_is_not_changed(params string[] args)
    {
        var journal = Journal;
        var now = await journal.GetTimeAsync(TestContext.Current.CancellationToken);
        await journal.ClaimAsync(
            new TaskJournalEntry("order-9", "hash") { ClaimId = "1", ClaimedAt = now!.Value }, TestContext.Current.CancellationToken);

        Assert.Equal(2, await _ima.RunAsync(args));

        Assert.Contains("may still be submitting 'order-9'", _ima.Error, StringComparison.Ordinal);
        Assert.NotNull(await journal.FindAsync("order-9", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_damaged_entry_can_be_removed()
    {
        await SubmitAllAsync();
        var file = Directory.EnumerateFiles(Path.Combine(_ima.Data, "ima-nano-banana", "journal")).First();
        await File.WriteAllTextAsync(file, "broken", TestContext.Current.CancellationToken);
        File.SetLastWriteTimeUtc(file, new DateTime(2026, 5, 1, 0, 0, 0, DateTimeKind.Utc));
        await _ima.RunAsync("journal", "list", "--json");
        var key = JsonDocument.Parse(_ima.Out).RootElement.EnumerateArray().Select(
            entry => entry.GetProperty("idempotency_key").GetString()!).Single(
                name => name.StartsWith("damaged:", StringComparison.Ordinal));

        Assert.Equal(0, await _ima.RunAsync("journal", "remove", key));

        Assert.False(File.Exists(file));
    }

    public void Dispose() => _ima.Dispose();

    /// <summary>One delivered, one unfinished and one unknown submission.</summary>
    private async Task SubmitAllAsync()
    {
        await _ima.RunAsync("generate", "a puppy", "--idempotency-key", "order-1");
        await _ima.InterruptedAsync("Accepted", "generate", "a cat", "--model", "pro", "--idempotency-key", "order-2");
        _ima.Service.Script("create", new SimulatedFault { Status = 200, Body = """{"code":0}""" });
        Assert.Equal(6, await _ima.RunAsync("generate", "a bird", "--idempotency-key", "order-3"));
        _sent = _ima.Service.Requests.Count;
    }

    private async Task<List<string>> EntriesAsync()
    {
        var entries = new List<string>();
        await foreach (var entry in Journal.ListAsync(TestContext.Current.CancellationToken))
        {
            entries.Add(entry.ToJson());
        }

        return entries;
    }
}
