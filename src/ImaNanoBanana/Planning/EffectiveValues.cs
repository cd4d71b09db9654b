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
    private readonly Dictionary<string, Entry> _values = new(StringComparer.OrdinalIgnoreCase);

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
            else if (mapped?.Contains(field.Name) is not true)
            {
                values.Put(field.Name, user.Find(field.Name) is { } given ? Offered(field, given) : field.Default);
            }
        }

        foreach (var (name, value) in user.All)
        {
            if (mapped?.Contains(name) is not true && !version.FieldNames.Contains(name))
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

    /// <returns>The caller's parameters from which the value of a virtual field is derived; null if there are none.</returns>
    private static HashSet<string>? MappedNames(ProductVersion version, UserValues user)
    {
        HashSet<string>? names = null;
        foreach (var field in version.Fields)
        {
            if (!field.IsVirtual)
            {
                continue;
            }

            foreach (var parameter in field.UiParameters)
            {
                if (user.Find(parameter.Name) is not null)
                {
                    (names ??= new HashSet<string>(StringComparer.OrdinalIgnoreCase)).Add(parameter.Name);
                }
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
        if (user.IsTyped(name))
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
    public string? Text(string name) => _values.TryGetValue(name, out var entry) ? entry.Text : null;

    /// <summary>Sets a value under the name that already exists, otherwise under the given name; null sets nothing.</summary>
    public void Put(string name, JsonElement? value)
    {
        if (value is { ValueKind: not (JsonValueKind.Null or JsonValueKind.Undefined) } present)
        {
            _values[name] = new Entry(_values.TryGetValue(name, out var entry) ? entry.Name : name, present);
        }
    }

    public void Remove(string name) => _values.Remove(name);

    /// <exception cref="ImaException">A value of the caller cannot be written. Values of the product list always can.</exception>
    public void CheckWritable()
    {
        if (_values.Values.FirstOrDefault(static entry => !JsonReading.IsReadable(entry.Value))?.Name is { } name)
        {
            throw RequestErrors.Create(
                ImaInvalidRequestReason.Parameter, name, $"The value of '{name}' cannot be sent: it is nested too deeply, or contains half "
                    + "of a surrogate pair.");
        }
    }

    public IReadOnlyDictionary<string, JsonElement> ToParameters() =>
        _values.Values.ToDictionary(static entry => entry.Name, static entry => entry.Value);

    /// <summary>Returns the given value in the spelling of the option that it equals, ignoring case and surrounding white space.</summary>
    internal static JsonElement Offered(FormField field, JsonElement given)
    {
        if (field.Options.Count == 0)
        {
            return Trimmed(given);
        }

        return field.Option(given)
            ?? throw RequestErrors.NotOffered(field.Name, CatalogValue.Text(given), field.OptionTexts());
    }

    /// <summary>Keeps the comparable text, because every price rule is compared with it.</summary>
    private sealed class Entry(string name, JsonElement value)
    {
        private bool _isRead;

        public string Name => name;

        public JsonElement Value => value;

        public string? Text
        {
            get
            {
                if (!_isRead)
                {
                    (field, _isRead) = (CatalogValue.Text(value), true);
                }

                return field;
            }
        }
    }

    private static JsonElement Trimmed(JsonElement given) =>
        given.ValueKind == JsonValueKind.String && CatalogValue.Text(given) is { } text
            ? JsonSerializer.SerializeToElement(text, OpenApi.ImaJsonContext.Default.String)
            : given;
}
