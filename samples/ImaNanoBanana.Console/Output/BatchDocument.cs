namespace ImaNanoBanana.Cli.Output;

/// <summary>Represents the outcome of one line of a batch: a result or an error.</summary>
internal sealed record BatchDocument
{
    /// <summary>The number of the request in the file, from 1. Empty lines do not count.</summary>
    public int Number { get; init; }

    public bool Ok { get; init; }

    public string IdempotencyKey { get; init; } = "";

    public ResultDocument? Result { get; init; }

    public ErrorFacts? Error { get; init; }
}
