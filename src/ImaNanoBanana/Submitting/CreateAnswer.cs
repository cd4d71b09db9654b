using System.Text.Json;
using ImaNanoBanana.Json;

namespace ImaNanoBanana.Submitting;

/// <summary>
/// What a create's answer holds, word by word: members that are there twice and answers that are cut off count too,
/// because an id that is overlooked is an image that is bought again. Pure.
/// </summary>
/// <param name="TaskId">The last id in <c>data</c> that is a text with something in it, or a number; trimmed.</param>
/// <param name="HasUnreadableId">Whether an id is there that is text and no text.</param>
/// <param name="Codes">How many times the envelope says <c>code</c>.</param>
internal sealed record CreateAnswer(string? TaskId, bool HasUnreadableId, int Codes)
{
    private const int EnvelopeDepth = 1;
    private const int DataDepth = 2;

    public static CreateAnswer Read(ReadOnlyMemory<byte> body)
    {
        var answer = new CreateAnswer(null, HasUnreadableId: false, Codes: 0);

        // However deep what comes before the id is nested: the id is there.
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
                    answer = answer with { Codes = answer.Codes + (JsonReading.IsText(ref reader, "code") ? 1 : 0) };
                }
                else if (isInData && reader.CurrentDepth == DataDepth && JsonReading.IsText(ref reader, "id"))
                {
                    answer = WithId(answer, ref reader);
                }
            }
        }
        catch (JsonException)
        {
            // What came before the damage is what there is.
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
