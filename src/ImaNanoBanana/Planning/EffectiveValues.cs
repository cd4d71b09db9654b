using System.Text.Json;
using ImaNanoBanana.Catalog;
using ImaNanoBanana.Json;

namespace ImaNanoBanana.Planning;

/// <summary>
/// Contains the values that are sent, by the names under which they are sent: the form's defaults overlaid with the caller's values.
/// Each name occurs once, ignoring case.
/// </summary>
internal sealed class EffectiveValues
{
    private readonly Dictionary<string, (string Name, JsonElement Value)> _values = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string?> _texts = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="version">The version.</param>
    /// <param name="user">The caller's values.</param>
    /// <param name="cancellationToken">Cancels the work on a very long list.</param>
    /// <exception cref="ImaException">A value or a parameter is not offered.</exception>
    public static EffectiveValues Create(ProductVersion version, UserValues user, CancellationToken cancellationToken)
    {
        var values = new EffectiveValues();
        var mapped = MappedNames(version, user);
        foreach (var field in version.Fields)
        {
            cancellationToken.ThrowIfCancellationRequested();
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
            if (!mapped.Contains(name) && !version.FieldNames.Contains(name))
            {
                var ruleName = CreditRules.NameIn(version.Rules, name);
                if (ruleName is null)
                {
                    CheckUnknown(version, user, name);
                }

                values.Put(ruleName ?? name, ruleName is null ? value : Trimmed(value));
            }
        }

        return values;
    }

    /// <returns>The caller's parameters from which the value of a virtual field is derived.</returns>
    private static HashSet<string> MappedNames(ProductVersion version, UserValues user)
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var field in version.Fields)
        {
            if (field.IsVirtual)
            {
                names.UnionWith(field.UiParameters.Select(parameter => parameter.Name).Where(name => user.Find(name) is not null));
            }
        }

        return names;
    }

    /// <summary>
    /// A parameter that the product list does not contain is passed through, unless it is set by a typed property or was probably meant
    /// as a parameter that the list contains.
    /// </summary>
    private static void CheckUnknown(ProductVersion version, UserValues user, string name)
    {
        if (user.Typed.Contains(name))
        {
            throw RequestErrors.Create(
                CatalogValue.AreEqual(name, ParameterNames.Size) ? ImaInvalidRequestReason.Size : ImaInvalidRequestReason.AspectRatio,
                name,
                $"The product list currently has no parameter '{name}' for {version.Name}, so the value would be charged but not applied. "
                    + $"Leave out '{name}'.");
        }

        if (CatalogValue.AreEqual(name, ParameterNames.Count))
        {
            return;
        }

        var names = version.Fields.Select(field => field.Name)
            .Concat(version.Fields.SelectMany(field => field.UiParameters).Select(parameter => parameter.Name))
            .Concat(version.Rules.SelectMany(rule => rule.Conditions).Select(condition => condition.Key));
        if (NearMiss.Find(name, names) is { } meant && !CatalogValue.AreEqual(meant, name))
        {
            throw RequestErrors.Create(
                ImaInvalidRequestReason.Parameter,
                name,
                $"'{name}' is not a parameter of {version.Name}. Did you mean '{meant}'?",
                [meant]);
        }
    }

    public JsonElement? Find(string name) => _values.TryGetValue(name, out var entry) ? entry.Value : null;

    /// <summary>Gets the value as comparable text; null if it is not set.</summary>
    public string? Text(string name)
    {
        if (!_texts.TryGetValue(name, out var text))
        {
            _texts[name] = text = CatalogValue.Text(Find(name));
        }

        return text;
    }

    /// <summary>Sets a value under the name that already exists, otherwise under the given name; null sets nothing.</summary>
    public void Put(string name, JsonElement? value)
    {
        if (value is { ValueKind: not (JsonValueKind.Null or JsonValueKind.Undefined) } present)
        {
            _values[name] = (_values.TryGetValue(name, out var entry) ? entry.Name : name, present);
            _texts.Remove(name);
        }
    }

    public void Remove(string name)
    {
        _values.Remove(name);
        _texts.Remove(name);
    }

    /// <exception cref="ImaException">A value of the caller cannot be written. Values of the product list always can.</exception>
    public void CheckWritable()
    {
        if (_values.Values.FirstOrDefault(entry => !JsonReading.IsReadable(entry.Value)).Name is { } name)
        {
            throw RequestErrors.Create(
                ImaInvalidRequestReason.Parameter, name, $"The value of '{name}' cannot be sent: it is nested too deeply, or contains half "
                    + "of a surrogate pair.");
        }
    }

    public IReadOnlyDictionary<string, JsonElement> ToParameters() =>
        _values.Values.ToDictionary(entry => entry.Name, entry => entry.Value);

    /// <summary>Returns the given value in the spelling of the option that it equals, ignoring case and surrounding white space.</summary>
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

        throw RequestErrors.NotOffered(field.Name, CatalogValue.Text(given), field.OptionTexts());
    }

    private static JsonElement Trimmed(JsonElement given) =>
        given.ValueKind == JsonValueKind.String && CatalogValue.Text(given) is { } text
            ? JsonSerializer.SerializeToElement(text, OpenApi.ImaJsonContext.Default.String)
            : given;
}
