using ModelContextProtocol;

namespace ImaNanoBanana.McpServer.Tests.Http;

/// <summary>Says when a call has reported its progress for the first time, so that it waits.</summary>
internal sealed class FirstProgress : IProgress<ProgressNotificationValue>
{
    private readonly TaskCompletionSource _reported = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Reported => _reported.Task;

    public void Report(ProgressNotificationValue value) => _reported.TrySetResult();
}
