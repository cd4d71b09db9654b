namespace ImaNanoBanana.IntegrationTests.KeyLeak;

/// <summary>The detector finds a leak in every channel, and only in the channel where it is.</summary>
[Collection(KeyLeakGroup.Name)]
public class PlantedLeakTests
{
    public static TheoryData<string> Names() => [.. PlantedLeak.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Planted_leak_is_found_where_it_is(string name)
    {
        var planted = PlantedLeak.All[name];
        await using var app = new LeakApp();

        await app.RunAsync(planted.Act);

        // A key in a URL is also in the events that contain the URL.
        var leak = Assert.Single(await app.LeaksAsync(), leak => leak.Channel == planted.Channel || !Recording.EventsHaveQueries);
        Assert.Equal((planted.Channel, planted.Secret), (leak.Channel, leak.Secret));
    }

    [Fact]
    public void Every_channel_has_a_planted_leak() =>
        Assert.Equal(Enum.GetValues<LeakChannel>(), PlantedLeak.All.Values.Select(planted => planted.Channel).Distinct().Order());

    [Theory]
    [InlineData("", false)]
    [InlineData("Bearer ***, appUid=***", false)]
    [InlineData("ima_leak_ca", false)]
    [InlineData("ima_leak_can", true)]
    [InlineData("IMA%5FLEAK%5FCANARY", true)]
    public void Twelve_characters_of_a_secret_are_a_leak_and_fewer_are_not(string text, bool isLeak) =>
        Assert.Equal(isLeak, Secret.Key.Find(text) is not null);
}
