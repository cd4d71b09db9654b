using System.Text.Json;

namespace ImaNanoBanana.Catalog;

/// <summary>A parameter that a virtual field's value is worked out from; not sent itself.</summary>
internal sealed record UiParameter(string Name, JsonElement? Default);
