namespace ImaNanoBanana.Mcp.Answers;

/// <summary>Shortens texts that an answer repeats, so that one long argument does not fill the context of a model. Pure.</summary>
internal static class Echo
{
    /// <value>100 characters of a value of the caller.</value>
    public const int MostOfValue = 100;

    /// <value>500 characters of a sentence of the SDK or the service, which may contain values of the caller.</value>
    public const int MostOfSentence = 500;

    /// <value>20 entries of a list.</value>
    public const int MostEntries = 20;

    private const char Ellipsis = '…';

    public static string Value(string? text) => Shorten(text ?? "", MostOfValue);

    /// <summary>Shortens the texts of an error. Its numbers, handles and links stay as they are.</summary>
    public static ErrorFacts Shorten(ErrorFacts facts) => facts with
    {
        Reason = Shorten(facts.Reason, MostOfSentence),
        Suggestion = facts.Suggestion is { } suggestion ? Shorten(suggestion, MostOfSentence) : null,
        Detail = facts.Detail is { } detail ? Shorten(detail, MostOfSentence) : null,
        Parameter = facts.Parameter is { } parameter ? Value(parameter) : null,
        Offered = facts.Offered is { } offered ? [.. offered.Take(MostEntries).Select(Value)] : null,
    };

    private static string Shorten(string text, int most)
    {
        if (text.Length <= most)
        {
            return text;
        }

        var end = char.IsHighSurrogate(text[most - 2]) ? most - 2 : most - 1;
        return text[..end] + Ellipsis;
    }
}
