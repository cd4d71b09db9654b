using System.Text.Json;
using ImaNanoBanana.Json;

namespace ImaNanoBanana.Catalog;

/// <summary>A price and what it holds for.</summary>
/// <param name="AttributeId">As the catalog writes it.</param>
/// <param name="Points">Credits per image, as the catalog writes them.</param>
/// <param name="Conditions">The parameters it holds for, without the marker <c>default=enabled</c>.</param>
internal sealed record CreditRule(
    JsonElement? AttributeId, JsonElement? Points, IReadOnlyList<KeyValuePair<string, JsonElement>> Conditions)
{
    /// <summary>Whether it can be ordered: an attribute id above 0 and a price (careful client, section 1, rule 9).</summary>
    public bool IsSellable => JsonReading.Number(AttributeId) > 0 && JsonReading.Number(Points) >= 0;
}
