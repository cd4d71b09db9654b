using Microsoft.Extensions.Logging;

namespace ImaNanoBanana;

/// <summary>
/// Specifies what a client without a container uses besides its options. Every property is optional. With a container,
/// <c>AddImaNanoBanana()</c> takes these from the app's services instead.
/// </summary>
public sealed class ImaImageClientServices
{
    /// <summary>
    /// Gets the handler that sends the requests, for tests, proxies and the simulator. It is disposed with the client.
    /// </summary>
    /// <value>Null by default: the client creates its own.</value>
    public HttpMessageHandler? PrimaryHandler { get; init; }

    /// <summary>Gets the clock.</summary>
    /// <value>Null by default: the system's clock.</value>
    public TimeProvider? TimeProvider { get; init; }

    /// <summary>Gets the logger that receives the client's log events.</summary>
    /// <value>Null by default: nothing is logged.</value>
    public ILogger? Logger { get; init; }

    /// <summary>Gets the journal that records submissions.</summary>
    /// <value>Null by default: a journal in memory, which keeps explicit idempotency keys for 24 hours.</value>
    public ITaskJournal? Journal { get; init; }

    /// <summary>Gets the budget that limits what all calls of the client may spend together.</summary>
    /// <value>Null by default: no limit.</value>
    public CreditBudget? Budget { get; init; }

    /// <summary>Gets the gate that decides when a request may be sent. Clients of one account can share it.</summary>
    /// <value>Null by default: a token bucket with <see cref="ImaNanoBananaOptions.RequestsPerSecond"/>.</value>
    public IRequestGate? RequestGate { get; init; }
}
