using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.AI;
using Names = ImaNanoBanana.ImaImageGenerationProperties;

namespace ImaNanoBanana;

/// <summary>
/// Converts a request and options of the abstraction into an <see cref="ImageRequest"/>. A setting that is given twice with different
/// values is rejected, because the intended value is unclear.
/// </summary>
[Experimental("MEAI001")]
internal static class RequestReading
{
    /// <exception cref="ArgumentException">A value is missing, given twice or of the wrong type.</exception>
    /// <exception cref="NotSupportedException">A source image is of a kind that cannot be used.</exception>
    public static ImageRequest CreateRequest(
        ImageGenerationRequest request, IReadOnlyList<AIContent?> images, ImageGenerationOptions? options, IImageGenerator generator)
    {
        var prompt = request.Prompt
            ?? throw new ArgumentNullException(nameof(request), "The request has no prompt. Nothing was submitted.");
        var inputs = images.Select(Input).ToList();
        var settings = new AdditionalSettings(options?.AdditionalProperties);
        var raw = Raw(prompt, options, generator);
        return raw with
        {
            Prompt = prompt,
            Images = [.. inputs, .. raw.Images],
            Model = Once(raw.Model, options?.ModelId is { } id ? new ImageModel(id) : null, nameof(ImageGenerationOptions.ModelId)),
            Count = Once(raw.Count, options?.Count, nameof(ImageGenerationOptions.Count)),
            AspectRatio = Once(raw.AspectRatio, settings.AspectRatio, Names.AspectRatio),
            Size = Once(raw.Size, settings.Size, Names.Size),
            IdempotencyKey = Once(raw.IdempotencyKey, settings.IdempotencyKey, Names.IdempotencyKey),
            MaxCredits = Once(raw.MaxCredits, settings.MaxCredits, Names.MaxCredits),
            Budget = Once(raw.Budget, settings.Budget, Names.Budget),
            AllowSmallerSize = Once<bool?>(raw.AllowSmallerSize ? true : null, settings.AllowSmallerSize, Names.AllowSmallerSize) ?? false,
            ModelVersion = Once(raw.ModelVersion, settings.ModelVersion, Names.ModelVersion),
            TaskType = Once(raw.TaskType, settings.TaskType, Names.TaskType),
            Language = Once(raw.Language, settings.Language, Names.Language),
            Parameters = Once(raw.Parameters is { Count: > 0 } ? raw.Parameters : null, settings.Parameters, Names.Parameters)
                ?? raw.Parameters,
        };
    }

    /// <summary>Returns the value that is given, or null if there is none.</summary>
    /// <exception cref="ArgumentException">Two different values are given.</exception>
    public static T Once<T>(T first, T second, string name)
    {
        if (first is null)
        {
            return second;
        }

        if (second is null || EqualityComparer<T>.Default.Equals(first, second))
        {
            return first;
        }

        throw new ArgumentException($"'{name}' was given twice, with different values. Give it once. Nothing was submitted.");
    }

    public static ImageInput Input(AIContent? content) => content switch
    {
        DataContent data => ImageInput.FromBytes(data.Data.Span),
        UriContent address => ImageInput.FromUrl(address.Uri),
        null => throw Unusable("null"),
        _ => throw Unusable(content.GetType().Name),
    };

    private static NotSupportedException Unusable(string kind) =>
        new($"An original image is {kind}. Use DataContent for bytes or UriContent for an https URL. Nothing was submitted.");

    private static ImageRequest Raw(string prompt, ImageGenerationOptions? options, IImageGenerator generator) =>
        options?.RawRepresentationFactory?.Invoke(generator) switch
        {
            null => new ImageRequest(prompt),
            ImageRequest raw when string.IsNullOrEmpty(raw.Prompt) || raw.Prompt == prompt => raw,
            ImageRequest => throw new ArgumentException(
                "RawRepresentationFactory returned an ImageRequest whose prompt differs from the request's prompt. Leave its prompt empty. "
                    + "Nothing was submitted."),
            var other => throw new ArgumentException(
                $"RawRepresentationFactory returned a {other.GetType().Name}. It must return an ImageRequest. Nothing was submitted."),
        };
}
