namespace ImaNanoBanana.Tests.Messages;

/// <summary>A chat platform delivers the same message again: the key already has a task.</summary>
public sealed class RepeatedNarrationTests
{
    private static readonly ImageRequest Puppy = new("a cute puppy on grass") { IdempotencyKey = "message-1" };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("en", "• Time: expected 20~35 s, took 10 s", "• Credits: 6 pts (already charged)")]
    [InlineData("zh", "• 耗时：预计 20~35s，实际 10s", "• 消耗积分：6 pts（此前已扣费）")]
    public async Task Repeated_message_announces_no_price_and_has_the_duration_of_the_task(string language, string time, string credits)
    {
        using var service = new StoryService(TimeSpan.FromSeconds(8));
        var first = await service.ReportedAsync(service.Narrate(Puppy, new ImaLanguage(language)));
        var took = first[^1].Message.Result!.Elapsed;
        service.Time.Advance(TimeSpan.FromHours(3));

        var reported = await service.ReportedAsync(service.Narrate(Puppy, new ImaLanguage(language)));

        Assert.Equal(
            [ImageMessageStep.Received, ImageMessageStep.Succeeded], reported.Select(item => item.Message.Step));
        var last = reported[^1].Message;
        Assert.Equal(took, last.Result!.Elapsed);
        Assert.Contains(
            time.Replace("10", $"{(int)took.TotalSeconds}", StringComparison.Ordinal), last.Text.Split('\n'));
        Assert.Contains(credits, last.Text.Split('\n'));
        Assert.Single(service.Simulator.Charges);
    }

    [Fact]
    public async Task Message_that_is_repeated_while_the_image_is_generated_joins_the_task()
    {
        using var service = new StoryService(TimeSpan.FromSeconds(30));
        var task = await service.Client.SubmitAsync(Puppy, Token);
        service.Time.Advance(TimeSpan.FromSeconds(25));

        var reported = await service.ReportedAsync(service.Narrate(Puppy, ImaLanguage.English));

        Assert.DoesNotContain(reported, item => item.Message.Step == ImageMessageStep.Started);
        var last = reported[^1].Message;
        Assert.Equal((ImageMessageStep.Succeeded, task.Id), (last.Step, last.Task!.Id));
        Assert.InRange(last.Result!.Elapsed, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(40));
        Assert.Single(service.Simulator.Charges);
    }

    /// <summary>The text for people contains no technical term and does not offer to try again.</summary>
    [Theory]
    [InlineData("en")]
    [InlineData("zh")]
    public async Task Other_request_under_the_same_key_gets_plain_words(string language)
    {
        using var service = new StoryService(TimeSpan.FromSeconds(8));
        await service.ReportedAsync(service.Narrate(Puppy, new ImaLanguage(language)));

        var reported = await service.ReportedAsync(service.Narrate(Puppy with { Prompt = "a kitten" }, new ImaLanguage(language)));

        var last = reported[^1].Message;
        Assert.Equal(ImaErrorKind.IdempotencyKeyConflict, last.Error!.Kind);
        foreach (var word in new[] { "idempotency", "key", "幂等", "try again", "重试" })
        {
            Assert.DoesNotContain(word, last.Text, StringComparison.OrdinalIgnoreCase);
        }

        Assert.Single(service.Simulator.Charges);
    }

    [Fact]
    public async Task Result_of_a_repeated_key_has_the_duration_of_the_task()
    {
        using var service = new StoryService(TimeSpan.FromSeconds(8));
        var first = await RunAsync();
        service.Time.Advance(TimeSpan.FromDays(0.5));

        var again = await RunAsync();

        Assert.Equal((first.Task.Id, first.Elapsed), (again.Task.Id, again.Elapsed));

        async Task<ImageResult> RunAsync()
        {
            var work = service.Client.GenerateAsync(Puppy, Token);
            await service.Time.RunAsync(work, TimeSpan.FromSeconds(31), Token);
            return await work;
        }
    }
}
