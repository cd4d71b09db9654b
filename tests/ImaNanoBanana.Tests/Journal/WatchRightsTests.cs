using System.Collections.Concurrent;

namespace ImaNanoBanana.Tests.Journal;

/// <summary>Several processes share a journal. A task that one of them watches is not resumed by another.</summary>
public sealed class WatchRightsTests
{
    private const string Working = Client.ScriptedHandler.Working;

    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan HalfMinute = TimeSpan.FromSeconds(30);
    private static readonly ImageRequest Request = new("a puppy") { IdempotencyKey = "order-1" };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Four_clients_that_resume_at_once_deliver_each_task_once(bool isFolder)
    {
        const int Count = 20;
        using var scene = new WatchScene(isFolder);
        for (var number = 0; number < Count; number++)
        {
            await scene.LeaveAsync($"order-{number}");
        }

        var (delivered, all) = (new ConcurrentBag<string>(), new TaskCompletionSource());
        var resumes = Enumerable.Range(0, 4).Select(_ => scene.Client()).Select(client => Task.Run(() => WatchScene.KeysAsync(
            client,
            key =>
            {
                delivered.Add(key);
                _ = delivered.Count == Count && all.TrySetResult();
            }))).ToList();
        await all.Task.WaitAsync(Token);
        await scene.RunAsync(Task.WhenAll(resumes));

        var keys = (await Task.WhenAll(resumes)).SelectMany(each => each).ToList();
        Assert.Equal(Count, keys.Count);
        Assert.Equal(Count, keys.Distinct().Count());
        Assert.Empty(await scene.ResumeAsync(scene.Client()));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Task_that_another_client_watches_is_resumed_only_after_its_watch(bool isFolder)
    {
        using var scene = new WatchScene(isFolder);
        var stream = await ReadAsync(scene.Client(detail: Working), ImageStage.Generating);
        var other = scene.Client();

        await scene.PassAsync(HalfMinute);
        Assert.Empty(await scene.ResumeAsync(other));

        await stream.DisposeAsync();
        Assert.Equal(["order-1"], await WatchScene.ResumeAtOnceAsync(other));
    }

    /// <summary>The reader has not asked for the first poll yet, for example because it saves the task.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Task_is_watched_from_the_moment_it_is_accepted(bool isFolder)
    {
        using var scene = new WatchScene(isFolder);
        var stream = await ReadAsync(scene.Client(), ImageStage.Accepted);
        var other = scene.Client();

        await scene.PassAsync(HalfMinute);
        Assert.Empty(await scene.ResumeAsync(other));

        await stream.DisposeAsync();
        Assert.Equal(["order-1"], await WatchScene.ResumeAtOnceAsync(other));
    }

    /// <summary>For example a page that shows the status for a moment while a worker waits for the task.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Task_is_not_free_while_one_of_its_watchers_is_left(bool isFolder)
    {
        using var scene = new WatchScene(isFolder);
        var client = scene.Client(detail: Working);
        await using var stream = await ReadAsync(client, ImageStage.Generating);
        await foreach (var _ in client.WatchAsync(new ImageTask("task_1") { IdempotencyKey = "order-1" }, Token))
        {
            break;
        }

        Assert.False(await scene.IsFreeAsync("order-1"), "The first watcher is still there.");
    }

    /// <summary>Two watches of a task that another process submitted.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Task_of_another_process_is_not_free_while_one_of_its_watchers_is_left(bool isFolder)
    {
        using var scene = new WatchScene(isFolder);
        var entry = await scene.LeaveAsync("order-1");
        var client = scene.Client(detail: Working);
        await using var first = client.WatchAsync(entry.Task!, Token).GetAsyncEnumerator(Token);
        var second = client.WatchAsync(entry.Task!, Token).GetAsyncEnumerator(Token);
        Assert.True(await first.MoveNextAsync() && await second.MoveNextAsync(), "The task is not over.");

        await scene.PassAsync(TimeSpan.FromSeconds(1));
        await second.DisposeAsync();
        Assert.False(await scene.Journal().TryWatchAsync(entry, "other", Lease, Token), "The first watcher is still there.");
        await first.DisposeAsync();
        Assert.True(await scene.Journal().TryWatchAsync(entry, "other", Lease, Token), "No watcher is left.");
    }

    [Fact]
    public async Task Task_of_a_watcher_that_is_gone_is_resumed_when_its_lease_ends()
    {
        using var scene = new WatchScene(isFolder: false);
        var entry = await scene.LeaveAsync("order-1");
        Assert.True(await scene.Journal().TryWatchAsync(entry, "gone", Lease, Token), "Another watcher has the right to watch.");

        scene.Time.Advance(Lease - TimeSpan.FromTicks(1));
        Assert.False(await scene.Journal().TryWatchAsync(entry, "early", Lease, Token), "The lease has not ended.");

        Assert.Equal(["order-1"], await scene.ResumeAsync(scene.Client()));
        Assert.InRange(scene.Elapsed, Lease, 2 * Lease);
    }

    /// <summary>The first question takes 10 s, and the watcher renews its lease in the meantime for the last time.</summary>
    [Fact]
    public async Task Time_of_a_slow_journal_does_not_count_as_a_sign_of_the_watcher()
    {
        using var scene = new WatchScene(isFolder: false);
        var entry = await scene.LeaveAsync("order-1");
        var renewed = new TaskCompletionSource();
        var slow = new WatchJournal(scene.Journal(), scene.Time)
        {
            Before = async _ =>
            {
                if (!renewed.Task.IsCompleted)
                {
                    scene.Time.Advance(Lease / 2);
                    await scene.Journal().TryWatchAsync(entry, "gone", Lease, Token);
                    renewed.SetResult();
                }
            },
        };

        var resume = WatchScene.KeysAsync(scene.Client(slow));
        await renewed.Task.WaitAsync(Token);
        await scene.RunAsync(resume);

        Assert.Equal(["order-1"], await resume);
        Assert.True(scene.Elapsed >= Lease * 1.5, "The lease began after 10 s.");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Submitting_alone_does_not_take_the_right(bool isFolder)
    {
        using var scene = new WatchScene(isFolder);
        await scene.Client().SubmitAsync(Request, Token);

        Assert.Equal(["order-1"], await WatchScene.ResumeAtOnceAsync(scene.Client()));
    }

    /// <summary>A client lists the task, and then another one delivers it before the first takes the right.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Task_that_was_delivered_after_it_was_listed_is_not_delivered_again(bool isFolder)
    {
        using var scene = new WatchScene(isFolder);
        await scene.LeaveAsync("order-1");
        var (isFirst, quick) = (true, scene.Client());
        IReadOnlyList<string> first = [];
        var late = new WatchJournal(scene.Journal(), scene.Time)
        {
            Before = async _ =>
            {
                if (isFirst)
                {
                    isFirst = false;
                    first = await WatchScene.ResumeAtOnceAsync(quick);
                }
            },
        };

        var second = await WatchScene.ResumeAtOnceAsync(scene.Client(late));

        Assert.Equal((1, 0), (first.Count, second.Count));
        Assert.Equal("give up", late.Calls[^1].Name);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Right_is_held_until_the_outcome_is_recorded(bool isResumed)
    {
        using var scene = new WatchScene(isFolder: false);
        var journal = new WatchJournal(scene.Journal(), scene.Time);
        var client = scene.Client(journal);
        if (isResumed)
        {
            await scene.LeaveAsync("order-1");
            Assert.Single(await scene.ResumeAsync(client));
        }
        else
        {
            await client.GenerateAsync(Request, Token);
        }

        var names = journal.Calls.Select(call => call.Name).ToList();
        Assert.Equal(("take", "give up"), (names[0], names[^1]));
        Assert.Single(names, name => name == "give up");
    }

    /// <summary>The journal is still busy with a renewal when the stream ends.</summary>
    [Fact]
    public async Task Late_renewal_does_not_take_the_right_again()
    {
        using var scene = new WatchScene(isFolder: false);
        var (number, late) = (0, new TaskCompletionSource());
        var journal = new WatchJournal(scene.Journal(), scene.Time) { Before = _ => ++number == 2 ? late.Task : Task.CompletedTask };

        var generate = scene.Client(journal).GenerateAsync(Request, Token);
        while ((await scene.Journal().FindAsync("order-1", Token))?.State != TaskJournalState.Completed)
        {
            await Task.Yield();
        }

        Assert.False(generate.IsCompleted, "The lease ends after the renewal.");
        late.SetResult();
        await generate;
        Assert.True(await scene.IsFreeAsync("order-1"), "No watcher is left.");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Journal_that_fails_to_give_the_right_keeps_nobody_from_watching(bool isResumed)
    {
        using var scene = new WatchScene(isFolder: false);
        var journal = new WatchJournal(scene.Journal(), scene.Time) { Before = _ => throw new IOException("The database is gone.") };
        var client = scene.Client(journal);
        if (isResumed)
        {
            await client.SubmitAsync(Request, Token);
            Assert.Equal(["order-1"], await scene.ResumeAsync(client));
        }
        else
        {
            Assert.Single((await client.GenerateAsync(Request, Token)).Images);
        }

        Assert.Equal(TaskJournalState.Completed, (await scene.Journal().FindAsync("order-1", Token))!.State);
    }

    [Fact]
    public async Task Right_is_renewed_every_6_seconds_until_the_stream_ends()
    {
        using var scene = new WatchScene(isFolder: false);
        var journal = new WatchJournal(scene.Journal(), scene.Time);
        var stream = await ReadAsync(scene.Client(journal, Working), ImageStage.Generating);

        await scene.PassAsync(HalfMinute);
        var taken = journal.Calls.Where(call => call.Name == "take").Select(call => call.At).ToList();
        await stream.DisposeAsync();
        var count = journal.Calls.Count;
        await scene.PassAsync(HalfMinute);

        Assert.All(taken.Zip(taken.Skip(1)), pair => Assert.InRange(pair.Second - pair.First, TimeSpan.Zero, TimeSpan.FromSeconds(6)));
        Assert.InRange(scene.Time.Start + HalfMinute - taken[^1], TimeSpan.Zero, TimeSpan.FromSeconds(6));
        Assert.Equal(("give up", count), (journal.Calls[^1].Name, journal.Calls.Count));
    }

    [Fact]
    public async Task Journal_without_watch_rights_resumes_every_task_at_once()
    {
        using var scene = new WatchScene(isFolder: false);
        var journal = new SpyJournal(scene.Journal());
        await using var stream = await ReadAsync(scene.Client(journal, Working), ImageStage.Generating);

        Assert.Equal(["order-1"], await WatchScene.ResumeAtOnceAsync(scene.Client(journal)));
    }

    /// <summary>Generates an image and reads up to the first item of a stage, after which the stream stays open.</summary>
    private static async Task<IAsyncEnumerator<ImageProgress>> ReadAsync(ImaImageClient client, ImageStage stage)
    {
        var stream = client.GenerateStreamingAsync(Request, Token).GetAsyncEnumerator(Token);
        while (await stream.MoveNextAsync() && stream.Current.Stage != stage)
        {
        }

        Assert.Equal(stage, stream.Current.Stage);
        return stream;
    }
}
