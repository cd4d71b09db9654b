using System.Text.Json;
using ImaNanoBanana.Json;

namespace ImaNanoBanana;

/// <summary>The stored form of an <see cref="ImageAdjustment"/>.</summary>
internal sealed record AdjustmentHandle(string Kind, string Parameter, string From, string To)
{
    private const string Size8KTo4K = "size_8k_to_4k";

    public static AdjustmentHandle Of(ImageAdjustment adjustment) =>
        new(Word(adjustment.Kind), adjustment.Parameter, adjustment.From, adjustment.To);

    /// <summary>Adjustments of kinds that this version does not know are left out.</summary>
    public static IReadOnlyList<ImageAdjustment> Read(JsonElement? adjustments) =>
        [.. JsonReading.Items(adjustments).Select(Adjustment).OfType<ImageAdjustment>()];

    private static ImageAdjustment? Adjustment(JsonElement entry) => JsonReading.Text(JsonReading.Member(entry, "kind")) switch
    {
        Size8KTo4K => new ImageAdjustment(ImageAdjustmentKind.Size8KTo4K, Text(entry, "parameter"), Text(entry, "from"), Text(entry, "to")),
        _ => null,
    };

    private static string Word(ImageAdjustmentKind kind) => kind switch
    {
        ImageAdjustmentKind.Size8KTo4K => Size8KTo4K,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "An adjustment without a word for its handle."),
    };

    private static string Text(JsonElement entry, string name) => JsonReading.Text(JsonReading.Member(entry, name)) ?? "";
}
