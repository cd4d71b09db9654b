using ImaNanoBanana.Journal;
using ImaNanoBanana.Tests.Client;

namespace ImaNanoBanana.Tests.Journal;

/// <summary>A key whose owner attaches a task while its submission is in flight.</summary>
public class GivenTaskTests
{
    private static readonly ImageRequest Request = new("a puppy") { IdempotencyKey = "order-1" };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>
    /// G2. The owner found the charge and attached the task to the key before the submission's own answer failed to arrive.
    /// </summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Task_that_was_attached_during_the_submission_is_kept(bool byThisProcess)
    {
        var journal = new MemoryTaskJournal(TimeProvider.System);
        using var handler = new ScriptedHandler().With("create", (502, "a gateway"));
        using var held = new HeldHandler(handler);
        using var client = TestClients.Create(TestClient.PatientOptions(), held, journal: journal);
        var submission = client.SubmitAsync(Request, Token);
        await held.Arrived.WaitAsync(Token);

        await (byThisProcess ? client.Journal : journal).AttachTaskAsync("order-1", "task_7", Token);
        held.Release();
        await Assert.ThrowsAsync<ImaException>(() => submission);

        Assert.Equal("task_7", (await journal.FindAsync("order-1", Token))!.Task?.Id);
        Assert.Equal("task_7", (await client.SubmitAsync(Request, Token)).Id);
        Assert.Equal(1, handler.Count("create"));
    }
}
