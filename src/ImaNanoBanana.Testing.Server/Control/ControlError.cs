using System.Text.Json;

namespace ImaNanoBanana.Testing.Control;

/// <summary>
/// Refuses the body of a request to the control paths with a <see cref="JsonException"/> that names the field and, where they can be
/// listed, the allowed values.
/// </summary>
internal static class ControlError
{
    private const string AllowedKey = "allowed";

    /// <param name="message">The reason, for people.</param>
    /// <param name="field">The member of the body that is wrong, or null if it is the body itself.</param>
    /// <param name="allowed">The allowed values or members; empty if they cannot be listed.</param>
    public static JsonException Create(string message, string? field = null, params IReadOnlyList<string> allowed)
    {
        var exception = new JsonException(message, field, null, null);
        exception.Data[AllowedKey] = allowed;
        return exception;
    }

    /// <summary>Whether the exception is one of this class; otherwise, the JSON itself cannot be read.</summary>
    public static bool IsControlError(JsonException exception) => exception.Data.Contains(AllowedKey);

    public static ErrorAnswer Answer(JsonException exception) => new(
        exception.Message, exception.Path, exception.Data[AllowedKey] is IReadOnlyList<string> { Count: > 0 } allowed ? allowed : null);
}
