namespace ImaNanoBanana.Studio;

/// <summary>The settings of the section <c>Studio</c>, from appsettings.json or the environment (<c>Studio__VisitorCredits</c>).</summary>
internal sealed class StudioSettings
{
    public const string Section = "Studio";

    /// <summary>The folder of the database and the journal when PostgreSQL is not used. It must outlive the process.</summary>
    public string Folder { get; set; } = Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create),
        "ImaNanoBanana.Studio");

    /// <summary>The address of a simulator that replaces the service. No key is needed then, and nothing is spent.</summary>
    public Uri? Simulator { get; set; }

    /// <summary>How long the built-in simulator takes for an image.</summary>
    public TimeSpan SimulatedTime { get; set; } = TimeSpan.FromSeconds(8);

    /// <summary>The most credits that one visitor spends in a period.</summary>
    public decimal VisitorCredits { get; set; } = 100;

    /// <summary>The most credits that all visitors together spend in a period. Someone who deletes the cookie is a new visitor.</summary>
    public decimal TotalCredits { get; set; } = 1000;

    public TimeSpan Period { get; set; } = TimeSpan.FromDays(1);

    /// <summary>The most images that a visitor waits for at the same time.</summary>
    public int MaxOpenImages { get; set; } = 20;

    /// <summary>The most images that this process generates at the same time. Others wait.</summary>
    public int MaxConcurrency { get; set; } = 256;

    /// <summary>The most bytes of one reference image.</summary>
    public int MaxUploadBytes { get; set; } = 10 * 1024 * 1024;

    /// <summary>The most bytes of all files of a visitor.</summary>
    public long MaxStoredBytes { get; set; } = 500L * 1024 * 1024;

    public int MaxPromptLength { get; set; } = 8000;

    /// <summary>How long images and files are kept.</summary>
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(30);
}
