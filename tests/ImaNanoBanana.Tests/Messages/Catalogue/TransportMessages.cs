using ImaNanoBanana.Resilience;
using ImaNanoBanana.Tests.Client;
using ImaNanoBanana.Transport;

namespace ImaNanoBanana.Tests.Messages.Catalogue;

/// <summary>The messages for handlers of the app that change or repeat requests, which appear as a reason in other messages.</summary>
internal static class TransportMessages
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(40);

    public static async Task<IEnumerable<CatalogueMessage>> AllAsync() =>
    [
        Message("request for another host", await SendAsync(new(HttpMethod.Get, "https://evil.example/open/v1/product/list"))),
        Message("create request without its options", await SendAsync(Create(null))),
        Message("create request sent after it was withdrawn", await SendAsync(Create(Withdrawn()))),
        Message("content with the key sent twice", await WriteTwiceAsync(new OnceContent([1], "application/json"))),
        Message("create request sent twice", await WriteTwiceAsync(new SubmissionContent(new Submission("{}"u8.ToArray())))),
        Message("no progress", NoProgress()),
        Message("attempt that took too long", await LateAsync(time =>
            new ReadCall(new Deadline(Limit, time, default), new SpyGate(), time) { AttemptTimeout = Limit }.AttemptAsync(
                new HttpRequestMessage(), static (_, _) => new TaskCompletionSource<HttpResponseMessage>().Task, default))),
        Message("transfer that took too long", await LateAsync(time =>
            new RepeatedTransfer(
                new ImaNanoBananaOptions { TransferTimeout = Limit }, time, new SpyGate(), SafeRepetition.Create(isOn: false, time))
                .RunAsync(static _ => new TaskCompletionSource<HttpResponseMessage>().Task, default))),
    ];

    private static async Task<Exception?> LateAsync(Func<TimeProvider, Task> work)
    {
        var time = new TestTimeProvider();
        var late = work(time);
        time.Advance(Limit);
        return await Record.ExceptionAsync(() => late);
    }

    private static async Task<Exception?> SendAsync(HttpRequestMessage request)
    {
        using var http = new HttpMessageInvoker(
            new WireHandler(
                new HttpClientHandler(), _ => new WireSettings("ima_test_key", TimeSpan.FromSeconds(1)), new TestTimeProvider()));
        return await Record.ExceptionAsync(() => http.SendAsync(request, TestContext.Current.CancellationToken));
    }

    private static HttpRequestMessage Create(Submission? submission)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "https://api.imastudio.com/open/v1/tasks/create");
        if (submission is not null)
        {
            request.Options.Set(Submission.OptionsKey, submission);
        }

        return request;
    }

    private static Submission Withdrawn()
    {
        var submission = new Submission("{}"u8.ToArray());
        Assert.True(submission.TryWithdraw());
        return submission;
    }

    private static async Task<Exception?> WriteTwiceAsync(HttpContent content)
    {
        await content.CopyToAsync(new MemoryStream(), TestContext.Current.CancellationToken);
        return await Record.ExceptionAsync(() => content.CopyToAsync(new MemoryStream(), TestContext.Current.CancellationToken));
    }

    private static TimeoutException NoProgress()
    {
        using var watch = new StallWatch(TimeSpan.FromSeconds(30), TimeProvider.System, CancellationToken.None);
        return watch.NoProgress(new OperationCanceledException());
    }

    private static CatalogueMessage Message(string name, Exception? exception) =>
        CatalogueMessage.FromException("Transport", name, exception);
}
