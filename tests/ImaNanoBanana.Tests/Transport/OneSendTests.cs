using ImaNanoBanana.Transport;

namespace ImaNanoBanana.Tests.Transport;

/// <summary>A submission is sent or withdrawn, never both.</summary>
public class OneSendTests
{
    [Fact]
    public void Withdrawn_submission_stops_connecting_and_is_never_sent()
    {
        var submission = new Submission(new byte[1]);

        Assert.True(submission.TryWithdraw());
        Assert.True(submission.TryWithdraw());

        Assert.True(submission.Withdrawal.IsCancellationRequested);
        Assert.False(submission.TryBeginSend());
        Assert.False(submission.WasSent);
    }

    [Fact]
    public void Sent_submission_cannot_be_withdrawn_or_sent_again()
    {
        var submission = new Submission(new byte[1]);

        Assert.True(submission.TryBeginSend());

        Assert.False(submission.TryWithdraw());
        Assert.False(submission.Withdrawal.IsCancellationRequested);
        Assert.False(submission.TryBeginSend());
        Assert.True(submission.WasSent);
    }

    [Fact]
    public void Callback_that_throws_does_not_undo_a_withdrawal()
    {
        var submission = new Submission(new byte[1]);
        using var callback = submission.Withdrawal.Register(static () => throw new InvalidOperationException("broken"));

        Assert.True(submission.TryWithdraw());

        Assert.False(submission.TryBeginSend());
    }

    /// <summary>So that no server has to accept a body of unknown length.</summary>
    [Fact]
    public void Length_of_the_body_is_known_before_it_is_sent()
    {
        using var content = new SubmissionContent(new Submission(new byte[7]));

        Assert.Equal(7, content.Headers.ContentLength);
    }
}
