using ImaNanoBanana.IntegrationTests.Sockets;
using ImaNanoBanana.Tests;
using ImaNanoBanana.Transport;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace ImaNanoBanana.IntegrationTests.MoneyPath;

/// <summary>Over real sockets: cancelling ends the caller's wait, and the response to a create that was sent is kept.</summary>
public class CancellationTests
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(15);

    [Fact]
    public async Task Answer_within_the_grace_puts_the_task_on_the_exception()
    {
        await using var server = new RawServer();
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var time = new TestTimeProvider();
        server.OnCreate = async _ =>
        {
            await cancel.CancelAsync();
            await time.WaitForTimerAsync(Grace, TestContext.Current.CancellationToken);
            return Reply.Accepted;
        };
        using var client = TestClients.Create(new ImaNanoBananaOptions { ApiKey = "ima_test_key" }, server.Handler(), time);

        var exception = await Assert.ThrowsAsync<ImageGenerationCanceledException>(
            () => client.SubmitAsync(new ImageRequest("a puppy"), cancel.Token));

        Assert.Equal(Reply.TaskId, exception.Task?.Id);
        Assert.Equal(6, exception.Task?.Credits);
        Assert.Equal(exception.IdempotencyKey, exception.Task?.IdempotencyKey);
        Assert.Equal(ImaChargeStatus.Charged, exception.ChargeStatus);
        Assert.Equal(cancel.Token, exception.CancellationToken);
        Assert.Equal(1, server.CreateBodies);
    }

    [Fact]
    public async Task Stream_shows_the_task_before_the_cancellation_ends_it()
    {
        await using var server = new RawServer();
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        server.OnCreate = async _ =>
        {
            await cancel.CancelAsync();
            return Reply.Accepted;
        };
        using var client = TestClients.Create(new ImaNanoBananaOptions { ApiKey = "ima_test_key" }, server.Handler());
        var stages = new List<ImageStage>();

        var exception = await Assert.ThrowsAsync<ImageGenerationCanceledException>(async () =>
        {
            await foreach (var progress in client.GenerateStreamingAsync(new ImageRequest("a puppy"), cancel.Token))
            {
                stages.Add(progress.Stage);
            }
        });

        Assert.Equal([ImageStage.Preparing, ImageStage.Submitting, ImageStage.Accepted], stages);
        Assert.Equal(Reply.TaskId, exception.Task?.Id);
    }

    [Fact]
    public async Task Answer_after_the_grace_ends_as_unknown_and_leaves_its_task_in_the_log()
    {
        await using var server = new RawServer();
        var time = new TestTimeProvider();
        var log = new FakeLogger();
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var callerIsGone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        server.OnCreate = async _ =>
        {
            await cancel.CancelAsync();
            await callerIsGone.Task;
            return Reply.Accepted;
        };
        using var client = TestClients.Create(new ImaNanoBananaOptions { ApiKey = "ima_test_key" }, server.Handler(), time, log);

        var start = client.SubmitAsync(new ImageRequest("a puppy"), cancel.Token);
        await time.WaitForTimerAsync(Grace, TestContext.Current.CancellationToken);
        time.Advance(Grace);
        await time.WaitForTimerAsync(WireHandler.GracePeriod, TestContext.Current.CancellationToken);
        time.Advance(WireHandler.GracePeriod);
        var exception = await Assert.ThrowsAsync<ImageGenerationCanceledException>(() => start);
        callerIsGone.SetResult();
        var late = await WarningAsync(log).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        Assert.Equal(ImaChargeStatus.Unknown, exception.ChargeStatus);
        Assert.Null(exception.Task);
        Assert.Contains(exception.IdempotencyKey!, exception.Message, StringComparison.Ordinal);
        Assert.Contains(Reply.TaskId, late, StringComparison.Ordinal);
        Assert.Contains(exception.IdempotencyKey!, late, StringComparison.Ordinal);
        Assert.Equal(1, server.CreateBodies);
    }

    [Fact]
    public async Task No_answer_within_the_deadline_is_unknown()
    {
        await using var server = new RawServer();
        var time = new TestTimeProvider();
        var over = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        server.OnCreate = async _ =>
        {
            await over.Task;
            return Reply.Drop;
        };
        using var client = TestClients.Create(new ImaNanoBananaOptions { ApiKey = "ima_test_key" }, server.Handler(), time);

        var start = client.SubmitAsync(new ImageRequest("a puppy"), TestContext.Current.CancellationToken);
        await server.CreateArrived;
        await time.RunAsync(start, TimeSpan.FromSeconds(120), TestContext.Current.CancellationToken);
        var exception = await Assert.ThrowsAsync<ImaException>(() => start);
        over.SetResult();

        Assert.Equal(ImaErrorKind.OutcomeUnknown, exception.Kind);
        Assert.Equal(ImaChargeStatus.Unknown, exception.ChargeStatus);
        Assert.Equal(ImaRetryGuidance.CheckTask, exception.RetryGuidance);
        Assert.Contains("120 s", exception.Message, StringComparison.Ordinal);
    }

    private static async Task<string> WarningAsync(FakeLogger log)
    {
        await foreach (var logged in log.Collector.GetLogsAsync(TestContext.Current.CancellationToken))
        {
            if (logged.Level == LogLevel.Warning)
            {
                return logged.Message;
            }
        }

        throw new InvalidOperationException("The log has no end.");
    }
}
