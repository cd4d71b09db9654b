using System.Text.Json;

namespace ImaNanoBanana.Catalog;

/// <summary>Represents a parameter from which the value of a virtual field is derived. It is not sent itself.</summary>
internal sealed record UiParameter(string Name, JsonElement? Default);
