using System.Text;
using ImaNanoBanana.IntegrationTests.Faults;
using ImaNanoBanana.IntegrationTests.Sockets;
using ImaNanoBanana.Tests;

namespace ImaNanoBanana.IntegrationTests.StandardHandlers;

/// <summary>A primary handler that answers from memory: at once, except for one slow endpoint.</summary>
/// <param name="time">The clock.</param>
/// <param name="slow">The slow endpoint.</param>
/// <param name="untilHeaders">The time from the complete request to the response headers.</param>
/// <param name="untilEnd">The time from there to the end of the response.</param>
internal sealed class SlowHandler(TestTimeProvider time, FaultEndpoint slow, TimeSpan untilHeaders, TimeSpan untilEnd) : HttpMessageHandler
{
    private static readonly TimeSpan AnyTime = TimeSpan.FromHours(1);

    private readonly object _gate = new();
    private TaskCompletionSource _busy = New();
    private TaskCompletionSource _idle = New();
    private int _holding;
    private int _requests;

    /// <summary>The number of requests to the slow endpoint.</summary>
    public int Requests => Volatile.Read(ref _requests);

    /// <summary>Completes when no request to the slow endpoint is waiting for its response.</summary>
    public Task Idle
    {
        get
        {
            lock (_gate)
            {
                return _holding == 0 ? Task.CompletedTask : _idle.Task;
            }
        }
    }

    private Task Busy
    {
        get
        {
            lock (_gate)
            {
                return _busy.Task;
            }
        }
    }

    /// <summary>
    /// Moves the clock until the work is done. It passes the time limits of clients and handlers only while the slow endpoint holds a
    /// request, so that on a busy machine no time limit ends another request.
    /// </summary>
    public async Task RunAsync(Task work, CancellationToken cancellationToken)
    {
        while (!work.IsCompleted)
        {
            await time.RunAsync(Task.WhenAny(work, Busy), StandardApp.LongestDelay, cancellationToken);
            await time.RunAsync(Task.WhenAny(work, Idle), AnyTime, cancellationToken);
        }
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var endpoint = FaultEndpoint.All.Single(
            candidate => request.RequestUri!.AbsolutePath.StartsWith(candidate.Path, StringComparison.Ordinal));
        if (request.Content is { } sent)
        {
            await sent.CopyToAsync(Stream.Null, cancellationToken);
        }

        var body = endpoint.Name == "download" ? TestImage.Png : Encoding.UTF8.GetBytes(endpoint.Body);
        if (endpoint != slow)
        {
            return new HttpResponseMessage { Content = new ByteArrayContent(body) };
        }

        Interlocked.Increment(ref _requests);
        await HoldAsync(untilHeaders, cancellationToken);
        return new HttpResponseMessage { Content = new StreamContent(new SlowStream(body, token => HoldAsync(untilEnd, token))) };
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task HoldAsync(TimeSpan duration, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (++_holding == 1)
            {
                _idle = New();
                _busy.SetResult();
            }
        }

        try
        {
            await Task.Delay(duration, time, cancellationToken);
        }
        finally
        {
            lock (_gate)
            {
                if (--_holding == 0)
                {
                    _busy = New();
                    _idle.SetResult();
                }
            }
        }
    }

    private sealed class SlowStream(byte[] bytes, Func<CancellationToken, Task> beforeTheEnd) : MemoryStream(bytes)
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (Position == Length)
            {
                await beforeTheEnd(cancellationToken);
            }

            return await base.ReadAsync(buffer, cancellationToken);
        }
    }
}
