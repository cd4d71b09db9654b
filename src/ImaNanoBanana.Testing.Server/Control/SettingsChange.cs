using System.Text.Json;

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

    public double? ClockSkewSeconds { get; set; }

    public string? Catalog { get; set; }

    /// <summary>Changes all of them or, if one is not possible, none.</summary>
    /// <exception cref="JsonException">A value is not possible.</exception>
    public void Apply(ImaSimulator simulator)
    {
        TimeSpan? processingTime = ProcessingSeconds is { } seconds ? Duration.FromSeconds(seconds, "processingSeconds") : null;
        TimeSpan? clockSkew = ClockSkewSeconds is { } skew
            ? Duration.FromSeconds(skew, "clockSkewSeconds", fewest: -Duration.MostSeconds)
            : null;
        SimulatedCatalogKind? catalog = Catalog is null ? null : CatalogNames.Read(Catalog, "catalog");
        if (RequestsPerSecond < 1)
        {
            throw ControlError.Create("'requestsPerSecond' must be at least 1, or null for no limit.", "requestsPerSecond");
        }

        if (_hasRequestsPerSecond)
        {
            simulator.RequestsPerSecond = RequestsPerSecond;
        }

        if (_hasBalance)
        {
            simulator.Balance = Balance;
        }

        simulator.ProcessingTime = processingTime ?? simulator.ProcessingTime;
        simulator.ClockSkew = clockSkew ?? simulator.ClockSkew;
        simulator.CatalogKind = catalog ?? simulator.CatalogKind;
    }
}
