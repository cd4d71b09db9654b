namespace ImaNanoBanana;

/// <summary>
/// Decides when a client may send its next request to the API host. The default is a token bucket in the process
/// (<see cref="ImaNanoBananaOptions.RequestsPerSecond"/>). Several processes that use one account need a gate that they share, for
/// example in a database. A wait does not count towards the timeout of a request. A watch still ends after twice its
/// <see cref="ImaNanoBananaOptions.WatchTimeout"/>; only its first poll waits up to 10 minutes if that is longer.
/// </summary>
/// <remarks>
/// Implementations must be thread-safe. If <see cref="WaitAsync"/> throws before a create request, nothing is sent and the call fails
/// with <see cref="ImaErrorKind.NotSent"/>. If it throws before a poll, the watch continues with its next poll.
/// </remarks>
public interface IRequestGate
{
    /// <summary>Waits until one request may be sent. Create requests go before all other requests that wait.</summary>
    /// <param name="kind">The kind of request.</param>
    /// <param name="cancellationToken">Cancels the wait and gives up the place in the line.</param>
    /// <returns>A task that completes when the request may be sent.</returns>
    ValueTask WaitAsync(ImaRequestKind kind, CancellationToken cancellationToken = default);

    /// <summary>
    /// Reports that the service responded with 429. All clients that share the gate pause and then send less. Returns immediately: a
    /// gate that tells other processes does so in the background.
    /// </summary>
    /// <param name="retryAfter">The time for which the service asks to wait; null if it specifies none.</param>
    void SlowDown(TimeSpan? retryAfter);
}
