namespace ImaNanoBanana.Studio.Api;

/// <summary>What the page offers.</summary>
/// <param name="Simulated">Whether a simulator replaces the service.</param>
/// <param name="Models">The models that the service offers now, one for each kind of task.</param>
/// <param name="Limits">What the studio accepts.</param>
internal sealed record SettingsDocument(bool Simulated, IReadOnlyList<ModelDocument> Models, LimitsDocument Limits);

/// <summary>What the studio accepts.</summary>
internal sealed record LimitsDocument(int MaxReferences, int MaxUploadBytes, int MaxPromptLength);

/// <summary>One model for one kind of task.</summary>
internal sealed record ModelDocument(string Id, string Name, string TaskType)
{
    public IReadOnlyList<string> Sizes { get; init; } = [];

    public IReadOnlyList<string> AspectRatios { get; init; } = [];

    /// <summary>The most images of one request.</summary>
    public int MaxImages { get; init; }

    public static ModelDocument Create(ImageModelInfo model, int maxImages) =>
        new(model.Model.Id, model.Name, model.TaskType == ImageTaskType.ImageToImage ? "imageToImage" : "textToImage")
        {
            Sizes = [.. model.Sizes.Select(size => size.Value)],
            AspectRatios = [.. model.AspectRatios.Select(ratio => ratio.Value)],
            MaxImages = maxImages,
        };
}
