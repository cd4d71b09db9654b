using System.Text.Json;
using ImaNanoBanana.Json;
using ImaNanoBanana.Planning;

namespace ImaNanoBanana;

/// <summary>Parses additional parameters from text, for command lines and configuration files.</summary>
public static class ImageParameters
{
    private static readonly JsonDocumentOptions Strict =
        new() { AllowTrailingCommas = false, CommentHandling = JsonCommentHandling.Disallow };

    /// <summary>Parses a JSON object for <see cref="ImageRequest.Parameters"/>.</summary>
    /// <param name="json">A strict JSON object, for example <c>{"seed": 7}</c>.</param>
    /// <returns>The parameters, in their original sequence.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="json"/> is null.</exception>
    /// <exception cref="ImaException">
    /// The text is not a JSON object, or it contains a parameter twice with different values
    /// (<see cref="ImaErrorKind.InvalidRequest"/>). Nothing was sent.
    /// </exception>
    public static IReadOnlyDictionary<string, JsonElement> Parse(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        using var document = Document(json);
        if (document is not { RootElement.ValueKind: JsonValueKind.Object }
            || JsonReading.Members(document.RootElement).Any(member => member.Name is null))
        {
            throw RequestErrors.Create(
                ImaInvalidRequestReason.Parameter,
                ParameterNames.Text,
                $"The additional parameters must be one JSON object such as {{\"seed\": 7}}, "
                    + $"not {RequestErrors.Quoted(json)}.");
        }

        // Duplicate names can be detected only here, because a dictionary cannot hold them.
        var given = document.RootElement.EnumerateObject().Select(
            member => KeyValuePair.Create(member.Name, member.Value.Clone())).ToList();
        new UserValues().AddAll(given);
        var parameters = new Dictionary<string, JsonElement>();
        foreach (var (name, value) in given)
        {
            if (value.ValueKind != JsonValueKind.Null)
            {
                parameters.TryAdd(name, value);
            }
        }

        return parameters;
    }

    private static JsonDocument? Document(string json)
    {
        try
        {
            return JsonDocument.Parse(json, Strict);
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException)
        {
            // An ArgumentException is thrown for invalid text, such as half of a surrogate pair.
            return null;
        }
    }
}
