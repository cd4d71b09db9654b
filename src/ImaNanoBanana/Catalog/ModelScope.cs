namespace ImaNanoBanana.Catalog;

/// <summary>
/// The models that a client may submit: the two that the SDK knows, and those that the app added. All others of the product list are
/// skipped. Immutable.
/// </summary>
internal sealed class ModelScope
{
    private static readonly ImageModel[] Known = [ImageModel.NanoBanana2, ImageModel.NanoBananaPro];

    private readonly bool _isOpen;

    private ModelScope(IEnumerable<ImageModel> additional, bool isOpen = false)
    {
        Models = [.. Known.Concat(additional).Distinct()];
        _isOpen = isOpen;
    }

    /// <summary>The models that the SDK knows.</summary>
    public static ModelScope BuiltIn { get; } = new([]);

    /// <summary>Any model: for a request whose client is not known yet, or whose version was already chosen.</summary>
    public static ModelScope Any { get; } = new([], isOpen: true);

    public IReadOnlyList<ImageModel> Models { get; }

    /// <summary>The models that the app added.</summary>
    public IEnumerable<ImageModel> Additional => Models.Skip(Known.Length);

    /// <param name="ids">The ids of <see cref="ImaNanoBananaOptions.AdditionalModels"/>.</param>
    public static ModelScope Create(IEnumerable<string> ids)
    {
        var scope = new ModelScope(ids.Select(static id => new ImageModel(id)));
        return scope.Models.Count == Known.Length ? BuiltIn : scope;
    }

    public bool Contains(ImageModel model) => _isOpen || Models.Contains(model);

    /// <summary>Whether the SDK knows the model.</summary>
    public static bool IsKnown(ImageModel model) => Known.Contains(model);
}
