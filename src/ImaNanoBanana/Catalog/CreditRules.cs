using System.Text.Json;
using ImaNanoBanana.Json;

namespace ImaNanoBanana.Catalog;

/// <summary>Reads the <c>credit_rules</c> of a leaf and chooses the rule whose price is charged. Pure.</summary>
internal static class CreditRules
{
    public static IReadOnlyList<CreditRule> Read(JsonElement? creditRules) =>
        [.. JsonReading.Items(creditRules).Select(Rule).OfType<CreditRule>()];

    /// <summary>
    /// Of the rules that fit, chooses the one with the most conditions, or the first of several with as many. If no rule fits, chooses
    /// the only rule that fits when conditions on parameters that are not set are filled in. Otherwise null; never just the first price.
    /// </summary>
    /// <param name="rules">The rules.</param>
    /// <param name="valueOf">Returns the effective value of a parameter as comparable text; null if it is not set.</param>
    /// <param name="mayBeFilled">Whether nothing sets a parameter: it has no field and no user value.</param>
    /// <param name="cancellationToken">Cancels the search in a very long list.</param>
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

    /// <summary>The spelling of a parameter's name in the rules; null if no rule has a condition on it.</summary>
    public static string? NameIn(IReadOnlyList<CreditRule> rules, string name) =>
        rules.SelectMany(rule => rule.Conditions).Select(condition => condition.Key).FirstOrDefault(
            key => CatalogValue.AreEqual(key, name));

    /// <summary>A rule whose conditions cannot be read is skipped, because it is unknown for what its price applies.</summary>
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
