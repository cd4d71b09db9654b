using System.Text.Json;

namespace ImaNanoBanana.Catalog;

/// <summary>A parameter that a version of a model takes.</summary>
/// <param name="Name">Its name on the wire, trimmed.</param>
/// <param name="Default">Its default, in the type the catalog gave it; null is none.</param>
/// <param name="IsVirtual">Whether its value is worked out from other parameters.</param>
internal sealed record FormField(string Name, JsonElement? Default, bool IsVirtual);
