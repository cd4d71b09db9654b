namespace ImaNanoBanana.Worker;

/// <summary>The settings of the section <c>Worker</c>, from appsettings.json or the environment (<c>Worker__Folder</c>).</summary>
internal sealed class WorkerSettings
{
    public const string Section = "Worker";

    /// <summary>The folder of the images. All workers should write to the same one, such as a mounted volume.</summary>
    public string Folder { get; set; } = "images";

    /// <summary>The number of jobs that one worker runs at the same time.</summary>
    public int Concurrency { get; set; } = 8;

    /// <summary>The most credits that all workers together spend in a period; null for no limit.</summary>
    public decimal? Budget { get; set; }

    public TimeSpan BudgetPeriod { get; set; } = TimeSpan.FromDays(1);

    /// <summary>The address of a simulator that replaces the service. No key is needed then, and nothing is spent.</summary>
    public Uri? Simulator { get; set; }

    /// <summary>How long a job waits before its first retry. Each further wait is twice as long, up to 15 minutes.</summary>
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How often a job is tried before it is parked.</summary>
    public int Attempts { get; set; } = 30;

    /// <summary>How long a worker that is stopped waits for its running jobs. The grace period of a container must be longer.</summary>
    public TimeSpan StopTimeout { get; set; } = TimeSpan.FromMinutes(3);

    /// <summary>
    /// How much the clock of a worker may differ from that of the database. Quartz needs clocks that agree within a second.
    /// </summary>
    public TimeSpan MaxClockDifference { get; set; } = TimeSpan.FromSeconds(1);
}
