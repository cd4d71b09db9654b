using ImaNanoBanana.Mcp.Answers;
using ImaNanoBanana.Mcp.Files;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace ImaNanoBanana.Mcp.Tools;

/// <summary><c>quote_image</c>.</summary>
internal sealed class QuoteTool(
    Tool tool, ImageService images, InputReader inputs, EarlierImages earlier, ServerSettings settings, TimeProvider time)
    : ImaTool<QuoteArguments, QuoteAnswer>(tool, ServerJson.Default.QuoteArguments, ServerJson.Default.QuoteAnswer, settings)
{
    private readonly ServerSettings _settings = settings;

    protected override async Task<(QuoteAnswer Answer, IReadOnlyList<ContentBlock> Blocks)> RunAsync(
        QuoteArguments arguments, RequestContext<CallToolRequestParams> call, CancellationToken cancellationToken)
    {
        using var budget = new CallBudget(_settings.Wait, arguments.WaitSeconds, time, cancellationToken);
        var client = images.Client;
        var texts = arguments.Images ?? [];
        var sources = await inputs.ReadAsync(
            texts, await earlier.FindAsync(texts, budget.Preparing), call.Server, budget.Preparing);
        var request = new ImageRequest("quote") { Count = arguments.Count, Images = sources };
        var quote = await client.QuoteAsync(arguments.Choose(request), budget.Preparing);
        return (Answer(quote), []);
    }

    protected override QuoteAnswer Failed(ErrorFacts facts) =>
        new() { Status = ImageAnswer.Failed, Simulated = images.IsSimulated, Error = facts };

    protected override string Text(QuoteAnswer answer) => AnswerText.Describe(answer, Say);

    private QuoteAnswer Answer(ImageQuote quote) => new()
    {
        Status = ImageAnswer.Ready,
        Simulated = images.IsSimulated,
        Credits = quote.Credits,
        CreditsPerImage = quote.CreditsPerImage,
        Model = quote.Model.Id,
        ModelName = quote.ModelName,
        Size = quote.Size?.Value,
        AspectRatio = quote.AspectRatio?.Value,
        Count = quote.Count,
        ExpectedAtLeastSeconds = quote.MinExpectedDuration?.TotalSeconds,
        ExpectedAtMostSeconds = quote.MaxExpectedDuration?.TotalSeconds,
        Adjustments = TaskAnswers.Adjustments(quote.Adjustments, Say),
    };
}
