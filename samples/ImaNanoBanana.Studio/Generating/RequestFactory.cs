using ImaNanoBanana.Studio.Api;
using ImaNanoBanana.Studio.Credits;
using ImaNanoBanana.Studio.Security;
using ImaNanoBanana.Studio.Storage;

namespace ImaNanoBanana.Studio.Generating;

/// <summary>Creates the SDK's request from what a visitor asked for. The same order always gives the same request.</summary>
internal sealed class RequestFactory(FileTable files, VisitorBudgets budgets, StudioSettings settings)
{
    /// <exception cref="ImaException">The prompt is too long, or the visitor has no such file.</exception>
    public async Task<ImageRequest> CreateAsync(Visitor visitor, Order order, CancellationToken cancellationToken)
    {
        if (order.Prompt?.Length > settings.MaxPromptLength)
        {
            throw Refuse($"The prompt has more than {settings.MaxPromptLength} characters.", ImaInvalidRequestReason.Prompt);
        }

        return new ImageRequest(order.Prompt ?? "")
        {
            Model = string.IsNullOrEmpty(order.Model) ? null : new ImageModel(order.Model),
            Size = string.IsNullOrEmpty(order.Size) ? null : new ImageSize(order.Size),
            AspectRatio = string.IsNullOrEmpty(order.AspectRatio) ? null : new AspectRatio(order.AspectRatio),
            Count = order.Count,
            Images = await ReadAsync(visitor, order.References, cancellationToken),
            MaxCredits = order.MaxCredits,
            Budget = budgets.For(visitor),
        };
    }

    private async Task<IReadOnlyList<ImageInput>> ReadAsync(
        Visitor visitor, IReadOnlyList<string> references, CancellationToken cancellationToken)
    {
        var images = new List<ImageInput>();
        foreach (var id in references)
        {
            var file = await files.ReadAsync(visitor.Id, id, cancellationToken)
                ?? throw Refuse($"The reference image '{id}' was not found.", ImaInvalidRequestReason.Images);
            images.Add(ImageInput.FromBytes(file.Content));
        }

        return images;
    }

    private static ImaException Refuse(string message, ImaInvalidRequestReason reason) =>
        new(ImaErrorKind.InvalidRequest, message) { InvalidRequestReason = reason };
}
