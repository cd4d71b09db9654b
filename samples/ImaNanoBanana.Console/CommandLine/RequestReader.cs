using System.CommandLine;
using ImaNanoBanana.Cli.Running;
using ImaNanoBanana.Samples;

namespace ImaNanoBanana.Cli.CommandLine;

/// <summary>Converts the options of a command line into a request. Unknown values are left for the SDK to reject.</summary>
internal sealed class RequestReader(CliOptions options, Session session)
{
    public ImageRequest Read(IReadOnlyList<string>? words, IReadOnlyList<string>? images, ImageTaskType? type = null)
    {
        var parsed = session.Parsed;
        var request = new ImageRequest(words is { Count: > 0 } ? string.Join(' ', words) : parsed.GetValue(options.Prompt) ?? "")
        {
            ModelVersion = parsed.GetValue(options.Version),
            Count = parsed.GetValue(options.Count),
            MaxCredits = parsed.GetValue(options.MaxCredits),
            AllowSmallerSize = parsed.GetValue(options.AllowSmaller),
            IdempotencyKey = parsed.GetValue(options.IdempotencyKey),
            Images = [.. (images ?? []).Select(Image)],
            TaskType = type,
            Language = session.Say.Language,
        };
        if (parsed.GetValue(options.Parameters) is { } parameters)
        {
            request = request with { Parameters = ImageParameters.Parse(parameters) };
        }

        return RequestWords.Apply(request, parsed.GetValue(options.Model), parsed.GetValue(options.Size), parsed.GetValue(options.Ratio));
    }

    public ImageInput Image(string image) => image.Contains("://", StringComparison.Ordinal)
        ? ImageInput.FromUrl(image)
        : ImageInput.FromFile(session.Host.FullPath(image));
}
