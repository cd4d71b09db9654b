namespace ImaNanoBanana.Tests.Messages.Catalogue;

/// <summary>One message of the SDK, with what an error of the SDK says besides its message.</summary>
/// <param name="Folder">The source folder that creates the message.</param>
/// <param name="Name">When the message appears, in plain words.</param>
/// <param name="Text">The message.</param>
internal sealed record CatalogueMessage(string Folder, string Name, string Text)
{
    /// <summary>The kind, the charge status and the guidance of an error of the SDK; null for any other message.</summary>
    public string? Verdict { get; private init; }

    public ImaErrorKind? Kind { get; private init; }

    public ImaInvalidRequestReason? Reason { get; private init; }

    public static CatalogueMessage FromException(string folder, string name, Exception? exception)
    {
        Assert.NotNull(exception);
        return new(folder, name, exception.Message.ReplaceLineEndings("\n"))
        {
            Verdict = VerdictOf(exception),
            Kind = (exception as ImaException)?.Kind,
            Reason = (exception as ImaException)?.InvalidRequestReason,
        };
    }

    public override string ToString() => Verdict is null ? $"{Name}\n{Text}\n" : $"{Name}\n{Verdict}\n{Text}\n";

    private static string? VerdictOf(Exception exception) => exception switch
    {
        ImaException { InvalidRequestReason: { } reason } error => $"{error.Kind} {reason} {error.ChargeStatus} {error.RetryGuidance}",
        ImaException error => $"{error.Kind} {error.ChargeStatus} {error.RetryGuidance}",
        ImageGenerationCanceledException cancelled => $"Cancelled {cancelled.ChargeStatus}",
        _ => null,
    };
}
