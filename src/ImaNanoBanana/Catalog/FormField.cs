using System.Text.Json;

namespace ImaNanoBanana.Catalog;

/// <summary>A parameter that a version of a model takes (wire contract, section 1, form_config).</summary>
/// <param name="Name">Its name on the wire, trimmed.</param>
/// <param name="Default">Its default, in the type the catalog gave it; null is none.</param>
/// <param name="Options">The values on offer; empty when any value is.</param>
internal sealed record FormField(string Name, JsonElement? Default, IReadOnlyList<JsonElement> Options)
{
    /// <summary>Whether its value is worked out from other parameters.</summary>
    public bool IsVirtual { get; init; }

    public IReadOnlyList<UiParameter> UiParameters { get; init; } = [];

    public IReadOnlyList<MappingRule> MappingRules { get; init; } = [];

    public bool HasUiParameter(string name) => UiParameters.Any(parameter => CatalogValue.AreEqual(parameter.Name, name));

    public IReadOnlyList<string> OptionTexts() => [.. Options.Select(option => CatalogValue.Text(option)).OfType<string>()];
}
