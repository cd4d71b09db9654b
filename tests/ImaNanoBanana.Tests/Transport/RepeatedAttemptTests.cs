using ImaNanoBanana.Transport;

namespace ImaNanoBanana.Tests.Transport;

/// <summary>A handler that sends one attempt several times gets the response to the first send.</summary>
public class RepeatedAttemptTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Second_send_is_not_made_and_gets_the_answer_of_the_first()
    {
        using var request = new HttpRequestMessage();
        Attempt.Begin(request, Token);
        var attempt = Attempt.Find(request)!;
        var answer = new TaskCompletionSource<WireAnswer>();

        var first = attempt.AnswerAsync(_ => answer.Task, Token);
        var second = attempt.AnswerAsync(_ => throw new InvalidOperationException("sent twice"), Token);
        answer.SetResult(WireAnswer.Failed(new IOException("lost")));

        Assert.Same(await first, await second.WaitAsync(Token));
    }
}
