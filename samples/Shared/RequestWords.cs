namespace ImaNanoBanana.Samples;

/// <summary>
/// Applies model, size and aspect ratio to a request, given in natural words or in the spelling of the service. Unknown values are
/// left for the SDK to reject, with the list of available values. Pure.
/// </summary>
internal static class RequestWords
{
    /// <param name="request">The request. A null value leaves it unchanged.</param>
    /// <param name="model">Words such as <c>Pro</c> or <c>best 4K landscape</c>, or a model id.</param>
    /// <param name="size">The size.</param>
    /// <param name="ratio">The aspect ratio.</param>
    public static ImageRequest Apply(ImageRequest request, string? model, string? size, string? ratio)
    {
        if (!string.IsNullOrWhiteSpace(model))
        {
            // A model id has no spaces. A text with spaces is treated as words, and the error lists the known words.
            var isId = !ImageChoice.TryParse(model, out var choice) && !model.Contains(' ', StringComparison.Ordinal);
            request = isId ? request with { Model = new ImageModel(model) } : (choice ?? ImageChoice.Parse(model)).ApplyTo(request);
        }

        return request with
        {
            Size = size is null ? request.Size : Size(size),
            AspectRatio = ratio is null ? request.AspectRatio : Ratio(ratio),
        };
    }

    private static ImageSize Size(string text) =>
        ImageChoice.TryParse(text, out var choice) && choice is { Size: { } size, Model: null, AspectRatio: null }
            ? size
            : new ImageSize(text);

    private static AspectRatio Ratio(string text) =>
        ImageChoice.TryParse(text, out var choice) && choice is { AspectRatio: { } ratio, Model: null, Size: null }
            ? ratio
            : new AspectRatio(text);
}
