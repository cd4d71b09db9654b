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

    public IReadOnlyList<string> OptionTexts() => [.. Options.Select(option => CatalogValue.Text(option)).OfType<string>()];
}
