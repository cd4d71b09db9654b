using ImaNanoBanana.IntegrationTests.Sockets;
using ImaNanoBanana.Tests;

namespace ImaNanoBanana.IntegrationTests.MoneyPath;

/// <summary>How a submission ended, in the words of docs/reliability.md.</summary>
internal static class Observed
{
    /// <summary>Longer than the client waits before it submits again and shorter than all its deadlines.</summary>
    private static readonly TimeSpan LongestBackOff = TimeSpan.FromSeconds(5);

    /// <param name="client">A client with <paramref name="time"/> as its clock.</param>
    /// <param name="server">The server that receives its creates.</param>
    /// <param name="time">Advanced when the client waits before it submits again.</param>
    /// <param name="cancellationToken">The caller's token.</param>
    public static Task<string> StartAsync(
        IImaImageClient client, RawServer server, TestTimeProvider time, CancellationToken cancellationToken = default) =>
        StartAsync(client, server, time, LongestBackOff, LongestBackOff, cancellationToken);

    /// <param name="client">A client with <paramref name="time"/> as its clock.</param>
    /// <param name="server">The server that receives its creates.</param>
    /// <param name="time">Advanced when the client, or a handler around it, waits.</param>
    /// <param name="before">The longest delay that is skipped until a create has arrived.</param>
    /// <param name="after">The longest delay that is skipped from then on. Time limits of handlers may be shorter; those of the client may
    /// not.</param>
    /// <param name="cancellationToken">The caller's token.</param>
    public static async Task<string> StartAsync(
        IImaImageClient client,
        RawServer server,
        TestTimeProvider time,
        TimeSpan before,
        TimeSpan after,
        CancellationToken cancellationToken)
    {
        var work = OutcomeAsync(client, cancellationToken);
        await time.RunAsync(Task.WhenAny(work, server.CreateArrived), before, CancellationToken.None);
        await time.RunAsync(work, after, CancellationToken.None);
        var outcome = await work;
        return $"{server.CreateBodies} {outcome}";
    }

    private static async Task<string> OutcomeAsync(IImaImageClient client, CancellationToken cancellationToken)
    {
        try
        {
            var task = await client.SubmitAsync(new ImageRequest("a cute puppy on grass"), cancellationToken);
            Assert.Equal(Reply.TaskId, task.Id);
            return "accepted";
        }
        catch (ImageGenerationCanceledException exception)
        {
            return exception.ChargeStatus switch
            {
                ImaChargeStatus.NotCharged => "cancelled, not charged",
                ImaChargeStatus.Charged => $"cancelled, {(exception.Task?.Id == Reply.TaskId ? "task" : "no task")}",
                _ => "cancelled, unknown",
            };
        }
        catch (ImaException exception)
        {
            Assert.NotNull(exception.IdempotencyKey);
            return exception.Kind switch
            {
                ImaErrorKind.NotSent => "not sent",
                ImaErrorKind.OutcomeUnknown => "unknown",
                ImaErrorKind.Rejected => "rejected " + exception.Code,
                var kind => kind.ToString(),
            };
        }
    }
}
