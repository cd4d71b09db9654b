using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ImaNanoBanana.Catalog;
using ImaNanoBanana.Json;

namespace ImaNanoBanana.Planning;

/// <summary>
/// Determines whether two requests are the same, with a SHA-256 hash of everything that they request. What they allow (limits) and
/// their language are not included. Pure.
/// </summary>
internal static class RequestHash
{
    /// <param name="request">A request that can be planned.</param>
    /// <param name="inputs">For each image, its URL, or <c>sha256:</c> and the hash of its bytes.</param>
    /// <returns>The hash in hexadecimal.</returns>
    public static string Compute(ImageRequest request, IReadOnlyList<string> inputs)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, "1");
        Add(hash, ImagePlanner.TaskType(request).Value);
        Add(hash, ImagePlanner.Model(request).Id);
        Add(hash, request.ModelVersion);
        Add(hash, request.Prompt);
        Add(hash, request.Size?.Value.ToUpperInvariant());
        Add(hash, request.AspectRatio?.Value.ToUpperInvariant());
        Add(hash, request.Count?.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Add(hash, CanonicalJson(request.Parameters));
        foreach (var input in inputs)
        {
            Add(hash, input);
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }

    /// <summary>Adds each part after its length, so that different lists of parts never produce the same bytes.</summary>
    private static void Add(IncrementalHash hash, string? part)
    {
        var bytes = part is null ? null : Encoding.UTF8.GetBytes(part);
        hash.AppendData(Encoding.ASCII.GetBytes(bytes is null ? "-:" : FormattableString.Invariant($"{bytes.Length}:")));
        hash.AppendData(bytes ?? []);
    }

    /// <summary>Writes the names as they are compared (trimmed, ignoring case), sorted. Parameters without a value are left out.</summary>
    private static string CanonicalJson(IReadOnlyDictionary<string, JsonElement> parameters)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            foreach (var (name, value) in parameters
                .Where(parameter => parameter.Value.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null))
                .Select(parameter => (Name: parameter.Key.Trim().ToUpperInvariant(), parameter.Value))
                .OrderBy(parameter => parameter.Name, StringComparer.Ordinal)
                .ThenBy(parameter => parameter.Value.GetRawText(), StringComparer.Ordinal))
            {
                writer.WritePropertyName(Encoding.UTF8.GetBytes(name));
                if (JsonReading.IsReadable(value))
                {
                    Write(writer, value);
                }
                else
                {
                    // Planning rejects this value. Until then, the request only has to differ from every request that was planned.
                    writer.WriteStringValue(Encoding.UTF8.GetBytes(value.GetRawText()));
                }
            }

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter writer, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var member in value.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal))
                {
                    writer.WritePropertyName(member.Name);
                    Write(writer, member.Value);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in value.EnumerateArray())
                {
                    Write(writer, item);
                }

                writer.WriteEndArray();
                break;
            case JsonValueKind.Number:
                writer.WriteRawValue(CatalogValue.Text(value)!);
                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }
}
