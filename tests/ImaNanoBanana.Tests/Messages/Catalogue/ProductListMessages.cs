using ImaNanoBanana.Tests.Client;

namespace ImaNanoBanana.Tests.Messages.Catalogue;

/// <summary>The messages for a product list that cannot be read.</summary>
internal static class ProductListMessages
{
    public static async Task<IEnumerable<CatalogueMessage>> AllAsync() =>
    [
        await MessageAsync("no connection", (0, "")),
        await MessageAsync("response cannot be read", (200, "<html>")),
        await MessageAsync("not authorised", (401, "")),
        await MessageAsync("subscription required", (200, """{"code":4014,"message":"subscription required"}""")),
        await MessageAsync("too many requests", (429, "")),
        await MessageAsync("too many requests, with a waiting time", new ScriptedAnswer(429, "", "300")),
        await MessageAsync("another code", (200, """{"code":1234,"message":"Under maintenance."}""")),
        await MessageAsync("another code, no reason given", (503, "")),
    ];

    private static async Task<CatalogueMessage> MessageAsync(string name, ScriptedAnswer answer)
    {
        using var handler = new ScriptedHandler().With("list", answer);
        using var client = TestClients.Create(
            new ImaNanoBananaOptions { ApiKey = "ima_test_key", RetryReads = false }, handler, new TestTimeProvider());
        return CatalogueMessage.FromException(
            "Catalog",
            name,
            await Record.ExceptionAsync(() => client.QuoteAsync(new ImageRequest("a puppy"), TestContext.Current.CancellationToken)));
    }
}
