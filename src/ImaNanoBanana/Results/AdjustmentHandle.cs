using System.Text.Json;
using ImaNanoBanana.Json;

namespace ImaNanoBanana.Results;

/// <summary>Represents the stored form of an <see cref="ImageAdjustment"/>.</summary>
internal sealed record AdjustmentHandle(string Kind, string Parameter, string From, string To)
{
    private static readonly EnumWords<ImageAdjustmentKind> Words = new(
        (ImageAdjustmentKind.Size8KTo4K, "size_8k_to_4k"),
        (ImageAdjustmentKind.SizeReduced, "size_reduced"),
        (ImageAdjustmentKind.PriceLowered, "price_lowered"),
        (ImageAdjustmentKind.PriceRaised, "price_raised"),
        (ImageAdjustmentKind.ParameterRefreshed, "parameter_refreshed"));

    public static AdjustmentHandle FromAdjustment(ImageAdjustment adjustment) =>
        new(Words.Write(adjustment.Kind), adjustment.Parameter, adjustment.From, adjustment.To);

    /// <returns>The list to write; null if it is empty.</returns>
    public static IReadOnlyList<AdjustmentHandle>? FromAdjustments(IReadOnlyList<ImageAdjustment> adjustments) =>
        adjustments is { Count: > 0 } ? [.. adjustments.Select(FromAdjustment)] : null;

    /// <summary>Reads stored adjustments. Skips adjustments of kinds that this version does not know.</summary>
    public static IReadOnlyList<ImageAdjustment> Read(JsonElement? adjustments) =>
        [.. JsonReading.Items(adjustments).Select(Adjustment).OfType<ImageAdjustment>()];

    /// <inheritdoc cref="Read(JsonElement?)"/>
    /// <exception cref="JsonException">An adjustment is null or incomplete.</exception>
    public static IReadOnlyList<ImageAdjustment> Read(IReadOnlyList<AdjustmentHandle?>? adjustments) =>
    [
        .. JsonLists.Read(adjustments).Select(handle => handle.Kind is not null && Words.Read(handle.Kind) is null
            ? null
            : handle.ToAdjustment()).OfType<ImageAdjustment>(),
    ];

    /// <summary>Reads one adjustment, which cannot be skipped. The most general kind takes the place of an unknown one.</summary>
    /// <exception cref="JsonException">The adjustment is incomplete.</exception>
    public ImageAdjustment ToAdjustment() => Kind is null || Parameter is null || From is null || To is null
        ? throw new JsonException("An adjustment has a kind, a parameter, a from and a to.")
        : new ImageAdjustment(Words.Read(Kind) ?? ImageAdjustmentKind.ParameterRefreshed, Parameter, From, To);

    private static ImageAdjustment? Adjustment(JsonElement entry) => Words.Read(Text(entry, "kind")) is { } kind
        ? new ImageAdjustment(kind, Text(entry, "parameter"), Text(entry, "from"), Text(entry, "to"))
        : null;

    private static string Text(JsonElement entry, string name) => JsonReading.Text(JsonReading.Member(entry, name)) ?? "";
}
