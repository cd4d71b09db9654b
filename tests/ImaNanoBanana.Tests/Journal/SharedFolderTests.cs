using System.Collections.Concurrent;
using ImaNanoBanana.Journal.FileJournal;
using ImaNanoBanana.Tests.Client;

namespace ImaNanoBanana.Tests.Journal;

/// <summary>A folder that processes share: the effect of their clocks, who changes what, how much is read and who may read it.</summary>
public sealed class SharedFolderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => TestFolder.Delete(new DirectoryInfo(_folder));

    /// <summary>
    /// How many hours the clock of a process is wrong. The process removes no entry of the others and submits no old key again.
    /// </summary>
    [Theory]
    [InlineData(31 * 24)]
    [InlineData(2)]
    [InlineData(-2)]
    [InlineData(-31 * 24)]
    [InlineData(24 * 365 * 10)]
    public async Task Clock_of_one_process_does_not_affect_the_others(int hours)
    {
        var request = new ImageRequest("a puppy") { IdempotencyKey = "order-1" };
        using var handler = new ScriptedHandler().With(
            "create",
            (200, ScriptedHandler.Accepted),
            (200, """{"code":200,"data":{"id":"task_2"}}"""));
        var usual = new TestTimeProvider(TimeProvider.System.GetUtcNow());
        using (var client = Client(handler, usual, new FileTaskJournal(_folder)))
        {
            await client.GenerateAsync(request, Token);
        }

        var wrong = new TestTimeProvider(TimeProvider.System.GetUtcNow().AddHours(hours));
        var journal = new FileTaskJournal(_folder, timeProvider: wrong);
        using var other = Client(handler, wrong, journal);
        await other.GenerateAsync(request with { IdempotencyKey = "order-2" }, Token);
        wrong.Advance(TimeSpan.FromHours(2));
        await other.GenerateAsync(request with { IdempotencyKey = "order-3" }, Token);
        await journal.Tidying;

        Assert.Equal("task_1", (await other.SubmitAsync(request, Token)).Id);
        Assert.Equal(3, (await FileTaskJournalTests.ListAsync(new FileTaskJournal(_folder))).Count);
        var lately = new List<string>();
        await foreach (var outcome in other.ResumeAsync(TimeSpan.FromHours(1), Token))
        {
            lately.Add(outcome.IdempotencyKey);
        }

        Assert.Equal(["order-1", "order-2", "order-3"], lately.Order(StringComparer.Ordinal));
    }

    /// <summary>
    /// A new claim is valid for a process whose clock is ahead, and an old one is not valid for a process whose clock is behind.
    /// </summary>
    [Theory]
    [InlineData(2, 0, false)]
    [InlineData(-48, 10, true)]
    public async Task Age_of_a_claim_is_measured_by_the_clock_of_the_folder(int hours, int minutesAgo, bool isUnknown)
    {
        using var handler = new ScriptedHandler();
        var time = new TestTimeProvider(TimeProvider.System.GetUtcNow().AddHours(hours));
        var journal = new FileTaskJournal(_folder, timeProvider: time);
        var now = await journal.GetTimeAsync(Token);
        await journal.ClaimAsync(
            new TaskJournalEntry("order-1", "") { ClaimId = "other", ClaimedAt = now!.Value.AddMinutes(-minutesAgo) }, Token);
        using var client = Client(handler, time, journal);

        var start = client.SubmitAsync(new ImageRequest("a puppy") { IdempotencyKey = "order-1" }, Token);
        if (isUnknown)
        {
            Assert.Equal(ImaErrorKind.OutcomeUnknown, (await Assert.ThrowsAsync<ImaException>(() => start)).Kind);
            return;
        }

        await time.WaitForTimerAsync(TimeSpan.FromMilliseconds(250), Token);
        await journal.AttachTaskAsync("order-1", "task_7", Token);
        await time.RunAsync(start, TimeSpan.FromSeconds(1), Token);
        Assert.Equal("task_7", (await start).Id);
    }

    /// <summary>
    /// Repeatedly for one key: two callers release a claim at once, one of them late, while others claim the key again. A caller that
    /// has claimed the key keeps its claim until it releases it itself.
    /// </summary>
    [Fact]
    public async Task Late_release_never_touches_another_claim()
    {
        const int Rounds = 400;
        var lost = new ConcurrentQueue<string>();
        var claims = 0;
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(
            async () =>
            {
                var (journal, late) = (new FileTaskJournal(_folder), new FileTaskJournal(_folder));
                for (var round = 0; round < Rounds; round++)
                {
                    var claim = FileTaskJournalTests.Entry("order-1");
                    if (await journal.ClaimAsync(claim, Token) is not null)
                    {
                        continue;
                    }

                    Interlocked.Increment(ref claims);
                    var isRenewed = await journal.RenewAsync(claim, Token);
                    var released = await Task.WhenAll(
                        journal.RemoveAsync(claim, Token), late.RemoveAsync(claim, Token), late.UpdateAsync(claim, Token));
                    if (!isRenewed || !(released[0] ^ released[1]))
                    {
                        lost.Enqueue($"renewed: {isRenewed}, released: {released[0]}, {released[1]}");
                    }
                }
            },
            Token)));

        Assert.Empty(lost);
        Assert.True(claims > 0);
        Assert.Empty(Directory.GetFiles(_folder));
    }

    /// <summary>
    /// A process is killed between the two steps of completing an entry. The entry counts as completed, once, and its key is not free.
    /// </summary>
    [Fact]
    public async Task Interrupted_completion_counts()
    {
        var journal = new FileTaskJournal(_folder);
        var claim = FileTaskJournalTests.Entry("order-1");
        await journal.ClaimAsync(claim, Token);
        var open = Assert.Single(Directory.GetFiles(_folder));
        var text = await File.ReadAllTextAsync(open, Token);
        var ended = claim with { State = TaskJournalState.Completed, Task = new ImageTask("task_1") };
        await journal.UpdateAsync(ended, Token);
        await journal.Tidying;
        await File.WriteAllTextAsync(open, text, Token);

        Assert.Equal(ended, await journal.FindAsync("order-1", Token));
        Assert.Equal(ended, await journal.ClaimAsync(FileTaskJournalTests.Entry("order-1"), Token));
        Assert.Equal(ended, Assert.Single(await FileTaskJournalTests.ListAsync(journal)));
        Assert.Empty(await OpenAsync(journal));
        var next = new FileTaskJournal(_folder);
        await next.UpdateAsync(ended, Token);
        Assert.Single(Directory.GetFiles(_folder));
        Assert.True(await next.RemoveAsync(ended, Token));
        Assert.Null(await next.FindAsync("order-1", Token));
    }

    /// <summary>
    /// With many finished entries, resuming, cleaning up and submitting open only the files they need.
    /// <c>IMA_JOURNAL_FILES=100000</c> for more.
    /// </summary>
    [Fact]
    public async Task Finished_submissions_are_not_read()
    {
        var finished = int.Parse(Environment.GetEnvironmentVariable("IMA_JOURNAL_FILES") ?? "1000", null);
        for (var number = 0; number < finished; number++)
        {
            await File.WriteAllTextAsync(Path.Combine(_folder, $"{number:X64}.done"), "{}", Token);
            File.SetLastWriteTimeUtc(
                Path.Combine(_folder, $"{number:X64}.done"), DateTime.UnixEpoch.AddYears(number < finished / 2 ? 10 : 200));
        }

        var opened = new ConcurrentQueue<string>();
        var journal = new FileTaskJournal(_folder, "", null, null, (path, mode) =>
        {
            opened.Enqueue(Path.GetFileName(path));
            return JournalFolder.Open(path, mode);
        });
        var claim = FileTaskJournalTests.Entry("order-1");
        var start = TimeProvider.System.GetTimestamp();
        Assert.Null(await journal.ClaimAsync(claim, Token));
        Assert.True(await journal.UpdateAsync(claim with { State = TaskJournalState.Accepted, Task = new ImageTask("task_1") }, Token));
        var delivered = TimeProvider.System.GetElapsedTime(start);
        Assert.Equal("order-1", Assert.Single(await OpenAsync(journal)).IdempotencyKey);
        var listed = TimeProvider.System.GetElapsedTime(start) - delivered;
        await journal.Tidying;
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{finished} files: delivered after {delivered}, listed in {listed}, cleaned up after "
                + $"{TimeProvider.System.GetElapsedTime(start)}");

        Assert.InRange(opened.Count, 1, 10);
        Assert.Equal(finished / 2, Directory.GetFiles(_folder, "*.done").Length);
    }

    /// <summary>A caller that has its task does not wait for the cleanup.</summary>
    [Fact]
    public async Task Recently_finished_submissions_are_listed_on_demand()
    {
        var journal = new FileTaskJournal(_folder);
        foreach (var key in new[] { "old", "new" })
        {
            var claim = FileTaskJournalTests.Entry(key);
            await journal.ClaimAsync(claim, Token);
            await journal.UpdateAsync(claim with { State = TaskJournalState.Completed, Task = new ImageTask("task_1") }, Token);
            if (key == "old")
            {
                var file = Assert.Single(Directory.GetFiles(_folder));
                File.SetLastWriteTimeUtc(file, File.GetLastWriteTimeUtc(file).AddHours(-2));
            }
        }

        var hourAgo = (await journal.GetTimeAsync(Token))!.Value.AddHours(-1);
        Assert.Empty(await OpenAsync(journal));
        Assert.Equal("new", Assert.Single(await OpenAsync(journal, hourAgo)).IdempotencyKey);
        Assert.Equal(2, (await OpenAsync(journal, DateTimeOffset.MinValue)).Count);
    }

    /// <summary>Only the owner can read the journal's content or list its files.</summary>
    [Fact]
    public async Task Files_are_accessible_only_to_the_owner()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Files have other rights there.");
        var folder = Path.Combine(_folder, "journal");
        var journal = new FileTaskJournal(folder);
        var claim = FileTaskJournalTests.Entry("order-1");
        await journal.ClaimAsync(claim, Token);
        Check();
        await journal.UpdateAsync(claim with { State = TaskJournalState.Accepted, Task = new ImageTask("task_1") }, Token);
        await journal.GetTimeAsync(Token);
        Check();

        void Check()
        {
            const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            var information = new DirectoryInfo(folder);
            Assert.Equal(Owner | UnixFileMode.UserExecute, information.UnixFileMode);
            Assert.All(information.GetFiles("*", SearchOption.AllDirectories), file => Assert.Equal(Owner, file.UnixFileMode));
            Assert.All(information.GetDirectories(), sub => Assert.Equal(Owner | UnixFileMode.UserExecute, sub.UnixFileMode));
        }
    }

    /// <summary>No file name ends like the content of a web project (appsettings.json and similar, web.config, pages).</summary>
    [Fact]
    public async Task No_file_counts_as_content_of_a_web_project()
    {
        var journal = new FileTaskJournal(_folder);
        var claim = FileTaskJournalTests.Entry("order-1");
        await journal.ClaimAsync(claim, Token);
        var names = new List<string>(Directory.GetFiles(_folder, "*", SearchOption.AllDirectories));
        await journal.UpdateAsync(claim with { State = TaskJournalState.Failed, Task = new ImageTask("task_1") }, Token);
        names.AddRange(Directory.GetFiles(_folder, "*", SearchOption.AllDirectories));

        Assert.Equal(["", ".done", ".open"], names.Select(Path.GetExtension).Distinct().Order(StringComparer.Ordinal));
    }

    private static ImaImageClient Client(HttpMessageHandler handler, TimeProvider time, ITaskJournal journal) => TestClients.Create(
        new ImaNanoBananaOptions { ApiKey = "ima_test_key", RequestsPerSecond = null }, handler, time, journal: journal);

    private static async Task<List<TaskJournalEntry>> OpenAsync(ITaskJournal journal, DateTimeOffset? since = null)
    {
        var entries = new List<TaskJournalEntry>();
        await foreach (var entry in journal.ListAsync(new TaskJournalFilter { FinishedSince = since }, Token))
        {
            entries.Add(entry);
        }

        return entries;
    }
}
