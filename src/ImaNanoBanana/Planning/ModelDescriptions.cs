using System.Text.Json;
using ImaNanoBanana.Catalog;
using ImaNanoBanana.Json;
using ImaNanoBanana.Masking;

namespace ImaNanoBanana.Planning;

/// <summary>Creates the public descriptions of the models in the product list. Pure.</summary>
internal static class ModelDescriptions
{
    public static IReadOnlyList<ImageModelInfo> Create(IReadOnlyList<ProductVersion> versions, ImageTaskType taskType) =>
        [.. versions.Select(version => Create(version, taskType, versions.Last(other => other.Model == version.Model) == version))];

    private static ImageModelInfo Create(ProductVersion version, ImageTaskType taskType, bool isCurrent) => new()
    {
        Model = version.Model,
        Version = version.Id,
        IsCurrent = isCurrent,
        Name = version.Name,
        TaskType = taskType,
        Sizes = [.. Offered(version, ParameterNames.Size).Select(size => new ImageSize(size))],
        AspectRatios = [.. Offered(version, ParameterNames.AspectRatio).Select(ratio => new AspectRatio(ratio))],
        Prices = [.. version.Rules.Where(rule => rule.CanBeSubmitted).Select(Price)],
        MinExpectedDuration = version.Expected?.AtLeast,
        MaxExpectedDuration = version.Expected?.AtMost,
        MinImages = taskType == ImageTaskType.ImageToImage ? Math.Max(1, version.MinImages ?? 1) : 0,
        MaxImages = taskType == ImageTaskType.ImageToImage ? version.MaxImages : 0,
    };

    /// <summary>The options of the field or, if it has none, the values for which the rules have prices.</summary>
    private static IEnumerable<string> Offered(ProductVersion version, string name)
    {
        var options = version.Fields.Where(
            field => CatalogValue.AreEqual(field.Name, name)).SelectMany(field => field.OptionTexts()).ToList();
        var offered = options.Count > 0
            ? options
            : version.Rules.SelectMany(rule => rule.Conditions).Where(condition => CatalogValue.AreEqual(condition.Key, name))
                .Select(condition => CatalogValue.Text(condition.Value)).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase);
        return offered.Select(text => UntrustedText.Clean(text));
    }

    private static ImagePrice Price(CreditRule rule) => new(rule.CreditsPerImage!.Value, Conditions(rule.Conditions))
    {
        AttributeId = UntrustedText.Clean(JsonReading.Text(rule.AttributeId)!),
    };

    private static Dictionary<string, string> Conditions(IReadOnlyList<KeyValuePair<string, JsonElement>> conditions)
    {
        var texts = new Dictionary<string, string>();
        foreach (var (name, value) in conditions)
        {
            texts[UntrustedText.Clean(name)] = UntrustedText.Clean(CatalogValue.Text(value) ?? "");
        }

        return texts;
    }
}
