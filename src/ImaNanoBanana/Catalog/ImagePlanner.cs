using System.Text.Json;
using ImaNanoBanana.Json;

namespace ImaNanoBanana.Catalog;

/// <summary>Turns a request and the product list into an order, or refuses (careful client, section 1). Pure: sends nothing.</summary>
internal static class ImagePlanner
{
    /// <summary>What can be refused without the product list.</summary>
    /// <exception cref="ImaException">The request cannot be ordered (<see cref="ImaErrorKind.InvalidRequest"/>).</exception>
    public static void Check(ImageRequest request)
    {
        if (string.IsNullOrWhiteSpace(request.Prompt))
        {
            throw Refusal("prompt", "The prompt is empty. Say in words what the image shows.");
        }
    }

    /// <exception cref="ImaException">The request cannot be ordered (<see cref="ImaErrorKind.InvalidRequest"/>).</exception>
    public static ImagePlan Plan(IReadOnlyList<ProductVersion> versions, ImageRequest request)
    {
        Check(request);
        var model = ImageModel.NanoBanana2;
        var version = versions.LastOrDefault(candidate => candidate.Model == model)
            ?? throw Refusal("model", $"The product list does not offer the model '{model}' now.");
        if (version.Fields.FirstOrDefault(field => field.IsVirtual) is { } derived)
        {
            throw Refusal(derived.Name, $"The product list derives '{derived.Name}' of {version.Name} from other parameters, which this version of the SDK cannot order.");
        }

        var values = Defaults(version);
        var rule = Price(version, values);
        foreach (var (name, value) in rule.Conditions)
        {
            values[name] = value;
        }

        var count = values.Remove("n", out var n) ? Count(n) : 1;
        return new ImagePlan
        {
            TaskType = ImageTaskType.TextToImage,
            Prompt = request.Prompt,
            Version = version,
            Rule = rule,
            CreditsPerImage = JsonReading.Number(rule.Points)!.Value,
            Count = count,
            Parameters = values,
            Size = Word(values, "size") is { } size ? new ImageSize(size) : null,
            AspectRatio = Word(values, "aspect_ratio") is { } ratio ? new AspectRatio(ratio) : null,
        };
    }

    private static Dictionary<string, JsonElement> Defaults(ProductVersion version)
    {
        var values = new Dictionary<string, JsonElement>(StringComparer.OrdinalIgnoreCase);
        foreach (var field in version.Fields)
        {
            if (field.Default is { } fallback)
            {
                values[field.Name] = fallback;
            }
        }

        return values;
    }

    /// <summary>Of the rules that fit, the one with the most conditions, the first of equals; never just the first price.</summary>
    private static CreditRule Price(ProductVersion version, Dictionary<string, JsonElement> values)
    {
        var rule = version.Rules
            .Where(candidate => candidate.Conditions.All(condition => Fits(condition, values)))
            .MaxBy(candidate => candidate.Conditions.Count)
            ?? throw Refusal("price", $"{version.Name} has no price for its default parameters.");
        return rule.IsSellable
            ? rule
            : throw Refusal("price", $"{version.Name} cannot be bought now: its price has no attribute id or no points.");
    }

    private static bool Fits(KeyValuePair<string, JsonElement> condition, Dictionary<string, JsonElement> values) =>
        values.TryGetValue(condition.Key, out var value)
            ? CatalogValue.AreEqual(condition.Value, value)
            : CatalogValue.AreEqual(condition.Key, "n") && CatalogValue.Text(condition.Value) == "1";

    private static int Count(JsonElement n) => JsonReading.Integer(n) is >= 1 and { } count
        ? count
        : throw Refusal("n", $"The number of images must be a whole number of 1 or more, not {n.GetRawText()}.");

    private static string? Word(Dictionary<string, JsonElement> values, string name) =>
        values.TryGetValue(name, out var value) && CatalogValue.Text(value) is { Length: > 0 } word ? word : null;

    private static ImaException Refusal(string parameter, string message) =>
        new(ImaErrorKind.InvalidRequest, message + " Nothing was ordered.") { Parameter = parameter };
}
