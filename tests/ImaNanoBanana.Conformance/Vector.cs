using System.Text.Json;

namespace ImaNanoBanana.Conformance;

/// <summary>One recorded case; the format is described beside the recorded vectors.</summary>
public sealed class Vector(JsonElement root)
{
    /// <summary>What a careful client does.</summary>
    public JsonElement Careful { get; } = root.GetProperty("careful");

    /// <summary>A member, where there is one.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The member, or null.</returns>
    public JsonElement? Find(string name) => root.TryGetProperty(name, out var member) ? member : null;

    /// <summary>A text member, where there is one.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The text, or null.</returns>
    public string? Text(string name) => Find(name)?.GetString();

    /// <summary>The images to work from: addresses, or <c>local:FILE</c>.</summary>
    public IEnumerable<string> InputImages => Find("input_images")?.EnumerateArray().Select(image => image.GetString()!) ?? [];
}
