using Microsoft.Playwright;

namespace ImaNanoBanana.Studio.Tests.Browser;

/// <summary>Makes the page offer a size that the server refuses, as a page does that was open when the offer changed.</summary>
internal static class OfferTooMuch
{
    public const string Size = "3K";

    public static Task InAsync(IBrowserContext context) => context.RouteAsync("**/settings?*", AddSizeAsync);

    private static async Task AddSizeAsync(IRoute route)
    {
        await using var answer = await route.FetchAsync();
        var settings = await answer.TextAsync();
        var body = settings.Replace("\"1K\"", $"\"1K\",\"{Size}\"", StringComparison.Ordinal);
        await route.FulfillAsync(new() { Response = answer, Body = body });
    }
}
