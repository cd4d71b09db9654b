namespace ImaNanoBanana.Testing.Control;

/// <summary>Represents a change of settings: members that are absent stay as they are, and null removes a limit.</summary>
internal sealed record SettingsChange
{
    private bool _hasBalance;
    private bool _hasRequestsPerSecond;

    public double? ProcessingSeconds { get; set; }

    public decimal? Balance
    {
        get;
        set
        {
            _hasBalance = true;
            field = value;
        }
    }

    public int? RequestsPerSecond
    {
        get;
        set
        {
            _hasRequestsPerSecond = true;
            field = value;
        }
    }

    /// <summary>Changes all of them or, if one is not possible, none.</summary>
    /// <exception cref="ArgumentException">A value is not possible.</exception>
    public void Apply(ImaSimulator simulator)
    {
        TimeSpan? processingTime = ProcessingSeconds is { } seconds ? Duration.FromSeconds(seconds) : null;
        if (_hasRequestsPerSecond)
        {
            simulator.RequestsPerSecond = RequestsPerSecond is not < 1
                ? RequestsPerSecond
                : throw new ArgumentException("requestsPerSecond must be at least 1, or null for no limit.");
        }

        if (_hasBalance)
        {
            simulator.Balance = Balance;
        }

        simulator.ProcessingTime = processingTime ?? simulator.ProcessingTime;
    }
}
