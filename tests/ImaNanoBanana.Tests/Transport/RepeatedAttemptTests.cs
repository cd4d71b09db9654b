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

    /// <summary>A handler that gives up does not end the send, which the other handlers still wait for.</summary>
    [Fact]
    public async Task Send_has_the_token_of_the_attempt_and_each_wait_its_own()
    {
        using var request = new HttpRequestMessage();
        using CancellationTokenSource ended = new(), first = new(), second = new();
        Attempt.Begin(request, ended.Token);
        var attempt = Attempt.Find(request)!;
        CancellationToken send = default;

        var one = attempt.AnswerAsync(
            token =>
            {
                send = token;
                return new TaskCompletionSource<WireAnswer>().Task;
            },
            first.Token);
        var two = attempt.AnswerAsync(_ => throw new InvalidOperationException("sent twice"), second.Token);
        await first.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => one);
        Assert.False(two.IsCompleted);
        await second.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => two);
        Assert.Equal((ended.Token, false), (send, send.IsCancellationRequested));
    }

    [Fact]
    public void Attempt_is_found_in_copies_of_the_request_and_in_no_other()
    {
        using HttpRequestMessage request = new(), copy = new(), other = new();
        Attempt.Begin(request, Token);
        foreach (var option in request.Options)
        {
            ((IDictionary<string, object?>)copy.Options).Add(option);
        }

        Assert.Same(Attempt.Find(request), Attempt.Find(copy));
        Assert.Null(Attempt.Find(other));
        Assert.StartsWith("ImaNanoBanana.", Assert.Single(request.Options).Key, StringComparison.Ordinal);
    }
}
