using System.Text.Json;
using ImaNanoBanana.Catalog;

namespace ImaNanoBanana.Planning;

/// <summary>Determines the value of a virtual field, which is derived from other parameters. Pure.</summary>
internal static class VirtualField
{
    /// <returns>The value to send under the field's name; null to send nothing.</returns>
    /// <exception cref="ImaException">There is no value for what the caller gave.</exception>
    public static JsonElement? Value(FormField field, UserValues user)
    {
        var direct = field.HasUiParameter(field.Name) ? null : user.Find(field.Name);
        if (field.UiParameters.Any(parameter => user.Find(parameter.Name) is not null))
        {
            var mapped = Mapped(field, parameter => user.Find(parameter.Name) ?? parameter.Default) ?? throw NoMapping(field, user);
            return direct is null || CatalogValue.AreEqual(direct, mapped)
                ? mapped
                : throw RequestErrors.GivenTwice(field.Name, CatalogValue.Text(direct), CatalogValue.Text(mapped));
        }

        return direct is { } given
            ? EffectiveValues.Offered(field, given)
            : Mapped(field, parameter => parameter.Default) ?? field.Default;
    }

    /// <summary>The target of the first mapping rule whose source values all equal the values of the UI parameters.</summary>
    private static JsonElement? Mapped(FormField field, Func<UiParameter, JsonElement?> valueOf)
    {
        // The values are read once and found by name, because a list may have many thousands of parameters and rules.
        var values = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (var parameter in field.UiParameters)
        {
            values.TryAdd(parameter.Name, CatalogValue.Text(valueOf(parameter)));
        }

        return field.MappingRules.FirstOrDefault(rule => rule.SourceValues.All(Holds))?.Target;

        bool Holds(KeyValuePair<string, JsonElement> source) =>
            values.TryGetValue(source.Key, out var value) && CatalogValue.AreEqual(CatalogValue.Text(source.Value), value);
    }

    private static ImaException NoMapping(FormField field, UserValues user)
    {
        var given = field.UiParameters.Where(parameter => user.Find(parameter.Name) is not null)
            .Select(parameter => $"{parameter.Name}={CatalogValue.Text(user.Find(parameter.Name))}");
        var offered = field.MappingRules.Select(
            rule => string.Join(" ", rule.SourceValues.Select(source => $"{source.Key}={CatalogValue.Text(source.Value)}")))
            .Distinct().ToList();
        return RequestErrors.Create(
            ImaInvalidRequestReason.Mapping,
            field.UiParameters.First(parameter => user.Find(parameter.Name) is not null).Name,
            $"'{field.Name}' has no value for {string.Join(" ", given)}. Use one of: {string.Join(", ", offered)}.",
            offered);
    }
}
