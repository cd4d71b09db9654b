namespace ImaNanoBanana;

/// <summary>Work that is done while nothing is ordered: cancelling it costs nothing, and the error says so.</summary>
internal static class Unordered
{
    /// <exception cref="ImageGenerationCanceledException">The caller cancelled.</exception>
    public static async Task RunAsync(string? operationKey, Func<Task> work, CancellationToken cancellationToken)
    {
        try
        {
            await work().ConfigureAwait(false);
        }
        catch (OperationCanceledException exception) when (cancellationToken.IsCancellationRequested)
        {
            throw Tasks.SubmissionErrors.CancelledUnordered(operationKey, exception, cancellationToken);
        }
    }

    /// <exception cref="ImageGenerationCanceledException">The caller cancelled.</exception>
    public static async Task<T> RunAsync<T>(string? operationKey, Func<Task<T>> work, CancellationToken cancellationToken)
    {
        T? result = default;
        await RunAsync(operationKey, async () => { result = await work().ConfigureAwait(false); }, cancellationToken).ConfigureAwait(false);
        return result!;
    }
}
