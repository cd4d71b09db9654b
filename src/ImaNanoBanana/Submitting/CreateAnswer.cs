using System.Text.Json;
using ImaNanoBanana.Json;

namespace ImaNanoBanana.Submitting;

/// <summary>
/// Reads the response to a create request token by token. Duplicate members and truncated responses are read too, because an image
/// whose task id is missed would be submitted and charged again. Pure.
/// </summary>
/// <param name="TaskId">The last id in <c>data</c> that is a number or a text that is not blank; trimmed.</param>
/// <param name="HasUnreadableId">Whether <c>data</c> contains an id that is a JSON string but cannot be decoded as text.</param>
/// <param name="Codes">The number of <c>code</c> members in the envelope.</param>
internal sealed record CreateAnswer(string? TaskId, bool HasUnreadableId, int Codes)
{
    private const int EnvelopeDepth = 1;
    private const int DataDepth = 2;

    public static CreateAnswer Read(ReadOnlyMemory<byte> body)
    {
        var answer = new CreateAnswer(null, HasUnreadableId: false, Codes: 0);

        // The id must be found however deeply the content before it is nested.
        var reader = new Utf8JsonReader(JsonReading.WithoutMark(body).Span, new JsonReaderOptions { MaxDepth = int.MaxValue });
        try
        {
            var isInData = false;
            while (reader.Read())
            {
                if (reader.TokenType != JsonTokenType.PropertyName)
                {
                    continue;
                }

                if (reader.CurrentDepth == EnvelopeDepth)
                {
                    isInData = JsonReading.IsText(ref reader, "data");
                    if (JsonReading.IsText(ref reader, "code"))
                    {
                        answer = answer with { Codes = answer.Codes + 1 };
                    }
                }
                else if (isInData && reader.CurrentDepth == DataDepth && JsonReading.IsText(ref reader, "id"))
                {
                    answer = WithId(answer, ref reader);
                }
            }
        }
        catch (JsonException)
        {
            // Use what was read before the invalid JSON.
        }

        return answer;
    }

    private static CreateAnswer WithId(CreateAnswer answer, ref Utf8JsonReader reader)
    {
        if (!reader.Read() || reader.TokenType is not (JsonTokenType.String or JsonTokenType.Number))
        {
            return answer;
        }

        using var value = JsonDocument.ParseValue(ref reader);
        return JsonReading.Text(value.RootElement) switch
        {
            null => answer with { HasUnreadableId = true },
            { } text when string.IsNullOrWhiteSpace(text) => answer,
            { } text => answer with { TaskId = text.Trim() },
        };
    }
}
