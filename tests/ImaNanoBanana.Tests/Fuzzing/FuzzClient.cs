namespace ImaNanoBanana.Tests.Fuzzing;

/// <summary>The client under attack: no deadline but the watch's ever passes on a <see cref="HurriedTimeProvider"/>.</summary>
internal static class FuzzClient
{
    private static readonly TimeSpan Never = TimeSpan.FromHours(1);

    public static ImaNanoBananaOptions Options(string apiKey) => new()
    {
        ApiKey = apiKey,
        CreateTimeout = Never,
        ReadAttemptTimeout = Never,
        ReadTimeout = Never,
        PollTimeout = Never,
        TransferStallTimeout = Never,
        TransferTimeout = Never,
        WatchTimeout = TimeSpan.FromSeconds(12),
        RequestsPerSecond = null,
    };
}
