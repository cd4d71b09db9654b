namespace ImaNanoBanana.Mcp.Tools;

/// <summary>From words to a request. What the words do not settle is for the SDK to refuse, with the list of what is offered. Pure.</summary>
internal static class RequestReader
{
    public static ImageRequest WithWords(ImageRequest request, string? model, string? size, string? ratio)
    {
        if (!string.IsNullOrWhiteSpace(model))
        {
            request = ImageChoice.TryParse(model, out var choice)
                ? choice.ApplyTo(request)
                : request with { Model = model.Contains(' ', StringComparison.Ordinal) ? ImageChoice.Parse(model).Model : new ImageModel(model) };
        }

        return request with
        {
            Size = string.IsNullOrWhiteSpace(size) ? request.Size : ImageSize.TryParse(size, out var known) ? known : new ImageSize(size),
            AspectRatio = string.IsNullOrWhiteSpace(ratio) ? request.AspectRatio : AspectRatio.TryParse(ratio, out var shape) ? shape : new AspectRatio(ratio),
        };
    }
}
