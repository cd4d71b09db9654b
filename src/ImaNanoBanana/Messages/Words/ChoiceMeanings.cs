namespace ImaNanoBanana.Messages.Words;

/// <summary>Collects the different values that several choices name. Immutable.</summary>
internal sealed class ChoiceMeanings
{
    /// <summary>Two values contradict each other as much as a thousand, and more would take too long to compare.</summary>
    private const int MostValues = 20;

    private readonly List<ImageModel> _models = [];
    private readonly List<ImageSize> _sizes = [];
    private readonly List<AspectRatio> _ratios = [];

    public ChoiceMeanings(IEnumerable<ImageChoice> choices)
    {
        foreach (var choice in choices)
        {
            Add(_models, choice.Model);
            Add(_sizes, choice.Size);
            Add(_ratios, choice.AspectRatio);
        }
    }

    public IReadOnlyCollection<ImageModel> Models => _models;

    public IReadOnlyCollection<ImageSize> Sizes => _sizes;

    public IReadOnlyCollection<AspectRatio> AspectRatios => _ratios;

    /// <summary>The first value of each kind.</summary>
    public ImageChoice Choice => new()
    {
        Model = _models.Count > 0 ? _models[0] : null,
        Size = _sizes.Count > 0 ? _sizes[0] : null,
        AspectRatio = _ratios.Count > 0 ? _ratios[0] : null,
    };

    /// <summary>Whether a choice names a property for which there is more than one value.</summary>
    public bool Contradict(ImageChoice choice) =>
        (choice.Model is not null && _models.Count > 1)
        || (choice.Size is not null && _sizes.Count > 1)
        || (choice.AspectRatio is not null && _ratios.Count > 1);

    private static void Add<T>(List<T> values, T? value)
        where T : struct
    {
        if (value is { } given && values.Count < MostValues && !values.Contains(given))
        {
            values.Add(given);
        }
    }
}
