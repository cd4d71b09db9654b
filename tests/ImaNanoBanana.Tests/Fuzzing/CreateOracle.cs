namespace ImaNanoBanana.Tests.Fuzzing;

/// <summary>
/// What one answer to a create requires of the client. The test derives it from the rules for outcomes, with its own JSON reader.
/// </summary>
internal sealed class CreateOracle
{
    /// <summary>The deepest answer that the client reads completely.</summary>
    private const int MostDepth = 64;

    private static readonly string[] SuccessCodes = ["0", "200", "\"0\"", "\"200\""];

    public CreateOracle(FuzzedAnswer answer, bool wasSent)
    {
        var json = answer.HasAnswer ? StrictJson.Read(answer.Seen) : StrictJson.Read([]);
        var ids = json.Ids.Where(raw => raw.StartsWith('"') || StrictJson.Text(raw) is not null).Select(StrictJson.Text).ToList();
        HasUnreadableId = ids.Contains(null);
        Ids = [.. ids.OfType<string>().Where(id => !string.IsNullOrWhiteSpace(id)).Select(id => id.Trim())];
        var isSuccess = answer is { HasAnswer: true, Status: >= 200 and < 300 };
        var isWhole = json is { IsWhole: true, IsObject: true } && answer.Delivery is Delivery.Whole or Delivery.LengthUnknown;
        var saysSuccess = json.Codes.Count == 1 && SuccessCodes.Contains(json.Codes[0]);
        var settlesIt = json.IsWhole && json.Codes.Count > 0;
        var isOpen = !answer.HasAnswer
            || (isSuccess && (!settlesIt || saysSuccess || json.Codes.Count > 1))
            || answer.Status is 408 or < 200 or 300 or 303 or 304 or (> 500 and <= 999)
            || (answer.Status == 500 && (!settlesIt || json.Codes.Count > 1));

        MayBeCharged = Ids.Count > 0 || HasUnreadableId || (wasSent && isOpen);
        IsCharged = isSuccess && isWhole && Ids.Count > 0 && !HasUnreadableId && json.Depth <= MostDepth
            && (saysSuccess || json.Codes.Count == 0);
        MustStop = MayBeCharged || (answer is { HasAnswer: true, Status: 429, AsksForLongWait: true });
    }

    /// <summary>The ids in it that are non-empty strings or numbers.</summary>
    public IReadOnlyList<string> Ids { get; }

    /// <summary>Whether it has an id that stands for no characters.</summary>
    public bool HasUnreadableId { get; }

    /// <summary>Whether credits may have been spent by it.</summary>
    public bool MayBeCharged { get; }

    /// <summary>Whether it clearly says that the submission was accepted.</summary>
    public bool IsCharged { get; }

    /// <summary>Whether no further create may follow in the same call.</summary>
    public bool MustStop { get; }
}
