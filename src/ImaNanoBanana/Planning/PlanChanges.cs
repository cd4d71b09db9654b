using System.Globalization;
using System.Text.Json;
using ImaNanoBanana.Catalog;

namespace ImaNanoBanana.Planning;

/// <summary>Finds the differences between a plan and a new plan of the same request from a newer product list. Pure.</summary>
internal static class PlanChanges
{
    /// <returns>All differences that affect the service or the account; empty if the plan and the price are the same.</returns>
    public static IReadOnlyList<ImageAdjustment> Between(ImagePlan before, ImagePlan after)
    {
        var changes = new List<ImageAdjustment>();
        if (after.CreditsPerImage != before.CreditsPerImage)
        {
            changes.Add(new ImageAdjustment(
                after.CreditsPerImage < before.CreditsPerImage ? ImageAdjustmentKind.PriceLowered : ImageAdjustmentKind.PriceRaised,
                "credit",
                before.CreditsPerImage.ToString(CultureInfo.InvariantCulture),
                after.CreditsPerImage.ToString(CultureInfo.InvariantCulture)));
        }

        return
        [
            .. changes,
            .. Refreshed("model_version", before.Version.Id, after.Version.Id),
            .. Refreshed("attribute_id", CatalogValue.Text(before.Rule.AttributeId), CatalogValue.Text(after.Rule.AttributeId)),
            .. ParameterChanges(before, after),
        ];
    }

    /// <returns>The differences in what is requested from the model, without the price.</returns>
    public static IEnumerable<ImageAdjustment> ParameterChanges(ImagePlan before, ImagePlan after) =>
    [
        .. Refreshed(
            ParameterNames.Count, before.Count.ToString(CultureInfo.InvariantCulture), after.Count.ToString(CultureInfo.InvariantCulture)),
        .. before.Parameters.Keys.Union(after.Parameters.Keys, StringComparer.OrdinalIgnoreCase)
            .SelectMany(name => Refreshed(name, Value(before, name), Value(after, name))),
    ];

    private static IEnumerable<ImageAdjustment> Refreshed(string parameter, string? from, string? to) =>
        from == to ? [] : [new ImageAdjustment(ImageAdjustmentKind.ParameterRefreshed, parameter, from ?? "", to ?? "")];

    private static string? Value(ImagePlan plan, string name)
    {
        foreach (var (parameter, value) in plan.Parameters)
        {
            if (CatalogValue.AreEqual(parameter, name))
            {
                return CatalogValue.Text(value);
            }
        }

        return null;
    }
}
