using ImaNanoBanana.Tests.Client;
using ImaNanoBanana.Watching;

namespace ImaNanoBanana.Tests.Watching;

/// <summary>Polls follow the tasks that a client has watched, also where the product list is wrong or has no time.</summary>
public class LearnedPollTests
{
    private const string Rejected = """{"code":200,"data":{"medias":[{"resource_status":2,"error_msg":"rejected"}]}}""";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>The times between polls vary by 3 percent.</summary>
    [Theory]
    [InlineData(4, 2.25)]
    [InlineData(3, 9)]
    public async Task Polls_are_close_when_the_tasks_seen_took_as_long(int watched, double seconds)
    {
        using var watch = new Watch((200, ScriptedHandler.Working), (200, ScriptedHandler.Done));

        await watch.RunAsync(watched);

        Assert.InRange(await watch.PollAfterAsync(ImageModel.NanoBanana2), seconds * 0.96, seconds * 1.04);
        Assert.InRange(await watch.PollAfterAsync(ImageModel.NanoBananaPro), 9 * 0.96, 9 * 1.04);
    }

    /// <summary>It finished before this client watched it, no one knows when.</summary>
    [Fact]
    public async Task Task_that_was_finished_at_the_first_poll_teaches_nothing()
    {
        using var watch = new Watch((200, ScriptedHandler.Done));

        await watch.RunAsync(10);

        Assert.InRange(await watch.PollAfterAsync(ImageModel.NanoBanana2), 9 * 0.96, 9 * 1.04);
    }

    [Fact]
    public async Task Task_that_failed_teaches_nothing()
    {
        using var watch = new Watch((200, ScriptedHandler.Working), (200, Rejected));

        await watch.RunAsync(10);

        Assert.InRange(await watch.PollAfterAsync(ImageModel.NanoBanana2), 9 * 0.96, 9 * 1.04);
    }

    [Theory]
    [InlineData(60, 120, new[] { 0.0, 15, 30, 36, 51, 62.25, 64.5 })]
    [InlineData(20, 35, new[] { 0.0, 12, 22.25, 24.5 })]
    public void One_poll_before_the_time_is_enough_for_times_that_were_seen(int least, int most, double[] polls)
    {
        var ages = new List<double>();
        var age = TimeSpan.Zero;
        foreach (var _ in polls)
        {
            ages.Add(Math.Round(age.TotalSeconds, 2));
            age += PollSchedule.After(age, age, TimeSpan.FromSeconds(least), TimeSpan.FromSeconds(most), 0.5, isSeen: true);
        }

        Assert.Equal(polls, ages);
    }

    /// <summary>Watches tasks that are 98 s old at their first poll, and gets the status of one that is 100 s old.</summary>
    private sealed class Watch : IDisposable
    {
        private readonly (int Status, string Body)[] _polls;
        private readonly ScriptedHandler _handler = new();
        private readonly TestTimeProvider _time = new();
        private readonly ImaImageClient _client;

        public Watch(params (int Status, string Body)[] polls)
        {
            _polls = polls;
            _client = TestClient.Create(_handler, _time);
        }

        public async Task RunAsync(int tasks)
        {
            _handler.With("detail", [.. Enumerable.Repeat(_polls, tasks).SelectMany(polls => polls), (200, ScriptedHandler.Working)]);
            for (var number = 0; number < tasks; number++)
            {
                await _time.RunAsync(WatchAsync(), PollSchedule.Longest, Token);
            }
        }

        public async Task<double> PollAfterAsync(ImageModel model) =>
            (await _client.GetStatusAsync(Task(100) with { Model = model }, Token)).PollAfter!.Value.TotalSeconds;

        public void Dispose()
        {
            _client.Dispose();
            _handler.Dispose();
        }

        private async Task WatchAsync()
        {
            try
            {
                await _client.WaitForCompletionAsync(Task(98), Token);
            }
            catch (ImaException exception) when (exception.Kind == ImaErrorKind.TaskFailed)
            {
                // Some of the tests watch failing tasks.
            }
        }

        private ImageTask Task(double age) => new("task_1")
        {
            Model = ImageModel.NanoBanana2,
            CreatedAt = _time.GetUtcNow() - TimeSpan.FromSeconds(age),
        };
    }
}
