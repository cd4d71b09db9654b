using ImaNanoBanana.IntegrationTests.Sockets;

namespace ImaNanoBanana.IntegrationTests.MoneyPath;

/// <summary>What a start ended as, in the words of docs/reliability.md.</summary>
internal static class Observed
{
    public static async Task<string> StartAsync(IImaImageClient client, RawServer server, CancellationToken cancellationToken = default)
    {
        var outcome = await OutcomeAsync(client, cancellationToken);
        return $"{server.CreateBodies} {outcome}";
    }

    private static async Task<string> OutcomeAsync(IImaImageClient client, CancellationToken cancellationToken)
    {
        try
        {
            var task = await client.StartAsync(new ImageRequest("a cute puppy on grass"), cancellationToken);
            Assert.Equal(Reply.TaskId, task.Id);
            return "accepted";
        }
        catch (ImageGenerationCanceledException exception)
        {
            return exception.Charge switch
            {
                ImaCharge.No => "cancelled, not charged",
                ImaCharge.Yes => $"cancelled, {(exception.Task?.Id == Reply.TaskId ? "task" : "no task")}",
                _ => "cancelled, unknown",
            };
        }
        catch (ImaException exception)
        {
            Assert.NotNull(exception.OperationKey);
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
