namespace ImaNanoBanana.Tests.Messages;

/// <summary>What remains after a message stream is left, cancelled or finished.</summary>
public sealed class NarrationEndingTests
{
    private static readonly ImageRequest Puppy = new("a cute puppy on grass");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Leaving_at_the_price_submits_nothing()
    {
        using var service = new StoryService(TimeSpan.FromSeconds(10));

        await foreach (var message in service.Narrate(Puppy, ImaLanguage.English))
        {
            if (message.Step == ImageMessageStep.Started)
            {
                break;
            }
        }

        Assert.Empty(service.Simulator.Charges);
    }

    [Fact]
    public async Task Leaving_during_the_generation_ends_the_watch_and_leaves_no_timer()
    {
        using var service = new StoryService(TimeSpan.FromSeconds(60));
        var start = service.Time.GetUtcNow();
        var work = ReadAsync();

        await service.Time.RunAsync(work, TimeSpan.FromSeconds(31), Token);
        await work;

        Assert.Equal(0, service.Time.PendingTimers);
        Assert.Equal(TimeSpan.FromSeconds(20), service.Time.GetUtcNow() - start);

        async Task ReadAsync()
        {
            await foreach (var message in service.Narrate(Puppy, ImaLanguage.English))
            {
                if (message.Step == ImageMessageStep.Generating)
                {
                    break;
                }
            }
        }
    }

    [Fact]
    public async Task Cancelling_is_thrown_with_the_task_and_the_callers_token()
    {
        using var service = new StoryService(TimeSpan.FromSeconds(60));
        using var cancellation = new CancellationTokenSource();
        var steps = new List<ImageMessageStep>();
        var work = ReadAsync();
        await service.Time.RunAsync(work, TimeSpan.FromSeconds(31), Token);

        var exception = await Assert.ThrowsAsync<ImageGenerationCanceledException>(() => work);

        Assert.Equal((ImaChargeStatus.Charged, "task_sim_000001"), (exception.ChargeStatus, exception.Task!.Id));
        Assert.Equal(cancellation.Token, exception.CancellationToken);
        Assert.Equal([ImageMessageStep.Received, ImageMessageStep.Started, ImageMessageStep.Generating], steps);

        async Task ReadAsync()
        {
            await foreach (
                var message in service.Client.StreamMessagesAsync(
                    Puppy, ImaLanguage.English, timeProvider: service.Time, cancellationToken: cancellation.Token))
            {
                steps.Add(message.Step);
                if (message.Step == ImageMessageStep.Generating)
                {
                    await cancellation.CancelAsync();
                }
            }
        }
    }

    [Fact]
    public async Task Stream_is_one_submission()
    {
        using var service = new StoryService(TimeSpan.FromSeconds(10));
        var story = service.Narrate(Puppy, ImaLanguage.English);
        await service.ReportedAsync(story);

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => service.ReportedAsync(story));

        Assert.StartsWith("This stream belongs to one submission", exception.Message, StringComparison.Ordinal);
        Assert.Single(service.Simulator.Charges);
    }

    [Fact]
    public async Task Journal_counts_the_image_as_delivered_when_the_last_message_was_read()
    {
        using var service = new StoryService(TimeSpan.FromSeconds(10));
        var states = new List<TaskJournalState>();
        var request = Puppy with { IdempotencyKey = "wish-1" };
        var work = ReadAsync();
        await service.Time.RunAsync(work, TimeSpan.FromSeconds(31), Token);
        await work;

        states.Add((await service.Client.Journal.FindAsync("wish-1", Token))!.State);

        Assert.Equal([TaskJournalState.Accepted, TaskJournalState.Completed], states);

        async Task ReadAsync()
        {
            await foreach (var message in service.Narrate(request, ImaLanguage.English))
            {
                if (message.Step == ImageMessageStep.Succeeded)
                {
                    states.Add((await service.Client.Journal.FindAsync("wish-1", Token))!.State);
                }
            }
        }
    }
}
