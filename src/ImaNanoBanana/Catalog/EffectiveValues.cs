using System.Text.Json;
using ImaNanoBanana.Json;

namespace ImaNanoBanana.Catalog;

/// <summary>
/// The form's defaults overlaid with the caller's values (careful client, section 1, rules 3 to 7): what is sent, by the
/// names it is sent under. A name is there once, whatever its case.
/// </summary>
internal sealed class EffectiveValues
{
    private readonly Dictionary<string, (string Name, JsonElement Value)> _values = new(StringComparer.OrdinalIgnoreCase);

    /// <exception cref="ImaException">A value is not offered.</exception>
    public static EffectiveValues Of(ProductVersion version, UserValues user)
    {
        var values = new EffectiveValues();
        var mapped = version.Fields.Where(field => field.IsVirtual).SelectMany(field => field.UiParameters)
            .Select(parameter => parameter.Name).Where(name => user.Find(name) is not null)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var field in version.Fields)
        {
            if (field.IsVirtual)
            {
                values.Put(field.Name, VirtualField.Value(field, user));
            }
            else if (!mapped.Contains(field.Name))
            {
                values.Put(field.Name, user.Find(field.Name) is { } given ? Offered(field, given) : field.Default);
            }
        }

        foreach (var (name, value) in user.All)
        {
            if (!mapped.Contains(name) && !version.Fields.Any(field => CatalogValue.AreEqual(field.Name, name)))
            {
                var ruleName = CreditRules.NameIn(version.Rules, name);
                values.Put(ruleName ?? name, ruleName is null ? value : Trimmed(value));
            }
        }

        return values;
    }

    public JsonElement? Find(string name) => _values.TryGetValue(name, out var entry) ? entry.Value : null;

    /// <summary>Comparable text; null when nobody set it.</summary>
    public string? Text(string name) => CatalogValue.Text(Find(name));

    /// <summary>Sets a value under the name that is there already, else under this one; null sets nothing.</summary>
    public void Put(string name, JsonElement? value)
    {
        if (value is { ValueKind: not (JsonValueKind.Null or JsonValueKind.Undefined) } present)
        {
            _values[name] = (_values.TryGetValue(name, out var entry) ? entry.Name : name, present);
        }
    }

    public void Remove(string name) => _values.Remove(name);

    /// <exception cref="ImaException">A value that the caller gave cannot be written; those of the product list can.</exception>
    public void CheckWritable()
    {
        if (_values.Values.FirstOrDefault(entry => !JsonReading.IsReadable(entry.Value)).Name is { } name)
        {
            throw Refusal.Of(
                ImaRefusal.Parameter, name, $"The value of '{name}' cannot be sent: it is nested too deep, or holds half of a surrogate pair.");
        }
    }

    public IReadOnlyDictionary<string, JsonElement> ToParameters() => _values.Values.ToDictionary(entry => entry.Name, entry => entry.Value);

    /// <summary>A given value in the spelling of the option it equals (rule 6).</summary>
    internal static JsonElement Offered(FormField field, JsonElement given)
    {
        if (field.Options.Count == 0)
        {
            return Trimmed(given);
        }

        foreach (var option in field.Options)
        {
            if (CatalogValue.AreEqual(option, given))
            {
                return option;
            }
        }

        throw Refusal.NotOffered(field.Name, CatalogValue.Text(given), field.OptionTexts());
    }

    private static JsonElement Trimmed(JsonElement given) =>
        given.ValueKind == JsonValueKind.String && CatalogValue.Text(given) is { } text
            ? JsonSerializer.SerializeToElement(text, OpenApi.ImaJsonContext.Default.String)
            : given;
}
