using System.Net;
using ImaNanoBanana.PostgreSql.Tests.Database;
using ImaNanoBanana.Studio.Tests.Server;

namespace ImaNanoBanana.Studio.Tests.Api;

/// <summary>Two processes of the studio share a PostgreSQL database.</summary>
public sealed class SharedDatabaseTests(PostgresServer server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Other_process_shows_and_takes_over_the_images_of_a_killed_one()
    {
        var database = await server.CreateDatabaseAsync();
        await using var stage = await StudioStage.StartAsync(TimeSpan.FromSeconds(3), ("ConnectionStrings__Images", database));
        await using var other = await stage.StartAnotherAsync();
        using var visitor = await TestVisitor.OpenAsync(stage.Address);
        var (_, placed) = await visitor.PostAsync("/images", new { prompt = "shared" }, TestVisitor.NewKey());
        using var there = visitor.At(other.Address);

        // The events of the other process come from the database.
        var id = (string)placed!["id"]!;
        var seen = await there.ReadEventsAsync("/events").FirstAsync(
            item => (string?)item.Data["state"] == "generating", Token);
        Assert.Equal(id, (string)seen.Data["id"]!);

        await stage.Studio.KillAsync();
        var image = await there.WaitForEndAsync(id);
        Assert.Equal("finished", (string)image["state"]!);
        Assert.Single(stage.Simulator.Charges);
        var (status, _) = await there.GetAsync((string)image["files"]![0]!["url"]!);
        Assert.Equal(HttpStatusCode.OK, status);
        var (_, usage) = await there.GetAsync("/usage");
        Assert.Equal((6, 94), ((int)usage!["spent"]!, (int)usage["remaining"]!));
    }
}
