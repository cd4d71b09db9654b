using System.CommandLine;
using System.Globalization;
using ImaNanoBanana.Cli.CommandLine;
using ImaNanoBanana.Cli.Output;
using ImaNanoBanana.Cli.Running;

namespace ImaNanoBanana.Cli.Commands;

/// <summary><c>ima quote</c>.</summary>
internal sealed class QuoteCommand(CliOptions options, Argument<string[]> prompt)
{
    public async Task<int> RunAsync(Session session, CancellationToken cancellationToken)
    {
        var words = session.Parsed.GetValue(prompt);
        var request = await new RequestReader(options, session).ReadAsync(
            words, session.Parsed.GetValue(options.Images), cancellationToken: cancellationToken);
        if (request.Prompt.Length == 0)
        {
            // A price does not depend on the prompt.
            request = request with { Prompt = "quote" };
        }

        request = await new PreferredModel(options, session).ApplyToAsync(request, cancellationToken);
        var quote = await session.Client.QuoteAsync(request, cancellationToken);
        if (session.IsJson)
        {
            session.Screen.Result(JsonLine.Serialize(Document(quote), json => json.QuoteDocument));
            return ExitCode.Ok;
        }

        var say = session.Say;
        session.Screen.Result(
        [
            (say["model", "模型"], $"{quote.ModelName} ({quote.Model})"),
            (say["size", "尺寸"], string.Join(", ", new[] { quote.Size?.Value, quote.AspectRatio?.Value }.OfType<string>())),
            (say["images", "图片数量"], quote.Count.ToString(CultureInfo.InvariantCulture)),
            (say["credits", "积分"], quote.Credits.ToString(CultureInfo.InvariantCulture)),
            (
                say["seconds", "用时（秒）"],
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{quote.MinExpectedDuration?.TotalSeconds:0} - {quote.MaxExpectedDuration?.TotalSeconds:0}")),
        ]);
        foreach (var adjustment in quote.Adjustments)
        {
            session.Screen.Note(ProgressLines.Changed(adjustment, say));
        }

        return ExitCode.Ok;
    }

    private static QuoteDocument Document(ImageQuote quote) => new(
        quote.Model.Id,
        quote.ModelName,
        quote.ModelVersion,
        quote.Size?.Value,
        quote.AspectRatio?.Value,
        quote.Count,
        quote.Credits,
        quote.CreditsPerImage,
        quote.MinExpectedDuration?.TotalSeconds,
        quote.MaxExpectedDuration?.TotalSeconds,
        [.. quote.Adjustments.Select(AdjustmentDocument.FromAdjustment)]);
}
