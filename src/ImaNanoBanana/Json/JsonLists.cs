using System.Text.Json;

namespace ImaNanoBanana.Json;

/// <summary>The lists of documents: an empty list is left out.</summary>
internal static class JsonLists
{
    /// <returns>The list to write; null if it is empty.</returns>
    public static IReadOnlyList<T>? Write<T>(IReadOnlyList<T> items) => items is { Count: > 0 } ? items : null;

    /// <returns>The list that was read.</returns>
    /// <exception cref="JsonException">One of the items is null.</exception>
    public static IReadOnlyList<T> Read<T>(IReadOnlyList<T?>? items)
        where T : class =>
        items is null ? [] : [.. items.Select(item => item ?? throw new JsonException("An item of the list is null."))];
}
