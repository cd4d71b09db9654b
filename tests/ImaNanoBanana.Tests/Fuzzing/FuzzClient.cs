namespace ImaNanoBanana.Tests.Fuzzing;

/// <summary>The client under attack. On a <see cref="HurriedTimeProvider"/> only the deadline of the watch ever passes.</summary>
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
