using System.Text.Json;
using ImaNanoBanana.Catalog;
using ImaNanoBanana.OpenApi;

namespace ImaNanoBanana.Planning;

/// <summary>
/// Contains the parameters that the caller gave, by their trimmed names, ignoring case.
/// </summary>
internal sealed class UserValues
{
    private readonly Dictionary<string, JsonElement> _values = new(StringComparer.OrdinalIgnoreCase);
    private HashSet<string>? _typed;

    /// <summary>The size that the caller requested, if it is not the size that is submitted: <c>8K</c>.</summary>
    public string? LimitedSize { get; private set; }

    public IEnumerable<KeyValuePair<string, JsonElement>> All => _values;

    /// <exception cref="ImaException">A parameter is given twice with different values, or the SDK sets it itself.</exception>
    public static UserValues FromRequest(ImageRequest request, ProductVersion version)
    {
        var values = new UserValues();
        if (request.Size is { } size)
        {
            values.AddTyped(ParameterNames.Size, size.Value);
        }

        if (request.AspectRatio is { } ratio)
        {
            values.AddTyped(ParameterNames.AspectRatio, ratio.Value);
        }

        if (request.Count is { } count)
        {
            values.Add(ParameterNames.Count, JsonSerializer.SerializeToElement(count, ImaJsonContext.Default.Int32));
        }

        values.AddAll(request.Parameters);
        values.NormaliseSize(version);
        return values;
    }

    /// <exception cref="ImaException">A parameter is given twice with different values, or the SDK sets it itself.</exception>
    public void AddAll(IEnumerable<KeyValuePair<string, JsonElement>> parameters)
    {
        foreach (var (name, value) in parameters)
        {
            Add(name.Trim(), value);
        }
    }

    /// <summary>
    /// Whether the name was given by a typed property of the request. An unknown name of this kind is not passed through.
    /// </summary>
    public bool IsTyped(string name) => _typed?.Contains(name) is true;

    public JsonElement? Find(string name) => _values.TryGetValue(name, out var value) ? value : null;

    private void AddTyped(string name, string value)
    {
        Add(name, Element(value));
        (_typed ??= new HashSet<string>(StringComparer.OrdinalIgnoreCase)).Add(name);
    }

    private void Add(string name, JsonElement value)
    {
        if (value.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined)
        {
            return;
        }

        if (ParameterNames.IsReserved(name))
        {
            throw RequestErrors.Create(
                ImaInvalidRequestReason.Parameter,
                name,
                $"'{name}' is set by the SDK itself and cannot be given as a parameter. Leave out '{name}'.");
        }

        if (_values.TryGetValue(name, out var other) && !CatalogValue.AreEqual(other, value))
        {
            throw RequestErrors.GivenTwice(name, CatalogValue.Text(other), CatalogValue.Text(value));
        }

        _values.TryAdd(name, value);
    }

    /// <summary>
    /// Replaces 512 and 8K, which the known models do not offer. Another model is asked for exactly what its form offers.
    /// </summary>
    private void NormaliseSize(ProductVersion version)
    {
        if (Find(ParameterNames.Size) is not { } size || (!ModelScope.IsKnown(version.Model) && Offers(version, size)))
        {
            return;
        }

        var text = CatalogValue.Text(size);
        if (text == "512")
        {
            _values[ParameterNames.Size] = Element(ImageSize.Size512.Value);
        }
        else if (CatalogValue.AreEqual(text, "8K"))
        {
            LimitedSize = text;
            _values[ParameterNames.Size] = Element(ImageSize.Size4K.Value);
        }
    }

    private static bool Offers(ProductVersion version, JsonElement size) =>
        version.Fields.Any(field => CatalogValue.AreEqual(field.Name, ParameterNames.Size)
            && field.Options.Any(option => CatalogValue.AreEqual(option, size)))
        || version.Rules.SelectMany(rule => rule.Conditions).Any(condition =>
            CatalogValue.AreEqual(condition.Key, ParameterNames.Size) && CatalogValue.AreEqual(condition.Value, size));

    private static JsonElement Element(string text) => JsonSerializer.SerializeToElement(text, ImaJsonContext.Default.String);
}
