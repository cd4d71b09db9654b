using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ImaNanoBanana.Testing.Control;

/// <summary>Reads the body of a request to the control paths strictly: no unknown, repeated or wrongly typed member is ignored.</summary>
internal static class ControlBody
{
    /// <exception cref="JsonException">The body is not an object of this type. The exception names the member.</exception>
    public static async Task<T> ReadAsync<T>(Stream body, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        var allowed = type.Properties.Select(property => property.Name).ToList();
        try
        {
            using var document = await JsonDocument.ParseAsync(body, default, cancellationToken).ConfigureAwait(false);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                throw ControlError.Create("The body must be a JSON object.", null, allowed);
            }

            var known = new HashSet<string>();
            foreach (var member in document.RootElement.EnumerateObject())
            {
                if (!allowed.Contains(member.Name))
                {
                    throw ControlError.Create(
                        $"The body has the unknown member '{member.Name}'. Use: {string.Join(", ", allowed)}.", member.Name, allowed);
                }

                if (!known.Add(member.Name))
                {
                    throw ControlError.Create($"The body has the member '{member.Name}' twice.", member.Name);
                }
            }

            return document.Deserialize(type)!;
        }
        catch (JsonException exception) when (!ControlError.IsControlError(exception))
        {
            throw exception.Path is ['$', '.', .. var field] && allowed.Contains(field)
                ? ControlError.Create($"'{field}' must be {Kind(type, field)}.", field)
                : ControlError.Create("The body is not valid JSON.", null, allowed);
        }
    }

    private static string Kind<T>(JsonTypeInfo<T> type, string field)
    {
        var kind = type.Properties.Single(property => property.Name == field).PropertyType;
        if (kind == typeof(bool))
        {
            return "true or false";
        }

        if (kind == typeof(string))
        {
            return "a text";
        }

        return kind == typeof(int?) ? "a whole number" : "a number";
    }
}
