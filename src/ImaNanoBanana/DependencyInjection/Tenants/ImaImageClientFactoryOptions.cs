namespace ImaNanoBanana;

/// <summary>Specifies how an <see cref="IImaImageClientFactory"/> keeps its clients and their keys.</summary>
public sealed class ImaImageClientFactoryOptions
{
    /// <summary>
    /// Gets or sets how long a key from the callback is used before the callback is called again. A key that the service rejects is
    /// replaced at once, with the next request.
    /// </summary>
    /// <value>5 min by default; 0 s to 24 h. Zero calls the callback for each request.</value>
    public TimeSpan ApiKeyLifetime { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Gets or sets how long the callback may take. If it takes longer, the last valid key stays in use; without one, the call fails and
    /// nothing is sent.
    /// </summary>
    /// <value>15 s by default; 1 s to 5 min.</value>
    public TimeSpan ApiKeyTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// Gets or sets how long the options and the budget of a tenant are used before the callbacks of <c>ConfigureOptions</c> and
    /// <c>AddCreditBudget</c> are called again, with the next call of the tenant. A call that is running keeps what it started with. A new
    /// limit of a budget keeps what was spent. If a callback throws or returns invalid options, the last ones stay in use.
    /// </summary>
    /// <value>5 min by default; 0 s to 24 h. Zero calls the callbacks for each call.</value>
    public TimeSpan SettingsLifetime { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Gets or sets how long the client of a tenant is kept after its last call. A call that is running keeps its client. What only this
    /// process knows about credits also keeps it: submissions in progress, idempotency keys in memory, and a budget that neither a ledger
    /// nor a journal counts.
    /// </summary>
    /// <value>20 min by default; 1 s to 24 h.</value>
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromMinutes(20);

    /// <summary>
    /// Gets or sets how many clients are kept. Beyond this number, the client that has been idle for the longest time is dropped. Clients
    /// that <see cref="IdleTimeout"/> would not drop are kept, so that there can be more.
    /// </summary>
    /// <value>1,000 by default; at least 1.</value>
    public int MaxClients { get; set; } = 1000;
}
