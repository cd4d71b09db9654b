using System.Text.Json;
using ImaNanoBanana.Json;

namespace ImaNanoBanana.Results;

/// <summary>Represents the stored form of an <see cref="ImageAdjustment"/>.</summary>
internal sealed record AdjustmentHandle(string Kind, string Parameter, string From, string To)
{
    private static readonly (ImageAdjustmentKind Kind, string Word)[] Words =
    [
        (ImageAdjustmentKind.Size8KTo4K, "size_8k_to_4k"),
        (ImageAdjustmentKind.SizeReduced, "size_reduced"),
        (ImageAdjustmentKind.PriceLowered, "price_lowered"),
        (ImageAdjustmentKind.PriceRaised, "price_raised"),
        (ImageAdjustmentKind.ParameterRefreshed, "parameter_refreshed"),
    ];

    public static AdjustmentHandle FromAdjustment(ImageAdjustment adjustment) => new(
        Array.Find(Words, entry => entry.Kind == adjustment.Kind).Word
            ?? throw new ArgumentOutOfRangeException(nameof(adjustment), adjustment.Kind, "The kind of the adjustment has no stored name."),
        adjustment.Parameter,
        adjustment.From,
        adjustment.To);

    /// <summary>Reads stored adjustments. Skips adjustments of kinds that this version does not know.</summary>
    public static IReadOnlyList<ImageAdjustment> Read(JsonElement? adjustments) =>
        [.. JsonReading.Items(adjustments).Select(Adjustment).OfType<ImageAdjustment>()];

    private static ImageAdjustment? Adjustment(JsonElement entry)
    {
        var word = Text(entry, "kind");
        var known = Array.FindIndex(Words, candidate => candidate.Word == word);
        return known < 0 ? null : new ImageAdjustment(Words[known].Kind, Text(entry, "parameter"), Text(entry, "from"), Text(entry, "to"));
    }

    private static string Text(JsonElement entry, string name) => JsonReading.Text(JsonReading.Member(entry, name)) ?? "";
}
