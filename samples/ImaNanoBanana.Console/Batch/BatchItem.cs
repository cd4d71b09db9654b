namespace ImaNanoBanana.Cli.Batch;

/// <summary>Represents a request of a batch.</summary>
/// <param name="LineNumber">The number of its line in the file, from 1.</param>
/// <param name="Line">The fields.</param>
/// <param name="Request">The request, with its idempotency key.</param>
internal sealed record BatchItem(int LineNumber, BatchLine Line, ImageRequest Request)
{
    /// <summary>The key that earlier versions of this program created from the text of the line; null if there was none.</summary>
    public string? EarlierKey { get; init; }
}
