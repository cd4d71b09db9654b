namespace ImaNanoBanana.Cli.Output;

/// <summary>The outcome of one line of a batch: a result or an error.</summary>
internal sealed record BatchDocument
{
    /// <summary>Which request of the file, from 1; empty lines do not count.</summary>
    public int Number { get; init; }

    public bool Ok { get; init; }

    public string IdempotencyKey { get; init; } = "";

    public ResultDocument? Result { get; init; }

    public ErrorFacts? Error { get; init; }
}
