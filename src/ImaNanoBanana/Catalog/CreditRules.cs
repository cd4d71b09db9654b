using System.Text.Json;
using ImaNanoBanana.Json;

namespace ImaNanoBanana.Catalog;

/// <summary>Reads a leaf's <c>credit_rules</c> and chooses the one that is paid (careful client, section 1, rule 8). Pure.</summary>
internal static class CreditRules
{
    public static IReadOnlyList<CreditRule> Read(JsonElement? creditRules) =>
        [.. JsonReading.Items(creditRules).Select(Rule).OfType<CreditRule>()];

    /// <summary>
    /// Of the rules that fit, the one with the most conditions, the first of equals. When none fits: the only one that
    /// fits once conditions on parameters that nobody set are filled in. Else null; never just the first price.
    /// </summary>
    /// <param name="rules">The rules.</param>
    /// <param name="valueOf">The effective value of a parameter as comparable text; null when nobody set it.</param>
    /// <param name="mayBeFilled">Whether a parameter is one that nobody could have set: no field, no user value.</param>
    /// <param name="cancellationToken">Ends the search in a list that is very long.</param>
    public static CreditRule? Choose(
        IReadOnlyList<CreditRule> rules,
        Func<string, string?> valueOf,
        Func<string, bool> mayBeFilled,
        CancellationToken cancellationToken = default)
    {
        CreditRule? best = null;
        foreach (var rule in rules)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var isMoreSpecific = best is null || rule.Conditions.Count > best.Conditions.Count;
            if (isMoreSpecific && rule.Fits(valueOf))
            {
                best = rule;
            }
        }

        return best ?? OnlyFillable(rules, valueOf, mayBeFilled);
    }

    private static CreditRule? OnlyFillable(
        IReadOnlyList<CreditRule> rules, Func<string, string?> valueOf, Func<string, bool> mayBeFilled)
    {
        CreditRule? only = null;
        foreach (var rule in rules)
        {
            if (!rule.Fits(valueOf, mayBeFilled))
            {
                continue;
            }

            if (only is not null)
            {
                return null;
            }

            only = rule;
        }

        return only;
    }

    /// <summary>The spelling of a parameter's name in the rules; null when no rule prices by it.</summary>
    public static string? NameIn(IReadOnlyList<CreditRule> rules, string name) =>
        rules.SelectMany(rule => rule.Conditions).Select(condition => condition.Key).FirstOrDefault(
            key => CatalogValue.AreEqual(key, name));

    /// <summary>A rule whose conditions cannot be read holds for nobody knows what, and is passed over.</summary>
    private static CreditRule? Rule(JsonElement entry) => JsonReading.Member(entry, "attributes") switch
    {
        _ when entry.ValueKind != JsonValueKind.Object => null,
        null or { ValueKind: JsonValueKind.Null } => Create(entry, []),
        { ValueKind: JsonValueKind.Object } attributes when FormConfiguration.Pairs(attributes) is { } pairs =>
            Create(entry, [.. pairs.Where(pair => !IsMarker(pair))]),
        _ => null,
    };

    private static CreditRule Create(JsonElement entry, IReadOnlyList<KeyValuePair<string, JsonElement>> conditions) =>
        new(JsonReading.Member(entry, "attribute_id"), JsonReading.Member(entry, "points"), conditions);

    private static bool IsMarker(KeyValuePair<string, JsonElement> attribute) =>
        CatalogValue.AreEqual(attribute.Key, "default") && CatalogValue.AreEqual(CatalogValue.Text(attribute.Value), "enabled");
}
