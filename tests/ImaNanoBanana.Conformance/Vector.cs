using System.Text.Json;

namespace ImaNanoBanana.Conformance;

/// <summary>One recorded case. The format is described next to the recorded vectors.</summary>
public sealed class Vector(JsonElement root)
{
    /// <summary>What a correct client does.</summary>
    public JsonElement Careful { get; } = root.GetProperty("careful");

    /// <summary>Finds a member.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The member, or null.</returns>
    public JsonElement? Find(string name) => root.TryGetProperty(name, out var member) ? member : null;

    /// <summary>Finds a text member.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The text, or null.</returns>
    public string? Text(string name) => Find(name)?.GetString();

    /// <summary>The source images: URLs, or <c>local:FILE</c>.</summary>
    public IEnumerable<string> InputImages => Find("input_images")?.EnumerateArray().Select(image => image.GetString()!) ?? [];
}
