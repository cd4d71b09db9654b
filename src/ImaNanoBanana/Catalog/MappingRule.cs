using System.Text.Json;

namespace ImaNanoBanana.Catalog;

/// <summary>Represents the value of a virtual field for one combination of its UI parameters.</summary>
internal sealed record MappingRule(IReadOnlyList<KeyValuePair<string, JsonElement>> SourceValues, JsonElement Target);
