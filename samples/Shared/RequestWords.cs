namespace ImaNanoBanana.Samples;

/// <summary>
/// Model, size and ratio in people's words, or as the service spells them. What they do not settle is for the SDK to refuse,
/// with the list of what is offered. Pure.
/// </summary>
internal static class RequestWords
{
    /// <param name="request">The request; what is null stays as it is.</param>
    /// <param name="model">Words such as <c>Pro</c> or <c>best 4K landscape</c>, or an id.</param>
    /// <param name="size">The size.</param>
    /// <param name="ratio">The ratio.</param>
    public static ImageRequest Apply(ImageRequest request, string? model, string? size, string? ratio)
    {
        if (!string.IsNullOrWhiteSpace(model))
        {
            // An id has no spaces: what has some is words, and the error lists those that are known.
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
