using System.Text.Json;
using ImaNanoBanana.Json;

namespace ImaNanoBanana.Catalog;

/// <summary>A price and what it holds for.</summary>
/// <param name="AttributeId">As the catalog writes it.</param>
/// <param name="Points">Credits per image, as the catalog writes them.</param>
/// <param name="Conditions">The parameters it holds for, by trimmed names, without the marker <c>default=enabled</c>.</param>
internal sealed record CreditRule(
    JsonElement? AttributeId, JsonElement? Points, IReadOnlyList<KeyValuePair<string, JsonElement>> Conditions)
{
    /// <summary>No price is as high; a larger figure is damage, and reckoning with it would overflow.</summary>
    private const decimal HighestPrice = 1_000_000_000;

    /// <summary>Credits per image; null when they cannot be read or are no price.</summary>
    public decimal? CreditsPerImage => JsonReading.Number(Points) is >= 0 and <= HighestPrice and { } points ? points : null;

    /// <summary>Whether it can be ordered: an attribute id above 0 and a price (careful client, section 1, rule 9).</summary>
    public bool CanBeSubmitted => JsonReading.Number(AttributeId) > 0 && CreditsPerImage is not null;

    /// <param name="valueOf">The value of a parameter as comparable text; null when nobody set it.</param>
    /// <param name="mayBeFilled">Whether a parameter of another value counts as one that has this one; null for none.</param>
    /// <returns>Whether all of its conditions hold.</returns>
    public bool Fits(Func<string, string?> valueOf, Func<string, bool>? mayBeFilled = null)
    {
        // By index: each order asks every rule of a list, and an enumerator of an interface is an object.
        for (var i = 0; i < Conditions.Count; i++)
        {
            var (name, value) = Conditions[i];
            var holds = CatalogValue.AreEqual(CatalogValue.Text(value), valueOf(name));
            if (!holds && mayBeFilled?.Invoke(name) != true)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>What it holds for, in words.</summary>
    public string Describe() =>
        Conditions.Count == 0
            ? "any"
            : string.Join(" ", Conditions.Select(condition => $"{condition.Key}={CatalogValue.Text(condition.Value)}"));
}
