using System.Collections;
using ImaNanoBanana.Masking;

namespace ImaNanoBanana.Diagnostics;

/// <summary>Represents the text and the values of a log event, with untrusted text made harmless.</summary>
/// <param name="text">The text of the event.</param>
/// <param name="values">The original values of the event.</param>
internal sealed class HarmlessState(
    string text, IReadOnlyList<KeyValuePair<string, object?>> values) : IReadOnlyList<KeyValuePair<string, object?>>
{
    private readonly string _text = UntrustedText.Clean(text);

    public int Count => values.Count;

    public KeyValuePair<string, object?> this[int index] =>
        values[index] is { Value: string foreign } pair
            ? KeyValuePair.Create(pair.Key, (object?)UntrustedText.Clean(foreign))
            : values[index];

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() =>
        Enumerable.Range(0, Count).Select(index => this[index]).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => _text;
}
