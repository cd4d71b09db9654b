using System.Net;
using ImaNanoBanana.Studio.Tests.Server;

namespace ImaNanoBanana.Studio.Tests.Api;

/// <summary>The studio is killed or stopped while it generates images.</summary>
public sealed class RestartTests
{
    private const int Images = 8;

    [Fact]
    public async Task Killed_studio_delivers_every_image_after_its_restart_and_charges_each_once()
    {
        await using var stage = await StudioStage.StartAsync(TimeSpan.FromSeconds(3));
        using var visitor = await TestVisitor.OpenAsync(stage.Address);
        var ids = await PlaceAsync(visitor);

        // Some are submitted, some are not.
        await visitor.ReadEventsAsync("/events").FirstAsync(
            item => (string?)item.Data["state"] == "generating", TestContext.Current.CancellationToken);
        await stage.KillAndRestartAsync();

        await AssertDeliveredAsync(stage, visitor, ids);
    }

    [Fact]
    public async Task Stopped_studio_ends_soon_and_continues_after_its_restart()
    {
        await using var stage = await StudioStage.StartAsync(TimeSpan.FromSeconds(3));
        using var visitor = await TestVisitor.OpenAsync(stage.Address);
        var ids = await PlaceAsync(visitor);
        await visitor.ReadEventsAsync("/events").FirstAsync(
            item => (string?)item.Data["state"] == "generating", TestContext.Current.CancellationToken);

        Assert.Equal(0, await stage.Studio.StopAsync());
        await stage.RestartAsync();

        await AssertDeliveredAsync(stage, visitor, ids);
        var (_, usage) = await visitor.GetAsync("/usage");
        Assert.Equal((Images * 6, 0), ((int)usage!["spent"]!, (int)usage["reserved"]!));
    }

    private static async Task<IReadOnlyList<string>> PlaceAsync(TestVisitor visitor)
    {
        var answers = await Task.WhenAll(Enumerable.Range(1, Images).Select(number =>
            visitor.PostAsync("/images", new { prompt = $"puppy {number}" }, TestVisitor.NewKey())));
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Accepted, answer.Status));
        return [.. answers.Select(answer => (string)answer.Body!["id"]!)];
    }

    /// <summary>
    /// An image whose create request was under way when the studio was killed has an unknown outcome, and no second charge.
    /// </summary>
    private static async Task AssertDeliveredAsync(StudioStage stage, TestVisitor visitor, IReadOnlyList<string> ids)
    {
        var states = new List<string>();
        foreach (var id in ids)
        {
            states.Add((string)(await visitor.WaitForEndAsync(id))["state"]!);
        }

        Assert.All(states, state => Assert.Contains(state, (string[])["finished", "unknown"]));
        var charges = stage.Simulator.Charges.GroupBy(charge => charge.Prompt).ToList();
        Assert.All(charges, charge => Assert.Single(charge));
        Assert.True(charges.Count >= states.Count(state => state == "finished"));
        Assert.Contains("finished", states);
    }
}
