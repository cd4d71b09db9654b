using ImaNanoBanana.Tests.Client;
using ImaNanoBanana.Watching;

namespace ImaNanoBanana.Tests.Watching;

/// <summary>A status and the items of a watch say when to get the status again.</summary>
public class PollAfterTests
{
    private const string Rejected = """{"code":200,"data":{"medias":[{"resource_status":2,"error_msg":"rejected"}]}}""";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>The times between polls vary by 3 percent.</summary>
    [Theory]
    [InlineData(0, 20, 35, 12)]
    [InlineData(12, 20, 35, 5)]
    [InlineData(25, 20, 35, 2.25)]
    [InlineData(100, 20, 35, 9)]
    [InlineData(100, null, null, 9)]
    [InlineData(10_000, 20, 35, 15)]
    [InlineData(null, 20, 35, 2.25)]
    public async Task Status_says_when_to_ask_again(int? age, int? least, int? most, double seconds)
    {
        using var handler = new ScriptedHandler().With("detail", (200, ScriptedHandler.Working));
        var time = new TestTimeProvider();
        using var client = TestClient.Create(handler, time);
        var task = new ImageTask("task_1")
        {
            CreatedAt = age is { } known ? time.GetUtcNow() - TimeSpan.FromSeconds(known) : null,
            MinExpectedDuration = least is { } from ? TimeSpan.FromSeconds(from) : null,
            MaxExpectedDuration = most is { } to ? TimeSpan.FromSeconds(to) : null,
        };

        var status = await client.GetStatusAsync(task, Token);

        Assert.InRange(status.PollAfter!.Value.TotalSeconds, seconds * 0.96, seconds * 1.04);
    }

    [Theory]
    [InlineData(ScriptedHandler.Done, ImageStage.Completed)]
    [InlineData(Rejected, ImageStage.Failed)]
    public async Task Status_at_the_end_of_a_task_says_nothing(string answer, ImageStage stage)
    {
        using var handler = new ScriptedHandler().With("detail", (200, answer));
        using var client = TestClient.Create(handler);

        var status = await client.GetStatusAsync(new ImageTask("task_1"), Token);

        Assert.Equal((stage, null), (status.Stage, status.PollAfter));
    }

    [Fact]
    public async Task Watch_polls_after_the_time_that_its_item_says()
    {
        using var handler = new ScriptedHandler().With(
            "detail", (200, ScriptedHandler.Working), (200, ScriptedHandler.Working), (200, ScriptedHandler.Done));
        var time = new TestTimeProvider();
        using var client = TestClient.Create(handler, time);
        var seen = new List<(ImageStage Stage, TimeSpan? After, DateTimeOffset At)>();

        await time.RunAsync(WatchAsync(), PollSchedule.Longest, Token);

        Assert.Equal(
            [
                ImageStage.Preparing, ImageStage.Submitting, ImageStage.Accepted, ImageStage.Generating, ImageStage.Generating,
                ImageStage.Completed,
            ],
            seen.Select(item => item.Stage));
        Assert.All(seen, item => Assert.Equal(item.Stage == ImageStage.Generating, item.After is not null));
        Assert.All(
            seen.Zip(seen.Skip(1)).Where(pair => pair.First.After is not null),
            pair => Assert.Equal(pair.First.After!.Value.TotalSeconds, (pair.Second.At - pair.First.At).TotalSeconds, 0.01));

        async Task WatchAsync()
        {
            await foreach (var item in client.GenerateStreamingAsync(new ImageRequest("a cat"), Token))
            {
                seen.Add((item.Stage, item.PollAfter, time.GetUtcNow()));
            }
        }
    }
}
