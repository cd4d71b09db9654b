using System.Net;
using ImaNanoBanana.Studio.Tests.Server;

namespace ImaNanoBanana.Studio.Tests.Api;

public sealed class EventTests(SharedStudio shared)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Events_show_each_state_once_in_order()
    {
        using var visitor = await shared.OpenAsync();
        var (_, image) = await visitor.PostAsync("/images", new { prompt = "a puppy" }, TestVisitor.NewKey());
        var events = await visitor.ReadEventsAsync($"/images/{image!["id"]}/events").ToListAsync(Token);

        var revisions = events.Select(item => (long)item.Data["revision"]!).ToList();
        Assert.Equal(revisions.Order().Distinct(), revisions);
        Assert.Equal("finished", (string)events[^1].Data["state"]!);
    }

    [Fact]
    public async Task Client_that_reconnects_gets_what_it_has_missed()
    {
        using var visitor = await shared.OpenAsync();
        var (_, image) = await visitor.PostAsync("/images", new { prompt = "a puppy" }, TestVisitor.NewKey());
        var id = (string)image!["id"]!;
        var first = await visitor.ReadEventsAsync("/events").FirstAsync(item => item.EventType == "image", Token);
        await visitor.WaitForEndAsync(id);

        var next = await visitor.ReadEventsAsync("/events", first.Id).FirstAsync(item => item.EventType == "image", Token);
        Assert.Equal((id, "finished"), ((string)next.Data["id"]!, (string)next.Data["state"]!));
    }

    [Fact]
    public async Task Client_that_has_seen_the_end_is_told_not_to_reconnect()
    {
        using var visitor = await shared.OpenAsync();
        var image = await visitor.GenerateAsync(new { prompt = "a puppy" });
        var path = $"/images/{image["id"]}/events";
        var last = await visitor.ReadEventsAsync(path).LastAsync(Token);

        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Last-Event-ID", last.Id);
        using var response = await visitor.Client.SendAsync(request, Token);
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("99999999999999999999")]
    [InlineData("253402300799999")]
    [InlineData("x")]
    public async Task Any_event_id_is_accepted(string lastEventId)
    {
        using var visitor = await shared.OpenAsync();
        var first = await visitor.ReadEventsAsync("/events", lastEventId).FirstAsync(Token);
        Assert.Equal("usage", first.EventType);
    }
}
