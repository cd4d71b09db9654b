namespace ImaNanoBanana.Errors;

/// <summary>Work that is done while nothing is ordered: cancelling it costs nothing, and its errors say so and carry the purchase's key.</summary>
internal static class Unordered
{
    /// <exception cref="ImageGenerationCanceledException">The caller cancelled.</exception>
    public static async Task RunAsync(string? operationKey, Func<Task> work, CancellationToken cancellationToken)
    {
        try
        {
            await work().ConfigureAwait(false);
        }
        catch (ImaException exception)
        {
            exception.Belong(operationKey);
            throw;
        }
        catch (OperationCanceledException exception) when (exception is not ImageGenerationCanceledException && cancellationToken.IsCancellationRequested)
        {
            throw Cancelled(operationKey, exception, cancellationToken);
        }
    }

    /// <exception cref="ImageGenerationCanceledException">The caller cancelled.</exception>
    public static async Task<T> RunAsync<T>(string? operationKey, Func<Task<T>> work, CancellationToken cancellationToken)
    {
        T? result = default;
        await RunAsync(operationKey, async () => { result = await work().ConfigureAwait(false); }, cancellationToken).ConfigureAwait(false);
        return result!;
    }

    public static T Run<T>(string? operationKey, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (ImaException exception)
        {
            exception.Belong(operationKey);
            throw;
        }
    }

    /// <summary>Cancelled before an order was sent, or between one that was refused and the next.</summary>
    private static ImageGenerationCanceledException Cancelled(
        string? operationKey, Exception cause, CancellationToken cancellationToken) => new(
        ImaCharge.No, "Cancelled before anything was ordered; no credits were spent.", cause, cancellationToken)
        {
            OperationKey = operationKey,
        };
}
