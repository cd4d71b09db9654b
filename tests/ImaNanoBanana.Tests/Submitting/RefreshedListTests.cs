using ImaNanoBanana.Tests.Client;

namespace ImaNanoBanana.Tests.Submitting;

public class RefreshedListTests
{
    [Fact]
    public async Task List_is_read_again_in_the_language_of_the_request()
    {
        using var handler = new ScriptedHandler().With("create", (200, """{"code":6009}"""));
        using var client = TestClient.Create(handler);

        await Assert.ThrowsAsync<ImaException>(() => client.SubmitAsync(
            new ImageRequest("a puppy") { Language = ImaLanguage.Chinese }, TestContext.Current.CancellationToken));

        var lists = handler.Heads.Where(head => head.Endpoint == "list").ToList();
        Assert.Equal(2, lists.Count);
        Assert.All(lists, list => Assert.Contains("x_app_language: zh", list.Head, StringComparison.Ordinal));
    }
}
