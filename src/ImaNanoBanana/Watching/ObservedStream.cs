using System.Runtime.CompilerServices;
using ImaNanoBanana.Diagnostics;

namespace ImaNanoBanana.Watching;

/// <summary>Records the span of an operation that returns a stream. The span ends when the stream ends or its reader stops.</summary>
internal static class ObservedStream
{
    /// <param name="start">Starts the operation when the stream is first read.</param>
    /// <param name="items">The stream.</param>
    /// <param name="cancellationToken">The reader's token.</param>
    public static async IAsyncEnumerable<ImageProgress> FollowAsync(
        Func<Operation?> start,
        IAsyncEnumerable<ImageProgress> items,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var operation = start();
        var submitted = false;
        var item = items.GetAsyncEnumerator(cancellationToken);
        await using (item.ConfigureAwait(false))
        {
            while (true)
            {
                operation?.Enter();
                bool isThere;
                try
                {
                    isThere = await item.MoveNextAsync().ConfigureAwait(false);
                }
                catch (Exception exception) when (Operation.Failed(operation, exception))
                {
                    throw;
                }

                if (!isThere)
                {
                    yield break;
                }

                if (!submitted && item.Current.Task is { } task)
                {
                    operation?.Submitted(task);
                    submitted = true;
                }

                yield return item.Current;
            }
        }
    }
}
