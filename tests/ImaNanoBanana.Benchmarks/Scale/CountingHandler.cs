using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using ImaNanoBanana.Testing;

namespace ImaNanoBanana.Benchmarks.Scale;

/// <summary>Connects a client to the simulator and records when each task was polled, in memory that is allocated at the start.</summary>
internal sealed class CountingHandler(Uri address, int mostTasks) : DelegatingHandler(new ImaSimulatorProxy(address))
{
    private readonly long[] _lastPoll = new long[mostTasks + 1];
    private int _underWay;
    private int _accepted;
    private long _requests;
    private long _longestGap;

    public int InProgress => Volatile.Read(ref _underWay);

    public int Accepted => Volatile.Read(ref _accepted);

    public long Requests => Interlocked.Read(ref _requests);

    /// <summary>The longest time between two polls of one task.</summary>
    public TimeSpan LongestGap => Stopwatch.GetElapsedTime(0, Interlocked.Read(ref _longestGap));

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _underWay);
        Interlocked.Increment(ref _requests);
        try
        {
            var isCreate = request.RequestUri!.AbsolutePath.EndsWith("/create", StringComparison.Ordinal);
            if (!isCreate && request.Content is not null)
            {
                await NoteAsync(request.Content, cancellationToken);
            }

            var response = await base.SendAsync(request, cancellationToken);
            if (isCreate)
            {
                Interlocked.Increment(ref _accepted);
            }

            return response;
        }
        finally
        {
            Interlocked.Decrement(ref _underWay);
        }
    }

    private async Task NoteAsync(HttpContent content, CancellationToken cancellationToken)
    {
        var now = Stopwatch.GetTimestamp();
        using var body = JsonDocument.Parse(await content.ReadAsByteArrayAsync(cancellationToken));
        var id = body.RootElement.GetProperty("task_id").GetString()!;
        var number = int.Parse(id.AsSpan(id.LastIndexOf('_') + 1), NumberStyles.None, CultureInfo.InvariantCulture);
        var last = Interlocked.Exchange(ref _lastPoll[number], now);
        if (last == 0)
        {
            return;
        }

        for (var longest = Interlocked.Read(ref _longestGap); now - last > longest; longest = Interlocked.Read(ref _longestGap))
        {
            Interlocked.CompareExchange(ref _longestGap, now - last, longest);
        }
    }
}
