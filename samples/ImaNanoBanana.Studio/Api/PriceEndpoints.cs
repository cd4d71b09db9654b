using ImaNanoBanana.Studio.Credits;
using ImaNanoBanana.Studio.Generating;
using ImaNanoBanana.Studio.Security;
using ImaNanoBanana.Studio.Texts;

namespace ImaNanoBanana.Studio.Api;

/// <summary>What is offered, what it costs, and what has been spent.</summary>
internal static class PriceEndpoints
{
    private const int MaxReferences = 14;
    private const int MaxImages = 4;

    public static void MapPrices(this IEndpointRouteBuilder routes)
    {
        var prices = routes.MapGroup("").WithTags("Prices");
        prices.MapGet("/settings", GetSettingsAsync).WithSummary("The models, sizes and limits.").Produces<SettingsDocument>();
        prices.MapPost("/quotes", QuoteAsync)
            .WithSummary("The price of an image. Nothing is spent.")
            .Produces<QuoteDocument>()
            .ProducesProblem(StatusCodes.Status400BadRequest);
        prices.MapGet("/usage", GetUsageAsync).WithSummary("The visitor's credits.").Produces<UsageDocument>();
    }

    private static async Task<IResult> GetSettingsAsync(
        IImaImageClient client, StudioMode mode, StudioSettings settings, CancellationToken cancellationToken)
    {
        var models = await client.ListModelsAsync(cancellationToken: cancellationToken);
        var limits = new LimitsDocument(MaxReferences, settings.MaxUploadBytes, settings.MaxPromptLength);
        var offered = models.Where(model => model.IsCurrent).Select(model => ModelDocument.Create(model, MaxImages));
        return TypedResults.Json(
            new SettingsDocument(mode.IsSimulated, [.. offered], limits), StudioJsonContext.Default.SettingsDocument);
    }

    private static async Task<IResult> QuoteAsync(
        Order order,
        Visitor visitor,
        RequestFactory requests,
        IImaImageClient client,
        HttpRequest request,
        CancellationToken cancellationToken)
    {
        var quote = await client.QuoteAsync(await requests.CreateAsync(visitor, order, cancellationToken), cancellationToken);
        return TypedResults.Json(QuoteDocument.Create(quote, Languages.Of(request)), StudioJsonContext.Default.QuoteDocument);
    }

    private static async Task<IResult> GetUsageAsync(Visitor visitor, VisitorBudgets budgets, CancellationToken cancellationToken) =>
        TypedResults.Json(await budgets.GetUsageAsync(visitor, cancellationToken), StudioJsonContext.Default.UsageDocument);
}
