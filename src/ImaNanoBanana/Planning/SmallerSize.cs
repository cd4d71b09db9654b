using ImaNanoBanana.Catalog;

namespace ImaNanoBanana.Planning;

/// <summary>
/// Finds the next smaller size, which may replace a size that the service could not handle. Pure.
/// </summary>
internal static class SmallerSize
{
    /// <summary>The sizes, from the largest to the smallest.</summary>
    private static readonly string[] Ladder = ["4K", "2K", "1K", "512px"];

    /// <returns>The plan with the next smaller size that is listed, is not below the default, can be planned and is not more
    /// expensive; null if there is none.</returns>
    public static ImagePlan? FindPlan(ImagePlan plan)
    {
        var current = Rung(plan.Size?.Value);
        if (current < 0)
        {
            return null;
        }

        var field = plan.Version.Fields.FirstOrDefault(candidate => CatalogValue.AreEqual(candidate.Name, ParameterNames.Size));
        var lowest = Rung(CatalogValue.Text(field?.Default ?? UiDefault(plan.Version))) is >= 0 and var rung ? rung : int.MaxValue;
        var listed = Listed(plan.Version, field);
        return Enumerable.Range(0, Ladder.Length)
            .Where(next => next > current && next <= lowest && listed.Contains(next))
            .Select(next => Planned(plan, Ladder[next]))
            .FirstOrDefault(smaller => smaller is not null && smaller.Credits <= plan.Credits);
    }

    private static HashSet<int> Listed(ProductVersion version, FormField? field)
    {
        var options = field?.OptionTexts() ?? [];
        return [.. (options.Count > 0 ? options : SizesOfRules(version)).Select(Rung)];
    }

    private static IEnumerable<string?> SizesOfRules(ProductVersion version) =>
        from rule in version.Rules
        from condition in rule.Conditions
        where CatalogValue.AreEqual(condition.Key, ParameterNames.Size)
        select CatalogValue.Text(condition.Value);

    private static System.Text.Json.JsonElement? UiDefault(ProductVersion version) => version.Fields
        .SelectMany(field => field.UiParameters)
        .FirstOrDefault(parameter => CatalogValue.AreEqual(parameter.Name, ParameterNames.Size))?.Default;

    private static int Rung(string? size) => Array.FindIndex(Ladder, rung => CatalogValue.AreEqual(rung, size));

    private static ImagePlan? Planned(ImagePlan plan, string size)
    {
        var request = plan.Request with
        {
            Size = new ImageSize(size),
            Parameters = plan.Request.Parameters
                .Where(parameter => !CatalogValue.AreEqual(parameter.Key.Trim(), ParameterNames.Size))
                .ToDictionary(parameter => parameter.Key, parameter => parameter.Value),
        };
        try
        {
            var smaller = ImagePlanner.Plan([plan.Version], request, plan.Inputs, ModelScope.Any);
            var change = new ImageAdjustment(
                ImageAdjustmentKind.SizeReduced, ParameterNames.Size, plan.Size!.Value.Value, smaller.Size?.Value ?? size);

            // A price may depend on more than the size. The other changes are reported too.
            var others = PlanChanges.ParameterChanges(plan, smaller).Where(
                other => !CatalogValue.AreEqual(other.Parameter, ParameterNames.Size));
            return smaller with { Adjustments = [.. plan.Adjustments, change, .. others] };
        }
        catch (ImaException)
        {
            return null;
        }
    }
}
