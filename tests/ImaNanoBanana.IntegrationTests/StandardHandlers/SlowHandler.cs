using System.Text;
using ImaNanoBanana.IntegrationTests.Faults;
using ImaNanoBanana.IntegrationTests.Sockets;

namespace ImaNanoBanana.IntegrationTests.StandardHandlers;

/// <summary>A primary handler that answers in memory: all at once, but for one endpoint that takes its time.</summary>
/// <param name="time">The clock.</param>
/// <param name="slow">The endpoint.</param>
/// <param name="untilHeaders">How long it takes to the headers of its answer, after the whole request is read.</param>
/// <param name="untilEnd">How long it takes from there to the end of the answer.</param>
internal sealed class SlowHandler(TimeProvider time, FaultEndpoint slow, TimeSpan untilHeaders, TimeSpan untilEnd) : HttpMessageHandler
{
    private int _requests;
    private int _running;

    /// <summary>How many requests came to the slow endpoint.</summary>
    public int Requests => Volatile.Read(ref _requests);

    /// <summary>How many of them wait for their answer.</summary>
    public int Running => Volatile.Read(ref _running);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var endpoint = FaultEndpoint.All.Single(candidate => request.RequestUri!.PathAndQuery.StartsWith(candidate.Path, StringComparison.Ordinal));
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
        Interlocked.Increment(ref _running);
        try
        {
            await Task.Delay(untilHeaders, time, cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }

        return new HttpResponseMessage { Content = new StreamContent(new SlowStream(body, time, untilEnd)) };
    }

    private sealed class SlowStream(byte[] bytes, TimeProvider time, TimeSpan untilEnd) : MemoryStream(bytes)
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (Position == Length)
            {
                await Task.Delay(untilEnd, time, cancellationToken);
            }

            return await base.ReadAsync(buffer, cancellationToken);
        }
    }
}
