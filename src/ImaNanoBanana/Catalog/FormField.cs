using System.Text.Json;

namespace ImaNanoBanana.Catalog;

/// <summary>Represents a parameter of a model version: an entry of <c>form_config</c>.</summary>
/// <param name="Name">The name in the service's API, trimmed.</param>
/// <param name="Default">The default, in the type that the product list gives it; null for none.</param>
/// <param name="Options">The values on offer; empty if any value is accepted.</param>
internal sealed record FormField(string Name, JsonElement? Default, IReadOnlyList<JsonElement> Options)
{
    /// <summary>Whether the value is derived from other parameters.</summary>
    public bool IsVirtual { get; init; }

    public IReadOnlyList<UiParameter> UiParameters { get; init; } = [];

    public IReadOnlyList<MappingRule> MappingRules { get; init; } = [];

    public bool HasUiParameter(string name) => UiParameters.Any(parameter => CatalogValue.AreEqual(parameter.Name, name));

    /// <summary>The comparable texts of the options, read once: a list is planned from many times.</summary>
    private string?[] Texts => field ??= [.. Options.Select(static option => CatalogValue.Text(option))];

    public IReadOnlyList<string> OptionTexts() => [.. Texts.OfType<string>()];

    /// <summary>Gets the option that equals a value; null if it is not on offer.</summary>
    public JsonElement? Option(JsonElement value)
    {
        var text = CatalogValue.Text(value);
        var index = Array.FindIndex(Texts, option => CatalogValue.AreEqual(option, text));
        return index < 0 ? null : Options[index];
    }
}
