using System.Text.Json;
using ImaNanoBanana.Json;

namespace ImaNanoBanana.Catalog;

/// <summary>Represents a price and the conditions for which it applies.</summary>
/// <param name="AttributeId">The attribute id, as the product list writes it.</param>
/// <param name="Points">The credits per image, as the product list writes them.</param>
/// <param name="Conditions">The parameters for which the price applies, by trimmed names, without the marker
/// <c>default=enabled</c>.</param>
internal sealed record CreditRule(
    JsonElement? AttributeId, JsonElement? Points, IReadOnlyList<KeyValuePair<string, JsonElement>> Conditions)
{
    /// <summary>No price is this high. A larger number is damaged, and calculating with it would overflow.</summary>
    private const decimal HighestPrice = 1_000_000_000;

    /// <summary>The credits per image; null if they cannot be read or are not a price.</summary>
    public decimal? CreditsPerImage => JsonReading.Number(Points) is >= 0 and <= HighestPrice and { } points ? points : null;

    /// <summary>The comparable texts of the conditions' values, read once: a list is planned from many times.</summary>
    private string?[] Texts => field ??= [.. Conditions.Select(static condition => CatalogValue.Text(condition.Value))];

    /// <summary>Whether the rule can be submitted: it needs an attribute id above 0 and a price.</summary>
    public bool CanBeSubmitted => JsonReading.Number(AttributeId) > 0 && CreditsPerImage is not null;

    /// <param name="valueOf">Returns the value of a parameter as comparable text; null if it is not set.</param>
    /// <param name="mayBeFilled">Whether a parameter with a different value counts as one with this value; null for none.</param>
    /// <returns>Whether all conditions are met.</returns>
    public bool Fits(Func<string, string?> valueOf, Func<string, bool>? mayBeFilled = null)
    {
        // By index: each submission checks every rule of a list, and enumerating an interface allocates an object.
        for (var i = 0; i < Conditions.Count; i++)
        {
            var name = Conditions[i].Key;
            var holds = CatalogValue.AreEqual(Texts[i], valueOf(name));
            if (!holds && mayBeFilled?.Invoke(name) != true)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Describes the conditions in words.</summary>
    public string Describe() =>
        Conditions.Count == 0
            ? "any"
            : string.Join(" ", Conditions.Select(condition => $"{condition.Key}={CatalogValue.Text(condition.Value)}"));
}
