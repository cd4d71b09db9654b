namespace ImaNanoBanana.Options;

/// <summary>The default time limits.</summary>
internal static class ImaDefaults
{
    public static readonly TimeSpan CreateTimeout = TimeSpan.FromSeconds(120);
    public static readonly TimeSpan CancellationGrace = TimeSpan.FromSeconds(15);
    public static readonly TimeSpan ReadAttemptTimeout = TimeSpan.FromSeconds(30);
    public static readonly TimeSpan ReadTimeout = TimeSpan.FromSeconds(90);
    public static readonly TimeSpan PollTimeout = TimeSpan.FromSeconds(30);
    public static readonly TimeSpan WatchTimeout = TimeSpan.FromSeconds(600);
    public static readonly TimeSpan TransferStallTimeout = TimeSpan.FromSeconds(30);
    public static readonly TimeSpan TransferTimeout = TimeSpan.FromMinutes(10);
    public const double RequestsPerSecond = 10;
    public const int RequestBurst = 20;
    public const int MaxConcurrency = 8;
    public const long MaxUploadBytes = 50 * 1024 * 1024;
    public const long MaxDownloadBytes = 200 * 1024 * 1024;
    public static readonly IReadOnlyList<string> StorageHosts = ["*.aliyuncs.com", "*.esxscloud.com"];
}
